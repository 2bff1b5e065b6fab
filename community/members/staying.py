"""Where somebody lives and from when on, as her periods say it. For the turns of a life (`lifecycle/`), inside their
transactions, which have asked; every period that has begun stays, whatever comes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import or_, select

from community.core.db import session, transaction
from community.members.models import Duty, Member, MembershipPeriod


def lock(member_id: int) -> None:
    """Two turns of one life never happen at once."""
    session().execute(select(Member.id).where(Member.id == member_id).with_for_update())


def stay_of(member_id: int, day: date) -> MembershipPeriod | None:
    """The period somebody is in on a day; the newest wins."""
    mine = (MembershipPeriod.member_id == member_id) & MembershipPeriod.holds_on(day)
    newest = (MembershipPeriod.from_on.desc(), MembershipPeriod.id.desc())
    found = select(MembershipPeriod).where(mine).order_by(*newest).limit(1)
    return session().scalar(found.execution_options(populate_existing=True))


def ended_on(member_id: int, house_id: int, day: date) -> MembershipPeriod | None:
    """Her stay in a house that ends on a day."""
    mine = (MembershipPeriod.member_id == member_id) & (MembershipPeriod.house_id == house_id)
    ends = select(MembershipPeriod).where(mine, MembershipPeriod.kind == "resident", MembershipPeriod.to_on == day)
    return session().scalar(ends.execution_options(populate_existing=True))


def begins_later(member_id: int, day: date) -> bool:
    """Whether a period of hers begins after a day."""
    later = (MembershipPeriod.member_id == member_id) & (MembershipPeriod.from_on > day)
    return session().scalar(select(MembershipPeriod.id).where(later).limit(1)) is not None


def turn_on(stay: MembershipPeriod, day: date, kind: str, house_id: int) -> None:
    """A period ends on a day, and the next one begins with it."""
    with transaction() as s:
        stay.to_on = day
        s.add(MembershipPeriod(member_id=stay.member_id, kind=kind, house_id=house_id, from_on=day))
        s.flush()


def turn_back(stay: MembershipPeriod) -> None:
    """What was to end on a day goes on, and what was to begin with it never does."""
    with transaction() as s:
        begins = (MembershipPeriod.member_id == stay.member_id) & (MembershipPeriod.from_on == stay.to_on)
        for following in s.scalars(select(MembershipPeriod).where(begins, MembershipPeriod.id != stay.id)):
            s.delete(following)
        stay.to_on = None
        s.flush()


def end_contacts(member_id: int, day: date) -> dict[str, str | None]:
    """Whoever is her contact on a day or later is it no more from that day on. Returns what their duties said before,
    for `restore_contacts`."""
    with transaction() as s:
        hers = (Duty.kind == "key_worker") & (Duty.resident_id == member_id)
        rows = list(s.scalars(select(Duty).where(hers, or_(Duty.to_on.is_(None), Duty.to_on > day))))
        before = {str(row.id): row.to_on.isoformat() if row.to_on else None for row in rows}
        for row in rows:
            row.to_on = max(day, row.from_on)
        s.flush()
        return before


def restore_contacts(before: Mapping[str, str | None]) -> None:
    """Their duties say again what they said before."""
    with transaction() as s:
        for row in s.scalars(select(Duty).where(Duty.id.in_([int(id_) for id_ in before]))):
            said = before[str(row.id)]
            row.to_on = date.fromisoformat(said) if said else None
        s.flush()


def contacts_of(member_id: int, day: date) -> list[int]:
    """Who is her contact on a day."""
    hers = (Duty.kind == "key_worker") & (Duty.resident_id == member_id) & Duty.holds_on(day)
    return list(session().scalars(select(Duty.member_id).where(hers).order_by(Duty.from_on, Duty.id)))
