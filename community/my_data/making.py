"""The jobs around exports: making what was asked for, and letting go what is over."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta

from community.core import clock, schema
from community.core.db import session
from community.core.jobs import Due, Job, daily
from community.my_data import actions

LEASE = timedelta(minutes=3)  # as long as whoever makes one gives signs, `Makings.waiting` leaves it out


def _asked(now: datetime) -> Iterable[Due]:
    return _dues(actions.MAKINGS.waiting(now))


def _make(due: Due) -> None:
    """In a process of its own: reading, drawing and packing would hold up everybody's requests."""
    command = [sys.executable, "-m", "flask", "my-data", "make", "--aside", due.what]
    done = subprocess.run(command, cwd=schema.ROOT, stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode != 0:
        raise RuntimeError("an export could not be made; `flask my-data make` says why")


def _over(now: datetime) -> Iterable[Due]:
    return _dues(actions.MAKINGS.over(now))


def _let_go(due: Due) -> None:
    actions.end(int(due.what), "gone", "over")


def _clear_out(_due: Due) -> None:
    actions.clear_out(clock.now())


def _dues(rows: list[tuple[int, datetime]]) -> list[Due]:
    session().rollback()
    return [Due(str(id_), at) for id_, at in rows]


JOBS = (
    Job("my data", _asked, _make, outside=True, lease=LEASE),
    Job("my data over", _over, _let_go),
    Job("my data cleared", lambda now: daily(now, 4), _clear_out),
)
