"""`make run-scaled` as a child of the tests: several servers, PostgreSQL and Redis behind nginx, all of them ours."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from scaled import front
from scaled.children import CannotStart
from tests.children import end, launch
from tests.live.house import eventually
from tests.live.people import Person
from tests.serve import ROOT, Hearth


@contextlib.contextmanager
def supervised(folder: Path, **settings: str) -> Iterator[tuple[Hearth, subprocess.Popen[bytes]]]:
    """The whole of it, serving: where people find it, and the supervisor's process."""
    door = Hearth(
        folder / "data", **{"DEMO_NO_LIMITS": "1", "PROCESSES": "2", "PATH": path_with_nginx(folder), **settings}
    )
    child = launch([sys.executable, "-m", "scaled"], door.log, env=door.env, cwd=ROOT)
    try:
        eventually(lambda: child.poll() is not None or "End with Ctrl-C" in door.log.read_text(), 150, "the start")
        assert child.poll() is None, door.log.read_text()[-3000:]
        yield door, child
    finally:
        end(child, seconds=30)


def path_with_nginx(folder: Path) -> str:
    """With the stand-in on it where the machine has no nginx."""
    try:
        front.program()
    except CannotStart:
        program = folder / "bin" / "nginx"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT}/tests/live/stand_in_for_nginx.py" "$@"\n')
        program.chmod(0o755)
        return f"{program.parent}:{os.environ['PATH']}"
    return os.environ["PATH"]


def pids_of(parent: int, what: str) -> list[int]:
    """Running children of a process whose command has `what` in it."""
    said = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split(None, 2) for line in said.splitlines()]
    return sorted(
        int(pid) for pid, ppid, args in rows if int(ppid) == parent and what in args and "<defunct>" not in args
    )


def adults_chat(person: Person) -> int:
    """The chat of those who moved out, for one of them who reads Swedish: the only one that is open at every hour of
    the demo's rota."""
    row = r'href="/chat/(\d+)#end">(?:(?!</a>).)*class="chat-name"[^>]*>Utflyttat<'
    found = re.search(row, person.get("/chat").text, re.S)
    assert found, "the chat is not there yet"
    return int(found[1])
