"""The figure beside the team's inbox: read once by a process for a while and for everybody; whose it is is asked at
each showing. A change makes every process read anew within a second."""

from __future__ import annotations

from datetime import datetime, timedelta

from community.core import clock
from community.inbox import queries
from community.members.people import Viewer

KEPT = timedelta(seconds=20)

_read: tuple[datetime, list[tuple[int, int, int | None]]] | None = None


def waiting_for(viewer: Viewer | None) -> int | None:
    """How many members wait for the viewer: those she has, and those nobody has; None for whoever does not work here.
    One query in twenty seconds."""
    global _read
    if viewer is None or not viewer.is_staff:
        return None
    now = clock.now()
    if _read is None or not _read[0] <= now < _read[0] + KEPT:
        _read = (now, queries.waiting_places())
    return _count(viewer, _read[1])


def count_for(viewer: Viewer) -> int:
    """The same as it is at this moment. One query."""
    return _count(viewer, queries.waiting_places())


def forget() -> None:
    """Something in an inbox has changed: read it anew at the next page."""
    global _read
    _read = None


def _count(viewer: Viewer, places: list[tuple[int, int, int | None]]) -> int:
    return sum(
        house_id == viewer.house_id and member_id not in viewer.met_in_no_inbox and taken_by in (None, viewer.id)
        for house_id, member_id, taken_by in places
    )
