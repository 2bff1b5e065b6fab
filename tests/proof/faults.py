"""Faults that need no root: a locked, missing or broken database, a restarted one, a storm of returns."""

from __future__ import annotations

import random
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.copies import PostgresCopies, SqliteCopies
from tests.live.crash import WRITERS, Where, Writer, check, start_writing
from tests.live.heartbeat import pulse
from tests.live.house import House, copied, eventually
from tests.live.people import Line, Person, mark
from tests.live.talks import Thread
from tests.live.test_loop import foreign_lock
from tests.proof.crowd import crowd
from tests.servers import Postgres


def locked_for_a_minute(folder: Path) -> str:
    """C-05: 503 with the text kept, everything else answers, and the end of the lock ends it."""
    house = copied(SqliteCopies(folder / "copies"), folder)
    with house.served():
        amina, tuva = house.person("amina"), house.person("tuva")
        thread = tuva.starts("Låst en minut")
        amina.token()
        refused, pages = 0, []
        with pulse(house.server) as heart, foreign_lock(house, 60.0):
            ends = time.monotonic() + 48
            while time.monotonic() < ends:
                answer = amina.post(f"/t/{thread}/replies", text="Text som inte får försvinna", client_id="minut-0001")
                assert answer.status == 503, answer.status
                assert "Text som inte får försvinna" in answer.text
                refused += 1
                began = time.monotonic()
                assert tuva.get("/").status == 200
                pages.append(time.monotonic() - began)
        assert amina.reply(thread, "Text som inte får försvinna", "minut-0001").status == 200
        assert heart.worst < 2.0
        shown = tuva.get(f"/t/{thread}").text
        assert shown.count("Text som inte får försvinna") == 1
        worst = 1000 * heart.worst
        return (
            f"{refused} posts refused with 503 and text kept, slowest page {max(pages):.2f} s, "
            f"worst gap {worst:.0f} ms, then stored once"
        )


def file_gone(folder: Path) -> str:
    """C-06: closed and red while the file is away, never a new one; open again when it is back."""
    house = copied(SqliteCopies(folder / "copies"), folder)
    with house.served():
        amina = house.person("amina")
        thread = amina.starts("Filen flyttas")
        assert house.sqlite_file
        away = house.sqlite_file.with_suffix(".away")
        parts = [Path(f"{house.sqlite_file}{end}") for end in ("", "-wal", "-shm")]
        for part in parts:
            part.rename(Path(f"{away}{str(part).removeprefix(str(house.sqlite_file))}"))
        health = amina.get("/health")
        assert health.status == 503, health.status
        assert health.json() == {"ok": False}
        answers = {path: amina.get(path).status for path in ("/", f"/t/{thread}", "/me")}
        assert all(status in (302, 401, 503) for status in answers.values()), answers
        reply = amina.reply(thread, "Till ingenstans")
        assert reply.status in (401, 503), reply.status
        assert Person(house.server).get("/help").status == 200
        assert not house.sqlite_file.exists()
        for part in parts:
            Path(f"{away}{str(part).removeprefix(str(house.sqlite_file))}").rename(part)
        eventually(lambda: amina.get("/health").status == 200, 15, "health")
        assert amina.reply(thread, "Tillbaka").status == 200
        pages = sorted(set(answers.values()))
        return f"health 503, pages {pages}, reply {reply.status}, no new file; well again without restart"


def page_broken(folder: Path) -> str:
    """C-06: pages of the file overwritten: refusals and red, no trace shown, help works."""
    house = copied(SqliteCopies(folder / "copies"), folder)
    with house.served():
        amina = house.person("amina")
        thread = amina.starts("Trasig sida")
        amina.token()
        house.server.stop()
        assert house.sqlite_file
        whole = house.sqlite_file.with_suffix(".whole")
        shutil.copy(house.sqlite_file, whole)
        size = house.sqlite_file.stat().st_size
        with open(house.sqlite_file, "r+b") as file:
            for place in range(4096 * 3, size, 4096):
                file.seek(place)
                file.write(random.Random(place).randbytes(4096))
        began = time.monotonic()
        started = True
        try:
            house.server.start()
        except Exception:
            started = False  # it would not start: as closed as can be
        if started:
            assert all(amina.get(path).status in (302, 401, 503, 500) for path in ("/", f"/t/{thread}"))
            assert amina.get("/help").status == 200
            house.server.stop()
        shutil.copy(whole, house.sqlite_file)
        for end in ("-wal", "-shm"):
            Path(f"{house.sqlite_file}{end}").unlink(missing_ok=True)
        house.server.start()
        assert amina.get(f"/t/{thread}").status == 200
        how = "started, refused every page" if started else f"refused to start ({time.monotonic() - began:.0f} s)"
        return f"{how}; with the copy put back it serves"


