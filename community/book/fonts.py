"""The letters a book is set in: the house's own, and for what they lack one for each script, built beside the pages
(`static/build.mjs`). What none of them has is said, never drawn as a box.

Only what sets a book imports this, in a process of its own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from fontTools.ttLib import TTFont

from community.core import schema

FOLDER = schema.ROOT / "static" / "dist" / "book"
BODY, DISPLAY = "body", "display"
CUTS = {(BODY, ""): "body", (BODY, "B"): "body-bold", (BODY, "I"): "body-italic", (DISPLAY, ""): "display"}
OTHERS = (
    *("body-ext", "display-ext", "greek", "greek-ext", "cyrillic", "cyrillic-ext", "vietnamese"),
    *("arabic", "hebrew", "ethiopic", "emoji"),
)
MISSING = "[…]"
_RIGHT_TO_LEFT = frozenset(("R", "AL"))
_SKIN = range(0x1F3FB, 0x1F400)


@dataclass
class Letters:
    """Which signs can be set, and which of a book could not be."""

    known: dict[str, set[int]]
    used: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)

    def settable(self, words: str) -> str:
        """The same words with every run of signs no typeface has as `[…]`, and nothing that is only seen on screens."""
        made: list[str] = []
        for char in words:
            if char in "\n " or self._has(char):
                made.append(char)
            elif char.isspace():
                made.append(" ")
            elif not _is_unseen(char):
                self.missing.add(char)
                if not made or made[-1] != MISSING:
                    made.append(MISSING)
        return "".join(made)

    def _has(self, char: str) -> bool:
        for name, signs in self.known.items():
            if ord(char) in signs:
                self.used.add(name)
                return True
        return False


def letters() -> Letters:
    """What all typefaces here have."""
    names = dict.fromkeys([*CUTS.values(), *OTHERS])
    return Letters({name: _signs_of(name) for name in names if name not in ("body-bold", "body-italic", "display")})


def as_files(names: Iterable[str], folder: Path) -> dict[str, Path]:
    """The typefaces as programs for paper want them, unpacked into a folder of the caller's."""
    made = {}
    for name in names:
        with TTFont(FOLDER / f"{name}.woff") as font:
            font.flavor = None
            made[name] = folder / f"{name}.ttf"
            font.save(made[name])
    return made


def reads_from_right(words: str) -> bool:
    """Whether a paragraph begins on the right: its first letter that has a direction says so."""
    for char in words:
        direction = unicodedata.bidirectional(char)
        if direction in _RIGHT_TO_LEFT:
            return True
        if direction == "L":
            return False
    return False


def has_both_ways(words: str) -> bool:
    """Whether something in it reads from the right."""
    return any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in words)


def _signs_of(name: str) -> set[int]:
    with TTFont(FOLDER / f"{name}.woff", lazy=True) as font:
        return set(font.getBestCmap())


def _is_unseen(char: str) -> bool:
    """Signs that only say how another one is drawn on a screen: joiners, selectors, tones of skin."""
    return unicodedata.category(char) in ("Cf", "Cc", "Mn", "Me") or ord(char) in _SKIN
