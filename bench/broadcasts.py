"""A broadcast to a thousand open readers: ours by the fast path and by the stock one, Flask-SocketIO as it comes, and
the bare `websockets` library. The same bytes to as many readers, in turns; how long until the last reader has them; and
what an idle reader costs. The readers are those of a thread, or of a chat, where the bytes are a real message's.

What Hearth does once a second with nobody speaking (it looks after all sessions) is measured first and told by itself,
then rests: how many seconds a round lasts depends on the other work on this machine.
"""

from __future__ import annotations

import contextlib
import json
import re
import socket
import statistics
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.measure import fetch, per_processor_second, processor_seconds, resident
from bench.readers import Readers
from tests.children import end, free_port, launch, wait_until
from tests.live.house import House
from tests.live.people import Line, Person
from tests.proof.crowd import crowd
from tests.serve import ROOT, Hearth

READERS, EACH = 1000, 8  # one member may have eight pages open
FIRST = 200  # readers that come before memory is looked at: what a server makes once is not theirs
ROUNDS, IDLE = 9, 5  # rounds; seconds
SAID, SENT = "Kommer ni ner och äter, det finns pannkakor kvar", 20
LENGTH = 1500  # bytes of a usual piece's frame
SAYING = ("-m", "bench.saying_server")


@dataclass
class Server:
    """One of the servers that say the same; `often`: broadcasts in a round, so that a round takes some time."""

    name: str
    file: str  # the socket file it listens on; empty: its port
    port: int
    pid: int
    often: int
    cookies: list[str]
    greeting: list[str] = field(default_factory=list)
    found: list[float] = field(default_factory=list)
    lasts: list[float] = field(default_factory=list)  # seconds to the last reader, of each broadcast
    memory: float = 0.0  # KB a reader
    metrics: int = 0  # the port of its figures

    @property
    def median(self) -> float:
        return statistics.median(self.found)

    @property
    def p99(self) -> float:
        """Milliseconds."""
        return 1000 * sorted(self.lasts)[int(0.99 * len(self.lasts))]


