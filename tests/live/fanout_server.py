"""The real server with what the trials of the fan-out need: narrow sockets, a real pause after every third reader, and
two pages that broadcast into a room and say how much waits.

`python -m tests.live.fanout_server [broken]`; `broken` takes away a name the fast path leans on. All else is wsgi.py.
"""

import wsgi  # patches first of all

# ruff: isort: split
import itertools
import socket
import sys
from types import SimpleNamespace
from typing import Any

import eventlet.semaphore
from flask import request

import config
from community.core import fanout, fastpath, loop, web

NARROW = 8 * 1024  # bytes a socket takes before it says "full"; Linux gives twice as much
PAUSES = itertools.cycle((0.004, 0.0, 0.001, 0.003, 0.0))  # seconds: uneven, so that one could overtake another

create_app, listen, accept = wsgi.create_app, wsgi._listen, wsgi._FileListener.accept


def with_pages(settings: config.Settings) -> Any:
    app = create_app(settings)

    @web.without_database
    def say() -> dict[str, int]:
        """Broadcasts numbers `from` to `from` + `count` - 1 into `room`, each with a text of one of `sizes`."""
        asked = request.args
        sizes = [int(size) for size in asked["sizes"].split(",")]
        for number in range(int(asked["from"]), int(asked["from"]) + int(asked["count"])):
            text = f"{number} å " + "x" * sizes[number % len(sizes)]
            tell = fanout.whisper if "quietly" in asked else fanout.broadcast
            tell(asked["room"], "trial", {"by": asked["by"], "number": number, "text": text})
            loop.sleep(float(asked.get("pause", 0)))
        return {"said": int(asked["count"])}

    @web.without_database
    def waiting() -> dict[str, int]:
        """What waits for the slowest reader of all, and how many connections there are."""
        open_now = [line for line in fanout.socketio.server.eio.sockets.values() if not line.closed]
        return {"most": max([line.queue.qsize() for line in open_now], default=0), "open": len(open_now)}

    app.add_url_rule("/trial/say", view_func=say)
    app.add_url_rule("/trial/waiting", view_func=waiting)
    return app


def narrow(*where: Any) -> Any:
    listener = listen(*where)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, NARROW)  # what it accepts is as narrow
    return listener


def accept_narrow(listener: Any) -> Any:
    line, number = accept(listener)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, NARROW)
    return line, number


if __name__ == "__main__":
    fastpath.AT_ONCE = 3
    fastpath.loop = SimpleNamespace(  # type: ignore[assignment]
        GREEN=loop.GREEN, lock=loop.lock, spawn=loop.spawn, sleep=lambda _seconds: loop.sleep(next(PAUSES))
    )
    wsgi.create_app, wsgi._listen, wsgi._FileListener.accept = with_pages, narrow, accept_narrow  # type: ignore[method-assign]
    if "broken" in sys.argv:
        del eventlet.semaphore.Semaphore.balance
    wsgi.main()
