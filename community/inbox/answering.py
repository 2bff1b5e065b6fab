"""Who answers when, as the rota says it. Pure: the same shifts, house and moment give the same answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from community.core import clock
from community.rota.actions import at_home
from community.rota.cover import OnShift, cover


@dataclass(frozen=True)
class Answering:
    """`by_day`: somebody works, until `until`; else `until` is when the next one comes (None: nobody is planned), and
    `who` is whoever is awake meanwhile and reads. `who` None: nobody may be named, or nobody is there."""

    by_day: bool
    who: str | None
    until: datetime | None
    somebody: bool


def answering(
    shifts: Sequence[OnShift], house_id: int, now: datetime, *, apart: Collection[int] = (), names: bool = True
) -> Answering:
    """Who of a house answers at a moment. Whoever is on call is woken for what is urgent and answers nothing here; at
    night whoever is awake reads. Nobody of `apart` is counted or named."""
    here = [one for one in shifts if one.counts_for(house_id) and one.awake and one.member_id not in apart]
    running = cover(here, house_id, now).people
    who = running[0].first_name if running and names else None
    if running and not clock.is_night(now):
        return Answering(True, who, running[0].ends_at, True)
    return Answering(False, who, _next_by_day(here, now), bool(running))


def _next_by_day(shifts: Sequence[OnShift], now: datetime) -> datetime | None:
    """The first moment from now on at which somebody works by day."""
    return min((at for one in shifts if (at := _begins_by_day(one, now)) is not None), default=None)


def _begins_by_day(shift: OnShift, now: datetime) -> datetime | None:
    """When somebody's day begins within a shift that is not over."""
    at = max(shift.starts_at, now)
    if clock.is_night(at):
        at = _morning_after(at)
    return at if at < shift.ends_at else None


def _morning_after(at: datetime) -> datetime:
    local = clock.local(at)
    day = local.date() if local.hour < clock.NIGHT_TO else local.date() + timedelta(days=1)
    return at_home(datetime.combine(day, time(clock.NIGHT_TO)))
