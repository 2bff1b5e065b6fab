"""Faults met in the middle of a chat: no room on the disk, a database that somebody keeps, Redis stopped, hung, coming
and going under `make run-scaled`, a server killed there."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from tests.copies import PostgresCopies, SqliteCopies
from tests.live.heartbeat import pulse
from tests.live.house import House, copied, eventually, prepare
from tests.live.people import Answer, Line, Person, mark
from tests.live.supervised import adults_chat, pids_of, supervised
from tests.live.talks import Chat
from tests.live.test_loop import foreign_lock
from tests.serve import Hearth

KEPT = "Ord som inte får försvinna"
HANGS = 5.0  # seconds; whoever waits for a Redis that hangs waits much longer


class NotHere(Exception):
    """This machine cannot show it; the sentence says what is missing."""


def disk_full(folder: Path, size: str = "48m") -> str:
    """C-04: no acknowledgement, a sentence that says why, the words given back; reading, signing in and Help now work;
    well again without a restart."""
    with small_disk(folder / "disk", size) as disk:
        house = House(disk, _moved(SqliteCopies(folder / "copies"), folder, disk))
        house.server.log = folder / "server.log"  # what a server says must not be what fills the disk
        with house.served():
            return _while_full(house, disk)


@contextlib.contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    """A disk of its own in memory."""
    if os.geteuid() != 0:
        raise NotHere("not root, so no small disk can be mounted")
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], capture_output=True, text=True
    )
    if done.returncode:
        raise NotHere(f"no small disk could be mounted: {done.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def _moved(copies: SqliteCopies, folder: Path, disk: Path) -> str:
    made = Path(copies.copy("live_demo", prepare(folder)).removeprefix("sqlite:///"))
    (disk / "hearth.db").write_bytes(made.read_bytes())
    return f"sqlite:///{disk / 'hearth.db'}"


def _while_full(house: House, disk: Path) -> str:
    amina, tuva = house.person("amina"), house.person("tuva")
    chat, refused = Chat(house), 0
    assert chat.says(amina, "Före", mark())
    amina.token()
    thread = house.thread()
    fill(disk / "ballast")
    for number in range(20):
        answer = chat.asks(amina, f"{KEPT} {number}", f"full-disk-{number:04}")
        assert answer and not answer["ok"] and answer["code"] == "full", answer
        assert "plats kvar" in str(answer["message"])
        refused += 1
    forms = {
        f"/chat/{chat.stream}/messages": {"picked": "", "quote": ""},
        f"/t/{thread}/replies": {},
    }
    for path, more in forms.items():
        form: Answer = amina.post(path, text=KEPT, client_id="full-form-0001", **more)
        assert form.status == 503 and KEPT in form.text, (path, form.status)
    pages = ("/", "/chat", f"/chat/{chat.stream}", f"/t/{thread}", "/help", "/me", "/notifications")
    assert {path: tuva.get(path).status for path in pages} == dict.fromkeys(pages, 200)
    assert Person(house.server).get("/help").status == Person(house.server).get("/health").status == 200
    came_in = [house.person(name) for name in ("isla", "noor", "samir", "jonna", "anders") * 4]
    assert all(person.get("/").status == 200 for person in came_in)
    assert came_in[0].get("/help/talk").status == 200
    with tuva.line().joined(chat.stream) as line:
        assert len([name for _nr, name in chat.stored(tuva)]) == 0
        (disk / "ballast").unlink()
        began = time.monotonic()
        receipt = eventually(lambda: chat.says(amina, f"{KEPT} 0", "full-disk-0000"), what="room")
        again = time.monotonic() - began
        line.piece(receipt[0])
    assert tuva.get(f"/chat/{chat.stream}").text.count(f"{KEPT} 0") == 1
    assert house.is_sound()
    chat.end()
    return (
        f"{refused} messages by socket and 2 forms refused with a sentence and their words; {len(came_in)} people "
        f"signed in, {len(pages)} pages and Help now open all the while; a message stands {again:.1f} s after room"
    )


def fill(file: Path) -> None:
    """Until not a byte is left."""
    with open(file, "wb", buffering=0) as ballast:
        for size in (1 << 16, 1 << 12, 1):
            with contextlib.suppress(OSError):
                while ballast.write(b"x" * size):
                    pass


def locked(folder: Path, seconds: float = 60.0, copies: SqliteCopies | PostgresCopies | None = None) -> str:
    """C-05 in a chat: three seconds delay a message; a minute has it refused with a sentence, again and again, and then
    it stands once. Everybody else reads all the while."""
    house = copied(copies or SqliteCopies(folder / "copies"), folder)
    with house.served():
        amina, tuva = house.person("amina"), house.person("tuva")
        chat = Chat(house)
        chat.enter(amina)
        with tuva.line().joined(chat.stream) as line:
            with foreign_lock(house, 3.0):
                began = time.monotonic()
                first = chat.says(amina, "Efter tre sekunder", mark())
                delayed = time.monotonic() - began
            assert first and 2.0 < delayed < 8.0, (first, delayed)
            line.piece(first[0])
            refused, pages = 0, []
            with pulse(house.server) as heart, foreign_lock(house, seconds):
                ends = time.monotonic() + seconds - 10
                while not refused or time.monotonic() < ends:
                    answer = chat.asks(amina, KEPT, "minut-i-chatten-0001")
                    assert answer and not answer["ok"] and answer["code"] == "busy" and answer["message"], answer
                    refused += 1
                    began = time.monotonic()
                    assert tuva.get(f"/chat/{chat.stream}").status == 200
                    pages.append(time.monotonic() - began)
            assert heart.worst < 2.0, heart.worst
            receipt = chat.says(amina, KEPT, "minut-i-chatten-0001")
            assert receipt
            line.piece(receipt[0])
            assert [frame["id"] for frame in line.pieces()] == [first[0], receipt[0]]
        assert tuva.get(f"/chat/{chat.stream}").text.count(KEPT) == 1
        chat.end()
    return (
        f"3 s: one message {delayed:.1f} s late; {seconds:.0f} s: refused {refused} times with a sentence, slowest "
        f"page {max(pages):.2f} s, worst gap {1000 * heart.worst:.0f} ms, then stored once"
    )


def redis_gone(folder: Path) -> str:
    """C-08 under `make run-scaled`: Redis stopped, hung, and coming and going. Messages are acknowledged without
    waiting for it and reach every page once; limits and revocations hold."""
    folder.chmod(0o711)  # PostgreSQL runs as another user and must get through
    with supervised(folder, DEMO_NO_LIMITS="0") as (door, supervisor):
        talk = Scaled(door)
        slowest = {}
        for name, fault in FAULTS.items():
            (redis,) = pids_of(supervisor.pid, "-server")
            with fault(redis):
                slowest[name] = talk.goes_on(name)
                talk.limit_holds()
                talk.cut_everywhere(name)
            eventually(lambda: len(pids_of(supervisor.pid, "-server")) == 1, 60, "Redis")
            slowest["after"] = talk.goes_on(f"efter {name}")
        pieces = talk.check()
    said = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in slowest.items())
    return f"{pieces} messages, each on six pages once; slowest answer: {said}; limits and revocations held"


@contextlib.contextmanager
def stopped(redis: int) -> Iterator[None]:
    """The supervisor starts it again, so it is ended whenever it comes."""
    with beside(lambda: _signal(redis, signal.SIGKILL)):
        yield


@contextlib.contextmanager
def hung(redis: int) -> Iterator[None]:
    os.kill(redis, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(redis, signal.SIGCONT)


@contextlib.contextmanager
def flapping(redis: int) -> Iterator[None]:
    """Half a second there, half a second hung."""
    turns = iter([signal.SIGSTOP, signal.SIGCONT] * 1000)
    try:
        with beside(lambda: _signal(redis, next(turns)), every=0.5):
            yield
    finally:
        _signal(redis, signal.SIGCONT)


FAULTS = {"stopped": stopped, "hung": hung, "flapping": flapping}


def _signal(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


@contextlib.contextmanager
def beside(work: Callable[[], None], every: float = 0.2) -> Iterator[None]:
    """Do something again and again until the block ends."""
    ending = threading.Event()

    def run() -> None:
        work()
        while not ending.wait(every):
            work()

    going = threading.Thread(target=run)
    going.start()
    try:
        yield
    finally:
        ending.set()
        going.join()


class Scaled:
    """A chat behind the door of several servers: those who write, and six pages spread over them."""

    def __init__(self, door: Hearth) -> None:
        self.door = door
        self.writers = [Person(door).sign_in(name) for name in ("petra", "marcus", "ali", "sofia")]
        self.chat = adults_chat(self.writers[0])
        readers = [Person(door).sign_in(name) for name in ("johanna", "daniel")]
        self.lines: list[Line] = [reader.line().joined(self.chat) for reader in readers for _page in range(3)]
        self.reader, self.pieces = readers[0], list[int]()

    def goes_on(self, what: str) -> float:
        """Everybody says something, and every page gets it; the slowest answer."""
        slowest = 0.0
        for number, writer in enumerate(self.writers):
            began = time.monotonic()
            answer = says(writer, self.chat, f"{what} {number}", mark())
            slowest = max(slowest, time.monotonic() - began)
            assert answer.status == 200, (answer.status, answer.text[:300])
            self.pieces.append(answer.json()["id"])
        assert slowest < HANGS, slowest
        for line in self.lines:
            line.piece(self.pieces[-1])
        return slowest

    def limit_holds(self) -> None:
        """A member may write twenty messages a minute, and at most twice that where Redis cannot say what the other
        process has counted."""
        writer = Person(self.door).sign_in("robin")
        statuses = []
        for number in range(45):
            began = time.monotonic()
            answer = says(writer, self.chat, f"Hastigt {number} {mark()}", mark())
            assert time.monotonic() - began < HANGS
            statuses.append(answer.status)
            if answer.status == 200:
                self.pieces.append(answer.json()["id"])
        assert set(statuses) <= {200, 429} and statuses.count(200) <= 40, statuses
        assert 429 in statuses

    def cut_everywhere(self, what: str) -> None:
        """Signed out by one request, all four pages of that browser are cut, on whichever server they are."""
        person = Person(self.door).sign_in("kim")
        lines = [person.line().joined(self.chat) for _page in range(4)]
        copy = person.copy()
        assert person.post("/logout").status == 303
        began = time.monotonic()
        for line in lines:
            line.wait(lambda line=line: not line.open, 10, "the cut")
            assert line.frames[-1].at - began < 2.0, what
            line.close()
        assert says(copy, self.chat, "Får jag ändå", mark()).status in (401, 403)

    def check(self) -> int:
        """Every page has every message, once; by their numbers they stand in one order, each event naming the one
        before. While Redis is away two that were said at two servers within a second may come the other way round: a
        page sees the gap and asks (tests/live/open_page.py)."""
        for line in self.lines:
            for piece in self.pieces:
                line.piece(piece)
            heard = sorted(line.pieces(), key=lambda frame: frame["seq"])
            assert [frame["id"] for frame in heard] == self.pieces
            assert all(later["prev"] == earlier["seq"] for earlier, later in pairwise(heard))
            line.close()
        return len(self.pieces)


def says(writer: Person, chat: int, text: str, named: str) -> Answer:
    """By an ordinary request, as a page does whose line is away."""
    fields = {"text": text, "client_id": named, "picked": "", "quote": ""}
    return writer.post(f"/chat/{chat}/messages", accept="application/json", **fields)
