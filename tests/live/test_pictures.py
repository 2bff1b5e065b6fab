"""Pictures at the real server: nobody waits while one is drawn, whatever happens to it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.copies import PostgresCopies, SqliteCopies
from tests.live.heartbeat import pulse
from tests.live.house import House, copied
from tests.live.people import Person
from tests.live.sending import half_sent, sent
from tests.pictures import corpus

PHOTO = corpus.noisy(4000, 3000, quality=60)
SMALL = corpus.good()["png"]
HOSTILE = (
    "../../../etc/passwd",
    "a.php",
    ".htaccess",
    "<script>.jpg",
    "a" * 5000,
    "%00.jpg",
    "con.jpg",
    "räksmörgås.jpg",
)


@pytest.fixture(scope="module")
def drawing(database_copies: SqliteCopies | PostgresCopies, live_folder: Path) -> Iterator[House]:
    program = ("-m", "tests.live.pictures_server")
    with copied(database_copies, live_folder, program=program).served() as served:
        yield served


def kept_in(house: House) -> set[str]:
    """Every name there is in the folder of pictures, half-made ones too."""
    folder = house.server.data / "pictures"
    return {path.name for path in folder.glob("*/*")} | {path.name for path in folder.glob(".*")}


def test_nobody_waits_while_pictures_are_drawn(drawing: House) -> None:
    sent(drawing.server, SMALL)
    with pulse(drawing.server) as heart, ThreadPoolExecutor(3) as pool:
        began = time.monotonic()
        drawn = [pool.submit(sent, drawing.server, PHOTO, whose=f"p{nr}") for nr in range(6)]
        assert [one.result().status for one in drawn] == [200] * 6
        took = time.monotonic() - began
    assert took > 1.5  # or there was nothing to see
    assert heart.worst < 1.0
    assert len(heart.beats) > 50


def test_its_process_killed_in_the_middle_the_picture_comes_all_the_same(drawing: House) -> None:
    worker = sent(drawing.server, SMALL).said["worker"]
    with pulse(drawing.server) as heart, ThreadPoolExecutor(1) as pool:
        drawn = pool.submit(sent, drawing.server, PHOTO)
        while _ticks(worker) < 5 and not drawn.done():
            time.sleep(0.01)
        os.kill(worker, signal.SIGKILL)
        answer = drawn.result()
    assert (answer.status, answer.said["worker"] != worker) == (200, True)
    assert heart.worst < 1.0


def _ticks(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11])


def test_cut_in_the_middle_nothing_is_left_and_the_next_comes_in(drawing: House) -> None:
    before = kept_in(drawing)
    for _ in range(5):
        half_sent(drawing.server, PHOTO)
    assert sent(drawing.server, SMALL, remove="1").status == 200
    assert kept_in(drawing) == before


@pytest.mark.parametrize("name", HOSTILE)
def test_what_a_file_is_called_means_nothing(drawing: House, name: str) -> None:
    before = kept_in(drawing)
    answer = sent(drawing.server, SMALL, name)
    assert answer.status == 200
    assert kept_in(drawing) - before == {answer.said["name"]}
    assert len(answer.said["name"]) == 32


def test_what_is_refused_leaves_nothing_and_the_server_goes_on(drawing: House) -> None:
    before = kept_in(drawing)
    wrong = {**corpus.other_kinds(), **corpus.no_pictures(), **corpus.truncated()}
    answers = {name: sent(drawing.server, content).status for name, content in wrong.items()}
    assert {name: status for name, status in answers.items() if status != 422} == {}
    assert kept_in(drawing) == before


def test_ten_megabytes_are_read_of_a_member_and_not_of_anybody(drawing: House) -> None:
    amina, stranger = drawing.person("amina"), Person(drawing.server)
    assert len(PHOTO) > 2 * 1024 * 1024
    assert sent(drawing.server, PHOTO, by=amina).status == 200
    assert sent(drawing.server, SMALL + bytes(11 * 1024 * 1024), by=amina).status == 413
    assert sent(drawing.server, SMALL + bytes(10 * 1024 * 1024), by=amina).said["refused"] == "bytes"
    before = kept_in(drawing)
    assert sent(drawing.server, PHOTO, by=stranger).status in (401, 413)
    assert kept_in(drawing) == before


def test_too_large_is_said_before_it_is_read(drawing: House) -> None:
    with pulse(drawing.server) as heart:
        body = b"POST /draw HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 200000000\r\n"
        body += b"Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n"
        wire = drawing.server.wire(20)
        wire.sendall(body)
        assert b" 413 " in wire.recv(4096).split(b"\r\n")[0]
        wire.close()
    assert heart.worst < 1.0
