"""What the contact rule needs to know of people, and between whom nothing may pass. Names and ages reach no page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, literal, or_, select, union_all

from community.core import clock, crypto
from community.core.db import session
from community.members.contact import Party, Stay
from community.members.models import Exclusion, Member, MembershipPeriod
from community.members.queries import COLUMNS, NO_MOMENT, band_of
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
    """The parties of the contact rule, as they are today. Who is no member any more has left. One query."""
    return of_rows(session().execute(with_periods(select(*COLUMNS).select_from(Member)).where(Member.id.in_(ids))))


def with_periods(statement: Any) -> Any:
    """A query about members with the periods of each that have begun, in their order."""
    begun = and_(MembershipPeriod.member_id == Member.id, MembershipPeriod.from_on <= clock.today())
    return statement.outerjoin(MembershipPeriod, begun).order_by(MembershipPeriod.from_on, MembershipPeriod.id)


def of_rows(rows: Iterable[Any]) -> dict[int, Known]:
    """The same from rows with the columns of `queries.COLUMNS`, one for each period. No query."""
    today, found = clock.today(), defaultdict(list)
    for row in rows:
        found[row.id].append(row)
    return {id_: Known(_party(hers, today), _birth_on(hers[0])) for id_, hers in found.items()}


def apart(ids: Collection[int]) -> list[Any]:
    """The queries for those of these people between whom a block or a separation stands that keeps them from writing in
    private: 'apart', the lower, the higher, nothing."""
    total = select(literal("apart"), Exclusion.low_id, Exclusion.high_id, NO_MOMENT)
    private = _NOT_IN_PRIVATE.with_only_columns(literal("apart"), Separation.low_id, Separation.high_id, NO_MOMENT)
    return [
        asked.where(table.low_id.in_(ids), table.high_id.in_(ids))
        for asked, table in ((total, Exclusion), (private, Separation))
    ]


def apart_of(one: int) -> set[int]:
    """The same of everybody and one person. One query."""
    total = select(Exclusion.low_id, Exclusion.high_id).where(or_(Exclusion.low_id == one, Exclusion.high_id == one))
    private = _NOT_IN_PRIVATE.where(or_(Separation.low_id == one, Separation.high_id == one))
    return {high if low == one else low for low, high in session().execute(union_all(total, private))}


def _party(rows: list[Any], today: date) -> Party:
    member, periods = rows[0], [row for row in rows if row.kind is not None]
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
