"""What becomes of the shifts of somebody who works here no more. Called by `lifecycle/leaving_work.py`, which has
asked."""

from __future__ import annotations

from sqlalchemy import delete, func, select, update

from community.core import audit, clock
from community.core.db import after_commit, session, transaction
from community.rota import working
from community.rota.actions import wish_of
from community.rota.models import Busy, Shift


def shifts_from(member_id: int) -> int:
    """How many shifts of hers are not over."""
    return session().scalar(select(func.count()).where(Shift.member_id == member_id, Shift.ends_at > clock.now())) or 0


def release(member_id: int, by_id: int) -> int:
    """Shifts to come are taken off, one that runs ends now, and she is nobody's back-up. What is left uncovered the
    rota shows as a gap. Returns how many shifts there were."""
    now = clock.now()
    with transaction() as s:
        hers = list(s.scalars(select(Shift).where(Shift.member_id == member_id, Shift.ends_at > now)))
        for shift in hers:
            audit.append(by_id, "shift.take_off", f"shift:{shift.id}", before=wish_of(shift).facts)
            if shift.starts_at < now:
                shift.ends_at, shift.version = now, shift.version + 1
            else:
                s.delete(shift)
        s.flush()
        behind = update(Shift).where(Shift.back_up_id == member_id, Shift.ends_at > now)
        s.execute(behind.values(back_up_id=None, version=Shift.version + 1))
        s.execute(delete(Busy).where(Busy.member_id == member_id))
        after_commit(working.forget)
        return len(hers)
