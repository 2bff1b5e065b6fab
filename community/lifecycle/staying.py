"""Who works here on a day and stays, and the periods of somebody who stops working here. What a turn writes about
periods is written here and nowhere else."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, or_, select

from community.core import clock
from community.core.db import session, transaction
from community.core.errors import Conflict
from community.members import parting
from community.members.models import Duty, Member, MembershipPeriod, Sanction
from community.turns.models import WorkEnd


def work_now(member_id: int) -> MembershipPeriod:
    """The period in which somebody works here today, kept from others until the transaction ends. Raises Conflict."""
    hers = (MembershipPeriod.member_id == member_id) & MembershipPeriod.holds_on(clock.today())
    newest = select(MembershipPeriod).where(hers).order_by(MembershipPeriod.from_on.desc(), MembershipPeriod.id.desc())
    found = session().scalar(newest.limit(1).with_for_update().execution_options(populate_existing=True))
    if found is None or found.kind != "staff":
        raise Conflict
    return found


def live_on(member_id: int, day: date) -> None:
    """Whoever lived here once has lived here again from a day on, unless another period of hers holds then."""
    house_id = parting.last_home(member_id)
    holds = (MembershipPeriod.member_id == member_id) & MembershipPeriod.holds_on(day)
    with transaction() as s:
        if house_id is not None and s.scalar(select(MembershipPeriod.id).where(holds).limit(1)) is None:
            s.add(MembershipPeriod(member_id=member_id, kind="alumnus", house_id=house_id, from_on=day))
            s.flush()


def stay(member_id: int, day: date, until: date | None) -> None:
    """She works here until then after all; what would have begun on the day does not."""
    with transaction() as s:
        period = work_now(member_id)
        period.to_on = until
        begun = (MembershipPeriod.member_id == member_id) & (MembershipPeriod.from_on == day)
        s.execute(delete(MembershipPeriod).where(begun, MembershipPeriod.kind == "alumnus"))
        s.flush()


def leaving() -> set[int]:
    """Everybody whose departure is planned."""
    return set(session().scalars(select(WorkEnd.member_id).where(WorkEnd.is_open.is_(True))))


def works_on(day: date) -> set[int]:
    """Who works here on a day. One query."""
    works = select(MembershipPeriod.member_id, MembershipPeriod.kind).join(Member)
    works = works.where(MembershipPeriod.holds_on(day), Member.left_at.is_(None))
    newest = dict(session().execute(works.order_by(MembershipPeriod.from_on, MembershipPeriod.id)).all())
    return {id_ for id_, kind in newest.items() if kind == "staff"}


def staying_on(day: date) -> set[int]:
    """Who works here on a day, may act, and has no departure planned. Three queries."""
    now = clock.now()
    stopped = select(Sanction.member_id).where(
        Sanction.kind.in_(("suspended", "paused")),
        Sanction.starts_at <= now,
        or_(Sanction.ends_at.is_(None), Sanction.ends_at > now),
    )
    return works_on(day) - set(session().scalars(stopped)) - leaving()


def has_duty(member_id: int, kind: str) -> bool:
    """Whether somebody has a duty today."""
    hers = (Duty.member_id == member_id) & (Duty.kind == kind) & Duty.holds_on(clock.today())
    return session().scalar(select(Duty.id).where(hers).limit(1)) is not None
