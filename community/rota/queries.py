"""Reading the rota: as staff see it, and as everything asks it that follows cover."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from community.core import clock, i18n
from community.core.db import session
from community.core.errors import NotFound
from community.core.policy import require
from community.members import queries as members
from community.members.models import Duty, House, Member, MembershipPeriod, Sanction
from community.members.people import Viewer
from community.rota import rules
from community.rota.cover import Cover, Gap, OnShift, cover, gaps
from community.rota.models import Busy, Handover, Shift

LONGEST = timedelta(days=3)
WEEK = timedelta(days=7)
MOST = 100  # of one's own shifts on a page


@dataclass(frozen=True)
class DayView:
    """One day of a week at a house: the shifts that begin on it (on its first day also those that run already), and
    what of it nobody covers."""

    day: date
    shifts: list[OnShift]
    gaps: list[Gap]
    today: bool

    @property
    def name(self) -> str:
        return i18n.short_day(self.day)


@dataclass(frozen=True)
class HandoverView:
    """The last sheet that was signed at a house."""

    id: int
    signed_by: int
    signer: str
    signed_at: datetime
    figures: dict[str, int]
    accepter: str | None
    accepted_at: datetime | None


def cover_at(house_id: int | None, at: datetime | None = None) -> Cover:
    """Who covers a house (None: what belongs to all houses) now or at another moment. One query. What waits for a host
    waits where it is not host."""
    at = at or clock.now()
    return cover(shifts_between(at, at + timedelta(microseconds=1)), house_id, at)


def gaps_between(house_id: int | None, start: datetime, end: datetime) -> list[Gap]:
    """When nobody covers a house. One query."""
    return gaps(shifts_between(start, end), house_id, start, end)


def shifts_between(start: datetime, end: datetime) -> list[OnShift]:
    """Every shift that touches the time from `start` to `end`, those that begin first first. One query."""
    times = {"after": start - LONGEST - WEEK, "start": start, "end": end, "now": clock.now()}
    rows = session().execute(_touching(), times)
    return [
        OnShift(
            id=shift.id,
            member_id=shift.member_id,
            name=name,
            house_id=shift.house_id,
            role=shift.role if host or shift.role != "host" else "staff",
            starts_at=shift.starts_at,
            ends_at=shift.ends_at,
            back_up_id=shift.back_up_id,
            back_up=other,
            counts=counts,
            busy_until=until,
        )
        for shift, name, other, counts, host, until in rows
    ]


def week_for(viewer: Viewer, house_id: int, monday: date) -> list[DayView]:
    """Seven days at a house. One query. Raises NotAllowed, NotFound for an unknown house."""
    require(viewer, rules.SEE)
    if session().get(House, house_id) is None:
        raise NotFound
    days = [monday + timedelta(days=number) for number in range(7)]
    edges = [clock.start_of(day) for day in (*days, monday + WEEK)]
    found = [
        one for one in shifts_between(edges[0], edges[-1]) if one.house_id is None or one.house_id == house_id
    ]  # those that do not count stand here too, so that somebody sees and mends them
    now, today = clock.now(), clock.today()
    return [
        DayView(
            day,
            [one for one in found if max(one.starts_at, edges[0]) >= start and one.starts_at < end],
            gaps(found, house_id, max(start, now), end) if end > now else [],
            day == today,
        )
        for day, start, end in zip(days, edges[:-1], edges[1:], strict=True)
    ]


def gaps_for(viewer: Viewer, house_id: int, ahead: timedelta = WEEK) -> list[Gap]:
    """What nobody covers at a house from now on. One query. Raises NotAllowed."""
    require(viewer, rules.SEE)
    now = clock.now()
    return gaps_between(house_id, now, now + ahead)


def mine_for(viewer: Viewer) -> list[OnShift]:
    """The viewer's own shifts that are not over, the next one first. Two queries. Raises NotAllowed."""
    require(viewer, rules.SEE)
    own = session().scalars(
        select(Shift.ends_at)
        .where(Shift.member_id == viewer.id, Shift.ends_at > clock.now())
        .order_by(Shift.starts_at)
        .limit(MOST)
    )
    last = max(own, default=None)
    if last is None:
        return []
    return [one for one in shifts_between(clock.now(), last) if one.member_id == viewer.id]


