"""Saying that what stood unread is read: once for a whole channel up to a moment, never piece by piece."""

from __future__ import annotations

from datetime import datetime

from community.core import audit, clock
from community.core.db import add_once, transaction
from community.core.errors import Invalid
from community.core.policy import require
from community.members.people import Viewer
from community.spaces import queries as spaces
from community.spaces import rules as space_rules
from community.streams import rules
from community.streams.models import CheckedMark
from community.streams.unchecked import ALL


def mark_checked(actor: Viewer, space_id: int, until: datetime, house_id: int = ALL) -> None:
    """Everything there up to a moment is read, and fine. It never goes back. Raises NotFound (a channel, or what is
    said there to a house, that she does not read), NotAllowed, Invalid for a moment that is still to come."""
    require(actor, rules.CHECK)
    with transaction() as s:
        space = spaces.space_for(actor, space_id)
        if until > clock.now() or not space_rules.reads(actor, space, house_id or None):
            raise Invalid(field="until")
        mark = s.get(CheckedMark, (space.id, house_id), with_for_update=True, populate_existing=True)
        if mark is not None and mark.until >= until:
            return
        if mark is None:
            add_once(CheckedMark(space_id=space.id, house_id=house_id, until=until, by_id=actor.id, at=clock.now()))
            mark = s.get_one(CheckedMark, (space.id, house_id), with_for_update=True, populate_existing=True)
        if mark.until < until:
            mark.until, mark.by_id, mark.at = until, actor.id, clock.now()
        s.flush()
        audit.append(actor.id, "space.checked", f"space:{space.id}", house=house_id, until=until.isoformat())
