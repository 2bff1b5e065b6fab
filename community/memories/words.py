"""When something happened, in words: 'summer 2014', 'about 2014', '15 March 2014'."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from community.core import i18n
from community.core.i18n import _
from community.core.i18n import lazy as _l
from community.memories import happened
from community.memories.happened import ABOUT, Happened

SEASON_WORDS: dict[str, Callable[[str], str]] = {
    "winter": lambda year: _("winter %(year)s", year=year),
    "spring": lambda year: _("spring %(year)s", year=year),
    "summer": lambda year: _("summer %(year)s", year=year),
    "autumn": lambda year: _("autumn %(year)s", year=year),
}
SEASON_NAMES = {
    "winter": _l("winter (it ends in that year)"),
    "spring": _l("spring"),
    "summer": _l("summer"),
    "autumn": _l("autumn"),
}
KIND_WORDS = {
    "trip": _l("A trip"),
    "house": _l("A house"),
    "year": _l("A year"),
    "other": _l("Something else"),
}
PRECISION_WORDS = {
    "day": _l("the exact day"),
    "month": _l("the month"),
    "season": _l("the time of year"),
    "year": _l("the year"),
    "about": _l("about that year"),
    "trip": _l("a trip"),
}
"""What is kept of this room, in her own data."""
WRONG = {
    happened.NO_YEAR: _l("Say which year it was. About is enough."),
    happened.YEAR: _l("That is no year we can use. Write it with four figures, from 1950 on."),
    happened.FUTURE: _l("That has not happened yet. Choose a time that has been."),
    happened.MONTH: _l("A day needs a month. Choose the month, or leave the day empty."),
    happened.DAY: _l("There is no such day in that month."),
}
_AGO: dict[int, Any] = {
    1: _l("one year ago"),
    2: _l("two years ago"),
    3: _l("three years ago"),
    5: _l("five years ago"),
    10: _l("ten years ago"),
}


def when_words(when: Happened) -> str:
    """When it happened: '15 March 2014', 'March 2014', 'summer 2014', 'winter 2013/14', '2014', 'about 2014'."""
    year = str(when.year)
    if when.precision == "day":
        return i18n.long_day(when.first)
    if when.precision == "month":
        return i18n.long_month(when.first)
    if when.precision == "about":
        return _("about %(year)s", year=year)
    if when.season == "winter":
        year = f"{when.year - 1}/{when.year % 100:02d}"
    return SEASON_WORDS[when.season](year) if when.season else year


def group_words(when: Happened) -> str:
    """The heading something stands under in its year: its month, its season, or nothing narrower than the year."""
    return i18n.long_month(when.first) if when.precision == "day" else when_words(when)


def part_choices() -> list[tuple[str, str]]:
    """What of a year one can choose, with its words."""
    months = [(str(nr), i18n.month_name(nr)) for nr in range(1, 13)]
    seasons = [(season, str(words)) for season, words in SEASON_NAMES.items()]
    return [("", _("Only the year")), (ABOUT, _("About that year")), *seasons, *months]


def ago_words(back: int) -> str:
    """'three years ago'."""
    return str(_AGO[back])


def as_day(day: date) -> str:
    """A day on which something was posted, the same."""
    return i18n.long_day(day)