def shift_for(viewer: Viewer, shift_id: int) -> Shift:
    """A shift this manager may change. Raises NotAllowed, NotFound."""
    require(viewer, rules.CHANGE)
    found = session().get(Shift, shift_id, populate_existing=True)
    if found is None:
        raise NotFound
    return found


def on_duty(viewer: Viewer, house_id: int, *, before: timedelta, after: timedelta) -> bool:
    """Whether a shift of the viewer's at a house runs, begins within `before` or ended within `after`."""
    now = clock.now()
    near = shifts_between(now - after, now + before + timedelta(microseconds=1))
    return any(one.member_id == viewer.id and one.counts_for(house_id) for one in near)


def handover_for(viewer: Viewer, house_id: int) -> HandoverView | None:
    """The last sheet signed at a house. Raises NotAllowed."""
    require(viewer, rules.SEE)
    newest = (Handover.signed_at.desc(), Handover.id.desc())
    row = session().scalar(select(Handover).where(Handover.house_id == house_id).order_by(*newest).limit(1))
    if row is None:
        return None
    people = members.authors(id_ for id_ in (row.signed_by, row.accepted_by) if id_ is not None)
    accepter = people[row.accepted_by].name if row.accepted_by is not None else None
    signer = people[row.signed_by].name
    return HandoverView(row.id, row.signed_by, signer, row.signed_at, row.figures, accepter, row.accepted_at)


def works_at(member_id: int, house_id: int | None, day: date) -> bool:
    """Whether somebody works at a house (None: at any) on a day."""
    period = _staff_period(MembershipPeriod.holds_on(day)) & (MembershipPeriod.member_id == member_id)
    if house_id is not None:
        period &= MembershipPeriod.house_id == house_id
    here = select(Member.id).join(MembershipPeriod, MembershipPeriod.member_id == Member.id)
    return session().scalar(here.where(period, Member.left_at.is_(None)).limit(1)) is not None


def is_host_on(member_id: int, day: date) -> bool:
    """Whether somebody has a host's duty on a day."""
    duty = (Duty.member_id == member_id) & _host_duty(day)
    return session().scalar(select(Duty.id).where(duty).limit(1)) is not None


@cache
def _touching() -> Select[Shift, str, str, bool, bool, datetime]:
    """Asked with every text somebody writes: put together once."""
    back_up = aliased(Member)
    touches = (Shift.starts_at < _moment("end"), Shift.starts_at > _moment("after"), Shift.ends_at > _moment("start"))
    return (
        select(Shift, Member.display_name, back_up.display_name, _counts(_moment("now")), _is_host(), Busy.until)
        .join(Member, Member.id == Shift.member_id)
        .outerjoin(back_up, back_up.id == Shift.back_up_id)
        .outerjoin(Busy, and_(Busy.member_id == Shift.member_id, Busy.until > _moment("now")))
        .where(*touches)
        .order_by(Shift.starts_at, Shift.id)
    )


def _moment(name: str) -> BindParameter[datetime]:
    return bindparam(name, type_=Shift.starts_at.type)


def _counts(now: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Whether a shift is cover: she works there on its day and may act while it lasts."""
    works = exists().where(
        MembershipPeriod.member_id == Shift.member_id,
        _staff_period(MembershipPeriod.holds_on(Shift.day)),
        or_(Shift.house_id.is_(None), MembershipPeriod.house_id == Shift.house_id),
    )
    stopped = exists().where(
        Sanction.member_id == Shift.member_id,
        Sanction.kind.in_(("suspended", "paused", "break")),
        Sanction.starts_at < Shift.ends_at,
        or_(Sanction.ends_at.is_(None), (Sanction.ends_at > Shift.starts_at) & (Sanction.ends_at > now)),
    )
    return and_(Member.left_at.is_(None), works, ~stopped)


def _is_host() -> ColumnElement[bool]:
    return exists().where(Duty.member_id == Shift.member_id, _host_duty(Shift.day))


def _staff_period(holds: ColumnElement[bool]) -> ColumnElement[bool]:
    return (MembershipPeriod.kind == "staff") & holds


def _host_duty(day: date | InstrumentedAttribute[date]) -> ColumnElement[bool]:
    return and_(Duty.kind == "moderator", Duty.holds_on(day))
