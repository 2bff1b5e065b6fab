"""The team's inboxes as a viewer may know them; others do not exist for her.

Blocks do not count here: what is said in an inbox is said as the house's, and who works there has to be reached. A
separation by staff does: whoever is kept apart from a member does not find her inbox, nor its place in any list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from community.core import clock, crypto, i18n
from community.core.db import session
from community.core.policy import require
from community.inbox import rules
from community.inbox.answering import Answering, answering
from community.inbox.models import Inbox, InboxStep
from community.members import named
from community.members.kept_apart import apart_in_inboxes
from community.members.models import House, Member, MembershipPeriod
from community.members.people import AuthorView, Named, Viewer
from community.members.queries import authors
from community.rota import working
from community.spaces.models import Space
from community.streams import queries as streams
from community.streams.apart import as_team
from community.streams.models import Stream

PAGE = 30
LATE = timedelta(hours=4)  # after so long without an answer it is said wherever staff look
LATEST_STEPS = 20


@dataclass(frozen=True)
class Found:
    """An inbox's rows, for its page and its rules."""

    stream: Stream
    inbox: Inbox
    space: Space

    @property
    def house_id(self) -> int:
        return self.inbox.house_id


@dataclass(frozen=True)
class About:
    """Of which house an inbox is, whose, and who has said that she answers: by her first name, as long as she works
    there and the viewer may know."""

    id: int
    house_id: int
    house: str
    member: str
    taken_by: str | None


@dataclass(frozen=True)
class InboxView:
    """An inbox in the list of staff. `taken_by`: who has it, as long as she works there."""

    id: int
    member: AuthorView
    state: str
    waits_since: datetime | None
    changed_at: datetime
    taken_by: str | None
    mine: bool

    @property
    def late(self) -> bool:
        """Whether somebody has waited long."""
        return self.waits_since is not None and clock.now() - self.waits_since >= LATE

    @property
    def waited(self) -> str:
        """'25 minutes', '6 hours'."""
        return i18n.span(clock.now() - self.waits_since) if self.waits_since is not None else ""


@dataclass(frozen=True)
class StepView:
    """What one of staff did about it, for staff alone."""

    by: str
    what: str
    to: str | None
    note: str
    at: datetime


def found_for(viewer: Viewer, stream_id: int) -> Found:
    """An inbox the viewer reads: her own, or one of the house she works at. Raises NotFound."""
    found, inbox = streams.found_beside(as_team(viewer), stream_id, Inbox, Inbox.stream_id)
    return Found(found.stream, inbox, found.space)


def team_for(viewer: Viewer, stream_id: int) -> Found:
    """The same for staff. Raises NotAllowed, NotFound."""
    require(viewer, rules.SEE)
    return found_for(viewer, stream_id)


def own_for(viewer: Viewer) -> Found | None:
    """The viewer's inbox with the house she lives at, or lived at last; None before the first word."""
    mine = (Inbox.member_id == viewer.id) & (Inbox.house_id == viewer.house_id)
    stream_id = session().scalar(select(Inbox.stream_id).where(mine))
    return found_for(viewer, stream_id) if stream_id is not None and not viewer.is_staff else None


def mine_for(viewer: Viewer) -> list[About]:
    """All of a member's: with the house she lives at, and with those of before, the newest first. One query."""
    return _about(viewer, Inbox.member_id == viewer.id)


def about(viewer: Viewer, found: Found) -> About:
    """Of which house it is, whose, and who has it. One query."""
    return _about(viewer, Inbox.stream_id == found.stream.id)[0]


def inbox_of(viewer: Viewer, member_id: int) -> int | None:
    """The inbox between a member and the viewer's house, where there is one. For staff who have found the member."""
    between = (Inbox.member_id == member_id) & (Inbox.house_id == viewer.house_id)
    return session().scalar(select(Inbox.stream_id).where(between))


def open_for(viewer: Viewer, after: tuple[datetime, int] | None = None, *, waiting: bool = True) -> list[InboxView]:
    """Open inboxes of the viewer's house: those that wait for an answer, the longest wait first; with `waiting` False
    those that were answered, the newest first. One more than a page. Raises NotAllowed. Two queries."""
    moment = Inbox.waits_since if waiting else Inbox.changed_at
    mine = select(Inbox).where(_of_house(viewer), Inbox.state == "open", Inbox.waits_since.is_not(None) == waiting)
    if after is not None:
        at, key = after
        later = or_(moment > at, and_(moment == at, Inbox.stream_id > key))
        earlier = or_(moment < at, and_(moment == at, Inbox.stream_id < key))
        mine = mine.where(later if waiting else earlier)
    order = (moment, Inbox.stream_id) if waiting else (moment.desc(), Inbox.stream_id.desc())
    return _views(viewer, session().scalars(mine.order_by(*order).limit(PAGE + 1)).all())


