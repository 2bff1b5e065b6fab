"""What a broadcast promises, by the fast path and by the stock one: everybody gets it, once, in order, byte for byte;
who does not read holds up nobody and fills no memory; who goes is no trouble; who is shut out hears nothing more.

The server's sockets are narrow and the fast path pauses after every third reader (fanout_server.py), so that a few
readers and a few seconds meet what otherwise takes thousands: full sockets, half-written frames, broadcasts that want
their turn while another is under way.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self

import pytest
import websocket

from community.core.fanout import MOST_WAITING, SHORT_QUEUE
from tests.copies import PostgresCopies, SqliteCopies
from tests.live.house import House, copied, eventually
from tests.live.people import CLOSED, Person, cookie_header

PROGRAM = ("-m", "tests.live.fanout_server")
SIZES = (0, 90, 300, 70_000)  # each length a frame's head is made for, and more than a socket takes at once
AT_MOST = 2.0  # seconds until a line is cut


class Reader:
    """A page's line with a narrow socket that is read only when the test says so."""

    def __init__(self, person: Person, thread: int) -> None:
        self.line = websocket.create_connection(
            person.server.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket",
            timeout=20,
            cookie=cookie_header(person.cookies),
            origin=person.server.url,
            socket=person.server.wire(20, narrow=4096),
        )
        assert self.text().startswith("0")
        self.line.send("40")
        assert self.text().startswith("40")
        self.asks("stream:join", {"stream": thread})
        assert json.loads(self.text().removeprefix("431"))[0]["ok"]

    def leaves(self, thread: int) -> None:
        """Returns with the answer; what came before it is forgotten."""
        self.asks("stream:leave", {"stream": thread})
        while not self.text().startswith("431"):
            pass

    def asks(self, event: str, payload: dict[str, Any]) -> None:
        self.line.send("421" + json.dumps([event, payload]))

    def text(self) -> str:
        return str(self.line.recv())

    def hears(self, count: int, *, asking: bool = False) -> list[tuple[str, int]]:
        """The next `count` trial frames as (by, number), fewer when the line ends; `asking`: says something now and
        then, and must be answered each time."""
        heard: list[tuple[str, int]] = []
        asked = answered = 0
        while len(heard) < count or answered < asked:
            text = self.text()
            if not text:
                break
            answered += text.startswith("431")
            if text.startswith('42["trial"'):
                said = json.loads(text[2:])[1]
                assert said["text"].startswith(f"{said['number']} å")
                heard.append((said["by"], said["number"]))
                if asking and len(heard) % 20 == 0:
                    self.asks("stream:leave", {"stream": 1})
                    asked += 1
        assert answered == asked
        return heard

    def bytes(self, count: int) -> bytes:
        got = b""
        while len(got) < count:
            more = self.line.sock.recv(count - len(got))
            assert more, f"ended after {len(got)} of {count}"
            got += more
        return got

    def vanish(self) -> None:
        """As a phone that lost its network and came back: whatever comes now is answered by a reset."""
        self.line.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.line.sock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.line.shutdown()


@pytest.fixture(scope="module", params=["fast", "fast by file", "stock"])
def trial(
    request: pytest.FixtureRequest, database_copies: SqliteCopies | PostgresCopies, live_folder: Path
) -> Iterator[House]:
    path, _, by_file = request.param.partition(" ")
    settings = {"SOCKET": str(live_folder / "trial.sock"), "TRUSTED_PROXIES": "1"} if by_file else {}
    with copied(database_copies, live_folder, program=PROGRAM, HEARTH_FANOUT=path, **settings).served() as house:
        yield house
    assert f"broadcasts take the {path} path" in house.server.log.read_text()


