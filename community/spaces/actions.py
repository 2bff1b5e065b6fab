"""Opening spaces. (Editing them without code comes later; a fresh house gets its first ones here.)"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import func, select

from community.core import audit, clock
from community.core.db import session, transaction
from community.core.policy import require
from community.members import rules as member_rules
from community.members.actions import plain_name
from community.members.models import House
from community.spaces.models import Space


class Plan(NamedTuple):
    """A channel for all houses, to be opened. Position follows from its place in the list it comes in."""

    slug: str
    name_sv: str
    name_en: str
    kind: str
    audience: str
    colour: str


FIRST = (
    Plan("vardagsrummet", "Vardagsrummet", "Living room", "talk", "all", "green"),
    Plan("minnen", "Minnen", "Memories", "memories", "all", "honey"),
    Plan("fraga", "Fråga & svar", "Questions & answers", "questions", "all", "blue"),
    Plan("utflyttat", "Utflyttat", "Moved out", "talk", "moved_out", "plum"),
)
HOUSES_AT = 25  # among the positions: after the third of the first


def open_first_spaces(actor: object) -> None:
    """Open the first spaces and one for every house that has none; what is there already stays. Idempotent."""
    require(actor, member_rules.SUSPEND)
    with transaction() as s:
        open_spaces(actor, FIRST, position=0)
        with_space = set(s.scalars(select(Space.house_id).where(Space.house_id.is_not(None))))
        for house in s.scalars(select(House).order_by(House.name)):
            if house.id not in with_space:
                plan = Plan(_free_slug(house.name), house.name, house.name, "talk", "house", "pine")
                _open(plan, HOUSES_AT, house.id)


def open_spaces(actor: object, plans: Iterable[Plan], *, position: int = 40) -> None:
    """Open spaces that are not there yet, in this order from a position on. Idempotent."""
    require(actor, member_rules.SUSPEND)
    with transaction() as s:
        known = set(s.scalars(select(Space.slug)))
        for number, plan in enumerate(plans):
            if plan.slug not in known:
                _open(plan, position + number * 10)


def _open(plan: Plan, position: int, house_id: int | None = None) -> None:
    space = Space(**plan._asdict(), position=position, opened_at=clock.now(), house_id=house_id)
    with transaction() as s:
        s.add(space)
        s.flush()
        audit.append(None, "space.opened", f"space:{space.id}")


def _free_slug(name: str) -> str:
    base = plain_name(name) or "hus"
    taken = session().scalar(select(func.count()).select_from(Space).where(Space.slug.startswith(base)))
    return f"{base}{taken + 1}" if taken else base
