"""When something happened, as exactly as somebody remembers it. All of it is pure.

A winter is called by the year in which it ends: winter 2014 is December 2013 to February 2014. What happened "about
2014" may have been in 2013 or 2015.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

PRECISIONS = ("day", "month", "season", "year", "about")
SEASONS = ("winter", "spring", "summer", "autumn")
ABOUT = "about"
FIRST_YEAR = 1950
PARTS = ("", ABOUT, *SEASONS, *(str(month) for month in range(1, 13)))
"""What of a year: all of it, about that year, a season, a month."""

YEAR, FUTURE, DAY, MONTH, NO_YEAR = "year", "future", "day", "month", "no year"
"""What can be wrong with it: no year there can be, not yet, no such day, a day of no month, no year at all."""


class Impossible(ValueError):
    """What was said is no time anything can have happened. `field`: where; `why`: one of the words above."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field, self.why = field, why


@dataclass(frozen=True)
class Happened:
    """The first and the last day it may have been."""

    first: date
    last: date
    precision: str

    @property
    def year(self) -> int:
        """The year it is called by."""
        return self.first.year + 1 if self.precision == "about" or self.season == "winter" else self.first.year

    @property
    def season(self) -> str | None:
        return SEASONS[self.first.month % 12 // 3] if self.precision == "season" else None

    @property
    def part(self) -> str:
        """What of the year, as `from_parts` takes it."""
        if self.precision in ("day", "month"):
            return str(self.first.month)
        return self.season or (ABOUT if self.precision == "about" else "")

    @property
    def day(self) -> int | None:
        return self.first.day if self.precision == "day" else None


def on(day: date) -> Happened:
    """Exactly on a day."""
    return Happened(day, day, "day")


def from_parts(year: int, part: str, day: int | None, today: date) -> Happened:
    """From a year, what of it, and perhaps a day of a month. Raises Impossible."""
    if not FIRST_YEAR <= year <= 9998:
        raise Impossible("year", YEAR)
    if day is not None and part not in PARTS[-12:]:
        raise Impossible("part", MONTH)
    found = _of(year, part, day)
    if found.first > today or (part in ("", ABOUT) and year > today.year):
        raise Impossible("year", FUTURE)
    return found


def _of(year: int, part: str, day: int | None) -> Happened:
    if part == "":
        return Happened(date(year, 1, 1), date(year, 12, 31), "year")
    if part == ABOUT:
        return Happened(date(year - 1, 1, 1), date(year + 1, 12, 31), "about")
    if part in SEASONS:
        month = 3 * SEASONS.index(part)
        first = date(year, month, 1) if month else date(year - 1, 12, 1)
        return Happened(first, _end(year, month + 2), "season")
    month = int(part)
    if day is None:
        return Happened(date(year, month, 1), _end(year, month), "month")
    if not 1 <= day <= _end(year, month).day:
        raise Impossible("day", DAY)
    return on(date(year, month, day))


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def years_back(today: date, years: tuple[int, ...]) -> dict[date, int]:
    """The days that lie exactly so many years back. What happened on 29 February is met on the 28th where a year has
    no 29th."""
    found = {}
    for back in years:
        year = today.year - back
        if today.day <= monthrange(year, today.month)[1]:
            found[today.replace(year=year)] = back
        if (today.month, today.day) == (2, 28) == (2, monthrange(today.year, 2)[1]) and monthrange(year, 2)[1] == 29:
            found[date(year, 2, 29)] = back
    return found
