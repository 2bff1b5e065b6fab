"""Staff who decide, and how tests let them."""

from __future__ import annotations

from datetime import date, timedelta

from community.core.db import session, transaction
from community.members.models import Duty
from community.members.separation_models import Separation
from community.separations import actions
from tests.world import TODAY, World

IN_A_YEAR = TODAY + timedelta(days=365)


def lead(world: World, name: str = "sara") -> None:
    with transaction() as s:
        s.add(Duty(member_id=world.id(name), kind="safeguarding_lead", from_on=date(2025, 3, 1)))
        s.flush()


def apart(
    world: World, one: str, other: str, level: str = "total", *, by: str = "birgitta", until: date = IN_A_YEAR
) -> Separation:
    """By the action, as the house manager of Solgläntan decides it."""
    return actions.keep_apart(
        world.viewer(by), world.id(one), world.id(other), level=level, reason="they hurt each other", review_on=until
    )


def as_it_is(row: Separation) -> Separation:
    return session().get_one(Separation, row.id, populate_existing=True)
