"""Which phrases the gate hears, and what follows from each: the lists this house was given, with its own changes.

The lists in `lists/` are data that people read through (docs/safety.md says who and when). What a house adds or
switches off lies in the database, and comes in by `come_from`: the gate itself knows no table.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from community.safety import personal, phrases

FOLDER = Path(__file__).with_name("lists")
LANGUAGES = ("sv", "en")


class Entry(NamedTuple):
    """A phrase, and what follows when it is heard."""

    action: str
    phrase: str

    @property
    def key(self) -> str:
        """What switches and judgements name it by."""
        return f"{self.action}:{self.phrase}"


class Heard(NamedTuple):
    """An entry in a text: the words met, the stretches without a space they stand in, and the atoms covered."""

    entry: Entry
    said: str
    start: int
    end: int
    atoms: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class WordLists:
    """Phrases per action (see phrases.py for how they are written), and the kinds of personal information heard."""

    refuse: frozenset[str] = field(default_factory=frozenset)
    hold: frozenset[str] = field(default_factory=frozenset)
    check: frozenset[str] = field(default_factory=frozenset)
    alert: frozenset[str] = field(default_factory=frozenset)
    heavy: frozenset[str] = field(default_factory=frozenset)
    intent: frozenset[str] = field(default_factory=frozenset)
    idiom: frozenset[str] = field(default_factory=frozenset)
    personal: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All phrases, in an order that stays."""
        return tuple(Entry(action, phrase) for action in ACTIONS for phrase in sorted(getattr(self, action)))

    @cached_property
    def _index(self) -> phrases.Index:
        return phrases.Index.of(entry.phrase for entry in self.entries)

    def hear(self, text: str) -> list[Heard]:
        """What a text says of these lists, in its order. Never raises."""
        return _covered([Heard(self.entries[one.number], *one[1:]) for one in self._index.find(text)])

    def hear_personal(self, text: str) -> list[Heard]:
        """Which kinds of personal information it tells."""
        return [Heard(Entry("personal", kind), kind, 0, 0) for kind in personal.kinds_in(text, self.personal)]


ACTIONS = tuple(one.name for one in fields(WordLists) if one.name != "personal")
HARM = ("idiom", "heavy", "intent")


def _covered(found: list[Heard]) -> list[Heard]:
    """Of phrases about harm the longest says what is meant: "vill inte dö" is not "vill dö". An idiom quiets what lies
    inside it, threats included, and nothing beside it."""
    over: dict[int, list[Heard]] = defaultdict(list)
    for one in found:
        if one.entry.action in HARM:
            for atom in range(one.atoms[0], one.atoms[1] + 1):
                over[atom].append(one)
    return [one for one in found if not any(_quiets(other, one) for other in over[one.atoms[0]])]


def _quiets(other: Heard, one: Heard) -> bool:
    if other is one or not (other.atoms[0] <= one.atoms[0] and one.atoms[1] <= other.atoms[1]):
        return False
    idiom = other.entry.action == "idiom"
    if one.entry.action in HARM:
        ours, theirs = one.said.split(), other.said.split()
        if "".join(ours) == "".join(theirs) and not idiom:
            return len(theirs) < len(ours)  # "självmord" is listed apart as well
        return len(theirs) > len(ours) or (idiom and one.entry.action != "idiom")
    return idiom and one.entry.action in ("alert", "check")


@cache
def shipped(language: str) -> WordLists:
    """The lists Hearth comes with in one language. Raises what a broken file raises."""
    with (FOLDER / f"{language}.toml").open("rb") as file:
        raw = tomllib.load(file)
    unknown = set(raw) - {*ACTIONS, "reviewed_on"}
    if unknown:
        raise ValueError(f"{language}.toml has {sorted(unknown)}")
    return WordLists(**{action: frozenset(raw.get(action, ())) for action in ACTIONS})


@cache
def all_shipped() -> WordLists:
    """The lists Hearth comes with, of all languages: people write both."""
    return WordLists(
        **{action: frozenset().union(*(getattr(shipped(one), action) for one in LANGUAGES)) for action in ACTIONS},
        personal=frozenset(personal.KINDS),
    )


_instead: WordLists | None = None
_source: Callable[[], WordLists] = all_shipped


def current() -> WordLists:
    """The lists in force in this process."""
    return _instead if _instead is not None else _source()


def come_from(source: Callable[[], WordLists]) -> None:
    """Where the lists in force are asked for from now on: the house's own (wordlists/). Once per process."""
    global _source
    _source = source


def keep(lists: WordLists) -> None:
    """Use other lists from now on, in this process (a server under test)."""
    global _instead
    _instead = lists


@contextmanager
def in_force(lists: WordLists) -> Iterator[None]:
    """Use other lists inside (tests)."""
    global _instead
    before, _instead = _instead, lists
    try:
        yield
    finally:
        _instead = before
