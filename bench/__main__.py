"""`make bench`: figures per second of the server's own processor time, so that a busy machine bends them little."""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from bench.albums import albums
from bench.book import books
from bench.broadcasts import answers, broadcasts
from bench.clone import setting_up
from bench.measure import fetch, per_processor_second
from bench.phone import phone
from bench.pictures import drawing
from bench.processes import processes
from bench.rooms import rooms, stalled
from bench.scrolling import scrolling
from bench.sizes import sizes
from tests.children import end, free_port, launch, wait_until
from tests.copies import SqliteCopies
from tests.live.house import House, copied
from tests.live.people import Line, Person, cookie_header
from tests.live.talks import Chat, Thread
from tests.proof.crowd import crowd
from tests.proof.faults import storm
from tests.serve import ROOT

PAGES, READERS, POSTS, REPLIES, COMMIT_ROUNDS = 300, 200, 40, 100, 3


@contextmanager
def bare_server(house: House, person: Person, path: str, folder: Path) -> Iterator[tuple[int, int]]:
    """The port and the process of the same page from memory."""
    port = free_port()
    command = [sys.executable, "-m", "bench.bare", str(port), path, cookie_header(person.cookies)]
    child = launch(command, folder / "bare.log", cwd=ROOT, env=house.server.env)
    wait_until(lambda: answers(port, "/bare"), child, "the bare server", folder / "bare.log")
    try:
        yield port, child.pid
    finally:
        end(child)


def pages(house: House, person: Person, folder: Path) -> Iterator[str]:
    server = house.server
    thread = house.ask("SELECT id FROM stream WHERE last_nr >= 21 ORDER BY last_nr, id LIMIT 1")[0][0]
    for name, path in (("feed", "/"), ("thread", f"/t/{thread}")):
        with bare_server(house, person, path, folder) as (port, pid):
            yardstick = pages_per_processor_second(pid, port, "/bare", {})
        yield f"{name}: the same template from memory, bare Flask | {yardstick:.0f} pages per processor second | 1"
        found = pages_per_processor_second(server.child.pid, server.port, path, person.cookies)
        yield f"{name} | {found:.0f} | {found / yardstick:.2f}"
    path = f"/streams/{thread}/since?after={house.events(thread)[-1][0]}"
    found = pages_per_processor_second(server.child.pid, server.port, path, person.cookies)
    yield f"catch-up with nothing new | {found:.0f} pages per processor second |"


def pages_per_processor_second(pid: int, port: int, path: str, cookies: Mapping[str, str]) -> float:
    """Warmed up first."""
    fetch(port, path, cookies, 20)
    return per_processor_second(pid, PAGES, lambda: fetch(port, path, cookies, PAGES))


def replies_heard(house: House, person: Person) -> str:
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
    what = f"a reply to {READERS} readers, writing and rendering included"
    return f"{what} | {found:.0f} deliveries per processor second |"


def sqlite_commits(folder: Path, count: int) -> float:
    """Bare inserts of the same text with the same durability, one commit each; commits per second."""
    line = sqlite3.connect(folder / "bare.db", isolation_level=None)
    line.execute("PRAGMA journal_mode = WAL")
    line.execute("PRAGMA synchronous = FULL")
    line.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, text TEXT)")
    began = time.perf_counter()
    for number in range(count):
        line.execute("BEGIN IMMEDIATE")
        line.execute("INSERT INTO said (text) VALUES (?)", (f"Number {number}",))
        line.execute("COMMIT")
    took = time.perf_counter() - began
    line.close()
    return count / took


