"""Several servers on one PostgreSQL with Redis between them: quick while it is there, whole when it is not.

The messages are replies in a thread, by its form, and messages of a chat, by socket. `make run-scaled` itself is tried
in test_run_scaled.py.
"""

from __future__ import annotations

import contextlib
import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.copies import PostgresCopies
from tests.live.crash import Where
from tests.live.house import House, copied, eventually
from tests.live.people import CLOSED, Line, Person, Refused, mark
from tests.live.talks import Chat, Talk, Thread
from tests.serve import Hearth
from tests.servers import Valkey

pytestmark = pytest.mark.timeout(120)  # each starts two or three servers

LOOKS_RARELY = ("-m", "tests.live.knocking_server")
AT_MOST = 2.0  # seconds until a revocation holds everywhere
_numbers = itertools.count(1)
HANGS = 5.0  # seconds; the machine may be busy, and what waits for a server that hangs waits much longer


@dataclass
class Two:
    """Two servers over one house, and the Redis between them."""

    house: House
    a: Hearth
    b: Hearth
    valkey: Valkey


@contextlib.contextmanager
def two_servers(copies: PostgresCopies, folder: Path, **settings: str) -> Iterator[Two]:
    program = LOOKS_RARELY if settings.pop("looks", "") == "rarely" else ("wsgi.py",)
    with Valkey() as valkey, contextlib.ExitStack() as ending:
        house = copied(copies, folder, REDIS_URL=valkey.url, PROCESSES="2", program=program, **settings)
        second = house.another()
        for server in (house.server, second):
            ending.enter_context(server)
            eventually(lambda server=server: times_heard(server) == 1)
        yield Two(house, house.server, second, valkey)


def times_heard(server: Hearth) -> int:
    """How often a server has found Redis."""
    return server.log.read_text().count("knocks of other processes are heard")


def check_chain(line: Line, pieces: list[int], after: int) -> None:
    """Every piece once, in its order, each event naming the one before."""
    frames = [frame for frame in line.pieces() if frame["seq"] > after]
    assert [frame["id"] for frame in frames] == pieces
    assert [frame["prev"] for frame in frames] == [after, *(frame["seq"] for frame in frames[:-1])]


@pytest.mark.parametrize("where", [Thread, Chat])
def test_a_knock_brings_what_was_said_elsewhere(
    postgres_copies: PostgresCopies, live_folder: Path, where: Where
) -> None:
    """Neither server looks by itself for a minute: words, hints and a revocation come by knocks, and Redis may be
    restarted in between."""
    with two_servers(postgres_copies, live_folder, looks="rarely") as two:
        writer = two.house.person("elias", two.a)
        talk = where(two.house, writer)
        thread = talk.stream
        isla, noor = two.house.person("isla", two.b), two.house.person("noor", two.b)
        with isla.line().joined(thread) as line, noor.line().joined_feed().joined_chats() as other:
            known = two.house.events(thread)[-1][0]
            pieces = [says(talk, writer) for _number in range(5)]
            line.piece(pieces[-1])
            check_chain(line, pieces, known)
            other.wait(lambda: other.named(talk.hint))
            assert noor.copy(two.a).post("/logout").status == 303
            other.wait(lambda: not other.open)
            two.valkey.stop()
            two.valkey.start()
            for server in (two.a, two.b):
                eventually(lambda server=server: times_heard(server) == 2)
            line.piece(says(talk, writer))
        talk.end()


def test_who_writes_is_told_at_the_other_process_and_never_to_whom_she_is_kept_apart_from(
    postgres_copies: PostgresCopies, live_folder: Path
) -> None:
    with two_servers(postgres_copies, live_folder, looks="rarely") as two:
        two.house.keep_apart("elias", "samir")
        found = two.house.ask(
            "SELECT chat_room.stream_id FROM chat_room JOIN space ON space.id = chat_room.standing_in"
            " WHERE space.slug = 'vardagsrummet'"
        )
        chat = int(found[0][0])
        elias, isla, samir = (
            two.house.person(name, server) for name, server in (("elias", two.a), ("isla", two.b), ("samir", two.b))
        )
        with elias.line().joined(chat) as writer, isla.line().joined(chat) as line, samir.line().joined(chat) as apart:
            two.house.flask("clock", "set", "2026-11-28T18:00:00+01:00")
            assert writer.ask("chat:typing", {"stream": chat})["ok"]
            line.wait(lambda: line.named("chat:typing"))
            assert line.named("chat:typing")[0]["id"] == two.house.member("elias")
            assert apart.named("chat:typing") == []


def says(talk: Talk, writer: Person) -> int:
    """Something new: the same words again would be the same message."""
    receipt = talk.says(writer, f"Nummer {next(_numbers)}", mark())
    assert receipt
    return receipt[0]


