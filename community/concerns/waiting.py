"""The bar "Somebody needs you" on every page of whoever was called and has not answered, and of whoever has taken it.

What it is made of is the same for everybody, so a process reads it once and keeps it for `KEPT`; pages of members who
do not work here never ask. A change made here shows at once, one made elsewhere within `KEPT`, and live pages are told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from community.concerns.models import Call, Concern
from community.core import clock
from community.core.db import session
from community.members.people import Viewer

KEPT = timedelta(seconds=5)

_read: tuple[datetime, dict[int, list[tuple[int, bool]]]] | None = None


@dataclass(frozen=True)
class Needed:
    """`concern_id` None: more than one. `mine`: the viewer has taken it, and it is not closed."""

    concern_id: int | None
    mine: bool


def needed(viewer: Viewer | None) -> Needed | None:
    """What waits for the viewer. At most one query, and most times none."""
    if viewer is None or not viewer.is_staff:
        return None
    found = _all(clock.now()).get(viewer.id, [])
    if not found:
        return None
    waits = [id_ for id_, mine in found if not mine]
    ids = waits or [id_ for id_, _mine in found]
    return Needed(ids[0] if len(ids) == 1 else None, not waits)


def forget() -> None:
    """Something has changed: read it anew at the next page."""
    global _read
    _read = None


def _all(now: datetime) -> dict[int, list[tuple[int, bool]]]:
    global _read
    if _read is None or not _read[0] <= now < _read[0] + KEPT:
        rows = session().execute(
            select(Concern.id, Concern.state, Concern.taken_by, Concern.handed_to, Call.member_id, Call.answered_at)
            .outerjoin(Call, (Call.concern_id == Concern.id) & (Call.channel == "app"))
            .where(or_(Concern.state == "open", Concern.state == "taken"))
            .order_by(Concern.sent_at)
        )
        found: dict[int, dict[int, bool]] = {}
        for id_, state, taken_by, handed_to, called, answered_at in rows:
            if taken_by is not None:
                found.setdefault(taken_by, {})[id_] = True
            if called is not None and answered_at is None and (state == "open" or handed_to == called):
                found.setdefault(called, {}).setdefault(id_, False)
        _read = (now, {member: list(ids.items()) for member, ids in found.items()})
    return _read[1]
