"""Somebody works here no more: planned for a day, or this minute, with a named successor.

Her period ends with the day, so her rights do, whatever a job does; `carry_out` does everything that belongs to it,
room by room, in one transaction. What she did stays hers by name. Whoever once lived here has lived here again and
signs in anew; whoever did not comes in no more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update

from community.chat import parting as chats
from community.concerns import parting as concerns
from community.core import audit, clock, crypto, text
from community.core.db import add_once, new_id, session, transaction
from community.core.errors import Conflict, Invalid
from community.core.i18n import lazy as _l
from community.core.jobs import Due, Job
from community.core.policy import require
from community.inbox import parting as inboxes
from community.lifecycle import staying
from community.lifecycle import turn_rules as rules
from community.members import named, parting
from community.members.for_everybody import pass_the_gate
from community.members.models import Member
from community.members.people import Viewer
from community.moderation import parting as reviews
from community.moving import parting as moves
from community.photos import portraits
from community.recovery import parting as ways_in
from community.rota import parting as shifts
from community.talks import parting as talks
from community.turns.models import NewContact, WorkEnd

AHEAD = timedelta(days=400)
LONGEST_NOTE = 1000
LAST = {
    "house_manager": ("next_manager", _l("Nobody else answers for the house then. Say who becomes house manager.")),
    "safeguarding_lead": ("next_lead", _l("There is no other safety lead then. Say who becomes one.")),
}


@dataclass(frozen=True)
class Wish:
    """How somebody leaves work. `leaves_on`: the first day she works here no more; None: this minute. `note`: her
    goodbye, written together where she leaves this minute; for a day to come she writes it herself."""

    successor_id: int
    leaves_on: date | None = None
    next_manager: int | None = None
    next_lead: int | None = None
    note: str = ""


def plan(actor: Viewer, member_id: int, wish: Wish) -> WorkEnd:
    """Say from when somebody works here no more, and who takes over. Today is this minute.

    Raises NotFound, NotAllowed, Invalid by field (a day that has passed, a successor who will not be here, the last who
    answers for the house without another, a goodbye that is refused), Conflict where it is planned already or others
    count on her."""
    person = named.person_for(actor, member_id)
    require(actor, rules.END_WORK, person)
    with transaction() as s:
        s.execute(select(Member.id).where(Member.id == member_id).with_for_update(key_share=True))
        day = _checked_day(wish.leaves_on)
        if day > clock.today() and text.says_something(wish.note):
            raise Invalid(_l("For a day to come they write it themselves, under Me. Leave this empty."), field="note")
        _nothing_planned(member_id)
        _who_takes_over(person.id, person.house_id, day, wish)
        period = staying.work_now(member_id)
        row = WorkEnd(
            id=new_id(),
            member_id=member_id,
            successor_id=wish.successor_id,
            next_manager=wish.next_manager,
            next_lead=wish.next_lead,
            leaves_on=day,
            was_to_on=period.to_on,
            is_open=True,
            made_by=actor.id,
            made_at=clock.now(),
        )
        row.note_sealed = _sealed_note(actor, row.id, wish.note)
        s.add(row)
        period.to_on = day
        s.flush()
        staying.live_on(member_id, day)
        audit.append(actor.id, "work.leaves", f"member:{member_id}", day=day.isoformat(), successor=wish.successor_id)
        if day <= clock.today():
            carry_out(row.id)
        return row


def cancel(actor: Viewer, member_id: int) -> None:
    """She stays. Raises NotFound, NotAllowed, Conflict where her day has come or nothing is planned."""
    person = named.person_for(actor, member_id)
    require(actor, rules.END_WORK, person)
    with transaction() as s:
        row = planned_for(member_id, lock=True)
        if row is None or row.leaves_on <= clock.today():
            raise Conflict(_l("Nothing is planned here any more. Look at it once more."))
        staying.stay(member_id, row.leaves_on, row.was_to_on)
        row.is_open, row.cancelled_by, row.cancelled_at = None, actor.id, clock.now()
        s.flush()
        audit.append(actor.id, "work.stays", f"member:{member_id}")


def carry_out(work_end_id: int) -> bool:
    """The day itself: what she has in hand goes to her successor, where that one works here still, her duties and every
    way in end. Done twice it changes nothing the second time. A job, and part of planning for today; returns whether
    there was anything to do."""
    with transaction() as s:
        row = s.get(WorkEnd, work_end_id, with_for_update=True, populate_existing=True)
        if row is None or not row.is_open or row.leaves_on > clock.today():
            return False
        leaver, by, there = row.member_id, row.made_by, staying.works_on(row.leaves_on)
        takes = row.successor_id if row.successor_id in there else None
        for kind, who in (("house_manager", row.next_manager), ("safeguarding_lead", row.next_lead)):
            if who in there:
                parting.give_duty(who, kind, row.leaves_on, by)
        contacts = parting.hand_on_contact(leaver, takes, row.leaves_on, by)
        _tell_of_new_contact(row, contacts)
        moves.hand_on(leaver, takes, by)
        inboxes.hand_on(leaver, takes, by)
        reviews.release(leaver, by)
        concerns.hand_on(leaver, takes, by)
        shifts.release(leaver, by)
        chats.hand_on(leaver, takes, by)
        talks.leave_colleagues(leaver, by)
        portraits.end_with_work(leaver)
        ways_in.end_made_by(leaver)
        parting.end_invitations(leaver, takes)
        parting.end_duties(leaver, row.leaves_on)
        parting.close_door(leaver, "works here no more")
        row.is_open, row.done_at = None, clock.now()
        s.flush()
        audit.append(None, "work.left", f"member:{leaver}", successor=takes, contacts=len(contacts))
        return True


def say_goodbye(actor: Viewer, words: str) -> None:
    """What she who leaves writes to those whose contact she was; they read it on the day. Empty takes it away. Raises
    Conflict where nothing is planned, Invalid by field."""
    require(actor, rules.SAY_GOODBYE, actor.id)
    with transaction() as s:
        row = planned_for(actor.id, lock=True)
        if row is None:
            raise Conflict(_l("Nothing is planned. A house manager writes down the day, together with you."))
        row.note_sealed = _sealed_note(actor, row.id, words)
        s.flush()


def planned_for(member_id: int, *, lock: bool = False) -> WorkEnd | None:
    """The departure of somebody that is to come. One query."""
    hers = select(WorkEnd).where(WorkEnd.member_id == member_id, WorkEnd.is_open.is_(True))
    hers = hers.with_for_update() if lock else hers
    return session().scalar(hers.execution_options(populate_existing=True))


def note_of(row: WorkEnd) -> str:
    """The goodbye that somebody wrote; empty where she wrote none."""
    return crypto.unseal(row.note_sealed, f"work_end:{row.id}:note") if row.note_sealed else ""


def _sealed_note(actor: Viewer, work_end_id: int, words: str) -> str | None:
    """A goodbye as it is kept, through the gate. Raises Invalid by field."""
    note = text.tidy(words)
    text.at_most(note, LONGEST_NOTE, "note")
    if not text.says_something(note):
        return None
    pass_the_gate(actor, note, "note")
    return crypto.seal(note, f"work_end:{work_end_id}:note")


def _checked_day(day: date | None) -> date:
    today = clock.today()
    if day is None:
        return today
    if day < today:
        raise Invalid(_l("That day has passed. Choose today or a day to come."), field="leaves_on")
    if day > today + AHEAD:
        raise Invalid(_l("That is more than a year ahead. Look at the date."), field="leaves_on")
    return day


def _nothing_planned(member_id: int) -> None:
    if planned_for(member_id) is not None:
        raise Conflict(_l("It is planned already. Take that back first."))
    counts = WorkEnd.successor_id, WorkEnd.next_manager, WorkEnd.next_lead
    for one in counts:
        if session().scalar(select(WorkEnd.id).where(WorkEnd.is_open.is_(True), one == member_id).limit(1)):
            raise Conflict(_l("Somebody else who leaves has named this person. Name another one there first."))


def _who_takes_over(member_id: int, house_id: int, day: date, wish: Wish) -> None:
    """Raises Invalid by field."""
    able = staying.staying_on(day) - {member_id}
    for field in ("successor_id", "next_manager", "next_lead"):
        chosen = getattr(wish, field)
        if (chosen is None and field == "successor_id") or (chosen is not None and chosen not in able):
            raise Invalid(_l("Choose somebody who works here then."), field=field)
    leaving = staying.leaving() | {member_id}
    for kind, (field, sentence) in LAST.items():
        needed = staying.has_duty(member_id, kind) and not parting.others_with(kind, house_id, day, leaving)
        if needed and getattr(wish, field) is None:
            raise Invalid(sentence, field=field)


def _tell_of_new_contact(row: WorkEnd, contacts: dict[int, int | None]) -> None:
    s = session()
    for member_id, to_id in contacts.items():
        told = NewContact(id=new_id(), work_end_id=row.id, member_id=member_id, from_id=row.member_id, to_id=to_id)
        told.at = clock.now()
        add_once(told)
        s.execute(update(Member).where(Member.id == member_id).values(new_contact_id=told.id))


def _due(now: datetime) -> Iterable[Due]:
    day = clock.local(now).date()
    rows = session().execute(
        select(WorkEnd.id, WorkEnd.leaves_on).where(WorkEnd.is_open.is_(True), WorkEnd.leaves_on <= day)
    )
    found = [Due(str(id_), clock.start_of(leaves_on)) for id_, leaves_on in rows]
    session().rollback()
    return found


def _run(due: Due) -> None:
    carry_out(int(due.what))


JOB = Job("leaving work", _due, _run)