@pytest.fixture
def room(trial: House) -> Iterator[Callable[..., list[Reader]]]:
    """`room(5)` gives five readers of one thread; they end with the test."""
    opened: list[Reader] = []
    people = [trial.person(name) for name in ("amina", "tuva")]

    def make(count: int) -> list[Reader]:
        thread = trial.thread()
        fresh = [Reader(people[(len(opened) + number) // 6], thread) for number in range(count)]
        opened.extend(fresh)
        return fresh

    yield make
    for reader in opened:
        reader.line.shutdown()
    eventually(lambda: waiting(trial)["open"] == 0, what="the end of every line")


def say(
    house: House,
    by: str,
    count: int,
    *,
    start: int = 0,
    sizes: tuple[int, ...] = SIZES,
    pause: float = 0,
    quietly: bool = False,
) -> None:
    address = f"/trial/say?room=stream:{house.thread()}:sv&by={by}&from={start}&count={count}&pause={pause}"
    address += "&quietly=1" if quietly else ""
    answer = Person(house.server).get(address + f"&sizes={','.join(map(str, sizes))}", timeout=50)
    assert answer.json() == {"said": count}


def waiting(house: House) -> dict[str, int]:
    found: dict[str, int] = Person(house.server).get("/trial/waiting").json()
    return found


def frame(by: str, number: int, size: int) -> bytes:
    """A broadcast as RFC 6455, Engine.IO 4 and Socket.IO 5 write it."""
    said = {"by": by, "number": number, "text": f"{number} å " + "x" * size}
    text = ("42" + json.dumps(["trial", said], separators=(",", ":"))).encode()
    if len(text) < 126:
        return b"\x81" + struct.pack("!B", len(text)) + text
    if len(text) < 65_536:
        return b"\x81" + struct.pack("!BH", 126, len(text)) + text
    return b"\x81" + struct.pack("!BQ", 127, len(text)) + text


def test_frames_are_the_same_to_the_byte(trial: House, room: Callable[..., list[Reader]]) -> None:
    expected = b"".join(frame("a", number, SIZES[number % len(SIZES)]) for number in range(8))
    readers = room(4)
    with ThreadPoolExecutor(len(readers)) as pool:
        got = [pool.submit(reader.bytes, len(expected)) for reader in readers]
        say(trial, "a", 8)
        assert [one.result() == expected for one in got] == [True] * len(readers)


def test_everybody_gets_everything_once_and_in_one_order(trial: House, room: Callable[..., list[Reader]]) -> None:
    """Half of the readers read nothing until the others have everything; two speakers speak at the same time."""
    each = MOST_WAITING // 4
    readers = room(10)
    quick, slow = readers[:5], readers[5:]
    with ThreadPoolExecutor(len(readers) + 2) as pool:
        speakers = [pool.submit(say, trial, by, each, sizes=(40, 3000, 200, 20_000), pause=0.01) for by in "ab"]
        heard = [pool.submit(reader.hears, 2 * each, asking=True) for reader in quick]
        order = heard[0].result()
        assert [one.result() == order for one in heard] == [True] * len(quick)
        assert waiting(trial)["most"] > 10  # or the others had not been slow
        late = [pool.submit(reader.hears, 2 * each) for reader in slow]
        assert [one.result() == order for one in late] == [True] * len(slow)
        for speaker in speakers:
            speaker.result()
    for by in "ab":
        assert [number for who, number in order if who == by] == list(range(each))


def test_who_goes_in_the_middle_is_no_trouble(trial: House, room: Callable[..., list[Reader]]) -> None:
    stays, closes, vanishes, sleeps = room(4)
    with ThreadPoolExecutor(4) as pool:
        heard = pool.submit(stays.hears, 200)
        speaker = pool.submit(say, trial, "a", 200, sizes=(40, 20_000), pause=0.005)
        for reader in (closes, vanishes):
            assert reader.hears(20) == [("a", number) for number in range(20)]
        closes.line.close(timeout=0)
        vanishes.vanish()
        sleeps.vanish()  # with a frame half written
        assert heard.result() == [("a", number) for number in range(200)]
        speaker.result()
    eventually(lambda: waiting(trial)["open"] == 1, what="the end of the lines that went")
    assert "Traceback" not in trial.server.log.read_text()


def test_who_leaves_hears_nothing_more(trial: House, room: Callable[..., list[Reader]]) -> None:
    """Also from a broadcast that was under way at that moment."""
    readers, thread = room(10), trial.thread()
    with ThreadPoolExecutor(len(readers) + 1) as pool:
        speaker = pool.submit(say, trial, "a", 100, sizes=(40,))
        for reader in reversed(readers):  # so that who leaves is always among the last in line
            reader.hears(3)
            reader.leaves(thread)
        speaker.result()
        for reader in readers:
            reader.asks("stream:leave", {"stream": 1})
            assert reader.text().startswith("431")


def test_who_reads_nothing_is_cut_and_holds_up_nobody(trial: House, room: Callable[..., list[Reader]]) -> None:
    reads, stuck = room(2)
    total = 0
    with ThreadPoolExecutor(1) as pool:
        while waiting(trial)["open"] == 2:
            assert total < MOST_WAITING * 8, "who reads nothing was kept"
            heard = pool.submit(reads.hears, MOST_WAITING)
            say(trial, "a", MOST_WAITING, start=total, sizes=(300,), pause=0.001)
            assert heard.result() == [("a", number) for number in range(total, total + MOST_WAITING)]
            total += MOST_WAITING
    assert waiting(trial)["most"] <= MOST_WAITING
    got = what_is_left(stuck)
    assert got == [("a", number) for number in range(len(got))]
    assert len(got) < total


def test_a_whisper_reaches_who_reads_and_waits_for_nobody(trial: House, room: Callable[..., list[Reader]]) -> None:
    reads, stuck = room(2)
    with ThreadPoolExecutor(1) as pool:
        heard = pool.submit(reads.hears, 20)
        say(trial, "a", 20, sizes=(20_000,), pause=0.01)
        heard.result()
    assert waiting(trial)["most"] > SHORT_QUEUE
    say(trial, "whispers", 10, sizes=(40,), pause=0.05, quietly=True)
    say(trial, "end", 1, sizes=(40,))
    for reader, quiet in ((reads, False), (stuck, True)):
        got = []
        while not got or got[-1][0] != "end":
            got += reader.hears(1)
        assert ("whispers" not in {by for by, _number in got}) is quiet


def what_is_left(reader: Reader) -> list[tuple[str, int]]:
    """What still comes over a line that was cut; the connection may end in the middle of a frame."""
    heard: list[tuple[str, int]] = []
    try:
        while more := reader.hears(1):
            heard += more
    except (OSError, websocket.WebSocketException):
        pass
    return heard


def test_who_signs_out_hears_nothing_more(trial: House, room: Callable[..., list[Reader]]) -> None:
    """Within two seconds, in the middle of broadcasts, with somebody beside her who does not read."""
    room(4)
    person, ending = trial.person("noor"), threading.Event()

    def speak() -> None:
        for start in range(0, 100_000, 20):
            if ending.is_set():
                return
            say(trial, "a", 20, start=start, sizes=(40, 9_000), pause=0.005)

    with person.line().joined(trial.thread()) as line:
        speaker = threading.Thread(target=speak)
        speaker.start()
        try:
            line.wait(lambda: len(line.named("trial")) > 20)
            began = time.monotonic()
            assert person.post("/logout").status == 303
            line.wait(lambda: not line.open)
        finally:
            ending.set()
            speaker.join()
        closed = next(frame.at for frame in line.frames if frame.event == CLOSED)
        assert closed - began < AT_MOST
        events = [frame.event for frame in line.frames]
        assert set(events[events.index("session:ended") + 1 :]) <= {"disconnected", CLOSED}
        numbers = [said["number"] for said in line.named("trial")]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_a_server_the_fast_path_does_not_fit_takes_the_stock_one(fresh_house: Callable[..., House]) -> None:
    house = fresh_house(program=(*PROGRAM, "broken"))
    log = house.server.log.read_text()
    assert log.count("the fast path is not for this installation: AttributeError") == 1
    assert "broadcasts take the stock path" in log
    with Reader(house.person("amina"), house.thread()) as reader:
        say(house, "a", 4)
        assert reader.hears(4) == [("a", number) for number in range(4)]
