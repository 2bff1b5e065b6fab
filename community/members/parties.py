"""What the contact rule needs to know of people, and between whom nothing may pass. Names and ages reach no page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select, union_all

from community.core import clock, crypto
from community.core.db import session
from community.members.contact import Party, Stay
from community.members.models import Exclusion, Member, MembershipPeriod
from community.members.queries import band_of
from community.members.separation_models import Separation

Pair = tuple[int, int]

_NOT_IN_PRIVATE = select(Separation.low_id, Separation.high_id).where(
    Separation.is_open.is_(True), Separation.level == "private"
)


@dataclass(frozen=True)
class Known:
    """A party with her birth date, where one is kept."""

    party: Party
    birth_on: date | None


def pair(one: int, other: int) -> Pair:
    """Two people, whichever is named first."""
    return (one, other) if one < other else (other, one)


def known(ids: Collection[int]) -> dict[int, Known]:
    """The parties of the contact rule, as they are today. Who is no member any more has left. Two queries."""
    s, today = session(), clock.today()
    rows = s.execute(
        select(Member.id, Member.birth_on_sealed, Member.adult_checked_at, Member.protected, Member.left_at).where(
            Member.id.in_(ids)
        )
    ).all()
    periods: dict[int, list[MembershipPeriod]] = defaultdict(list)
    began = select(MembershipPeriod).where(MembershipPeriod.member_id.in_(ids), MembershipPeriod.from_on <= today)
    for one in s.scalars(began.order_by(MembershipPeriod.from_on, MembershipPeriod.id)):
        periods[one.member_id].append(one)
    return {row.id: Known(_party(row, periods[row.id], today), _birth_on(row)) for row in rows}


def apart(ids: Collection[int]) -> set[Pair]:
    """Those of these people between whom a block or a separation stands that keeps them from writing in private. One
    query."""
    total = select(Exclusion.low_id, Exclusion.high_id).where(Exclusion.low_id.in_(ids), Exclusion.high_id.in_(ids))
    private = _NOT_IN_PRIVATE.where(Separation.low_id.in_(ids), Separation.high_id.in_(ids))
    return {(low, high) for low, high in session().execute(union_all(total, private))}


def apart_of(one: int) -> set[int]:
    """The same of everybody and one person. One query."""
    total = select(Exclusion.low_id, Exclusion.high_id).where(or_(Exclusion.low_id == one, Exclusion.high_id == one))
    private = _NOT_IN_PRIVATE.where(or_(Separation.low_id == one, Separation.high_id == one))
    return {high if low == one else low for low, high in session().execute(union_all(total, private))}


def _party(member: Any, periods: list[MembershipPeriod], today: date) -> Party:
    now = [one for one in periods if one.to_on is None or one.to_on > today]
    return Party(
        id=member.id,
        age_band=band_of(member, today),
        staff=bool(now) and now[-1].kind == "staff",
        stays=tuple(Stay(one.house_id, one.from_on, one.to_on) for one in periods if one.kind == "resident"),
        protected=member.protected,
        left=member.left_at is not None or not now,
    )


def _birth_on(row: Any) -> date | None:
    sealed, id_ = row.birth_on_sealed, row.id
    return date.fromisoformat(crypto.unseal(sealed, f"member:{id_}:birth_on")) if sealed else None
