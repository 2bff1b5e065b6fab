"""Many at once: each post once, each with a place of its own, on both databases; and a server that is told to end."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import signal
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.live.house import House
from tests.live.people import Answer, mark

EVERYBODY = [
    "amina",
    "elias",
    "tuva",
    "samir",
    "noor",
    "isla",
    "johanna",
    "callum",
    "daniel",
    "birgitta",
    "sara",
    "jonna",
]


def test_the_same_try_at_once_is_stored_once(either_house: House) -> None:
    house = either_house
    amina, twin = house.person("amina"), house.person("amina")
    thread = house.person("tuva").starts("Dubbelklick")
    amina.token(), twin.token()
    for number in range(10):
        named, together = str(uuid.uuid4()), threading.Barrier(2)

        def press(who=amina, named=named, number=number, together=together) -> Answer:  # type: ignore[no-untyped-def]
            together.wait(10)
            return who.reply(thread, f"En gång {number}", named)

        with ThreadPoolExecutor(2) as pool:
            one, other = (pool.submit(press, who) for who in (amina, twin))
        answers = [one.result(), other.result()]
        assert [answer.status for answer in answers] == [200, 200]
        assert len({answer.headers["X-Piece"] for answer in answers}) == 1
    rows = house.ask("SELECT count(*), count(DISTINCT client_id) FROM piece WHERE stream_id = :id", id=thread)
    assert rows == [(11, 11)]


def test_twenty_four_replies_at_once_get_places_in_one_row(either_house: House) -> None:
    house = either_house
    people = [house.person(name) for name in EVERYBODY]
    thread = people[2].starts("Alla på en gång")
    for person in people:
        person.token()
    before = len(house.events(thread))
    with people[0].line().joined(thread) as line:
        together = threading.Barrier(24)

        def write(number: int) -> Answer:
            together.wait(20)
            return people[number % 12].reply(thread, f"Samtidigt {number}")

        with ThreadPoolExecutor(24) as pool:
            answers = list(pool.map(write, range(24)))
        assert [answer.status for answer in answers] == [200] * 24
        frames = line.wait(lambda: len(line.pieces()) == 24 and line.pieces(), 15)
    places = house.ask("SELECT nr FROM piece WHERE stream_id = :id ORDER BY nr", id=thread)
    assert [nr for (nr,) in places] == list(range(1, 26))
    events = house.events(thread)
    assert [seq for seq, _prev in events] == list(range(1, before + 25))
    assert [prev for _seq, prev in events] == list(range(before + 24))
    assert sorted(frame["nr"] for frame in frames) == list(range(2, 26))
    assert len({frame["seq"] for frame in frames}) == 24
    assert isinstance(house.ask("SELECT seq FROM stream WHERE id = :id", id=thread)[0][0], int)
    assert house.ask("SELECT seq, last_nr FROM stream WHERE id = :id", id=thread) == [(before + 24, 25)]


def test_one_person_on_many_devices_gets_in_nobodys_way(either_house: House) -> None:
    """Replies, read marks, drafts, taking back and putting back by one person at once: nothing locks nothing out."""
    house = either_house
    devices = [house.person("amina") for _device in range(8)]
    thread = house.person("tuva").starts("Mobilen, datorn och plattan")
    mine = devices[0].says(thread, "Ångrar mig")
    for device in devices:
        device.token()

    def use(number: int) -> list[int]:
        device = devices[number]
        statuses = []
        for turn in range(6):
            answers = [
                device.reply(thread, f"Svar {number} {turn}"),
                device.post(f"/streams/{thread}/read", part=True, nr=str(turn)),
                device.post(f"/pieces/{mine}/{('delete', 'restore')[number % 2]}", part=True),
                device.post("/drafts", place=f"reply:{thread}", fields=f'{{"text": "Snart {number}"}}'),
            ]
            statuses += [answer.status for answer in answers]
        return statuses

    with ThreadPoolExecutor(8) as pool:
        statuses = [status for found in pool.map(use, range(8)) for status in found]
    assert set(statuses) <= {200, 204}
    events = house.events(thread)
    assert [seq for seq, _prev in events] == list(range(1, len(events) + 1))


@pytest.mark.parametrize("round_", range(int(os.environ.get("SIGTERM_ROUNDS", "1"))))
def test_told_to_end_it_ends_and_leaves_nothing_behind(
    fresh_house: Callable[..., House], round_: int, tmp_path: Path
) -> None:
    house = fresh_house()
    people = [house.person(name) for name in EVERYBODY[:6]]
    thread = people[0].starts("Sista posten")
    for person in people:
        person.token()
    lines = [person.line().joined(thread) for person in people]
    acked: list[int] = []
    refused: list[str] = []

    def write(number: int) -> None:
        while True:
            try:
                answer = people[number].reply(thread, f"{number} {mark()}")
            except (OSError, http.client.HTTPException) as error:
                refused.append(type(error).__name__)
                return
            assert answer.status == 200, answer.text[:300]
            acked.append(int(answer.headers["X-Piece"]))

    writers = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for writer in writers:
        writer.start()
    time.sleep(1)
    children = descendants(house.server.child.pid)
    began = time.monotonic()
    house.server.child.send_signal(signal.SIGTERM)
    assert house.server.child.wait(15) == 0
    assert time.monotonic() - began < 10
    for writer in writers:
        writer.join()
    for line in lines:
        line.wait(lambda line=line: not line.open)
        line.close()
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]
    stored = {id_ for (id_,) in house.ask("SELECT id FROM piece WHERE stream_id = :id", id=thread)}
    assert acked and set(acked) <= stored
    assert len(refused) == 6
    if house.sqlite_file:
        alone = shutil.copy(house.sqlite_file, tmp_path / "alone.db")  # without what may stand beside it
        with contextlib.closing(sqlite3.connect(alone)) as line:
            assert stored == {id_ for (id_,) in line.execute("SELECT id FROM piece WHERE stream_id = ?", (thread,))}
    assert len(stored) - 1 - len(acked) <= 6  # at most each one's last
    log = house.server.log.read_text(errors="replace")
    assert "request" in log and "error=[" not in log and "Traceback" not in log


def descendants(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += [int(child), *descendants(int(child))]
    return found