def commits(house: House, person: Person, folder: Path) -> Iterator[str]:
    """The action and the bare database in turns; then the same through the page."""
    thread, member = person.starts("Skrivning"), house.member(person.name)
    bare, ours = [], []
    for _ in range(COMMIT_ROUNDS):
        bare.append(sqlite_commits(folder, REPLIES))
        ours.append(replies(house, member, thread, REPLIES))
    yardstick, found = statistics.median(bare), statistics.median(ours)
    yield f"bare SQLite, synchronous=FULL | {yardstick:.0f} commits a second | 1"
    yield f"replies by the action alone, one after the other | {found:.0f} a second | {found / yardstick:.2f}"
    began = time.perf_counter()
    for number in range(REPLIES):
        person.says(thread, f"Svar {number}")
    found = REPLIES / (time.perf_counter() - began)
    yield f"replies through the page, each answer awaited | {found:.0f} a second | {found / yardstick:.2f}"


def replies(house: House, member: int, thread: int, count: int) -> float:
    """Replies a second by the action, in a process beside the server."""
    command = [sys.executable, "-m", "bench.replies", str(member), str(thread), str(count)]
    done = subprocess.run(command, cwd=ROOT, env=house.server.env, capture_output=True, text=True, check=True)
    return float(done.stdout.splitlines()[-1])


OF_CHATS = ("chat", "chat-processes", "rooms", "stalled", "storm")
PARTS = (
    *("pages", "commits", "broadcasts", "processes", *OF_CHATS, "phone", "scrolling", "sizes"),
    *("pictures", "albums", "books"),
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench ARGS=...", description="Each figure as a ratio, in one run.")
    parser.add_argument("--only", choices=PARTS, action="append", help="a part (as often as wanted)")
    parser.add_argument("--clone", action="store_true", help="also from a fresh clone to the first page (minutes)")
    parser.add_argument("--million", action="store_true", help="sizes: with a house of a million posts (minutes)")
    parser.add_argument(
        "--filled", type=Path, action="append", default=[], help="sizes: a folder filled by `flask demo bulk`, copied"
    )
    asked = parser.parse_args()
    parts = asked.only or PARTS
    print("| what | figure | to the yardstick |\n| --- | --- | --- |")
    with tempfile.TemporaryDirectory(prefix="hearth-bench-") as name:
        folder = Path(name)
        copies = SqliteCopies(folder / "copies")
        if "broadcasts" in parts:
            for by_file in (True, False):
                for line in broadcasts(copied(copies, folder), folder, by_file):
                    say(line)
        if "chat" in parts:
            for line in broadcasts(copied(copies, folder), folder, by_file=True, chat=True):
                say(line)
        for name, where in (("processes", Thread), ("chat-processes", Chat)):
            if name in parts:
                for line in processes(folder, where):
                    say(line)
        for name, measured in (("rooms", rooms), ("stalled", stalled)):
            if name in parts:
                for line in measured(copied(copies, folder), folder):
                    say(line)
        if "storm" in parts:
            say(f"{storm(folder, Chat)} |")
        if "books" in parts:
            for what, figure in books():
                say(f"{what} | {figure} |")
        if "pictures" in parts:
            for line in drawing(copies, folder):
                say(line)
        house = copied(copies, folder)
        if {"pages", "commits", "phone", "scrolling", "albums"} & set(parts):
            began = time.perf_counter()
            with house.served():
                say(f"start to the first 200, demo in place | {time.perf_counter() - began:.1f} s |")
                for line in served(house, folder, parts):
                    say(line)
        if "sizes" in parts:
            for line in sizes(folder, asked.filled, asked.million):
                say(line)
        if asked.clone:
            for line in setting_up(folder):
                say(line)


def served(house: House, folder: Path, parts: Sequence[str]) -> Iterator[str]:
    person = house.person("amina")
    if "pages" in parts:
        yield from pages(house, person, folder)
        yield replies_heard(house, person)
    if "commits" in parts:
        yield from commits(house, person, folder)
    if "phone" in parts:
        yield from phone(house, person)
    if "scrolling" in parts:
        yield from scrolling(house, house.person("johanna"))
    if "albums" in parts:
        yield from albums(house, house.person("johanna"))


def say(line: str) -> None:
    print(f"| {line} |".replace("| |", "|"), flush=True)


if __name__ == "__main__":
    main()
