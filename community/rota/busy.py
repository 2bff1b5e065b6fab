"""Hosts who can't read just now, and when they are back. What is promised to others counts with it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from community.core import clock
from community.core.db import session
from community.rota import queries
from community.rota.models import Busy


def busy_until(member_id: int) -> datetime | None:
    """When a host is back who said that she is busy; None while she reads. One query."""
    mine = (Busy.member_id == member_id) & (Busy.until > clock.now())
    return session().scalar(select(Busy.until).where(mine))


def busy_now() -> dict[int, Busy]:
    """All who said so and are not back yet, by member. One query."""
    return {row.member_id: row for row in session().scalars(select(Busy).where(Busy.until > clock.now()))}


def backed_up_by(member_id: int) -> list[Busy]:
    """The busy hosts whose back-up a member is on the shifts that run now. Two queries, one where nobody is busy."""
    busy = busy_now()
    if not busy:
        return []
    now = clock.now()
    running = queries.shifts_between(now, now + timedelta(microseconds=1))
    behind = {one.member_id for one in running if one.holds(now) and one.back_up_id == member_id}
    return [row for id_, row in busy.items() if id_ in behind]
