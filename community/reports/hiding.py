"""What a rule does about a piece that staff were told of, until a person has looked. Pure: the same facts give the same
answer.

Being worried about somebody hides nothing: what she wrote may be her call for help.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from community.core import clock
from community.rota.cover import HOST

MOST_A_NIGHT = 2  # pieces one member's telling hides for others
PAUSES = 3  # different members, each about another thing


@dataclass(frozen=True)
class Facts:
    """What decides. `reporters`: how many different members told of it and are not only worried. `minor`: its author,
    or somebody it names or quotes, is under 18. `minor_on_adult`: whoever tells now is a minor, and its author is not.
    `spared`: it asks for support, a life may be at stake in it, somebody who works here wrote it, or a host has found
    this version fine. `hidden_tonight`: what whoever tells now has hidden in this night; None by day."""

    reporters: int
    cover: str
    minor: bool = False
    minor_on_adult: bool = False
    spared: bool = False
    hidden_tonight: int | None = None


def hides(told: Facts) -> bool:
    """Whether a piece is hidden for all until a host has looked."""
    if told.spared:
        return False
    if told.minor_on_adult:
        return True
    if told.hidden_tonight is not None and told.hidden_tonight >= MOST_A_NIGHT:
        return False
    return told.reporters >= (2 if told.cover == HOST and not told.minor else 1)


def pauses(told: Collection[tuple[int, str]]) -> bool:
    """Whether somebody may only read until a host has looked. `told`: (who, of what) about one author. Three different
    members must each have told of another thing: one loud member, or one thing, is not enough."""
    of_what: dict[int, set[str]] = {}
    for who, what in told:
        of_what.setdefault(who, set()).add(what)
    taken: dict[str, int] = {}

    def finds(who: int, tried: set[str]) -> bool:
        for what in of_what[who] - tried:
            tried.add(what)
            if what not in taken or finds(taken[what], tried):
                taken[what] = who
                return True
        return False

    return sum(finds(who, set()) for who in of_what) >= PAUSES


def night_began(moment: datetime) -> datetime | None:
    """When the night a moment lies in began, at 22 at home; None from 07 to 22."""
    local = clock.local(moment)
    if not clock.is_night(moment):
        return None
    evening = local.date() - timedelta(days=0 if local.hour >= clock.NIGHT_FROM else 1)
    return datetime.combine(evening, time(clock.NIGHT_FROM), tzinfo=clock.zone()).astimezone(UTC)
