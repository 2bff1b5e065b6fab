"""A remembrance that was set by mistake: two people take it back, as two have set it. She is what she was, signs in as
before, and has whoever was her contact, where that one works here still. Powers of staff, shifts, links, a planned
move and what she asked others for are not given back by this: they are given anew.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select, update

from community.core import audit, clock
from community.core.db import session, transaction
from community.core.errors import NotFound
from community.core.policy import require
from community.lifecycle import staying, two_people
from community.lifecycle import turn_rules as rules
from community.members import named
from community.members.models import Duty, Member, MembershipPeriod
from community.members.people import Named, Viewer
from community.moving.models import Move
from community.turns.models import TwoPersonTurn, WorkEnd


def ask(actor: Viewer, member_id: int, why: str) -> TwoPersonTurn:
    """The first of the two says it. Nothing changes yet. Raises NotFound, NotAllowed, Invalid by field, Conflict."""
    person = remembered_for(actor, member_id)
    require(actor, rules.BRING_BACK, person)
    with transaction():
        row = two_people.ask(actor, person, "bring_back", why, None, None)
        audit.append(actor.id, "remembrance.undo_asked", f"member:{member_id}", reason="own words")
        return row


def agree(actor: Viewer, turn_id: int) -> None:
    """The second of the two says yes: she is here again. Raises NotFound, NotAllowed, Conflict."""
    with transaction():
        row, asked = two_people.turn_for(actor, turn_id)
        require(actor, rules.SECOND, asked)
        remembered_for(actor, row.member_id)
        two_people.settle(actor, row, "done")
        _carry_out(actor, row.member_id)


def remembered_for(viewer: Viewer, member_id: int) -> Named:
    """Somebody whom we remember, and who had not left. Raises NotFound."""
    person = named.person_or_remembered(viewer, member_id)
    if not person.author.remembered or session().get_one(Member, member_id, populate_existing=True).left_at is not None:
        raise NotFound
    return person


def as_it_was(member_id: int) -> dict[str, Any]:
    """What remembrance is about to end, in numbers and days: her periods, and who is her contact. Of a day that was
    planned, a move or her last at work, what would have been without it, because that plan is over."""
    today = clock.today()
    work_end = session().scalar(select(WorkEnd).where(WorkEnd.member_id == member_id, WorkEnd.is_open.is_(True)))
    moves = session().scalar(select(Move.id).where(Move.member_id == member_id, Move.is_open.is_(True)))
    periods = {}
    for period in session().scalars(select(MembershipPeriod).where(MembershipPeriod.member_id == member_id)):
        if period.from_on <= today and (period.to_on is None or period.to_on > today):
            planned = work_end.was_to_on if work_end is not None else None if moves else period.to_on
            periods[str(period.id)] = planned.isoformat() if planned is not None else None
    for_her = (Duty.resident_id == member_id) & Duty.holds_on(today)
    return {"periods": periods, "contacts": list(session().scalars(select(Duty.id).where(for_her)))}


def _carry_out(actor: Viewer, member_id: int) -> None:
    with transaction() as s:
        member = s.get_one(Member, member_id, with_for_update=True, populate_existing=True)
        set_on = clock.local(member.remembered_at).date() if member.remembered_at is not None else clock.today()
        before = _before(member_id, set_on)
        hers = MembershipPeriod.member_id == member_id
        for id_, until in before["periods"].items():
            to_on = date.fromisoformat(until) if until is not None else None
            s.execute(update(MembershipPeriod).where(hers, MembershipPeriod.id == int(id_)).values(to_on=to_on))
        contacts = Duty.id.in_(before["contacts"]) & Duty.member_id.in_(staying.works_on(clock.today()))
        s.execute(update(Duty).where(contacts, Duty.to_on == set_on).values(to_on=None))
        member.remembered_at = None
        s.flush()
        audit.append(actor.id, "remembrance.undone", f"member:{member_id}", reason="two")


def _before(member_id: int, set_on: date) -> dict[str, Any]:
    """What was written down when she was remembered; where nothing was, the period that ended with that day."""
    hers = (TwoPersonTurn.member_id == member_id) & (TwoPersonTurn.kind == "remember") & (TwoPersonTurn.state == "done")
    row = session().scalar(select(TwoPersonTurn).where(hers).order_by(TwoPersonTurn.answered_at.desc()).limit(1))
    if row is not None and row.before is not None:
        return row.before
    ended = (MembershipPeriod.member_id == member_id) & (MembershipPeriod.to_on == set_on)
    newest = select(MembershipPeriod.id).where(ended).order_by(MembershipPeriod.from_on.desc()).limit(1)
    return {"periods": {str(id_): None for id_ in session().scalars(newest)}, "contacts": []}
