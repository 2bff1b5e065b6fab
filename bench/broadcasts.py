"""A broadcast to a thousand open readers: ours by the fast path and by the stock one, Flask-SocketIO as it comes, and
the bare `websockets` library. The same bytes to as many readers, in turns; and what an idle reader costs.

What Hearth does once a second with nobody speaking (it looks after all sessions) is measured first and told by itself,
then rests: how many seconds a round lasts depends on the other work on this machine.
"""

from __future__ import annotations

import contextlib
import json
import socket
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.measure import fetch, per_processor_second, processor_seconds, resident
from bench.readers import Readers
from tests.children import end, free_port, launch, wait_until
from tests.live.house import House
from tests.proof.crowd import crowd
from tests.serve import ROOT, Hearth

READERS, EACH = 1000, 8  # one member may have eight pages open
FIRST = 200  # readers that come before memory is looked at: what a server makes once is not theirs
ROUNDS, IDLE = 9, 5  # rounds; seconds
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
    memory: float = 0.0  # KB a reader

    @property
    def median(self) -> float:
        return statistics.median(self.found)


def broadcasts(house: House, folder: Path, by_file: bool) -> Iterator[str]:
    """Lines of the table. `house` is not served itself; two servers of ours run over its database. All four listen on
    socket files, as Hearth does behind a proxy of its machine, or on TCP ports."""
    cookies = [cookie["sid"] for cookie in crowd(house, READERS // EACH)] * EACH
    with contextlib.ExitStack() as ending:
        files = [str(folder / f"{name}.sock") if by_file else "" for name in ("fast", "stock", "flask", "websockets")]
        fast = ours(house, ending, "fast", files[0], 80, cookies)
        stock = ours(house, ending, "stock", files[1], 20, cookies)
        plain = bare("flask", ending, folder, files[2], 20, ["40", '420["join"]'])
        yardstick = bare("websockets", ending, folder, files[3], 80, [])
        readers = ending.enter_context(Readers())
        servers = [fast, stock, plain, yardstick]
        for server in servers:
            let_in(readers, server)
        idle = idle_time(fast)
        for server in (fast, stock):
            speak(server, b"rest")
        text = said(house.thread())
        for _ in range(ROUNDS + 1):
            for server in servers:
                server.found.append(one_round(readers, server, text))
        for server in servers:
            del server.found[0]  # warming up
    way = "socket files" if by_file else "TCP"
    what = f"`websockets` alone, to {READERS} readers by {way}"
    yield f"{what} | {yardstick.median:,.0f} deliveries per processor second | 1"
    for server, name in ((fast, "Hearth, fast path"), (stock, "Hearth, stock path"), (plain, "Flask-SocketIO alone")):
        yield f"{name} | {server.median:,.0f} | {beside(server, yardstick):.2f}"
    yield f"fast path to stock path | | {beside(fast, stock):.1f}"
    yield f"fast path to Flask-SocketIO alone | | {beside(fast, plain):.1f}"
    yield f"memory of an idle reader, Flask-SocketIO alone | {plain.memory:.0f} KB | 1"
    yield f"processor time of Hearth with {READERS} idle readers | {1000 * idle:.0f} ms a second |"
    for server, name in ((fast, "fast path"), (stock, "stock path")):
        yield f"memory of an idle reader, Hearth, {name} | {server.memory:.0f} KB | {server.memory / plain.memory:.2f}"


def beside(one: Server, other: Server) -> float:
    """The median of the rounds' ratios: what disturbs a round disturbs both."""
    return statistics.median(mine / its for mine, its in zip(one.found, other.found, strict=True))


def ours(house: House, ending: contextlib.ExitStack, path: str, file: str, often: int, cookies: list[str]) -> Server:
    listening = {"SOCKET": file, "TRUSTED_PROXIES": "1"} if file else {}
    server: Hearth = house.another(HEARTH_FANOUT=path, **listening)
    server.program = SAYING
    ending.enter_context(server)
    join = f'421["stream:join",{{"stream":{house.thread()}}}]'
    assert f"broadcasts take the {path} path" in server.log.read_text()
    return Server(path, file, server.port, server.child.pid, often, cookies, ["40", join])


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
            speak(server, text.encode())
            readers.ask({"wait": server.name, "count": 1})

    return per_processor_second(server.pid, READERS * server.often, say)


def speak(server: Server, what: bytes) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as speaker:
        speaker.sendto(what, ("127.0.0.1", server.port))