def broadcasts(house: House, folder: Path, by_file: bool, chat: bool = False) -> Iterator[str]:
    """Lines of the table. `house` is not served itself; two servers of ours run over its database. All four listen on
    socket files, as Hearth does behind a proxy of its machine, or on TCP ports."""
    stream = house.chat() if chat else house.thread()
    cookies = [cookie["sid"] for cookie in crowd(house, READERS // EACH)] * EACH
    with contextlib.ExitStack() as ending:
        files = [str(folder / f"{name}.sock") if by_file else "" for name in ("fast", "stock", "flask", "websockets")]
        fast = ours(house, ending, "fast", files[0], 80, cookies, stream)
        stock = ours(house, ending, "stock", files[1], 20, cookies, stream)
        plain = bare("flask", ending, folder, files[2], 20, ["40", '420["join"]'])
        yardstick = bare("websockets", ending, folder, files[3], 80, [])
        readers = ending.enter_context(Readers())
        servers = [fast, stock, plain, yardstick]
        for server in servers:
            let_in(readers, server)
        idle = idle_time(fast)
        for server in (fast, stock):
            speak(server, b"rest")
        if chat:
            text = a_message(house, fast, stream)
            for server in (fast, stock):  # it came to everybody, at the other process within a second
                readers.ask({"wait": server.name, "count": 1})
        else:
            text = said(stream)
        for _ in range(ROUNDS + 1):
            for server in servers:
                server.found.append(one_round(readers, server, text))
        for server in servers:
            del server.found[0], server.lasts[: server.often]  # warming up
        if chat:
            yield whole_way(house, fast, stream, readers)
    way = "socket files" if by_file else "TCP"
    to = "readers of a chat" if chat else "readers"
    what = f"`websockets` alone, {len(text)} bytes to {READERS} {to} by {way}"
    yield f"{what} | {yardstick.median:,.0f} deliveries per processor second | 1"
    for server, name in ((fast, "Hearth, fast path"), (stock, "Hearth, stock path"), (plain, "Flask-SocketIO alone")):
        yield f"{name} | {server.median:,.0f} | {beside(server, yardstick):.2f}"
    yield f"p99 until the last reader has it, `websockets` alone | {yardstick.p99:.1f} ms | 1"
    for server, name in ((fast, "Hearth, fast path"), (plain, "Flask-SocketIO alone")):
        yield f"the same, {name} | {server.p99:.1f} ms | {server.p99 / yardstick.p99:.2f}"
    yield f"fast path to stock path | | {beside(fast, stock):.1f}"
    yield f"fast path to Flask-SocketIO alone | | {beside(fast, plain):.1f}"
    yield f"memory of an idle reader, Flask-SocketIO alone | {plain.memory:.0f} KB | 1"
    yield f"processor time of Hearth with {READERS} idle readers | {1000 * idle:.0f} ms a second |"
    for server, name in ((fast, "fast path"), (stock, "stock path")):
        yield f"memory of an idle reader, Hearth, {name} | {server.memory:.0f} KB | {server.memory / plain.memory:.2f}"


def beside(one: Server, other: Server) -> float:
    """The median of the rounds' ratios: what disturbs a round disturbs both."""
    return statistics.median(mine / its for mine, its in zip(one.found, other.found, strict=True))


def ours(
    house: House, ending: contextlib.ExitStack, path: str, file: str, often: int, cookies: list[str], stream: int
) -> Server:
    listening, metrics = {"SOCKET": file, "TRUSTED_PROXIES": "1"} if file else {}, free_port()
    server: Hearth = house.another(HEARTH_FANOUT=path, METRICS_PORT=str(metrics), **listening)
    server.program = SAYING
    ending.enter_context(server)
    join = f'421["stream:join",{{"stream":{stream}}}]'
    assert f"broadcasts take the {path} path" in server.log.read_text()
    return Server(path, file, server.port, server.child.pid, often, cookies, ["40", join], metrics=metrics)


def bare(kind: str, ending: contextlib.ExitStack, folder: Path, file: str, often: int, greeting: list[str]) -> Server:
    port, log = free_port(), folder / f"{kind}.log"
    child = launch([sys.executable, "-m", "bench.bare_sockets", kind, str(port), *filter(None, [file])], log, cwd=ROOT)
    ending.callback(end, child)
    wait_until(lambda: Path(file).is_socket() if file else answers(port), child, kind, log)
    return Server(kind, file, port, child.pid, often, [""] * READERS, greeting)


def answers(port: int, path: str = "/health") -> bool:
    try:
        fetch(port, path, {}, 1)
    except OSError:
        return False
    return True


def let_in(readers: Readers, server: Server) -> None:
    """A hundred at a time: those who are in already answer their pings in between."""
    before = 0.0
    for start in range(0, READERS, 100):
        if start == FIRST:
            before = resident(server.pid)
        readers.open(server.name, server.file, server.port, server.cookies[start : start + 100], server.greeting)
    server.memory = (resident(server.pid) - before) / (READERS - FIRST)


def a_message(house: House, server: Server, chat: int) -> str:
    """The very frame a message brings, got by saying one."""
    with writing(house, server, chat) as (line, writer):
        line.ask("chat:send", {"stream": chat, "client_id": "bench-frame-0001", "text": SAID})
        frame = line.wait(line.pieces)[0]
        assert writer.name
    return "42" + json.dumps(["stream:piece", frame], separators=(",", ":"))


@contextlib.contextmanager
def writing(house: House, server: Server, chat: int) -> Iterator[tuple[Line, Person]]:
    """Somebody with an open page of the chat at one of our servers."""
    door = house.another(SOCKET=server.file, TRUSTED_PROXIES="1")
    door.port = server.port
    writer = house.person("elias", door)
    with writer.line().joined(chat) as line:
        yield line, writer


def whole_way(house: House, server: Server, chat: int, readers: Readers) -> str:
    """Messages said by an open page, each when everybody has the last: gate, transaction, rendering, sending. It is
    rendered and encoded once for each language, however many read."""
    with writing(house, server, chat) as (line, _writer):
        before = frames_made(server)

        def say() -> None:
            for number in range(SENT):
                told = {"stream": chat, "client_id": f"bench-whole-{number:04}", "text": f"{SAID} {number}"}
                assert line.ask("chat:send", told)["ok"]
                readers.ask({"wait": server.name, "count": 1})

        found = per_processor_second(server.pid, READERS * SENT, say)
        made = (frames_made(server) - before) / SENT
    what = f"a message of a chat to {READERS} readers, gate, database and rendering included; frames made {made:g}"
    return f"{what} | {found:,.0f} deliveries per processor second |"


def frames_made(server: Server) -> float:
    """How many frames about pieces it has made so far, each for everybody of one language."""
    with urllib.request.urlopen(f"http://127.0.0.1:{server.metrics}/metrics", timeout=10) as answer:
        found = re.search(r'hearth_broadcasts_total\{event="stream:piece"\} (\S+)', answer.read().decode())
    return float(found[1]) if found else 0.0


def said(thread: int) -> str:
    """A frame as a piece's: `LENGTH` bytes."""
    payload = {"stream": thread, "seq": 1, "prev": 0, "id": 1, "nr": 1, "html": ""}
    bare_length = len(json.dumps(["stream:piece", payload], separators=(",", ":"))) + 2
    payload["html"] = "x" * (LENGTH - bare_length)
    return "42" + json.dumps(["stream:piece", payload], separators=(",", ":"))


def idle_time(server: Server) -> float:
    """Processor seconds a second, with everybody in and nobody speaking."""
    began, before = time.perf_counter(), processor_seconds(server.pid)
    time.sleep(IDLE)
    return (processor_seconds(server.pid) - before) / (time.perf_counter() - began)


def one_round(readers: Readers, server: Server, text: str) -> float:
    """Deliveries per processor second; the next is said when everybody has the last."""

    def say() -> None:
        for _ in range(server.often):
            began = time.monotonic()
            speak(server, text.encode())
            server.lasts.append(readers.ask({"wait": server.name, "count": 1}) - began)

    return per_processor_second(server.pid, READERS * server.often, say)


def speak(server: Server, what: bytes) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as speaker:
        speaker.sendto(what, ("127.0.0.1", server.port))