@pytest.mark.parametrize("where", [Thread, Chat])
def test_without_redis_nothing_is_lost_and_nobody_waits(
    postgres_copies: PostgresCopies, live_folder: Path, where: Where
) -> None:
    """Live goes on by the look of every second, also for who is shut out; limits hold; nobody's request hangs; a server
    starts. Redis hangs first, answers again, then is gone and comes back empty."""
    with two_servers(postgres_copies, live_folder, DEMO_NO_LIMITS="0") as two:
        writer, isla = two.house.person("johanna", two.a), two.house.person("isla", two.b)
        talk = where(two.house, writer)
        thread = talk.stream
        with isla.line().joined(thread) as line:
            known = two.house.events(thread)[-1][0]
            pieces = [says(talk, writer)]
            line.piece(pieces[-1])
            two.valkey.freeze()
            pieces += says_and_is_heard(writer, talk, line)
            check_cut_elsewhere(two, "noor", thread)
            check_limit_holds(two.a, "callum")
            two.valkey.thaw()
            pieces += says_and_is_heard(writer, talk, line)
            two.valkey.stop()
            pieces += says_and_is_heard(writer, talk, line)
            check_cut_elsewhere(two, "samir", thread)
            check_limit_holds(two.a, "callum", left=0)
            two.a.restart()
            two.valkey.start()
            pieces += says_and_is_heard(writer, talk, line)
            check_chain(line, pieces, known)
            assert isla.since(thread, known)["seq"] == two.house.events(thread)[-1][0]
        talk.end()


def says_and_is_heard(writer: Person, talk: Talk, line: Line) -> list[int]:
    """Two of them: nobody waits for Redis to write them, and they arrive."""
    pieces = []
    for _reply in range(2):
        began = time.monotonic()
        pieces.append(says(talk, writer))
        assert time.monotonic() - began < HANGS
        line.piece(pieces[-1])
    return pieces


def check_cut_elsewhere(two: Two, name: str, thread: int) -> None:
    """Signed out at one server, cut at the other, and let in at neither."""
    person = two.house.person(name, two.b)
    elsewhere = person.copy(two.a)
    with person.line().joined(thread) as cut:
        assert elsewhere.post("/logout").status == 303
        began = time.monotonic()
        cut.wait(lambda: not cut.open)
        closed = next(frame.at for frame in cut.frames if frame.event == CLOSED)
        assert closed - began < AT_MOST
    for one in (person, elsewhere):
        with pytest.raises(Refused):
            one.line()


def check_limit_holds(server: Hearth, name: str, left: int = 5) -> None:
    """As many wrong tries as are left and no more, each answered without hanging."""
    statuses, person = [], Person(server)
    for _try in range(left + 2):
        began = time.monotonic()
        statuses.append(person.try_to_sign_in(name, "fel-losenord").status)
        assert time.monotonic() - began < HANGS
    assert statuses == [422] * left + [429] * 2


@pytest.mark.parametrize("where", [Thread, Chat])
def test_a_killed_servers_readers_go_on_elsewhere(
    postgres_copies: PostgresCopies, live_folder: Path, where: Where
) -> None:
    """Killed outright in the middle of a talk: the reader comes in at the other one and has missed nothing."""
    with two_servers(postgres_copies, live_folder) as two:
        writer, isla = two.house.person("elias", two.b), two.house.person("isla", two.a)
        talk, elsewhere = where(two.house, writer), isla.copy(two.b)
        thread = talk.stream
        known = two.house.events(thread)[-1][0]
        with isla.line().joined(thread) as line:
            pieces = [says(talk, writer) for _number in range(3)]
            line.piece(pieces[-1])
            two.a.kill9()
            line.wait(lambda: not line.open)
            heard = [frame["id"] for frame in line.pieces()]
            last = line.pieces()[-1]["seq"]
        pieces += [says(talk, writer) for _number in range(3)]
        with elsewhere.line().joined(thread) as line:
            missed = elsewhere.since(thread, last)
            pieces.append(says(talk, writer))
            line.piece(pieces[-1])
            assert heard + [piece["id"] for piece in missed["pieces"]] + [pieces[-1]] == pieces
            assert line.pieces()[-1]["prev"] == missed["seq"]
            assert [seq for seq, _prev in two.house.events(thread) if seq > known][-1] == line.pieces()[-1]["seq"]
        two.a.start()
        with isla.line().joined(thread) as line:
            line.piece(says(talk, writer))
        talk.end()


def test_servers_that_start_at_once_make_one_house(postgres_copies: PostgresCopies, live_folder: Path) -> None:
    """On an empty database: one of them migrates and fills it, the other waits for that."""
    folder = live_folder / "at-once"
    folder.mkdir()
    url = postgres_copies.copy("nothing", lambda _url: None)
    house = House(folder, url)
    servers = [house.server, house.another()]
    for server in servers:
        server.settings["HEARTH_DATA"] = str(folder / "data")
    with contextlib.ExitStack() as ending:
        for server in servers:
            server.launch()
            ending.callback(server.stop)
        for server in servers:
            server.wait(90)
        assert house.ask("SELECT count(*) FROM member WHERE sign_in_name = 'amina'") == [(1,)]
        for server in servers:
            assert house.person("amina", server).get("/").status == 200
