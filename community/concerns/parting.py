"""What becomes of the calls for help that somebody has, when she works here no more. Called by
`lifecycle/leaving_work.py`, which has asked.

Nobody waits for a person who is gone: the chain begins again at once, and her successor is told as well.
"""

from __future__ import annotations

from sqlalchemy import delete, or_, select, update

from community.concerns import calls, chain
from community.concerns.models import Call, Concern, DutyPhone
from community.core import audit, clock
from community.core.db import transaction


def hand_on(from_id: int, to_id: int | None, by_id: int) -> int:
    """Every call for help she has, or was asked to take, goes on without her. Returns how many there were."""
    now = clock.now()
    with transaction() as s:
        s.execute(delete(DutyPhone).where(DutyPhone.member_id == from_id))
        told = update(Call).where(Call.member_id == from_id, Call.answered_at.is_(None))
        s.execute(told.values(answered_at=now, answer="cannot", next_try_at=None, token_sealed=None))
        hers = or_(Concern.taken_by == from_id, Concern.handed_to == from_id)
        rows = list(s.scalars(select(Concern).where(Concern.state != "closed", hers).with_for_update()))
        for concern in rows:
            if concern.handed_to == from_id:
                concern.handed_to = None
            if concern.taken_by == from_id:
                _begin_again(concern, to_id)
            s.flush()
            audit.append(by_id, "concern.handed", f"concern:{concern.id}")
            calls.advance(concern.id)
            calls.changed(concern)
        return len(rows)


def _begin_again(concern: Concern, to_id: int | None) -> None:
    now = clock.now()
    concern.state, concern.lapsed_by, concern.taken_by, concern.step_due_at = "open", concern.taken_by, None, None
    concern.chain_since, concern.chain_from, concern.chain_round = now, 0, concern.chain_round + 1
    gone = calls.kept_from(concern) | chain.apart_from(concern.member_id) | {concern.member_id or 0}
    takes = to_id if to_id is not None and to_id not in gone else None
    calls.step(concern, None, "lapsed", member=concern.lapsed_by)
    if takes is not None and takes in chain.people_now(concern.house_id, now).others:
        calls.call_one(concern, takes, "handed", now)
