"""Whom of those who work here a text names: it goes past them until she has said that they may read it."""

from __future__ import annotations

from collections.abc import Iterable

from community.members import queries as members
from community.safety.phrases import Index
from community.safety.plain import folded


def in_words(words: str, member_ids: Iterable[int]) -> list[int]:
    """Those of `member_ids` whose first or other name stands in the words, in whatever letters, also as somebody's.
    One query where there are words."""
    if not words.strip():
        return []
    people = members.authors(member_ids)
    named = [(id_, part) for id_, person in people.items() for part in _parts(person.name)]
    found = Index.of(f"{part}/{part}s" for _id, part in named).find(words)
    met = {named[one.number][0] for one in found}
    return [id_ for id_ in people if id_ in met]


def _parts(name: str) -> list[str]:
    """A name's parts as phrases are written; of one letter there is none."""
    bare = ("".join(char for char in folded(part) if char.isalnum()) for part in name.split())
    return [part for part in bare if len(part) > 1]
