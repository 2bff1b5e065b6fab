"""What the shifts of a moment make. Pure: the same shifts, house and moment give the same answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from community.core import clock, i18n

HOST, NIGHT, NONE = "host", "night", "none"


@dataclass(frozen=True)
class OnShift:
    """A shift as it counts. `role` is what she can be: without that duty on its day, a host's shift is one of staff.
    `house_id` None: all houses. Without `counts` it is no cover: she does not work there then, or may not act.
    `busy_until`: she has said that she can't read before.
    """

    id: int
    member_id: int
    name: str
    house_id: int | None
    role: str
    starts_at: datetime
    ends_at: datetime
    back_up_id: int | None = None
    back_up: str | None = None
    counts: bool = True
    busy_until: datetime | None = None

    @property
    def first_name(self) -> str:
        return self.name.split()[0]

    @property
    def awake(self) -> bool:
        return self.role != "on_call"

    @property
    def day(self) -> date:
        """The day at home it begins on."""
        return clock.local(self.starts_at).date()

    @property
    def day_name(self) -> str:
        return i18n.short_day(self.day)

    @property
    def hours(self) -> str:
        """'22:00–07:00', with the day where it ends later than the next one."""
        begins, ends = clock.local(self.starts_at), clock.local(self.ends_at)
        later = (ends.date() - begins.date()).days > 1
        return f"{begins:%H:%M}–{i18n.short_day(ends.date()) + ' ' if later else ''}{ends:%H:%M}"

    def holds(self, at: datetime) -> bool:
        """From its first moment, until just before its last."""
        return self.starts_at <= at < self.ends_at

    def reads(self, at: datetime) -> bool:
        """Whether she looks at what comes: she is not busy."""
        return self.busy_until is None or self.busy_until <= at

    def counts_for(self, house_id: int | None) -> bool:
        """Whether it is cover for a house; for what belongs to all houses (None) every shift is."""
        return self.counts and (house_id is None or self.house_id is None or self.house_id == house_id)


@dataclass(frozen=True)
class Cover:
    """host, night or none, and who it is."""

    kind: str
    people: tuple[OnShift, ...] = ()


@dataclass(frozen=True)
class Gap:
    """A time in which nobody works."""

    starts_at: datetime
    ends_at: datetime

    @property
    def hours(self) -> str:
        """'07:00–14:00' of a gap within one day; its last midnight is 24:00."""
        begins, ends = clock.local(self.starts_at), clock.local(self.ends_at)
        return f"{begins:%H:%M}–{'24:00' if ends.date() > begins.date() else f'{ends:%H:%M}'}"

    @property
    def words(self) -> str:
        """'Tue 24 Nov 07:00 – Wed 25 Nov 07:00', the second day only where it is another one."""
        begins, ends = clock.local(self.starts_at), clock.local(self.ends_at)
        last = "" if begins.date() == ends.date() else f"{i18n.short_day(ends.date())} "
        return f"{i18n.short_day(begins.date())} {begins:%H:%M} – {last}{ends:%H:%M}"


def cover(shifts: Iterable[OnShift], house_id: int | None, at: datetime) -> Cover:
    """Who covers a house (None: what belongs to all houses) at a moment: hosts; else who is awake; else who is on call,
    who counts as night; else nobody."""
    here = [one for one in shifts if one.holds(at) and one.counts_for(house_id)]
    for kind, people in (
        (HOST, [one for one in here if one.role == "host"]),
        (NIGHT, [one for one in here if one.role == "staff"]),
        (NIGHT, here),
    ):
        if people:
            return Cover(kind, tuple(sorted(people, key=_order(house_id))))
    return Cover(NONE)


def gaps(shifts: Sequence[OnShift], house_id: int | None, start: datetime, end: datetime) -> list[Gap]:
    """The times from `start` to `end` in which cover is none, in their order."""
    found, covered_to = [], start
    for one in sorted((one for one in shifts if one.counts_for(house_id)), key=lambda one: one.starts_at):
        if one.starts_at > covered_to:
            found.append(Gap(covered_to, min(one.starts_at, end)))
        covered_to = max(covered_to, one.ends_at)
        if covered_to >= end:
            break
    if covered_to < end:
        found.append(Gap(covered_to, end))
    return [gap for gap in found if gap.starts_at < gap.ends_at]


def _order(house_id: int | None) -> Callable[[OnShift], tuple[bool, float, int]]:
    """Who works in the house itself first, then who stays longest."""
    return lambda one: (one.house_id != house_id, -one.ends_at.timestamp(), one.id)
