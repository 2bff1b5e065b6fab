"""Somebody who lives here, has lived here or has worked here starts to work here. Where she has private contacts a
second person decides; then her private talks close by the contact rule, and her second step is asked for at the next
sign-in."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import or_, select, update

from community.core import audit, clock
from community.core.db import session, transaction
from community.core.errors import Conflict, Invalid
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.lifecycle import turn_rules as rules
from community.lifecycle import two_people
from community.members import named, parting
from community.members.models import Connection, Exclusion, House, MembershipPeriod, Sanction
from community.members.people import ADULT, Named, Viewer
from community.streams.models import Stream, StreamMember
from community.turns.models import TwoPersonTurn

AHEAD = timedelta(days=400)


def begin(actor: Viewer, member_id: int, house_id: int, from_on: date | None, why: str) -> TwoPersonTurn | None:
    """Say from when somebody works at a house. None: it is decided; else what waits for a second person, because she
    has private contacts here. Raises NotFound, NotAllowed, Invalid by field, Conflict."""
    person = named.person_here_or_before(actor, member_id)
    require(actor, rules.START_WORK, person)
    with transaction():
        day = _checked(person, house_id, from_on)
        if has_contacts(actor, member_id):
            row = two_people.ask(actor, person, "start_work", why, house_id, day)
            audit.append(actor.id, "work.asked", f"member:{member_id}", reason="own words", house=house_id)
            return row
        _carry_out(actor, person, house_id, day)
        return None


def agree(actor: Viewer, turn_id: int) -> None:
    """The second person says yes. Raises NotFound, NotAllowed, Conflict, Invalid where it cannot be any more."""
    with transaction():
        row, asked = two_people.turn_for(actor, turn_id)
        require(actor, rules.SECOND, asked)
        assert row.house_id is not None and row.from_on is not None
        person = named.person_here_or_before(actor, row.member_id)
        two_people.settle(actor, row, "done")
        _carry_out(actor, person, row.house_id, max(row.from_on, clock.today()))


def has_contacts(viewer: Viewer, member_id: int) -> bool:
    """Whether a second person decides about her: somebody writes to her in private, wants to, is joined with her, or is
    kept apart from her. Which of these it is, is nobody's to know."""
    require(viewer, rules.SEE_MEMBERSHIP)
    talk = select(StreamMember.stream_id).join(Stream, Stream.id == StreamMember.stream_id)
    talk = talk.where(Stream.kind == "talk", StreamMember.member_id == member_id, StreamMember.state != "left")
    joined = or_(Connection.minor_id == member_id, Connection.adult_id == member_id) & Connection.is_open.is_(True)
    apart = or_(Exclusion.low_id == member_id, Exclusion.high_id == member_id)
    ties = (talk, select(Connection.id).where(joined), select(Exclusion.id).where(apart))
    return any(session().scalar(one.limit(1)) is not None for one in ties)


def _checked(person: Named, house_id: int, from_on: date | None) -> date:
    today = clock.today()
    if person.age_band != ADULT:
        raise Invalid(_l("Whoever works here is grown up. Their birth date says something else, or nothing."))
    if session().get(House, house_id) is None:
        raise Invalid(_l("Choose one of these."), field="house_id")
    if from_on is None or from_on < today:
        raise Invalid(_l("That day has passed. Choose today or a day to come."), field="from_on")
    if from_on > today + AHEAD:
        raise Invalid(_l("That is more than a year ahead. Look at the date."), field="from_on")
    to_come = (MembershipPeriod.member_id == person.id) & (MembershipPeriod.from_on > today)
    if session().scalar(select(MembershipPeriod.id).where(to_come).limit(1)) is not None:
        raise Conflict(_l("Something is planned for this person already. Take that back first."))
    return from_on


def _carry_out(actor: Viewer, person: Named, house_id: int, day: date) -> None:
    """The new period begins, what she was ends with it, and every session of hers: she comes in anew, with a second
    step. A break of hers is over."""
    with transaction() as s:
        before = (MembershipPeriod.member_id == person.id) & MembershipPeriod.holds_on(day)
        s.execute(update(MembershipPeriod).where(before).values(to_on=day))
        s.add(MembershipPeriod(member_id=person.id, kind="staff", house_id=house_id, from_on=day))
        rests = (Sanction.member_id == person.id) & (Sanction.kind == "break") & (Sanction.ends_at > clock.now())
        s.execute(update(Sanction).where(rests).values(ends_at=clock.now()))
        s.flush()
        parting.close_door(person.id, "works here now")
        audit.append(actor.id, "work.begins", f"member:{person.id}", day=day.isoformat(), house=house_id)
