"""Who reads and who writes in a space: one table for the right and for the sentence about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.people import ADULT
from community.members.rules import writing_refused
from community.spaces.models import Space


class Person(Protocol):
    """What the table needs to know of somebody: a viewer has it, and so have plain facts."""

    @property
    def kind(self) -> str: ...
    @property
    def house_id(self) -> int: ...
    @property
    def age_band(self) -> str: ...


AUDIENCES: dict[str, Callable[[Person, Space], bool]] = {
    "all": lambda _person, _space: True,
    "house": lambda person, space: person.kind in ("resident", "staff") and person.house_id == space.house_id,
    "moved_out": lambda person, _space: (
        person.kind == "staff" or (person.kind == "alumnus" and person.age_band == ADULT)
    ),
    "staff": lambda person, _space: person.kind == "staff",
}
"""Who reads a space, by its audience. (What a member who moved out keeps of her old house comes with moving out.)"""


def reads(person: Person, space: Space) -> bool:
    """Whether a person reads a space."""
    return AUDIENCES[space.audience](person, space)


def _may_write(actor: Any, space: Space) -> Refusal | None:
    if space.closed_at is not None:
        return _l("This channel is closed. You can read what is here.")
    if not reads(actor, space) or (space.writers == "staff" and actor.kind != "staff"):
        return _l("Staff write here. You can read it, and answer in the other channels.")
    return writing_refused(actor, space.id)


WRITE = Rule(
    "space.write", "Whoever reads the space (staff alone, where it says so), unless paused or on a break.", _may_write
)

ALL = (WRITE,)
