"""The server's side of the process that draws: started when it is first needed and again when it has ended, asked for
one picture at a time, ended when it takes too long.

Each server process has one, which is what bounds the memory pictures can take. Waiting for it is waiting at a socket,
so everybody else goes on; commands and tests wait as plain threads do.
"""

from __future__ import annotations

import contextlib
import logging
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from community.core.picture_pipe import Pipe
from community.core.picture_sizes import Rectangle
from community.core.picture_turns import Turns

ROOT = Path(__file__).parents[2]
STARTING = 30.0  # seconds until it must be there
SECONDS = 9.0  # for one picture, so that an answer is there within ten
MOST_WAITING, MOST_EACH, LONGEST_WAIT = 12, 4, 45.0
ENVIRONMENT = {
    "MALLOC_ARENA_MAX": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "LC_ALL": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",
}

_log = logging.getLogger(__name__)


class Slow(Exception):
    """Over time: the process was ended."""


class Broken(Exception):
    """The process ended over this picture, twice or late; or it could not be started (`started` is False)."""

    def __init__(self, *, started: bool = True) -> None:
        super().__init__()
        self.started = started


class Unfit(Exception):
    """What the process says about bytes that can't be made a picture."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Answer:
    """How large the largest is, each file by its name, and where faces seem to be."""

    width: int
    height: int
    parts: dict[str, bytes]
    faces: tuple[Rectangle, ...]


class Worker:
    """One process that draws, and the turns people take at it."""

    def __init__(self) -> None:
        self._turns = Turns(MOST_WAITING, MOST_EACH, LONGEST_WAIT)
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Pipe | None = None

    @property
    def pid(self) -> int | None:
        """The process's number while there is one."""
        return self._process.pid if self._process is not None else None

    def ask(
        self,
        content: BinaryIO,
        size: int,
        blur: Sequence[Rectangle],
        *,
        master: bool,
        whose: Any,
        cut: str | None = None,
    ) -> Answer:
        """Have one picture drawn, with `cut` its squares alone. Raises Unfit, Slow, Broken, and Crowded from turns."""
        with self._turns.turn(whose):
            until = time.monotonic() + SECONDS
            asked = {"size": size, "blur": blur, "master": master, "cut": cut}
            try:
                return self._once(asked, content, until)
            except Broken as broken:  # somebody else may have ended it; a picture that does will do it again
                if not broken.started or until - time.monotonic() < SECONDS / 2:
                    raise
                return self._once(asked, content, until)

    def close(self) -> None:
        """End the process, whatever it is at."""
        process, line, self._process, self._line = self._process, self._line, None, None
        if line is not None:
            line.close()
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            process.wait()

    def _once(self, asked: dict[str, Any], content: BinaryIO, until: float) -> Answer:
        """Whatever goes wrong on the way, also somebody who stopped waiting, leaves no process in the middle of it."""
        whole = False
        try:
            if self._process is None or self._process.poll() is not None:
                until += self._start()
            answer = self._exchange(asked, content, until)
            whole = True
            return answer
        except Unfit as unfit:
            whole = unfit.reason != "pixels"  # after which it may have ended itself
            raise
        except TimeoutError as error:
            raise Slow from error
        except (OSError, EOFError, ValueError, LookupError, TypeError) as error:
            raise self._how_it_ended() from error
        finally:
            if not whole:
                self.close()

    def _exchange(self, asked: dict[str, Any], content: BinaryIO, until: float) -> Answer:
        assert self._line is not None
        line = self._line
        line.until = until
        content.seek(0)
        line.say(asked)
        line.give_file(content, asked["size"])
        said = line.hear()
        if "unfit" in said:
            raise Unfit(str(said["unfit"]))
        parts = {str(name): line.take(int(size)) for name, size in said["parts"]}
        return Answer(int(said["width"]), int(said["height"]), parts, tuple(map(_rectangle, said["faces"])))

    def _start(self) -> float:
        """The seconds it took. Raises Broken."""
        self.close()
        began = time.monotonic()
        ours, theirs = socket.socketpair()
        self._line = Pipe(ours)
        self._line.until = began + STARTING
        try:
            self._process = _launch(theirs)
            theirs.close()  # so that one hears it when the process ends
            self._line.hear()
        except (OSError, EOFError, ValueError) as error:
            _log.error("the process that draws pictures can't be started: %s", type(error).__name__)
            raise Broken(started=False) from error
        finally:
            theirs.close()
        return time.monotonic() - began

    def _how_it_ended(self) -> Exception:
        assert self._process is not None
        with contextlib.suppress(subprocess.TimeoutExpired):
            if self._process.wait(1.0) == -signal.SIGXCPU:
                return Slow()
        _log.warning("the process that draws pictures ended over one: %s", self._process.returncode)
        return Broken()


def _rectangle(said: Any) -> Rectangle:
    x, y, width, height = (float(number) for number in said)
    return x, y, width, height


def _launch(theirs: socket.socket) -> subprocess.Popen[bytes]:
    """With nothing of ours: no settings, no open files but the one to be asked through."""
    return subprocess.Popen(
        [sys.executable, "-m", "community.core.picture_child", str(theirs.fileno())],
        cwd=ROOT,
        env=ENVIRONMENT,
        pass_fds=[theirs.fileno()],
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
