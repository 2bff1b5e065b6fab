"""Whom a matter of somebody who works here goes past. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from community.rota.cover import OnShift

AROUND = timedelta(hours=24)


def beside(member_id: int, shifts: Iterable[OnShift], now: datetime) -> frozenset[int]:
    """She herself, and everybody who shares a shift with her now or within 24 hours to either side. Who is on call
    shares nobody's shift: she is rung up, and at night a matter of the others may have to reach her."""
    near = [one for one in shifts if one.awake and _near(one, now)]
    hers = [one for one in near if one.member_id == member_id]
    return frozenset({member_id} | {one.member_id for one in near if any(_together(one, own) for own in hers)})


def around(house_id: int, shifts: Iterable[OnShift], now: datetime) -> frozenset[int]:
    """Everybody who works in a house these hours: where a member does not say who it is."""
    return frozenset(
        one.member_id for one in shifts if one.awake and _near(one, now) and one.house_id in (None, house_id)
    )


def _near(one: OnShift, now: datetime) -> bool:
    return one.starts_at < now + AROUND and one.ends_at > now - AROUND


def _together(one: OnShift, other: OnShift) -> bool:
    same = one.house_id is None or other.house_id is None or one.house_id == other.house_id
    return same and one.starts_at < other.ends_at and other.starts_at < one.ends_at
