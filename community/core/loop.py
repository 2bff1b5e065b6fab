"""Waiting without stopping anybody else: the only users of eventlet are this module, fanout.py, fastpath.py, wsgi.py.

The server runs patched (`wsgi.py` patches first of all); commands and tests run on plain threads. Everything else
calls `spawn`, `sleep`, `lock`, `event` and `off_loop` and need not know which.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_log = logging.getLogger(__name__)

if "eventlet" in sys.modules:  # only a process that patched itself has imported it by now
    import eventlet
    import eventlet.patcher
    import eventlet.tpool

    GREEN = bool(eventlet.patcher.is_monkey_patched("thread"))
else:
    GREEN = False


def async_mode() -> str:
    """The name Flask-SocketIO knows this process's way of waiting by."""
    return "eventlet" if GREEN else "threading"


def spawn(work: Callable[P, Any], *args: P.args, **kwargs: P.kwargs) -> None:
    """Start `work` beside the caller. What it raises goes to the log, never to the caller."""

    def guarded() -> None:
        try:
            work(*args, **kwargs)
        except Exception:
            _log.exception("work beside a request failed")

    if GREEN:
        eventlet.spawn_n(guarded)
    else:
        threading.Thread(target=guarded, daemon=True).start()


def sleep(seconds: float) -> None:
    """Wait, and let everything else go on."""
    time.sleep(seconds)  # patched in the server


def lock() -> threading.Lock:
    """A lock that lets other greenlets run while one waits for it."""
    return threading.Lock()  # patched in the server


def event() -> threading.Event:
    """Something to wait for that lets other greenlets run meanwhile."""
    return threading.Event()  # patched in the server


def off_loop(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run slow C code (hashing, long texts, heavy queries) in a real thread; the caller waits, the loop does not.

    Worth it from about 2 ms of work. Give and take plain data: a database session belongs to its own thread.
    """
    if GREEN:
        result: T = eventlet.tpool.execute(work, *args, **kwargs)
        return result
    return work(*args, **kwargs)
