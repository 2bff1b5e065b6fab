"""The process that draws: fair, bounded, ended when it takes too long, and there again when it has ended."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from community.core import picture_turns, picture_worker, pictures
from tests.pictures import corpus
from tests.pictures.looking import made

LARGE = corpus.noisy(4000, 3000, quality=60)


def worker() -> int:
    made(corpus.good()["png"])
    assert pictures._worker.pid
    return pictures._worker.pid


def in_the_middle(pid: int) -> None:
    """Wait until it is at work on something large."""
    before = _processor_ticks(pid)
    while _processor_ticks(pid) < before + 4:
        time.sleep(0.01)


def _processor_ticks(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11])


def test_it_stays_from_one_picture_to_the_next() -> None:
    assert worker() == worker()


def test_killed_between_two_pictures_another_is_there() -> None:
    pid = worker()
    os.kill(pid, signal.SIGKILL)
    assert worker() != pid


def test_killed_in_the_middle_the_picture_is_drawn_all_the_same() -> None:
    pid = worker()
    with ThreadPoolExecutor(1) as pool:
        drawing = pool.submit(made, LARGE)
        in_the_middle(pid)
        os.kill(pid, signal.SIGKILL)
        assert drawing.result().width == 2048
    assert pictures._worker.pid != pid


def test_a_picture_that_ends_it_twice_is_called_damaged() -> None:
    pid = worker()
    with ThreadPoolExecutor(1) as pool:
        drawing = pool.submit(made, LARGE)
        in_the_middle(pid)
        os.kill(pid, signal.SIGKILL)
        while pictures._worker.pid in (pid, None):
            time.sleep(0.002)
        os.kill(pictures._worker.pid or 0, signal.SIGKILL)
        with pytest.raises((pictures.Refused, pictures.Off)) as refused:
            drawing.result()
    assert refused.value.status in (422, 503)  # at the picture, or while it was still starting
    assert made(corpus.good()["png"]).width == 400


def test_over_time_it_is_ended_and_the_next_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    pid = worker()
    monkeypatch.setattr(picture_worker, "SECONDS", 0.05)
    with pytest.raises(pictures.Refused) as refused:
        made(LARGE)
    assert refused.value.reason == "slow"
    assert not Path(f"/proc/{pid}").exists()
    monkeypatch.undo()
    assert made(corpus.good()["png"]).width == 400


@pytest.mark.slow
def test_the_system_ends_it_after_so_much_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where nobody waits for it any more: a bound on the processor's time stands in the process itself."""
    limits = Path(f"/proc/{worker()}/limits").read_text()
    rows = {line[:26].strip(): line[26:].split() for line in limits.splitlines()}
    assert 1 <= int(rows["Max cpu time"][0]) <= 60
    assert rows["Max address space"][:2] == [str(1024**3)] * 2
    assert rows["Max core file size"][:2] == rows["Max file size"][:2] == ["0", "0"]
    assert rows["Max open files"][:2] == ["4", "4"]  # as many as it has: it can open neither a file nor a line


def test_it_is_given_no_secret_and_no_open_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "kanariefågel")
    pictures.close()
    pid = worker()
    environment = Path(f"/proc/{pid}/environ").read_bytes()
    assert b"SECRET" not in environment
    assert b"HEARTH" not in environment
    open_ones = {os.readlink(file) for file in Path(f"/proc/{pid}/fd").iterdir()}
    assert {one for one in open_ones if not one.startswith("socket:")} == {"/dev/null"}
    assert len([one for one in open_ones if one.startswith("socket:")]) == 1


def test_it_ends_with_the_process_that_started_it() -> None:
    program = """
import io, os
from community.core import pictures
from PIL import Image
out = io.BytesIO()
Image.new("RGB", (50, 50)).save(out, "PNG")
pictures.made(out, whose=1)
print(pictures._worker.pid, flush=True)
os._exit(0)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    until = time.monotonic() + 10
    while Path(f"/proc/{done.stdout.strip()}").exists():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_where_it_can_not_be_started_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pictures.close()
    monkeypatch.setattr(picture_worker, "ROOT", tmp_path)
    with pytest.raises(pictures.Off) as off:
        made(corpus.good()["png"])
    assert off.value.status == 503
    monkeypatch.undo()
    assert made(corpus.good()["png"]).width == 400


def test_people_take_turns() -> None:
    """Amina sends four, Isla one a moment later: hers is the second to be drawn, or the third."""
    order: list[str] = []
    turns = picture_turns.Turns(most=12, most_each=4, seconds=30)
    begun, go_on = threading.Event(), threading.Event()

    def take(who: str) -> None:
        with turns.turn(who):
            order.append(who)
            begun.set()
            assert go_on.wait(20)

    with ThreadPoolExecutor(6) as pool:
        waiting = [pool.submit(take, "amina")]
        assert begun.wait(20)
        for who in ("amina", "amina", "amina", "isla"):
            waiting.append(pool.submit(take, who))
            _until_waiting(turns, len(waiting) - 1)
        go_on.set()
        for one in waiting:
            one.result()
    assert order == ["amina", "isla", "amina", "amina", "amina"]


def _until_waiting(turns: picture_turns.Turns, count: int) -> None:
    while len(turns._waiting) < count:
        time.sleep(0.005)


@pytest.mark.parametrize(("most", "most_each", "who"), [(2, 9, "isla"), (9, 2, "amina")])
def test_too_many_are_told_so_at_once_and_nobody_is_forgotten(most: int, most_each: int, who: str) -> None:
    turns, go_on = picture_turns.Turns(most, most_each, 30), threading.Event()

    def take(whose: str) -> None:
        with turns.turn(whose):
            assert go_on.wait(20)

    with ThreadPoolExecutor(4) as pool:
        waiting: list[Future[None]] = [pool.submit(take, "amina")]
        while not turns._busy:
            time.sleep(0.005)
        waiting += [pool.submit(take, "amina") for _ in range(2)]
        _until_waiting(turns, 2)
        with pytest.raises(picture_turns.Crowded), turns.turn(who):
            pass
        go_on.set()
        for one in waiting:
            one.result()
    with turns.turn(who):
        pass


def test_tired_of_waiting_one_leaves_the_line() -> None:
    turns = picture_turns.Turns(9, 9, 0.05)
    with turns.turn("amina"), pytest.raises(picture_turns.Crowded), turns.turn("isla"):
        pass
    assert turns._waiting == []
    with turns.turn("isla"):
        pass


def test_a_crowd_of_pictures_becomes_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures._worker, "_turns", picture_turns.Turns(0, 0, 1))
    with pictures._worker._turns.turn("amina"), pytest.raises(pictures.Crowd) as crowd:
        made(corpus.good()["png"])
    assert crowd.value.status == 503


def test_several_at_once_each_get_their_own() -> None:
    sizes = [(100 + nr, 50 + nr) for nr in range(8)]
    with ThreadPoolExecutor(8) as pool:
        drawing = [pool.submit(pictures.made, io.BytesIO(_png(*size)), whose=nr % 3) for nr, size in enumerate(sizes)]
        found = [one.result() for one in drawing]
    assert [(one.width, one.height) for one in found] == sizes


def _png(width: int, height: int) -> bytes:
    return corpus.encoded(corpus.drawn(width, height), "PNG")
