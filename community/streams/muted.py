"""Reading what a member has muted, and which pieces are folded for her because of it. Hers alone.

What is folded is decided here for pages and in `static/src/js/muted.js` for what arrives live, by the same rule: whole
words, case and accents aside; å, ä and ö are letters of their own ("får" is not "far").
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import String, cast, literal, null, select, union_all

from community.core import crypto
from community.core.db import session
from community.members.people import AuthorView, Viewer
from community.members.queries import authors
from community.streams.models import MutedPerson, MutedWords

PERSON, WORD = "person", "word"
_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"<[^>]*>")
_LETTERS = "åäöÅÄÖ"


class Said(Protocol):
    """What folding looks at in a piece as it is shown."""

    @property
    def id(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def author(self) -> AuthorView: ...
    @property
    def title(self) -> str | None: ...
    @property
    def html(self) -> str: ...


@dataclass(frozen=True)
class Muted:
    """What one member has muted: ids of people, and words as she wrote them."""

    member_id: int
    people: frozenset[int]
    words: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.people or self.words)

    def fold(self, piece: Said) -> str | None:
        """Why a piece is folded for her, or None. Never her own, and nothing that was taken back: a fold would say by
        whom. Without a name its author is nobody she muted."""
        if piece.author.id == self.member_id or piece.state == "removed":
            return None
        if piece.author.id in self.people:
            return PERSON
        return WORD if self.words and self.in_words(f"{piece.title or ''}\n{_TAG.sub('', piece.html)}") else None

    def in_words(self, text: str) -> bool:
        """Whether a word of hers stands in a text (as HTML without its tags)."""
        plain = f" {as_compared(html.unescape(text))} "
        return any(f" {as_compared(word)} " in plain for word in self.words)

    def for_page(self) -> dict[str, Any]:
        """The same for the page of the member herself, where it folds what arrives live."""
        return {"people": sorted(self.people), "words": [as_compared(word) for word in self.words]}


def muted_by(viewer: Viewer) -> Muted:
    """What the viewer has muted. One query."""
    people = select(MutedPerson.muted_id, cast(null(), String)).where(MutedPerson.member_id == viewer.id)
    words = select(literal(0), MutedWords.sealed).where(MutedWords.member_id == viewer.id)
    rows = session().execute(union_all(people, words)).all()
    sealed = next((sealed for _id, sealed in rows if sealed), None)
    return Muted(
        viewer.id,
        frozenset(id_ for id_, sealed in rows if not sealed),
        tuple(json.loads(crypto.unseal(sealed, place_of(viewer.id)))) if sealed else (),
    )


def has_muted(viewer: Viewer, member_id: int) -> bool:
    """Whether the viewer has muted somebody."""
    return session().get(MutedPerson, (viewer.id, member_id)) is not None


def muted_people(viewer: Viewer) -> list[AuthorView]:
    """Whom the viewer has muted, by name; who is kept apart from her is not in the list."""
    ids = session().scalars(select(MutedPerson.muted_id).where(MutedPerson.member_id == viewer.id))
    found = authors(id_ for id_ in ids if id_ not in viewer.excluded_ids)
    return sorted(found.values(), key=lambda person: person.name.casefold())


def folds(viewer: Viewer, pieces: Iterable[Said]) -> dict[int, str]:
    """Which of these pieces are folded for the viewer, and why. One query."""
    muted = muted_by(viewer)
    return {piece.id: why for piece in pieces if muted and (why := muted.fold(piece))}


def as_compared(text: str) -> str:
    """The words of a text, folded, with one space between them."""
    return " ".join(_WORD.findall("".join(map(_folded, unicodedata.normalize("NFC", text).casefold()))))


def place_of(member_id: int) -> str:
    """What binds the sealed list to its row."""
    return f"muted_words:{member_id}:sealed"


def _folded(char: str) -> str:
    if char in _LETTERS or char.isascii():
        return char
    return "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
