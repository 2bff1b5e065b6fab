"""Words that make the gate hold or refuse a text. Empty until moderation brings lists people can keep."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class WordLists:
    """Words in lower case, per action."""

    hold: frozenset[str] = field(default_factory=frozenset)
    refuse: frozenset[str] = field(default_factory=frozenset)


_current = WordLists()


def current() -> WordLists:
    """The lists in force in this process."""
    return _current


def keep(lists: WordLists) -> None:
    """Use other lists from now on, in this process (a server under test)."""
    global _current
    _current = lists


@contextmanager
def in_force(lists: WordLists) -> Iterator[None]:
    """Use other lists inside (tests, and trying a text against a list before it is saved)."""
    global _current
    before, _current = _current, lists
    try:
        yield
    finally:
        _current = before
