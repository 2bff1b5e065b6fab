"""What house managers and safety leads see of somebody's membership before they decide about a turn of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from community.core import clock, i18n
from community.core.db import session
from community.core.errors import NotFound
from community.core.policy import require
from community.lifecycle import leaving_work, staying
from community.lifecycle import turn_rules as rules
from community.members import named, parting
from community.members.models import House, MembershipPeriod
from community.members.people import AuthorView, Named, Viewer
from community.members.queries import authors
from community.rota import parting as shifts
from community.turns.models import NewContact, WorkEnd


@dataclass(frozen=True)
class PeriodView:
    """What she was where, from when, and until when (None: nobody knows yet)."""

    kind: str
    house: str
    from_on: date
    to_on: date | None

    @property
    def days(self) -> str:
        """'1 May 2001 – 12 December 2026'."""
        ends = f" – {i18n.calendar_day(self.to_on)}" if self.to_on is not None else ""
        return f"{i18n.calendar_day(self.from_on)}{ends}"


@dataclass(frozen=True)
class Leaving:
    """That somebody leaves work, as staff see it."""

    row: WorkEnd
    successor: str
    note: str

    @property
    def day(self) -> str:
        return i18n.calendar_day(self.row.leaves_on)


@dataclass(frozen=True)
class Membership:
    """Somebody's membership. `contacts`: whose contact she is; `shifts`: how many of hers are to come."""

    person: Named
    periods: list[PeriodView]
    leaving: Leaving | None
    contacts: list[str]
    shifts: int
    duties: list[str]

    @property
    def here(self) -> bool:
        return self.person.author.here


def membership_for(viewer: Viewer, member_id: int) -> Membership:
    """Somebody's membership; also of whoever works here no more, and whom we remember. Raises NotAllowed, NotFound."""
    require(viewer, rules.SEE_MEMBERSHIP)
    found = named.called_ever([member_id]).get(member_id)
    if found is None or member_id in viewer.excluded_ids:
        raise NotFound
    row = leaving_work.planned_for(member_id)
    contacts = parting.residents_of(member_id, clock.today()) if found.is_staff else []
    people = authors([*contacts, *([row.successor_id] if row is not None else [])])
    leaving = None
    if row is not None:
        leaving = Leaving(row, people[row.successor_id].name, leaving_work.note_of(row))
    return Membership(
        found,
        periods_of(viewer, member_id),
        leaving,
        sorted((people[id_].name for id_ in contacts), key=str.casefold),
        shifts.shifts_from(member_id) if found.is_staff else 0,
        [kind for kind in parting.ANSWERABLE if staying.has_duty(member_id, kind)],
    )


def periods_of(viewer: Viewer, member_id: int) -> list[PeriodView]:
    """Where somebody was what, the newest first; for whoever has found her. One query."""
    assert viewer.id
    rows = session().execute(
        select(MembershipPeriod, House.name)
        .join(House, House.id == MembershipPeriod.house_id)
        .where(MembershipPeriod.member_id == member_id)
        .where(MembershipPeriod.to_on.is_(None) | (MembershipPeriod.to_on > MembershipPeriod.from_on))
        .order_by(MembershipPeriod.from_on.desc(), MembershipPeriod.id.desc())
    )
    return [PeriodView(one.kind, house, one.from_on, one.to_on) for one, house in rows]


def successors_for(viewer: Viewer, member_id: int, day: date | None = None) -> list[tuple[int, str]]:
    """Who may take over from somebody: whoever works here then and stays; those of her house first. Two queries."""
    require(viewer, rules.SEE_MEMBERSHIP)
    able = staying.staying_on(day or clock.today()) - {member_id} - viewer.excluded_ids
    leaver = named.called_ever([member_id]).get(member_id)
    home = leaver.house_id if leaver is not None else 0
    people = sorted(named.called_now(able).values(), key=lambda one: (one.house_id != home, one.name.casefold()))
    return [(one.id, one.name) for one in people]


def own_leaving(viewer: Viewer) -> Leaving | None:
    """The viewer's own departure that is to come, and what she wrote for it. Two queries."""
    require(viewer, rules.SAY_GOODBYE, viewer.id)
    row = leaving_work.planned_for(viewer.id)
    if row is None:
        return None
    return Leaving(row, authors([row.successor_id])[row.successor_id].name, leaving_work.note_of(row))


@dataclass(frozen=True)
class ContactView:
    """That the viewer's contact works here no more. `now`: who is it; `note`: the goodbye she wrote."""

    row: NewContact
    before: AuthorView
    now: AuthorView | None
    note: str


def contact_for(viewer: Viewer) -> ContactView | None:
    """The newest of it for the viewer; None where there was never one. Three queries."""
    require(viewer, rules.READ_CONTACT, viewer.id)
    hers = select(NewContact, WorkEnd).join(WorkEnd, WorkEnd.id == NewContact.work_end_id)
    newest = hers.where(NewContact.member_id == viewer.id).order_by(NewContact.at.desc()).limit(1)
    found: Any = session().execute(newest.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        return None
    row, departure = found
    people = authors([row.from_id, *([row.to_id] if row.to_id is not None else [])])
    return ContactView(row, people[row.from_id], people.get(row.to_id), leaving_work.note_of(departure))
