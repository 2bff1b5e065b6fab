"""Work nobody asks for: asking a second time, drawing what could not be drawn, and files no row knows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from community.core import clock, jobs
from community.photos import actions, asking, blurring

NOBODY = 0


def _nightly(now: datetime) -> list[jobs.Due]:
    return jobs.daily(now, 4)


def _redraws(now: datetime) -> Iterable[jobs.Due]:
    """Once a minute while one is due: what is not drawn yet is not shown."""
    at = now.replace(second=0, microsecond=0)
    return [jobs.Due(str(photo_id), at) for photo_id in blurring.due()]


def _redraw(due: jobs.Due) -> None:
    blurring.redraw(int(due.what), NOBODY)


def _ask_again(_due: jobs.Due) -> None:
    asking.ask_again(clock.now())


def _sweep(_due: jobs.Due) -> None:
    actions.sweep()


JOBS = (
    jobs.Job("photos-ask-again", _nightly, _ask_again),
    jobs.Job("photos-redraw", _redraws, _redraw, outside=True),
    jobs.Job("photos-sweep", _nightly, _sweep, outside=True),
)
