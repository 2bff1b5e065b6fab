"""What is looked for in a chat, and whether a message says it. Pure.

Every word has to be there, as it was typed, as the beginning of a longer one, or in another form of itself. Capitals
and accents do not count; å, ä and ö are letters of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from community.core.mentions import without_names
from community.core.stems import LANGUAGES, stem
from community.streams.muted import as_compared

MOST_WORDS = 6
LONGEST = 100  # characters
BEGINS = 3  # letters from which on a word also stands for longer ones
ROUND = 60  # characters shown before the first word that was found
SHOWN = 200

# Letters hardly anybody writes with an accent; any other may stand in a text in another form.
_PLAIN = frozenset("bdfghjklmpqrtvwx0123456789")
_WORD = re.compile(r"[^\W_]+")
_SPACE = re.compile(r"\s+")

Parts = tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Wanted:
    """The words somebody looks for."""

    words: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def patterns(self) -> list[str]:
        """What a text looks like in which they can be, for LIKE: more texts than say it, and all that do."""
        return [f"%{''.join(char if char in _PLAIN else '_' for char in _start(word))}%" for word in self.words]

    def are_in(self, text: str, lang: str) -> bool:
        """Whether a stored text says all of them."""
        said = set(as_compared(without_names(text)).split())
        return all(any(_says(one, word, lang) for one in said) for word in self.words)

    def says(self, word: str, lang: str) -> bool:
        """Whether one word, as it is written somewhere, is one of them."""
        return any(_says(one, wanted, lang) for one in as_compared(word).split() for wanted in self.words)


def wanted(typed: str) -> Wanted:
    """What somebody typed: at most six words of it, each once."""
    return Wanted(tuple(dict.fromkeys(as_compared(typed[:LONGEST]).split()))[:MOST_WORDS])


def shown(plain: str, wanted: Wanted, lang: str) -> Parts:
    """A stretch of a message's words around the first that was found, and which parts of it were looked for."""
    places = [found.span() for found in _WORD.finditer(plain) if wanted.says(found[0], lang)]
    first = places[0][0] if places else 0
    begin = 0 if first <= ROUND else _after_space(plain, first - ROUND, first)
    end = len(plain) if len(plain) - begin <= SHOWN else _before_space(plain, begin + SHOWN, first)
    return tuple(_parts(plain, begin, end, [(start, stop) for start, stop in places if begin <= start and stop <= end]))


def _parts(plain: str, begin: int, end: int, places: Iterable[tuple[int, int]]) -> Iterable[tuple[str, bool]]:
    at = begin
    if begin:
        yield "… ", False
    for start, stop in places:
        yield plain[at:start], False
        yield plain[start:stop], True
        at = stop
    yield plain[at:end], False
    if end < len(plain):
        yield " …", False


def _after_space(plain: str, near: int, last: int) -> int:
    found = _SPACE.search(plain, near, last)
    return found.end() if found else near


def _before_space(plain: str, near: int, first: int) -> int:
    found = plain.rfind(" ", first + 1, near)
    return found if found > 0 else near


@lru_cache(4096)
def _says(said: str, word: str, lang: str) -> bool:
    if said == word or (len(word) >= BEGINS and said.startswith(word)):
        return True
    return stem(said, lang) == stem(word, lang)


def _start(word: str) -> str:
    """What all forms of a word begin with."""
    stems = [stem(word, lang) for lang in LANGUAGES]
    same = (len(set(letters)) == 1 for letters in zip(word, *stems, strict=False))
    return word[: max(1, sum(takewhile(bool, same)))]
