"""When a chat rests, and who keeps an eye on it. Pure: the same shifts, house and moment give the same answer.

Where children can be among the readers, a chat is open while somebody keeps an eye on it: a host, or by day and in the
evening whoever else works there. At night whoever is awake in the house is there for people, not for the chat, and
whoever is on call keeps an eye on nothing. It is said once, a quarter of an hour before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from community.core import clock
from community.rota.actions import at_home
from community.rota.cover import OnShift, cover

SOON = timedelta(minutes=15)

Time = tuple[datetime, datetime]


@dataclass(frozen=True)
class Watch:
    """`host`: who keeps an eye on it now, host or colleague, None while it rests; `until`: when that ends, or when the
    next one comes (None: nobody is planned); `awake`: who is awake in the house while it rests."""

    host: OnShift | None
    until: datetime | None
    awake: OnShift | None = None

    @property
    def resting(self) -> bool:
        return self.host is None

    @property
    def person(self) -> OnShift | None:
        """Whom a page may name: who keeps an eye on it, or is awake."""
        return self.host or self.awake

    def ends_soon(self, now: datetime) -> bool:
        """Whether it is time to say that it will rest."""
        return self.host is not None and self.until is not None and self.until - now <= SOON

    def changes_in(self, now: datetime) -> timedelta | None:
        """When an open page has something new to say; None: not that anybody knows."""
        if self.until is None:
            return None
        says = self.until - SOON if self.host is not None and not self.ends_soon(now) else self.until
        return max(says - now, timedelta())


def watch(shifts: Sequence[OnShift], house_id: int | None, now: datetime) -> Watch:
    """Who keeps an eye on the chat of a house (None: of all houses), and until when. `shifts`: those that run, and
    those of the next days."""
    here = [one for one in shifts if one.counts_for(house_id)]
    keeping = [one for one in here if any(start <= now < end for start, end in _kept(one))]
    times = _merged(kept for one in here for kept in _kept(one))
    if keeping:
        return Watch(cover(keeping, house_id, now).people[0], next(end for start, end in times if start <= now < end))
    awake = next((one for one in cover(here, house_id, now).people if one.awake), None)
    return Watch(None, next((start for start, _end in times if start > now), None), awake)


def _kept(shift: OnShift) -> Iterator[Time]:
    """The times of a shift in which a chat is kept an eye on: all of a host's, the days and evenings of others."""
    if shift.role == "host":
        yield shift.starts_at, shift.ends_at
    elif shift.awake:
        day = clock.local(shift.starts_at).date()
        while clock.start_of(day) < shift.ends_at:
            begins, ends = (at_home(datetime.combine(day, time(hour))) for hour in (clock.NIGHT_TO, clock.NIGHT_FROM))
            kept = max(begins, shift.starts_at), min(ends, shift.ends_at)
            if kept[0] < kept[1]:
                yield kept
            day += timedelta(days=1)


def _merged(times: Iterable[Time]) -> list[Time]:
    """Those that touch made one."""
    merged: list[Time] = []
    for start, end in sorted(times):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged
