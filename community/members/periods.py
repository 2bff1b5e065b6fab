"""What a member's periods say of her today: what she is, where and since when, and which houses she moved out of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, cast, func

from community.core import clock
from community.members.models import MembershipPeriod
from community.members.people import Past


class Stay(NamedTuple):
    """One period. `to_on`: the first day that does not count to it, None where nobody knows yet."""

    kind: str
    house_id: int
    id: int
    from_on: date
    to_on: date | None

    def holds_on(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or self.to_on > day)


PACKED: ColumnElement[str] = (
    MembershipPeriod.kind
    + " "
    + cast(MembershipPeriod.from_on, String)
    + " "
    + func.coalesce(cast(MembershipPeriod.to_on, String), "")
)
"""Kind and days of a period in one column, for questions whose rows are about several things."""


def unpacked(packed: str, house_id: int, id_: int) -> Stay:
    """A period from a row with `PACKED`."""
    kind, from_on, to_on = packed.split(" ")
    return Stay(kind, house_id, id_, date.fromisoformat(from_on), date.fromisoformat(to_on) if to_on else None)


def current(stays: Iterable[Stay], day: date) -> Stay | None:
    """The period that holds on a day; the newest wins."""
    holding = [stay for stay in stays if stay.holds_on(day)]
    return max(holding, key=lambda stay: (stay.from_on, stay.id), default=None)


def past_of(stays: Iterable[Stay], day: date) -> tuple[Past, ...]:
    """The houses she lived in and has moved out of, each until her last stay there ended; not the one she lives or
    works in now."""
    stays = list(stays)
    now = current(stays, day)
    here = now.house_id if now is not None and now.kind in ("resident", "staff") else None
    ended: dict[int, date] = {}
    for stay in stays:
        if stay.kind == "resident" and stay.to_on is not None and stay.to_on <= day and stay.house_id != here:
            ended[stay.house_id] = max(stay.to_on, ended.get(stay.house_id, stay.to_on))
    return tuple(Past(house_id, clock.start_of(until_on)) for house_id, until_on in sorted(ended.items()))


def facts(rows: Iterable[Any], day: date) -> tuple[Stay | None, tuple[Past, ...]]:
    """Her period of the day, and what is past for her, from rows of `PACKED`, house and id."""
    stays = [unpacked(packed, house_id, id_) for packed, house_id, id_, *_rest in rows]
    return current(stays, day), past_of(stays, day)
