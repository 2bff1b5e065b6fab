"""Somebody has died. A house manager and a safety lead decide it together: her account is locked and kept, nothing of
hers is offered, counted or notified any more, and her page says so quietly. What she said stays as it was.

She has no present period, so every list leaves her out by itself; `Member.remembered_at` is what other rooms ask.
"""

from __future__ import annotations

from sqlalchemy import delete, select, update

from community.chat import parting as chats
from community.concerns import parting as concerns
from community.core import audit, clock
from community.core.db import session, transaction
from community.core.policy import require
from community.inbox import parting as inboxes
from community.lifecycle import brought_back, two_people
from community.lifecycle import turn_rules as rules
from community.members import named, parting
from community.members.models import Connection, Duty, Member, MembershipPeriod
from community.members.people import Viewer
from community.moderation import parting as reviews
from community.moving import parting as moves
from community.notices import actions as notices
from community.notices import laying
from community.notices.models import CARDS, Notice
from community.recovery import parting as ways_in
from community.recovery.links import forget_asked_addresses
from community.rota import parting as shifts
from community.turns.models import TwoPersonTurn, WorkEnd


def ask(actor: Viewer, member_id: int, why: str) -> TwoPersonTurn:
    """The first of the two says it. Nothing changes yet. Raises NotFound, NotAllowed, Invalid by field, Conflict."""
    person = named.person_for(actor, member_id)
    require(actor, rules.REMEMBER, person)
    with transaction():
        row = two_people.ask(actor, person, "remember", why, None, None)
        audit.append(actor.id, "remembrance.asked", f"member:{member_id}", reason="own words")
        return row


def agree(actor: Viewer, turn_id: int) -> None:
    """The second of the two says yes: from now on she is remembered. Raises NotFound, NotAllowed, Conflict."""
    with transaction():
        row, asked = two_people.turn_for(actor, turn_id)
        require(actor, rules.SECOND, asked)
        row.before = brought_back.as_it_was(row.member_id)
        two_people.settle(actor, row, "done")
        _carry_out(actor, row.member_id)


def _carry_out(actor: Viewer, member_id: int) -> None:
    today = clock.today()
    with transaction() as s:
        periods = (MembershipPeriod.member_id == member_id) & (
            MembershipPeriod.to_on.is_(None) | (MembershipPeriod.to_on > today)
        )
        s.execute(delete(MembershipPeriod).where(periods, MembershipPeriod.from_on > today))
        s.execute(update(MembershipPeriod).where(periods).values(to_on=today))
        s.execute(update(Member).where(Member.id == member_id).values(remembered_at=clock.now(), way_in_id=None))
        _end_work(actor, member_id)
        _end_ties(member_id)
        moves.call_off(member_id, actor.id)
        ways_in.end_made_for(member_id)
        forget_asked_addresses(member_id)
        for kind in CARDS:
            laying.end([member_id], kind)
        notices.drop_letters(member_id)
        s.execute(delete(Notice).where(Notice.member_id == member_id))
        parting.close_door(member_id, "remembered")
        s.flush()
        audit.append(actor.id, "remembrance.done", f"member:{member_id}", reason="two")


def _end_work(actor: Viewer, member_id: int) -> None:
    """What she had in hand goes back to the others, where she worked here."""
    inboxes.hand_on(member_id, None, actor.id)
    reviews.release(member_id, actor.id)
    concerns.hand_on(member_id, None, actor.id)
    shifts.release(member_id, actor.id)
    chats.hand_on(member_id, None, actor.id)
    ways_in.end_made_by(member_id)
    parting.end_invitations(member_id, None)
    parting.end_duties(member_id, clock.today())
    cancelled = {"is_open": None, "cancelled_by": actor.id, "cancelled_at": clock.now()}
    hers = (WorkEnd.member_id == member_id) & WorkEnd.is_open.is_(True)
    session().execute(update(WorkEnd).where(hers).values(**cancelled))


def _end_ties(member_id: int) -> None:
    """Nobody is her contact any more, and no asking to keep in touch waits for her."""
    s = session()
    for_her = (Duty.resident_id == member_id) & (Duty.to_on.is_(None) | (Duty.to_on > clock.today()))
    s.execute(update(Duty).where(for_her).values(to_on=clock.today()))
    hers = (Connection.minor_id == member_id) | (Connection.adult_id == member_id)
    ended = {"is_open": None, "state": "ended", "ended_at": clock.now(), "ended_why": "lapsed"}
    for id_ in list(s.scalars(select(Connection.id).where(hers, Connection.is_open.is_(True)))):
        s.execute(update(Connection).where(Connection.id == id_).values(**ended))
