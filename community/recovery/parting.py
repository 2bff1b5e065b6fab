"""Ways back in, when whoever made them works here no more, or whoever they were made for comes in no more. Called by
`lifecycle/`, which has asked."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select, update

from community.core import clock
from community.core.announcements import announce
from community.core.db import transaction
from community.members.models import Member
from community.recovery import queries
from community.recovery.models import WayIn


def end_made_by(member_id: int) -> int:
    """Links she made and nobody has used yet are dead. Returns how many."""
    return _end(WayIn.made_by == member_id)


def end_made_for(member_id: int) -> int:
    """The same of links made for her."""
    return _end(WayIn.member_id == member_id)


def _end(whose: ColumnElement[bool]) -> int:
    with transaction() as s:
        rows = list(s.scalars(select(WayIn).where(whose, queries.usable())))
        for row in rows:
            row.withdrawn_at = clock.now()
            s.flush()
            told = (Member.id == row.member_id) & (Member.way_in_id == row.id)
            s.execute(update(Member).where(told).values(way_in_id=None))
            announce(f"member:{row.member_id}", "way-in:notice", member=row.member_id)
        return len(rows)
