"""The programs under the supervisor: started, started again with ever longer pauses, ended; none outlives us."""

from __future__ import annotations

import ctypes
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
STEADY = 60.0  # seconds after which a program that runs is trusted again
START = 90.0  # seconds a program has until it answers

_libc = ctypes.CDLL(None)


class CannotStart(SystemExit):
    """One sentence that says what is missing or failed, and what to do."""


class Child:
    """One program. `log`: where its output goes (None: ours). It runs in a session of its own, so that Ctrl-C reaches
    the supervisor alone, which ends all in their order."""

    def __init__(
        self,
        name: str,
        command: list[str],
        *,
        log: Path | None = None,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        user: pwd.struct_passwd | None = None,
        ended_by: int = signal.SIGTERM,
    ) -> None:
        self.name, self.command, self.log, self.env, self.cwd = name, command, log, env, cwd
        self.user, self.ended_by = user, ended_by
        self.pause, self.again_at, self.started_at = FIRST_PAUSE, 0.0, 0.0
        self.process = self._start()

    @property
    def pid(self) -> int:
        return self.process.pid

    def wait_until(self, ready: Callable[[], bool]) -> None:
        """Raises CannotStart with the end of its log when it ends, or does not answer in time."""
        deadline = time.monotonic() + START
        try:
            while not ready():
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise CannotStart(f"{self.name} did not start{self._last_words()}")
                time.sleep(0.05)
        except BaseException:
            self.end()
            raise

    def tend(self) -> None:
        """Called again and again: what has ended is started again, the later the oftener it ended."""
        now = time.monotonic()
        if self.process.poll() is None:
            if now - self.started_at > STEADY:
                self.pause = FIRST_PAUSE
        elif not self.again_at:
            print(f"{self.name} has ended; it is started again in {self.pause:g} s", file=sys.stderr, flush=True)
            self.again_at, self.pause = now + self.pause, min(self.pause * 2, LONGEST_PAUSE)
        elif now >= self.again_at:
            self.again_at, self.process = 0.0, self._start()

    def tell_to_end(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(self.ended_by)

    def end(self, seconds: float = 15) -> None:
        """Asked first; killed only when it does not listen."""
        self.tell_to_end()
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        self.started_at = time.monotonic()
        output = self.log.open("ab") if self.log else None
        try:
            return subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=output or subprocess.DEVNULL,
                stderr=output,
                env=self.env,
                cwd=self.cwd,
                start_new_session=True,
                preexec_fn=self._last_steps,
            )
        finally:
            if output:
                output.close()

    def _last_steps(self) -> None:
        """In the new process: take its user, and end when the supervisor is killed outright (Linux)."""
        if self.user is not None:
            become(self.user)
        if sys.platform == "linux":
            _libc.prctl(1, int(self.ended_by))  # PR_SET_PDEATHSIG; changing the user would have undone it

    def _last_words(self) -> str:
        if self.log is None:
            return "; what it said stands above."
        lines = self.log.read_text(errors="replace").splitlines()[-15:]
        return "; its log ends:\n" + "\n".join(lines)


def become(user: pwd.struct_passwd) -> None:
    """Irrevocably."""
    os.initgroups(user.pw_name, user.pw_gid)
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)
