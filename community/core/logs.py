"""The log: one line for each request, socket event and noteworthy thing, without anything a person wrote.

A line tells when, what kind, which route (its endpoint, never the address), how it ended, how long it took, and by
which session: the first eight hex digits of its SHA-256. No texts, names, tokens, passwords, addresses or query
strings; of an error its type and where it happened, never its message. JSON, or one plain line on a developer's screen.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from flask import Flask, Response, g, request, session

from community.core import carry, crypto, metrics

OURS = ("community", "hearth")
BEGAN = "hearth.began"  # in the WSGI environment: a form sent again inside its sign-in has a time of its own
METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
ROOT = str(Path(__file__).parents[2])

_log = logging.getLogger(__name__)


def configure(form: str) -> None:
    """Send this process's log to the standard error stream, as 'json' or 'text'. Libraries are heard from warnings on,
    and of them only that they spoke."""
    handler = logging.StreamHandler()
    handler.setFormatter(Lines(form))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)


def note(event: str, *, level: int = logging.INFO, **facts: Any) -> None:
    """One line. `facts` are numbers, endpoints, codes and keyed hashes."""
    _log.log(level, event, extra={"facts": facts})


def init_app(app: Flask) -> None:
    """A line for each request. Comes first of all that hangs itself before and after requests."""

    @app.before_request
    def begin() -> None:
        request.environ[BEGAN] = time.monotonic()

    @app.after_request
    def told(response: Response) -> Response:
        seconds = time.monotonic() - request.environ.get(BEGAN, time.monotonic())
        route = request.endpoint or "none"
        metrics.request_answered(route, response.status_code, seconds)
        note(
            "request",
            level=logging.ERROR if response.status_code >= 500 else logging.INFO,
            route=route,
            method=request.method if request.method in METHODS else "other",
            status=response.status_code,
            ms=round(seconds * 1000, 1),
            session=_session_here(),
            **({"carried": True} if request.environ.get(carry.REPLAY) else {}),
        )
        return response


def short(token: str | None) -> str | None:
    """How a session is called in the log."""
    return crypto.fingerprint(token)[:8] if token else None


class Lines(logging.Formatter):
    """One record, one line, whatever was in it."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form = form

    def format(self, record: logging.LogRecord) -> str:
        facts = _facts_of(record)
        if self.form == "json":
            return json.dumps(facts)
        moment, level, event = facts.pop("time")[11:19], facts.pop("level"), facts.pop("event")
        trace = "".join(f"\n    {_printable(place)}" for place in facts.pop("trace", ()))
        rest = " ".join(f"{name}={_printable(str(value))}" for name, value in facts.items() if value is not None)
        return f"{moment} {level:7} {_printable(event)}  {rest}{trace}"


def _facts_of(record: logging.LogRecord) -> dict[str, Any]:
    moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
    ours = record.name.split(".")[0] in OURS
    facts = {
        "time": f"{moment}.{int(record.msecs):03}Z",
        "level": record.levelname.lower(),
        # What a library says may hold anything; that it said something, and which, is enough to look closer.
        "event": record.getMessage() if ours else "a library spoke",
        "from": record.name,
        **getattr(record, "facts", {}),
    }
    if record.exc_info and record.exc_info[1] is not None:
        facts["error"] = [type(error).__name__ for error in _chain(record.exc_info[1])]
        facts["trace"] = list(_places(record.exc_info[1].__traceback__))
    return facts


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error, then what caused it."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _places(trace: TracebackType | None) -> Iterator[str]:
    """File, line and function; no source, no values."""
    for frame, line in traceback.walk_tb(trace):
        name = frame.f_code.co_filename.removeprefix(ROOT + "/").removeprefix(sys.prefix + "/")
        yield f"{name}:{line} {frame.f_code.co_name}"


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in text)


def _session_here() -> str | None:
    token = session.get("_user_id") if g.get("viewer") is not None else None
    return short(token) if isinstance(token, str) else None
