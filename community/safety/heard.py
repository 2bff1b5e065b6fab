"""What is done with what the gate heard, beside holding a text: a quiet row for later, and the help card now."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from community.core import clock
from community.core.db import session, transaction
from community.safety import card
from community.safety.gate import Grade, Outcome, Surface, Verdict
from community.safety.models import Heard

KEPT = timedelta(days=90)


def note(member_id: int, surface: Surface, verdict: Verdict, *, piece_id: int | None = None) -> None:
    """Keep that something was heard in what a member has just written, and offer her the help card. The same of the
    same piece is kept once. What was refused is gone with its text."""
    card.offer(verdict)
    keys = sorted({hit.key for hit in verdict.hits})
    if not keys or verdict.outcome is Outcome.REFUSE:
        return
    with transaction() as s:
        known = select(Heard.keys).where(Heard.piece_id == piece_id, Heard.outcome == verdict.outcome.value)
        if piece_id is not None and any(before == keys for before in s.scalars(known)):
            return
        row = Heard(member_id=member_id, piece_id=piece_id, surface=surface.value, keys=keys, at=clock.now())
        row.outcome, row.grade, row.alert = verdict.outcome.value, verdict.grade.value, verdict.alert
        s.add(row)
        s.flush()


def lately(member_id: int) -> Grade | None:
    """The grade of the heaviest words a member has written within the time a help card lasts; None: none. For her own
    screen alone, where what she sent went by another way than a page's form."""
    since = clock.now() - timedelta(seconds=card.LASTS)
    hers = select(Heard.grade).where(Heard.member_id == member_id, Heard.at >= since)
    grades = {grade for grade in session().scalars(hers) if grade}
    return next((grade for grade in (Grade.INTENT, Grade.HEAVY) if grade.value in grades), None)


def clear_out(now: datetime) -> int:
    """Forget what was heard more than 90 days ago. A job; returns how many."""
    with transaction() as s:
        return int(s.execute(delete(Heard).where(Heard.at < now - KEPT)).rowcount)  # type: ignore[attr-defined]
