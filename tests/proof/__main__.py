"""`make proof`: every combination and the large numbers; writes docs/proof.md. `python -m tests.proof --help`."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from tests.copies import PostgresCopies, SqliteCopies
from tests.live.crash import Where, crash_rounds
from tests.live.house import House, copied
from tests.live.talks import Chat, Thread
from tests.proof import chats, faults
from tests.servers import Postgres

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "docs" / "proof.md"
BROWSER = ["tests/browser", "-n", "2", "--dist", "worksteal", "-o", "timeout=600"]
IN_PROCESS = ["tests", "--ignore=tests/live", "--ignore=tests/browser", "--ignore=tests/proof"]
EARLY = ("-m", "tests.proof.early_answer")

Round = Callable[[Path], str]


def pytest_round(*arguments: str, folder: Path, **env: str) -> str:
    """One pass of tests; its last line."""
    del folder
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **env}, capture_output=True, text=True)
    last = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else done.stderr[-300:]
    assert done.returncode == 0, "\n".join(done.stdout.splitlines()[-25:])
    return last.strip("= ")


def tests(*arguments: str, **env: str) -> Round:
    return lambda folder: pytest_round(*arguments, folder=folder, **env)


def crash(folder: Path, *, kind: str, counting: int, at_most: int, where: Where = Thread, **settings: str) -> str:
    if kind == "sqlite":
        house = copied(SqliteCopies(folder / "copies"), folder, **settings)
        return _crash_figures(house, folder, counting, at_most, where)
    with Postgres(synchronous_commit="on") as postgres:
        house = copied(PostgresCopies(postgres.folder), folder, **settings)
        return _crash_figures(house, folder, counting, at_most, where)


def _crash_figures(house: House, folder: Path, counting: int, at_most: int, where: Where) -> str:
    rounds = crash_rounds(house, folder, counting=counting, at_most=at_most, seed=7, where=where)
    open_ones = sum(found.counts for found in rounds)
    assert open_ones >= min(counting, at_most * 6 // 10), f"only {open_ones} of {len(rounds)} rounds prove anything"
    ups = sorted(found.seconds_to_answer for found in rounds)
    late = sum(found.lost_or_late for found in rounds)
    return (
        f"{len(rounds)} rounds, {open_ones} with an open acknowledgement; {sum(found.acked for found in rounds)} posts "
        f"acknowledged, all stored once, in order; {late} stored but unanswered; "
        f"up again in {ups[len(ups) // 2]:.1f} s (slowest {ups[-1]:.1f} s)"
    )


def blindness(folder: Path, where: Where = Thread) -> str:
    """The harness must see a server that answers before it stores."""
    house = copied(SqliteCopies(folder / "copies"), folder, program=EARLY)
    try:
        crash_rounds(house, folder, counting=5, at_most=10, seed=7, where=where)
    except AssertionError as seen:
        return f"seen: {str(seen)[:60]}..."
    raise AssertionError("the harness is blind: it saw nothing wrong with a server that answers before it stores")


MATRIX = ("tests/matrix",)
ROOMS = (
    "tests/house/test_policy.py",
    "tests/members",
    "tests/recovery",
    "tests/streams",
    "tests/web",
    "tests/chat",
    "tests/talks",
    "tests/inbox",
    *(f"tests/{room}" for room in ("lifecycle", "moving", "my_data", "directory", "separations")),
    *(f"tests/{room}" for room in ("photos", "memories", "book")),
)
NEVER_REFUSED = {"help.ask:allow"}  # asking for help is refused to nobody, so allowing it to all bends nothing
LIFE = "move.,letter.,contact.,break.,work.,remembrance.,turn.,separation.,directory.,left.,membership.,my_data."
MEMORIES = "photo.,portrait.,album.,memory.,book."
MUTANT = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.proof.mutant"]


def mutants(folder: Path, of: str = "") -> str:
    """Every rule (`of`: those whose key begins so) bent both ways; the matrix must turn red each time, or, where no
    request of the matrix meets the rule, the table of who may what and the tests of the rooms. Only tests in which the
    rule answers otherwise are asked."""
    with ThreadPoolExecutor(2) as at_once:
        in_matrix, in_rooms = at_once.map(partial(_traced, folder, of), (MATRIX, ROOMS))
        by_matrix = _seen(at_once, folder, MATRIX, in_matrix)
        unseen = {wish: in_rooms[wish] for wish, test in by_matrix.items() if test is None}
        by_rooms = _seen(at_once, folder, ROOMS, unseen)
    alive = {wish for wish, test in by_rooms.items() if test is None} - NEVER_REFUSED
    assert not alive, f"{len(alive)} of {len(by_matrix)} bent rules went unseen: {', '.join(sorted(alive))}"
    bent, elsewhere = by_matrix.keys() - NEVER_REFUSED, sorted(unseen.keys() - NEVER_REFUSED)
    return (
        f"{len(bent)} bent rules, every one seen; only by the table of rules and the rooms' tests: "
        f"{', '.join(elsewhere) or 'none'}"
    )


Met = dict[str, dict[str, list[str]]]


def _traced(folder: Path, of: str, where: tuple[str, ...]) -> Met:
    """Bent rule -> the tests in which it would answer otherwise than the straight one, and at which endpoints."""
    trace = folder / f"{where[0].replace('/', '-')}.json"
    _pytest_under(where, RULES_TRACED=str(trace), RULES_OF=of)
    found: Met = json.loads(trace.read_text())
    return found


Seen = dict[str, str | None]


def _seen(at_once: ThreadPoolExecutor, folder: Path, where: tuple[str, ...], asked: Met) -> Seen:
    """Bent rule -> the first test to turn red; None where none does. Asked in two halves at once."""

    def half(first: int) -> Seen:
        wishes = {wish: asked[wish] for wish in list(asked)[first::2]}
        path = folder / f"{where[0].replace('/', '-')}-{first}-bent.json"
        path.write_text(json.dumps(wishes))
        tests = sorted({test for tests in wishes.values() for test in tests})
        if not tests:
            return dict.fromkeys(wishes)
        named = path.with_suffix(".txt")
        named.write_text("\n".join(tests))
        _pytest_under((f"@{named}",), RULES_BENT=str(path))
        found: Seen = json.loads(Path(f"{path}.red").read_text())
        return found

    return {wish: test for seen in at_once.map(half, (0, 1)) for wish, test in seen.items()}


def _pytest_under(where: tuple[str, ...], **env: str) -> None:
    done = subprocess.run([*MUTANT, *where], cwd=ROOT, env={**os.environ, **env}, capture_output=True, text=True)
    assert done.returncode == 0, f"{done.stdout[-1500:]}{done.stderr[-300:]}"


def rounds(options: argparse.Namespace) -> dict[str, tuple[str, Round]]:
    """Name -> (what it is, how it is run), in the order of the report."""
    revocations = ["tests/live/test_revocation.py", "-o", "timeout=900", "-k"]
    each = str(options.revocations // 5)
    found: dict[str, tuple[str, Round]] = {
        "tests-sqlite": (
            "Unit, HTTP and matrix tests, SQLite",
            tests(*IN_PROCESS, "-n", "2", LEAVE_OUT="nothing"),
        ),
        "tests-postgresql": (
            "Unit, HTTP and matrix tests, PostgreSQL",
            tests(*IN_PROCESS, "-n", "2", "--database", "postgresql", LEAVE_OUT="nothing"),
        ),
        "live-sqlite": ("Live tests, SQLite", tests("tests/live")),
        "live-postgresql": ("Live tests, PostgreSQL", tests("tests/live", "--database", "postgresql")),
        "live-asyncio": ("Live tests, eventlet's asyncio hub", tests("tests/live", EVENTLET_HUB="asyncio")),
    }
    if any((ROOT / "tests/browser").glob("**/test_*.py")):
        found["browser-sqlite"] = ("Browser stories, SQLite", tests(*BROWSER, BROWSER_LOOKS="two"))
        found["browser-postgresql"] = (
            "Browser stories, PostgreSQL",
            tests(*BROWSER, "--database", "postgresql", BROWSER_LOOKS="two"),
        )
    needed = options.crash * 6 // 10
    found |= {
        "crash-sqlite": (
            "kill -9 while eight write, SQLite",
            partial(crash, kind="sqlite", counting=options.crash, at_most=max(options.crash, needed)),
        ),
        "crash-postgresql": (
            "kill -9 while eight write, PostgreSQL",
            partial(crash, kind="postgresql", counting=options.crash // 5, at_most=options.crash // 5),
        ),
        "crash-normal": (
            "The same with synchronous=NORMAL (a killed process loses nothing either; a power cut would)",
            partial(crash, kind="sqlite", counting=10, at_most=10, SQLITE_SYNCHRONOUS="NORMAL"),
        ),
        "crash-chat": (
            "kill -9 while eight write in a chat by socket, SQLite",
            partial(crash, kind="sqlite", counting=options.crash, at_most=options.crash, where=Chat),
        ),
        "crash-chat-postgresql": (
            "kill -9 while eight write in a chat by socket, PostgreSQL",
            partial(crash, kind="postgresql", counting=options.crash // 5, at_most=options.crash // 5, where=Chat),
        ),
        "blindness": ("The harness against a server that answers before it stores", blindness),
        "blindness-chat": ("The same in a chat", partial(blindness, where=Chat)),
        "revocations": (
            f"{options.revocations} revocations, {each} for each of five causes, under load",
            tests(*revocations, "within_two_seconds and Thread", REVOCATION_ROUNDS=each),
        ),
        "revocations-chat": (
            "The same for people in a chat, whose pages are open there",
            tests(*revocations, "within_two_seconds and Chat", REVOCATION_ROUNDS=each),
        ),
        "heartbeat": ("The loop while a foreign lock stands, passwords are hashed, pages read", faults.heartbeat),
        "mutants": ("Each rule made to allow, and to deny, against the matrix and the rooms' tests", mutants),
        "mutants-chat": ("The rules of the chats alone, the same way", partial(mutants, of="chat.")),
        "mutants-private": (
            "The rules of messages, inboxes and connections alone, the same way",
            partial(mutants, of="talk.,inbox.,team.,connection.,private."),
        ),
        "mutants-life": (
            "The rules of moves, turns of a life and leaving alone, the same way",
            partial(mutants, of=LIFE),
        ),
        "mutants-memories": (
            "The rules of photos, albums, memories and books alone, the same way",
            partial(mutants, of=MEMORIES),
        ),
        "C-04": ("C-04: disk full, met in a chat, a thread and at the door", chats.disk_full),
        "C-05-chat": ("C-05: database locked for 3 s and 60 s, met in a chat", chats.locked),
        "C-05": ("C-05: database locked for 60 s", faults.locked_for_a_minute),
        "C-06-gone": ("C-06: database file moved away", faults.file_gone),
        "C-06-broken": ("C-06: database file overwritten", faults.page_broken),
        "C-07": ("C-07: PostgreSQL stopped at once under load, three times", faults.postgres_restarted),
        "C-08": ("C-08: Redis stopped, hung, coming and going under make run-scaled, met in a chat", chats.redis_gone),
        "C-12-chat": ("C-12: 300 lines come back to a chat after a restart", partial(faults.storm, where=Chat)),
        "C-12": ("C-12: 300 lines come back after a restart", faults.storm),
        "C-13-chat": (
            "Open pages of a chat equal fresh ones, for seven roles, while eight write",
            tests("tests/live/test_chat.py", "-k", "fresh_ones", CHAT_EACH="20"),
        ),
        "C-15": (
            "C-15: one of two servers killed, also under make run-scaled; its readers go on at the other",
            tests("tests/live/test_scaled.py", "tests/live/test_run_scaled.py", "-k", "killed or deaths"),
        ),
        "C-18": (
            "C-18: SIGTERM under load, five times",
            tests("tests/live/test_writing.py", "-k", "told_to_end", SIGTERM_ROUNDS="5"),
        ),
    }
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proof")
    parser.add_argument("names", nargs="*", help="only these rounds; --list shows all")
    parser.add_argument("--crash", type=int, default=100, help="crash rounds on SQLite (a fifth on PostgreSQL)")
    parser.add_argument("--revocations", type=int, default=100)
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    known = rounds(options)
    if options.list:
        print("\n".join(f"{name:18} {what}" for name, (what, _run) in known.items()))
        return 0
    unknown = set(options.names) - set(known)
    if unknown:
        parser.error(f"there is no round {', '.join(sorted(unknown))}")
    kept = _kept_lines() if options.names and REPORT.exists() else {}
    results = []
    for name in options.names or known:
        results.append(run_one(name, *known[name]))
        write(results, kept)  # after each: an hour is long, and what was found must not go with a power cut
    return 0 if all(verdict == HOLDS for _name, _what, verdict, _figures, _seconds in results) else 1


HOLDS = "holds"
Result = tuple[str, str, str, str, float]


def run_one(name: str, what: str, run: Round) -> Result:
    print(f"{what} ...", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hearth-proof-") as folder:
        try:
            figures, verdict = run(Path(folder)), HOLDS
        except chats.NotHere as error:
            figures, verdict = str(error), "not run here"
        except Exception as error:
            traceback.print_exc()
            first = (str(error) or type(error).__name__).strip().splitlines()
            figures, verdict = (first[0] if first else type(error).__name__)[:300], "FAILS"
    seconds = time.monotonic() - began
    print(f"  {verdict}: {figures} ({seconds:.0f} s)", flush=True)
    return name, what, verdict, figures, seconds


def write(results: list[Result], kept: dict[str, str]) -> None:
    """A whole run replaces the report; single rounds replace their own lines among those `kept`."""
    lines = dict(kept)
    day = f"{datetime.now(UTC):%Y-%m-%d %H:%M}"
    for name, what, verdict, figures, seconds in results:
        cells = [name, what, figures.replace("|", "/"), verdict, f"{seconds:.0f} s", day]
        lines[name] = f"| {' | '.join(cells)} |"
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    REPORT.write_text(
        "# Proof\n\nWritten by `make proof`. What a round does stands in `tests/proof/`; figures are from one machine "
        f"that may have had other work: {machine}.\n\n"
        "| round | what | figures | verdict | took | when (UTC) |\n| --- | --- | --- | --- | --- | --- |\n"
        + "\n".join(lines.values())
        + "\n"
    )


def _kept_lines() -> dict[str, str]:
    rows = [line for line in REPORT.read_text().splitlines() if line.startswith("| ")][2:]
    return {row.split("|")[1].strip(): row for row in rows}


if __name__ == "__main__":
    sys.exit(main())
