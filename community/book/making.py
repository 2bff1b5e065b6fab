"""The jobs around books: making what was asked for, letting go what is over or holds no more, asking a second time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta

from community.book import asking, files
from community.core import clock, schema
from community.core.db import session
from community.core.jobs import Due, Job, daily

LEASE = timedelta(minutes=3)  # as long as whoever makes one gives signs, `Makings.waiting` leaves it out


def clear_out(now: datetime) -> int:
    """A job: rows of files that went long ago, and halves of files that no row names. Returns how many."""
    return files.MAKINGS.clear_out(now)


def _asked(now: datetime) -> Iterable[Due]:
    return _dues(files.MAKINGS.waiting(now))


def _make(due: Due) -> None:
    """In a process of its own: setting a book would hold up everybody's requests."""
    command = [sys.executable, "-m", "flask", "book", "make", "--aside", due.what]
    done = subprocess.run(command, cwd=schema.ROOT, stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode != 0:
        raise RuntimeError("a book could not be made; `flask book make` says why")


def _over(now: datetime) -> Iterable[Due]:
    return _dues(files.MAKINGS.over(now))


def _let_go(due: Due) -> None:
    files.end(int(due.what), "gone", "over")


def _minutely(now: datetime) -> Iterable[Due]:
    return [Due("", now.replace(second=0, microsecond=0))] if files.MAKINGS.some_ready() else []


def _recheck(_due: Due) -> None:
    files.recheck()


def _clear_out(_due: Due) -> None:
    clear_out(clock.now())


def _ask_again(_due: Due) -> None:
    asking.ask_again(clock.now())


def _dues(rows: list[tuple[int, datetime]]) -> list[Due]:
    session().rollback()
    return [Due(str(id_), at) for id_, at in rows]


JOBS = (
    Job("book", _asked, _make, outside=True, lease=LEASE),
    Job("book over", _over, _let_go),
    Job("book recheck", _minutely, _recheck, outside=True),
    Job("book cleared", lambda now: daily(now, 4), _clear_out),
    Job("book words again", lambda now: daily(now, 4), _ask_again),
)
