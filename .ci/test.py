"""Run the tests in four passes and close with one line for all of them.

In-process tests (unit, HTTP, matrix) run once on SQLite and once on PostgreSQL and fill all processors; the browser
stories follow, in three workers, each with a server and a browser of its own (they wait half of the time). Live tests
start real servers, wait most of the time and therefore run beside all of that. Arguments go to every pass:
`make test ARGS="-k invite"`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TIME_LIMIT = 37 * 60  # of all passes together; CI gives 40 minutes
NO_TESTS_RAN = 5

OWN_PASS = ["tests/live", "tests/browser", "tests/proof"]
BROWSER = ["tests/browser", "-n", "3", "--dist", "worksteal", "-o", "cache_dir=.pytest_cache/browser"]
LIVE = ["tests/live", "-o", "cache_dir=.pytest_cache/live"]
IN_PROCESS = ["tests", *(f"--ignore={folder}" for folder in OWN_PASS), "-n", "logical", "--maxprocesses", "4"]
LANES = [
    [
        ("Unit, HTTP and matrix tests on SQLite", [*IN_PROCESS, "--database", "sqlite"]),
        ("Unit, HTTP and matrix tests on PostgreSQL", [*IN_PROCESS, "--database", "postgresql"]),
        ("Browser tests", BROWSER),
    ],
    [("Live tests", LIVE)],
]
"""Side by side; within a lane one after the other."""

ONCE_MORE = ("Browser tests", "Live tests")
"""They wait for other programs on a machine whose processors are all at work: a few that fall are asked once more."""
FEW = 3


def main(extra: list[str]) -> int:
    began = time.monotonic()
    totals: Counter[str] = Counter()
    failed = []
    lock = threading.Lock()

    def run_lane(lane: list[tuple[str, list[str]]]) -> None:
        for title, arguments in lane:
            status, counts, said = run_pass(arguments + extra, began + TIME_LIMIT - time.monotonic())
            if title in ONCE_MORE and 0 < counts["failed"] + counts["errors"] <= FEW:
                status, counts, said = once_more(arguments + extra, began, counts, said)
            with lock:
                print(f"\n{title}\n{said}", flush=True)
                totals.update(counts)
                # A pass without tests is a mistake, unless the caller asked for a few by name.
                if status not in ((0, NO_TESTS_RAN) if extra else (0,)):
                    failed.append(title)

    with ThreadPoolExecutor(len(LANES)) as at_once:
        list(at_once.map(run_lane, LANES))
    return close(totals, failed, time.monotonic() - began)


def once_more(arguments: list[str], began: float, counts: Counter[str], said: str) -> tuple[int, Counter[str], str]:
    """The few that fell, alone. What holds only now is counted as such and named, to be looked into."""
    alone = [one for one in arguments if one not in ("-n", "3", "--dist", "worksteal")]
    status, again, said_again = run_pass([*alone, "--lf"], began + TIME_LIMIT - time.monotonic())
    fell = counts["failed"] + counts["errors"]
    held = again["passed"] if not status else 0
    counts.update({"passed": held, "rerun": held})
    if held:
        counts["failed"], counts["errors"] = 0, 0
    return status, counts, f"{said}\n\nThe {fell} that fell, once more and alone:\n{said_again}"


def run_pass(arguments: list[str], seconds: float) -> tuple[int, Counter[str], str]:
    """Its exit status, what it counted, and what it said (kept until it ended: two at once would mix)."""
    with tempfile.TemporaryDirectory() as folder:
        report, said = Path(folder) / "report.xml", Path(folder) / "said.txt"
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *arguments]
        with said.open("wb") as output:
            status = wait_for(subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output), seconds)
        return status, counted(report), said.read_text(errors="replace").rstrip()


def wait_for(child: subprocess.Popen[bytes], seconds: float) -> int:
    """Over time or on Ctrl-C it is asked to stop first, so that it can end the servers it started."""
    try:
        return child.wait(max(seconds, 1))
    except subprocess.TimeoutExpired:
        print(f"\nOver the time limit of {TIME_LIMIT // 60} minutes.", flush=True)
        child.send_signal(signal.SIGINT)
    except KeyboardInterrupt:
        pass  # the terminal has told the child too
    try:
        child.wait(20)
    except subprocess.TimeoutExpired:
        child.kill()
    return 1


def counted(report: Path) -> Counter[str]:
    if not report.exists():
        return Counter()
    counts: Counter[str] = Counter()
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        number = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
        counts["failed"] += number["failures"]
        counts["errors"] += number["errors"]
        counts["skipped"] += number["skipped"]
        counts["passed"] += number["tests"] - number["failures"] - number["errors"] - number["skipped"]
    return counts


def close(totals: Counter[str], failed: list[str], seconds: float) -> int:
    """The closing line has pytest's own shape, so that what reads pytest's output reads all passes."""
    for title in failed:
        print(f"Failed: {title}")
    if failed and not (totals["failed"] or totals["errors"]):
        totals["errors"] += len(failed)  # a pass that ended before its first test
    parts = [f"{totals[name]} {name}" for name in ("failed", "passed", "skipped", "errors", "rerun") if totals[name]]
    took = f"{seconds:.2f}s ({timedelta(seconds=int(seconds))})"
    print(f"===== {', '.join(parts) or 'no tests ran'} in {took} =====", flush=True)
    return 1 if failed or not totals["passed"] else 0


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
