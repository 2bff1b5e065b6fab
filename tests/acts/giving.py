"""Limits and duties for tests of acts."""

from __future__ import annotations

from datetime import date

from community.acts import standing, steps
from community.acts.models import Act
from community.acts.standing import Wish
from community.core.db import transaction
from community.members.models import Duty
from tests.world import World

SHORTEST = {"cooled_off": "30m", "paused": "1d", "suspended": "24h"}


def give(
    world: World,
    actor: str,
    whom: str,
    kind: str,
    length: str = "",
    *,
    reason: str = "unkind",
    words: str = "",
    space: str = "vardagsrummet",
    case_id: int | None = None,
) -> Act:
    """One of staff limits somebody, on a page she has just loaded."""
    member_id = world.id(whom)
    wish = Wish(
        kind=kind,
        length=length or SHORTEST[kind],
        reason=reason,
        words=words,
        seen=steps.decided_about(member_id),
        space_id=world.space(space) if kind == "cooled_off" else None,
        case_id=case_id,
    )
    return standing.take_step(world.viewer(actor), member_id, wish)


def lead(world: World, name: str) -> None:
    """Somebody is a safety lead from long ago."""
    with transaction() as s:
        s.add(Duty(member_id=world.id(name), kind="safeguarding_lead", from_on=date(2025, 1, 1)))
        s.flush()
