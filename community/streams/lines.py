"""How messages stand under each other. Pure: the same messages in the same order stand the same way.

A name stands where another speaker begins, her badge once a day, the clock once in a quarter of an hour, and a day
above its first message. `static/src/js/lines.js` says the same of an open page, after everything that arrives or goes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from community.core import clock, i18n
from community.core.i18n import _
from community.members.people import AuthorView

QUARTER = 15  # minutes


class Said(Protocol):
    """What counts of a message."""

    @property
    def id(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def posted_at(self) -> datetime: ...
    @property
    def author(self) -> AuthorView: ...


@dataclass(frozen=True)
class Line:
    """What stands at a message. `day`: the day that begins with it, None where it goes on."""

    named: bool = False
    badged: bool = False
    timed: bool = False
    day: date | None = None

    @property
    def classes(self) -> str:
        return "".join(f" {name}" for name in ("named", "badged", "timed") if getattr(self, name))

    @property
    def day_words(self) -> str:
        """'Today', 'Yesterday', '20 Nov', '20 Nov 2019'."""
        today = clock.today()
        if self.day is None:
            return ""
        if self.day == today:
            return _("Today")
        return _("Yesterday") if self.day == today - timedelta(days=1) else i18n.calendar_day(self.day)


def lines(messages: Iterable[Said], folded: Collection[int] = ()) -> dict[int, Line]:
    """What stands at each message, by id. What was taken back has nothing and ends nothing. After one that is folded
    for the reader (`folded`) the speaker is named anew: her name is under the fold."""
    found: dict[int, Line] = {}
    day: date | None = None
    speaker = quarter = None
    badged: set[int] = set()
    for one in messages:
        if one.state == "removed":
            found[one.id] = Line()
            continue
        at = clock.local(one.posted_at)
        who = one.author.id
        begins, now = at.date() != day, (at.date(), at.hour, at.minute // QUARTER)
        if begins:
            day, speaker, badged = at.date(), None, set()
        found[one.id] = Line(who != speaker, who not in badged, now != quarter, day if begins else None)
        quarter = now
        badged.add(who)
        speaker = None if one.id in folded else who
    return found
