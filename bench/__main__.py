"""`make bench`: figures per second of the server's own processor time, so that a busy machine bends them little."""

from __future__ import annotations

import http.client
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from tests.children import end, free_port, launch, wait_until
from tests.copies import SqliteCopies
from tests.live.house import House, copied
from tests.live.people import Line, Person, cookie_header
from tests.proof.crowd import crowd
from tests.serve import ROOT

PAGES, READERS, POSTS, REPLIES = 300, 200, 40, 200


def processor_seconds(pid: int) -> float:
    """What a process has used so far, its threads included."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def per_processor_second(pid: int, amount: int, work: Callable[[], object]) -> float:
    before = processor_seconds(pid)
    work()
    return amount / max(processor_seconds(pid) - before, 0.01)


def fetch(port: int, path: str, cookies: dict[str, str], count: int) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for _ in range(count):
        line.request("GET", path, headers={"Cookie": cookie_header(cookies)} if cookies else {})
        answer = line.getresponse()
        answer.read()
        assert answer.status == 200, (path, answer.status)
    line.close()


@contextmanager
def bare_server(folder: Path) -> Iterator[tuple[int, int]]:
    """The port and the process of the bare page."""
    port = free_port()
    child = launch([sys.executable, "-m", "bench.bare", str(port)], folder / "bare.log", cwd=ROOT)

    def answers() -> bool:
        try:
            fetch(port, "/health", {}, 1)
        except OSError:
            return False
        return True

    wait_until(answers, child, "the bare server", folder / "bare.log")
    try:
        yield port, child.pid
    finally:
        end(child)


def pages(house: House, person: Person, folder: Path) -> Iterator[str]:
    thread, server = house.thread(), house.server
    with bare_server(folder) as (port, pid):
        fetch(port, "/", {}, 20)
        yardstick = per_processor_second(pid, PAGES, lambda: fetch(port, "/", {}, PAGES))
    yield f"bare page, 20 rows from memory | {yardstick:.0f} pages per processor second | 1"
    for name, path in (("feed", "/"), ("thread", f"/t/{thread}"), ("catch-up with nothing new", "")):
        path = path or f"/streams/{thread}/since?after={house.events(thread)[-1][0]}"
        fetch(server.port, path, person.cookies, 20)
        work = lambda path=path: fetch(server.port, path, person.cookies, PAGES)  # noqa: E731
        found = per_processor_second(server.child.pid, PAGES, work)
        yield f"{name} | {found:.0f} pages per processor second | {found / yardstick:.2f}"


def broadcast(house: House, person: Person) -> str:
    thread = person.starts("Mätning")
    people = [Person(house.server, cookie) for cookie in crowd(house, READERS)]
    with ThreadPoolExecutor(8) as pool:
        lines: list[Line] = list(pool.map(lambda reader: reader.line().joined(thread), people))

    def post() -> None:
        for number in range(POSTS):
            last = person.says(thread, f"Mätning {number}")
        for line in lines:
            line.wait(lambda line=line: line.pieces() and line.pieces()[-1]["id"] == last, 60)

    found = per_processor_second(house.server.child.pid, READERS * POSTS, post)
    assert all(len(line.pieces()) == POSTS for line in lines)
    for line in lines:
        line.close()
    what = f"a reply to {READERS} readers, stock path, writing included"
    return f"{what} | {found:.0f} deliveries per processor second |"


def sqlite_commits(folder: Path, count: int) -> float:
    """Bare inserts of the same text with the same durability, one commit each; commits per second."""
    line = sqlite3.connect(folder / "bare.db", isolation_level=None)
    line.execute("PRAGMA journal_mode = WAL")
    line.execute("PRAGMA synchronous = FULL")
    line.execute("CREATE TABLE said (id INTEGER PRIMARY KEY, text TEXT)")
    began = time.perf_counter()
    for number in range(count):
        line.execute("BEGIN IMMEDIATE")
        line.execute("INSERT INTO said (text) VALUES (?)", (f"Number {number}",))
        line.execute("COMMIT")
    took = time.perf_counter() - began
    line.close()
    return count / took


def commits(person: Person, folder: Path) -> Iterator[str]:
    thread = person.starts("Skrivning")
    yardstick = sqlite_commits(folder, REPLIES * 5)
    yield f"bare SQLite, synchronous=FULL | {yardstick:.0f} commits a second | 1"
    began = time.perf_counter()
    for number in range(REPLIES):
        person.says(thread, f"Svar {number}")
    found = REPLIES / (time.perf_counter() - began)
    yield f"replies by one writer, one after the other, answer awaited | {found:.0f} a second | {found / yardstick:.3f}"


def main() -> None:
    print("| what | figure | to the yardstick |\n| --- | --- | --- |")
    with tempfile.TemporaryDirectory(prefix="hearth-bench-") as name:
        folder = Path(name)
        house = copied(SqliteCopies(folder / "copies"), folder)
        began = time.perf_counter()
        with house.served():
            say(f"start to the first 200, demo in place | {time.perf_counter() - began:.1f} s |")
            person = house.person("amina")
            for line in pages(house, person, folder):
                say(line)
            for line in commits(person, folder):
                say(line)
            say(broadcast(house, person))


def say(line: str) -> None:
    print(f"| {line} |".replace("| |", "|"), flush=True)


if __name__ == "__main__":
    main()
