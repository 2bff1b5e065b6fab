"""Child processes of the tests: started so that they end with us, waited for, and ended by their pid."""

from __future__ import annotations

import os
import pwd
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

NOBODY = pwd.getpwnam("nobody")
START_SECONDS = 30


class ServerMissing(RuntimeError):
    """Something the tests need is not on this machine, or does not start; one sentence says what."""


_LAUNCHER = """
import ctypes, os, sys
parent, last_signal, uid, gid = map(int, sys.argv[1:5])
if uid:
    os.setgroups([]); os.setgid(gid); os.setuid(uid)
if last_signal and sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, last_signal)  # PR_SET_PDEATHSIG
if os.getppid() == parent:
    os.execv(sys.argv[5], sys.argv[5:])
"""


def launch(
    command: list[str],
    log: Path,
    *,
    as_nobody: bool = False,
    last_signal: int = signal.SIGTERM,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child whose output goes to `log`. On Linux it also ends when this process is killed outright.

    The small launcher replaces itself by the command, so the child's pid is the server's. (A `preexec_fn` would do the
    same, but forking with threads about is a warning, and here warnings are errors.) Linux ties the child to the
    *thread* that started it, so only the main thread does so.
    """
    if threading.current_thread() is not threading.main_thread():
        last_signal = 0
    uid, gid = (NOBODY.pw_uid, NOBODY.pw_gid) if as_nobody else (0, 0)
    facts = [str(number) for number in (os.getpid(), int(last_signal), uid, gid)]
    with open(log, "ab") as output:
        return subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _LAUNCHER, *facts, *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=env,
            cwd=cwd,
        )


def end(child: subprocess.Popen[bytes], how: int = signal.SIGTERM, seconds: float = 10) -> None:
    """Ask, wait, and kill only what did not listen."""
    if child.poll() is not None:
        return
    child.send_signal(how)
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def free_port() -> int:
    """A port nobody listens on just now; whoever uses it must be ready to lose the race for it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(
    ready: Callable[[], bool], child: subprocess.Popen[bytes], name: str, log: Path, seconds: float = START_SECONDS
) -> None:
    """Raises ServerMissing with the end of the log when the child dies or takes longer than it may."""
    deadline = time.monotonic() + seconds
    while not ready():
        if child.poll() is not None or time.monotonic() > deadline:
            what = "did not start" if child.poll() is not None else f"was not ready within {seconds:g} seconds"
            end(child)
            raise ServerMissing(f"{name} {what}; its log ends:\n{tail(log)}")
        time.sleep(0.02)


def tail(log: Path, lines: int = 15) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