def postgres_restarted(folder: Path) -> str:
    """C-07: stopped at once under load; acknowledged is stored, the pool recovers by itself."""
    with Postgres(synchronous_commit="on") as postgres:
        house = copied(PostgresCopies(postgres.folder), folder)
        with house.served():
            reader, people = house.person("noor"), [house.person(name) for name in WRITERS]
            found = [postgres_round(house, postgres, reader, people, folder) for _ in range(3)]
    acked, again = sum(one[0] for one in found), max(one[1] for one in found)
    said = f"3 restarts, {acked} posts acknowledged, all stored once in order"
    return f"{said}; well again at most {again:.1f} s after the database"


def postgres_round(
    house: House, postgres: Postgres, reader: Person, people: list[Person], folder: Path
) -> tuple[int, float]:
    talk = Thread(house, reader)
    writers = [Writer(person, folder / f"pg-{person.name}-{talk.stream}.log", talk) for person in people]
    runs = start_writing(writers)
    time.sleep(random.uniform(0.3, 1.0))
    postgres.stop_at_once()
    for run in runs:
        run.join()  # each had a refusal
    assert reader.get("/health").status == 503
    assert Person(house.server).get("/help").status == 200
    postgres.start_again()
    began = time.monotonic()
    eventually(lambda: reader.get("/health").status == 200, 15, "health")
    again = time.monotonic() - began
    acked = {named for writer in writers for named in writer.acked}
    assert acked <= {named for _nr, named in talk.stored(reader)}
    for writer in writers:
        writer.send_unacked_again()
    check(house, reader, talk, writers)
    return len(acked), again


def storm(folder: Path, where: Where = Thread, size: int = 300) -> str:
    """C-12: everybody comes back at once after a restart; all caught up, none missing, none twice."""
    house = copied(SqliteCopies(folder / "copies"), folder)
    with house.served():
        cookies = crowd(house, size)
        amina = house.person("amina")
        talk = where(house, amina)
        thread = talk.stream
        people = [Person(house.server, dict(cookie), "crowd") for cookie in cookies]

        def says(text: str) -> int:
            receipt = talk.says(amina, text, mark())
            assert receipt
            return receipt[0]

        with ThreadPoolExecutor(16) as pool:
            lines = list(pool.map(lambda person: person.line().joined(thread), people))
            cursor = house.events(thread)[-1][0]
            said = [says(f"Före {number}") for number in range(3)]
            for line in lines:
                line.piece(said[-1])
            house.server.kill9()
            for line in lines:
                line.wait(lambda line=line: not line.open, 20)
                line.close()
            house.server.start()
            began = time.monotonic()
            said += [says("Efter omstarten")]
            dice = random.Random(1)
            waits = [dice.uniform(0, 3) for _ in people]  # as open pages do

            def come_back(number: int) -> tuple[Line, list[int]]:
                time.sleep(max(0.0, began + waits[number] - time.monotonic()))
                line = eventually(lambda: tried(people[number]), 20, "a line").joined(thread)
                return line, [piece["id"] for piece in people[number].since(thread, cursor)["pieces"]]

            order = sorted(range(size), key=waits.__getitem__)
            back = list(pool.map(come_back, order))
            took = time.monotonic() - began
        assert all(sorted(pieces) == sorted(said) for _line, pieces in back)
        last = says("Alla här igen")
        for line, _pieces in back:
            line.piece(last)
            assert [frame["id"] for frame in line.pieces()].count(last) == 1
            line.close()
        talk.end()
        assert took < 15, took
        return f"{size} lines back and caught up {took:.1f} s after the restart; none missing, none twice"


def tried(person: Person) -> Line | None:
    try:
        return person.line()
    except Exception:
        return None


def heartbeat(folder: Path) -> str:
    """While people read, write, sign in and somebody else locks the database for three seconds."""
    house = copied(SqliteCopies(folder / "copies"), folder)
    with house.served():
        amina, tuva = house.person("amina"), house.person("tuva")
        thread = tuva.starts("Puls")
        stranger = Person(house.server)
        with pulse(house.server) as heart, foreign_lock(house, 3.0), ThreadPoolExecutor(4) as pool:
            jobs = [pool.submit(amina.reply, thread, f"Puls {number}") for number in range(3)]
            jobs += [pool.submit(stranger.try_to_sign_in, "ingen", "fel lösenord") for _ in range(10)]
            jobs += [pool.submit(tuva.get, "/") for _ in range(30)]
            assert all(job.result().status in (200, 422) for job in jobs)
        worst = 1000 * heart.worst
        beats = sorted(1000 * (b - a) for a, b in zip(heart.beats, heart.beats[1:], strict=False))
        assert worst < 1000
        verdict = "within" if worst <= 100 else "over"
        p99 = beats[len(beats) * 99 // 100]
        return f"worst gap {worst:.0f} ms, p99 {p99:.0f} ms over {len(beats)} beats: {verdict} 100 ms"
