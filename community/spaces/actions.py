"""Opening a fresh house's first spaces, and the history of every space. By hand they are changed in `channels/`."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, count
from typing import Any, NamedTuple

from sqlalchemy import select

from community.core import audit, clock
from community.core.db import new_id, session, transaction
from community.core.policy import require
from community.members import rules as member_rules
from community.members.actions import plain_name
from community.members.models import House
from community.spaces.models import Space, SpaceChange


class Plan(NamedTuple):
    """A channel for all houses, to be opened. Position follows from its place in the list it comes in."""

    slug: str
    name_sv: str
    name_en: str
    kind: str
    audience: str
    colour: str
    about_sv: str = ""
    about_en: str = ""
    asks_whom: bool = False


FIRST = (
    Plan(
        *("vardagsrummet", "Vardagsrummet", "Living room", "talk", "all", "green"),
        *("Stort och smått, för alla.", "Big and small things, for everybody."),
    ),
    Plan(
        *("minnen", "Minnen", "Memories", "memories", "all", "honey"),
        *("Det vi var med om, nyss eller för länge sedan.", "What we did together, just now or long ago."),
    ),
    Plan(
        *("fraga", "Fråga & svar", "Questions & answers", "questions", "all", "blue"),
        *("Fråga om vad som helst. Någon har undrat före dig.", "Ask anything. Somebody wondered before you."),
    ),
    Plan(
        *("utflyttat", "Utflyttat", "Moved out", "talk", "moved_out", "plum"),
        *("För dig som har flyttat och är vuxen.", "For you who have moved out and are an adult."),
    ),
)
HOUSE_ABOUT = ("För oss som bor här, och de som jobbar här.", "For us who live here, and those who work here.")
TAKEN = ("home", "write", "me")  # pages go by these names in the menu
HOUSES_AT = 25  # among the positions: after the third of the first


def open_first_spaces(actor: object) -> None:
    """Open the first spaces and one for every house that has none; what is there already stays. Idempotent."""
    require(actor, member_rules.SUSPEND)
    with transaction() as s:
        open_spaces(actor, FIRST, position=0)
        with_space = set(s.scalars(select(Space.house_id).where(Space.house_id.is_not(None))))
        for house in s.scalars(select(House).order_by(House.name)):
            if house.id not in with_space:
                plan = Plan(free_slug(house.name), house.name, house.name, "talk", "house", "pine", *HOUSE_ABOUT)
                _open(plan, HOUSES_AT, house.id)


def open_spaces(actor: object, plans: Iterable[Plan], *, position: int = 40) -> None:
    """Open spaces that are not there yet, in this order from a position on. Idempotent."""
    require(actor, member_rules.SUSPEND)
    with transaction() as s:
        known = set(s.scalars(select(Space.slug)))
        for number, plan in enumerate(plans):
            if plan.slug not in known:
                _open(plan, position + number * 10)


def note_change(actor_id: int | None, space: Space, kind: str, fields: dict[str, list[Any]]) -> None:
    """Write a line of a space's history, and one of the audit chain that names it. Inside the caller's transaction."""
    change = SpaceChange(id=new_id(), space_id=space.id, by_id=actor_id, at=clock.now(), kind=kind, fields=fields)
    with transaction() as s:
        s.add(change)
        s.flush()
        audit.append(actor_id, f"space.{kind}", f"space:{space.id}", change=change.id)


def free_slug(name_sv: str) -> str:
    """An address for a new space, made from its Swedish name, that no other has. The caller keeps others out."""
    base = plain_name(name_sv)[:36] or "kanal"
    taken = {*session().scalars(select(Space.slug)), *TAKEN}
    numbered = chain([base], (f"{base}{number}" for number in count(2)))
    return next(slug for slug in numbered if slug not in taken)


def _open(plan: Plan, position: int, house_id: int | None = None) -> None:
    space = Space(**plan._asdict(), position=position, opened_at=clock.now(), house_id=house_id)
    with transaction() as s:
        s.add(space)
        s.flush()
        note_change(None, space, "opened", {})
