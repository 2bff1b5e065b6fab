"""That staff decided something about a member, by letter: for whoever wants letters, half an hour later, not at night
where nights are quiet, and only where she has not read it by then. It says that there is something, and nothing else;
whoever is closed out gets it too, because that is what it may be about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from community.acts.models import NO_NEWS, Act
from community.core import clock, outbox
from community.core.db import session, transaction
from community.core.jobs import Due, Job
from community.core.outbox import Words, Writer
from community.home.notice_letters import AT_ONCE, GOOD_FOR, not_at_night, quiet_until, reader, something_new
from community.recovery import queries as recovery

WAIT = timedelta(minutes=30)
NOT_AFTER = timedelta(days=3)  # what is older is on her page, and no letter's business any more


def letters_due(now: datetime) -> Iterable[Due]:
    """Members who have not read something that was decided half an hour ago."""
    first = func.min(Act.at)
    owed = select(Act.member_id, first).where(*_owed(), Act.at.between(now - NOT_AFTER, now - WAIT))
    rows = session().execute(owed.group_by(Act.member_id).order_by(first).limit(AT_ONCE))
    found = [Due(str(member_id), at) for member_id, at in rows if not _waits_for_morning(member_id)]
    session().rollback()
    return found


def write_letter(due: Due) -> None:
    """One letter for all of it, or none where she wants none; either way none is owed any more."""
    member_id = int(due.what)
    viewer, now = reader(member_id), clock.now()
    address = recovery.confirmed_address(member_id) if viewer is not None else None
    with transaction() as s:
        rows = update(Act).where(Act.member_id == member_id, *_owed(), Act.at <= now).values(letter_at=now)
        s.execute(rows.execution_options(synchronize_session=False))
        if viewer is None or address is None:
            return
        outbox.post(
            "acts.new",
            address.address,
            cause=f"acts:{member_id}:{due.due_at.isoformat()}",
            language=address.language,
            good_for=GOOD_FOR,
            member=member_id,
        )


def _owed() -> tuple[Any, ...]:
    return Act.letter_at.is_(None), Act.seen_at.is_(None), Act.kind.not_in(NO_NEWS)


def _waits_for_morning(member_id: int) -> bool:
    viewer = reader(member_id)
    return viewer is not None and quiet_until(viewer) is not None


def _new(facts: dict[str, Any], _secret: str | None) -> Words | None:
    viewer = reader(facts["member"])
    if viewer is None or not viewer.acts_unseen:
        return None
    not_at_night(viewer)
    return something_new(viewer, "acts.mine")


JOBS = (Job("acts by letter", letters_due, write_letter),)
WRITERS: dict[str, Writer] = {"acts.new": _new}
