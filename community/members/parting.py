"""What people have to do with each other, when one of them works here no more: duties, invitations, sessions.

Called inside the one transaction of `lifecycle/leaving_work.py`, which has asked.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select, update

from community.core import clock
from community.core.announcements import announce
from community.core.db import session, transaction
from community.members.actions import end_all_sessions
from community.members.invited import usable
from community.members.kept_apart import excluded
from community.members.models import Duty, Invitation, Member, MembershipPeriod

ANSWERABLE = ("house_manager", "safeguarding_lead")
"""Duties without whose holder a house is left alone."""


def residents_of(member_id: int, day: date) -> list[int]:
    """Those whose contact somebody is on a day, or will be."""
    hers = (Duty.member_id == member_id) & (Duty.kind == "key_worker") & (Duty.to_on.is_(None) | (Duty.to_on > day))
    return [id_ for id_ in dict.fromkeys(session().scalars(select(Duty.resident_id).where(hers))) if id_ is not None]


def give_duty(member_id: int, kind: str, day: date, by_id: int, resident_id: int | None = None) -> None:
    """A duty from a day on; one that holds already is not given twice."""
    same = (Duty.member_id == member_id) & (Duty.kind == kind) & Duty.holds_on(day)
    same &= Duty.resident_id == resident_id if resident_id is not None else Duty.resident_id.is_(None)
    with transaction() as s:
        if s.scalar(select(Duty.id).where(same).limit(1)) is None:
            s.add(Duty(member_id=member_id, kind=kind, resident_id=resident_id, from_on=day, given_by=by_id))
            s.flush()


def end_duties(member_id: int, day: date) -> None:
    """No duty of hers holds from a day on; what was, stays as it was."""
    with transaction() as s:
        later = (Duty.member_id == member_id) & (Duty.to_on.is_(None) | (Duty.to_on > day))
        s.execute(update(Duty).where(later).values(to_on=day))


def hand_on_contact(from_id: int, to_id: int | None, day: date, by_id: int) -> dict[int, int | None]:
    """Whom somebody was the contact of has her successor from a day on, or nobody where the two are kept apart. Returns
    who has whom now."""
    found: dict[int, int | None] = {}
    for resident_id in residents_of(from_id, day):
        takes = to_id if to_id is not None and not excluded(to_id, resident_id) else None
        if takes is not None:
            give_duty(takes, "key_worker", day, by_id, resident_id)
        found[resident_id] = takes
    return found


def end_invitations(member_id: int, successor_id: int | None) -> int:
    """Unused ways in that somebody made are dead; those that name her as a contact name her successor. Returns how many
    are dead."""
    now = clock.now()
    with transaction() as s:
        hers = update(Invitation).where(Invitation.made_by == member_id, usable())
        dead = s.execute(hers.values(cancelled_at=now)).rowcount  # type: ignore[attr-defined]
        named = update(Invitation).where(Invitation.key_worker_id == member_id, usable())
        s.execute(named.values(key_worker_id=successor_id))
        return int(dead)


def close_door(member_id: int, why: str) -> None:
    """Every session of hers ends, on the house's tablet too, and her open lines are cut with the commit."""
    with transaction() as s:
        end_all_sessions(member_id, why)
        s.execute(update(Member).where(Member.id == member_id).values(tablet_pin_hash=None))
        announce(f"member:{member_id}", "member:closed", member=member_id)


def last_home(member_id: int) -> int | None:
    """The house somebody lived in last; None for whoever never lived here."""
    lived = (MembershipPeriod.member_id == member_id) & (MembershipPeriod.kind == "resident")
    newest = (MembershipPeriod.from_on.desc(), MembershipPeriod.id.desc())
    return session().scalar(select(MembershipPeriod.house_id).where(lived).order_by(*newest).limit(1))


def others_with(kind: str, house_id: int, day: date, but: set[int]) -> bool:
    """Whether somebody else works at a house on a day who has a duty."""
    works = (MembershipPeriod.kind == "staff") & (MembershipPeriod.house_id == house_id)
    found = (
        select(Duty.id)
        .join(Member, Member.id == Duty.member_id)
        .join(MembershipPeriod, MembershipPeriod.member_id == Duty.member_id)
        .where(Duty.kind == kind, Duty.holds_on(day), works, MembershipPeriod.holds_on(day))
        .where(Member.left_at.is_(None), Duty.member_id.not_in(but))
    )
    return session().scalar(found.limit(1)) is not None
