"""The figure beside "To review": read once by a process for a while and for everybody; who may know of what is asked at
each showing. A change makes every process read anew within a second."""

from __future__ import annotations

from datetime import datetime, timedelta

from community.acts.cases import Place, places, sees
from community.acts.rules import decides
from community.core import clock
from community.members.people import Viewer
from community.safety.models import Case

KEPT = timedelta(seconds=20)

_read: tuple[datetime, list[Place]] | None = None


def waiting_for(viewer: Viewer | None) -> int | None:
    """How many cases wait for a viewer; None for whoever has no queue. Two queries in twenty seconds."""
    global _read
    if viewer is None or not decides(viewer):
        return None
    now = clock.now()
    if _read is None or not _read[0] <= now < _read[0] + KEPT:
        _read = (now, places(Case.state == "open"))
    return sum(sees(viewer, place) for place in _read[1])


def count_for(viewer: Viewer) -> int:
    """The same as it is at this moment. Two queries."""
    return sum(sees(viewer, place) for place in places(Case.state == "open"))


def forget() -> None:
    """Something in the queue has changed: read it anew at the next page."""
    global _read
    _read = None
