"""A book with everything in it, as it is set on paper and shown on a screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from community.book.leaves import Leaf, Picture

SHOWN = 960
"""Dots of a picture's longer side: two hundred to the inch across a page of paper, and enough for a screen."""

Bytes = Callable[[Picture], bytes]


@dataclass(frozen=True)
class Whole:
    """A book with everything that stands in it. `read` gives a picture's bytes; `sign` is called after each thing."""

    title: str
    dedication: str
    author: str
    community: str
    language: str
    made_on: str
    leaves: Sequence[Leaf]
    read: Bytes
    sign: Callable[[int], None]

    @property
    def years(self) -> str:
        """'2014 – 2019', from the days that stand in it."""
        there = [leaf.year for leaf in self.leaves if leaf.year is not None]
        if not there:
            return ""
        first, last = min(there), max(there)
        return str(first) if first == last else f"{first} – {last}"


def chapters(leaves: Sequence[Leaf]) -> Iterator[tuple[int | None, list[Leaf]]]:
    """The book in chapters, one for each year in the order she gave it; what has no day stays where it stands."""
    year: int | None = None
    found: list[Leaf] = []
    for leaf in leaves:
        if leaf.year is not None and leaf.year != year:
            if found:
                yield year, found
            year, found = leaf.year, []
        found.append(leaf)
    if found:
        yield year, found