def closed_for(viewer: Viewer, before: tuple[datetime, int] | None = None) -> list[InboxView]:
    """Closed ones, the newest first; one more than a page. Raises NotAllowed. Two queries."""
    closed = select(Inbox).where(_of_house(viewer), Inbox.state == "closed")
    if before is not None:
        at, key = before
        closed = closed.where(or_(Inbox.changed_at < at, and_(Inbox.changed_at == at, Inbox.stream_id < key)))
    closed = closed.order_by(Inbox.changed_at.desc(), Inbox.stream_id.desc()).limit(PAGE + 1)
    return _views(viewer, session().scalars(closed).all())


def count_late(viewer: Viewer) -> int:
    """How many of the viewer's house have waited long. One query; none for whoever does not work here."""
    if not viewer.is_staff:
        return 0
    late = select(Inbox.stream_id).where(_of_house(viewer), Inbox.state == "open")
    return len(session().scalars(late.where(Inbox.waits_since <= clock.now() - LATE)).all())


def who_answers(viewer: Viewer, house_id: int) -> Answering:
    """Who of a house answers when, as the viewer may know it: whoever has moved out is told no names. No query, most
    times."""
    now, names = clock.now(), viewer.kind != "alumnus"
    return answering(working.shifts_ahead(now), house_id, now, apart=viewer.met_in_no_inbox, names=names)


def colleagues(viewer: Viewer, found: Found) -> list[Named]:
    """Whom the viewer can hand it to: everybody else who works there and finds it. Two queries."""
    apart = apart_in_inboxes(found.inbox.member_id)
    people = [one for one in named.others(viewer) if one.is_staff and one.house_id == found.house_id]
    return sorted((one for one in people if one.id not in apart), key=lambda one: one.name.casefold())


def steps_of(viewer: Viewer, found: Found) -> list[StepView]:
    """What staff did about it, the newest last; for staff who found it. Two queries."""
    require(viewer, rules.SEE)
    latest = select(InboxStep).where(InboxStep.stream_id == found.stream.id).order_by(InboxStep.at.desc())
    rows = session().scalars(latest.limit(LATEST_STEPS)).all()[::-1]
    people = authors(one for row in rows for one in (row.by_id, row.to_id) if one)
    return [
        StepView(
            people[row.by_id].first_name,
            row.what,
            people[row.to_id].first_name if row.to_id else None,
            crypto.unseal(row.note_sealed, f"inbox_step:{row.id}:note") if row.note_sealed else "",
            row.at,
        )
        for row in rows
    ]


def waiting_places() -> list[tuple[int, int, int | None]]:
    """Of every inbox that waits: house, member, who has it. For the figure, which asks for each viewer what is hers."""
    waits = (Inbox.state == "open") & Inbox.waits_since.is_not(None)
    rows = session().execute(select(Inbox.house_id, Inbox.member_id, Inbox.taken_by).where(waits))
    return [(house_id, member_id, taken) for house_id, member_id, taken in rows]


def _of_house(viewer: Viewer) -> ColumnElement[bool]:
    require(viewer, rules.SEE)
    return (Inbox.house_id == viewer.house_id) & Inbox.member_id.not_in(viewer.met_in_no_inbox)


def _views(viewer: Viewer, rows: Sequence[Inbox]) -> list[InboxView]:
    people = authors({one for row in rows for one in (row.member_id, row.taken_by) if one})
    return [
        InboxView(
            row.stream_id,
            people[row.member_id],
            row.state,
            row.waits_since,
            row.changed_at,
            _first_name(people, row),
            row.taken_by == viewer.id,
        )
        for row in rows
    ]


def _first_name(people: dict[int, AuthorView], row: Inbox) -> str | None:
    who = people.get(row.taken_by or 0)
    return who.first_name if who is not None and who.kind == "staff" and who.here else None


def _about(viewer: Viewer, which: ColumnElement[bool]) -> list[About]:
    owner, holder = aliased(Member), aliased(Member)
    works_there = (MembershipPeriod.kind == "staff") & (MembershipPeriod.house_id == Inbox.house_id)
    works_there &= (MembershipPeriod.member_id == Inbox.taken_by) & MembershipPeriod.holds_on(clock.today())
    rows = session().execute(
        select(Inbox.stream_id, Inbox.house_id, House.name, owner.display_name, Inbox.taken_by, holder.display_name)
        .join(House, House.id == Inbox.house_id)
        .join(owner, owner.id == Inbox.member_id)
        .outerjoin(MembershipPeriod, works_there)
        .outerjoin(holder, (holder.id == MembershipPeriod.member_id) & holder.left_at.is_(None))
        .where(which)
        .order_by(Inbox.changed_at.desc(), Inbox.stream_id)
        .execution_options(populate_existing=True)
    )
    unmet = viewer.met_in_no_inbox
    return [
        About(stream_id, house_id, house, member, name.split()[0] if name and by not in unmet else None)
        for stream_id, house_id, house, member, by, name in rows
    ]
