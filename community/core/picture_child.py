"""The process that opens pictures: `python -m community.core.picture_child <file descriptor>`.

Whatever a hostile file does happens here: in a process that was given no secrets, can open nothing any more, neither a
file nor a line to anybody, has a bound on its memory, and is ended after ten seconds of work on one picture. It ends by
itself when the server does.
"""

from __future__ import annotations

import contextlib
import math
import os
import resource
import socket
import sys
import time

from community.core import picture_drawing as drawing
from community.core.picture_pipe import Pipe

MEMORY = 1024 * 1024 * 1024
SECONDS = 10
PLACE = 3  # of the socket it is asked through, after the three that lead nowhere


def main() -> None:
    end = socket.socket(fileno=os.dup2(int(sys.argv[1]), PLACE))
    end.setblocking(True)  # the server's sockets never are
    line = Pipe(end)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_AS, MEMORY)
    drawing.prepare()
    _limit(resource.RLIMIT_FSIZE, 0)
    os.closerange(PLACE + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    _limit(resource.RLIMIT_NOFILE, PLACE + 1)  # from here on it opens nothing: no file, no socket, no program
    line.say({"ready": True})
    with contextlib.suppress(EOFError, OSError):
        while _next(line):
            pass


def _next(line: Pipe) -> bool:
    """One picture. False when memory ran out: what is left of it may be in pieces."""
    asked = line.hear()
    content = line.take(int(asked["size"]))
    _bound_time()
    try:
        blur = [tuple(one) for one in asked["blur"]]
        drawn = drawing.draw(content, blur, master=bool(asked["master"]), cut=asked["cut"])
    except drawing.Unfit as unfit:
        line.say({"unfit": unfit.reason})
        return True
    except MemoryError:
        line.say({"unfit": "pixels"})
        return False
    sizes = [[name, len(part)] for name, part in drawn.parts.items()]
    line.say({"width": drawn.width, "height": drawn.height, "parts": sizes, "faces": drawn.faces})
    for part in drawn.parts.values():
        line.give(part)
    return True


def _bound_time() -> None:
    """So many seconds of the processor from now on; the system ends the process after them."""
    _soft(resource.RLIMIT_CPU, math.ceil(time.process_time()) + SECONDS)


def _limit(what: int, most: int) -> None:
    resource.setrlimit(what, (most, most))


def _soft(what: int, most: int) -> None:
    resource.setrlimit(what, (most, resource.getrlimit(what)[1]))


if __name__ == "__main__":
    try:
        main()
    except MemoryError:
        os._exit(1)
