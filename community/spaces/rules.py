"""Who reads and who writes in a space: one table for the right and for the sentence about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import product
from typing import Any, NamedTuple, Protocol

from community.core import i18n
from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.models import KINDS
from community.members.people import ADULT, SIXTEEN_17, UNDER_16, Past
from community.members.rules import writing_refused
from community.spaces.models import BY_NAME, Space


class Person(Protocol):
    """What the table needs to know of somebody: a viewer has it, and so have plain facts."""

    @property
    def kind(self) -> str: ...
    @property
    def house_id(self) -> int: ...
    @property
    def age_band(self) -> str: ...


class Former(Person, Protocol):
    """Somebody of whom it is known where she lived before."""

    @property
    def past(self) -> tuple[Past, ...]: ...


class Readership(Protocol):
    """What decides who reads a space: its row has it, and so has a wish for one."""

    @property
    def audience(self) -> str: ...
    @property
    def house_id(self) -> int | None: ...


class Wanted(NamedTuple):
    """Who is to read a space."""

    audience: str
    house_id: int | None


def house_of(person: Person) -> int | None:
    """The house whose inner talk a person hears: she lives there now, or works there. Nobody else has one."""
    return person.house_id if person.kind in ("resident", "staff") else None


AUDIENCES: dict[str, Callable[[Person, Readership], bool]] = {
    "all": lambda _person, _space: True,
    "house": lambda person, space: house_of(person) is not None and house_of(person) == space.house_id,
    "moved_out": lambda person, _space: (
        person.kind == "staff" or (person.kind == "alumnus" and person.age_band == ADULT)
    ),
    "staff": lambda person, _space: person.kind == "staff",
    "named": lambda _person, _space: False,
    "team": lambda _person, _space: False,
}
"""Who reads a space, by its audience. What a member who moved out keeps of her old house says `read_until`."""


def is_by_name(space: Readership) -> bool:
    """Whether its streams say by name who reads them (`streams/by_name.py`); nobody reads such a space as a whole."""
    return space.audience in BY_NAME


def reads(person: Person, space: Readership, house_id: int | None = None) -> bool:
    """Whether a person reads a space; with `house_id`, what was said there to that house alone."""
    return AUDIENCES[space.audience](person, space) and (house_id is None or house_of(person) == house_id)


class _Anybody(NamedTuple):
    kind: str
    house_id: int
    age_band: str


def read_until(person: Former, space: Readership, house_id: int | None = None) -> datetime | None:
    """Until when somebody who has moved out read a space, or what was said there to one house alone: that stays hers
    for good, and nothing newer. None for whoever reads it today, or never did."""
    if not person.past or reads(person, space, house_id):
        return None
    lived = [(one, _Anybody("resident", one.house_id, person.age_band)) for one in person.past]
    return max((one.until for one, there in lived if reads(there, space, house_id)), default=None)


def past_refused(until: datetime) -> Refusal:
    """The sentence for whoever has moved out of the house it belongs to."""
    return _l("You have moved out. You can read what was written here before %(day)s.", day=i18n.lazy_day(until))


def somebody_new_reads(before: Readership, after: Readership) -> bool:
    """Whether anybody at all could read a space afterwards who could not before; asked of every kind of person there
    can be, so that it says what the table of audiences says."""
    homes = {before.house_id or 0, after.house_id or 0, -1}
    people = [_Anybody(*one) for one in product(KINDS, homes, (UNDER_16, SIXTEEN_17, ADULT))]
    return any(reads(one, after) and not reads(one, before) for one in people)


def adults_only(space: Readership) -> bool:
    """Whether no child can be among those who read a space. Of one whose streams have names that is asked of each."""
    if is_by_name(space):
        return False
    homes = {space.house_id or 0, -1}
    children = [_Anybody(*one) for one in product(("resident", "alumnus"), homes, (UNDER_16, SIXTEEN_17))]
    return not any(reads(one, space) for one in children)


def choices_of_whom(actor: Any, space: Space) -> tuple[str, ...]:
    """Whom somebody can choose to write to in a space, what is chosen to begin with first; empty where nothing is
    asked. Who has no house writes to everyone."""
    if not space.asks_whom:
        return ()
    if house_of(actor) is None:
        return ("all",)
    return ("all", "house") if actor.age_band == ADULT else ("house", "all")


def _may_write(actor: Any, space: Space) -> Refusal | None:
    if space.closed_at is not None:
        return _l("This channel is closed. You can read what is here.")
    until = read_until(actor, space)
    if until is not None:
        return past_refused(until)
    if not reads(actor, space) or (space.writers == "staff" and actor.kind != "staff"):
        return _l("Staff write here. You can read it, and answer in the other channels.")
    return writing_refused(actor, space.id)


def _may_change_in(actor: Any, space: Space) -> Refusal | None:
    return _l("This channel is closed. You can read what is here.") if space.closed_at is not None else None


def _may_manage(actor: Any, space: Any) -> Refusal | None:
    """`space` is a space or a wish for one; None asks about managing channels at all."""
    if not actor.is_staff or "house_manager" not in actor.duties:
        return _l("House managers open and change channels. Tell one of them what you would like.")
    if space is not None and space.house_id is not None and space.house_id != actor.house_id:
        return _l("You change the channels of your own house. Ask the house manager of the other one.")
    return writing_refused(actor)


WRITE = Rule(
    "space.write", "Whoever reads the space (staff alone, where it says so), unless paused or on a break.", _may_write
)
CHANGE_IN = Rule(
    "space.change_in",
    "Whoever may change or react to something there, while the space is open. Taking back is always possible.",
    _may_change_in,
)
MANAGE = Rule(
    "space.manage",
    "House managers: the spaces for all houses, and those of their own house. Nobody makes a space with posts readable "
    "for more people.",
    _may_manage,
)

ALL = (WRITE, CHANGE_IN, MANAGE)
