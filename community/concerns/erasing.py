"""What this room does when a member has left. A call for help is kept until 90 days after it ended: whoever answers
for the house may have to say what was done."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, or_, select, update

from community.concerns.models import Concern, ConcernStep, DutyPhone
from community.core import clock
from community.core.db import session, transaction
from community.core.erasing import Leaver, rows

KEPT = timedelta(days=90)

phone = rows(DutyPhone.member_id)


def calls(leaver: Leaver) -> bool:
    """Her words, her number and what was written to her, of what ended long enough ago. What was done stays, in
    figures. Not done while one of hers is younger."""
    hers = Concern.member_id == leaver.id
    old = (Concern.state == "closed") & (Concern.closed_at <= clock.now() - KEPT)
    with transaction() as s:
        over = select(Concern.id).where(hers, old)
        s.execute(update(ConcernStep).where(ConcernStep.concern_id.in_(over)).values(words_sealed=None))
        s.execute(update(Concern).where(hers, old).values(words_sealed=None, phone_sealed=None, client_id=None))
        waits = select(func.count()).where(hers, or_(Concern.words_sealed.is_not(None), Concern.state != "closed"))
        steps = select(func.count()).where(ConcernStep.words_sealed.is_not(None), ConcernStep.concern_id == Concern.id)
        return not s.scalar(waits) and not s.scalar(steps.where(hers))


def is_open_about(member_id: int) -> bool:
    """Whether somebody still answers a call of hers. One query."""
    mine = (Concern.member_id == member_id) & (Concern.state != "closed")
    return session().scalar(select(Concern.id).where(mine).limit(1)) is not None
