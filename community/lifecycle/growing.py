"""The midnight at which somebody is 16, or 18: what she may follows from her birth date at every question. Her open
lines come in anew, so that she hears where she may be now."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from community.core import clock
from community.core.announcements import announce
from community.core.db import session, transaction
from community.core.jobs import Due, Job, daily
from community.members.models import Member
from community.members.queries import band_of


def grown_on(now: datetime) -> list[int]:
    """Who is in another age band on the day of `now` than on the day before. One query."""
    today = clock.local(now).date()
    born = select(Member).where(
        Member.birth_on_sealed.is_not(None), Member.left_at.is_(None), Member.remembered_at.is_(None)
    )
    yesterday = today - timedelta(days=1)
    return [one.id for one in session().scalars(born) if band_of(one, today) != band_of(one, yesterday)]


def _run(occurrence: Due) -> None:
    with transaction():
        for member_id in grown_on(occurrence.due_at):
            announce(f"member:{member_id}", "member:moved", member=member_id)


JOB = Job("coming of age", lambda now: daily(now, 0), _run)
