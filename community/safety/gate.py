"""`screen(text, surface, facts)`: what happens to a text before anybody else sees it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

from community.safety import word_lists


class Surface(StrEnum):
    """Every place a person can write to. A text field without one is a mistake (see tests/house)."""

    THREAD = "thread"
    REPLY = "reply"
    DISPLAY_NAME = "display_name"
    PROFILE = "profile"
    SPACE = "space"
    DRAFT = "draft"


class Outcome(StrEnum):
    PUBLISH = "publish"
    HOLD = "hold"
    REFUSE = "refuse"


NEVER_SCREENED = frozenset({Surface.DRAFT})
"""For the writer alone: never screened, held, alerted or logged."""


@dataclass(frozen=True)
class Facts:
    """What the gate may know of the writer and the readers; plain values, no person."""

    age_band: str
    kind: str
    posts_so_far: int = 0
    adults_only: bool = False
    cover: str = "none"


@dataclass(frozen=True)
class Verdict:
    """`words` are those a list named, for telling the writer which word it was."""

    outcome: Outcome
    words: tuple[str, ...] = field(default=())


def screen(text: str, surface: Surface, facts: Facts) -> Verdict:
    """Judge one text. Pure: the same words, place and facts give the same verdict."""
    if surface in NEVER_SCREENED:
        return Verdict(Outcome.PUBLISH)
    lists, words = word_lists.current(), _words(text)
    refused = tuple(sorted(words & lists.refuse))
    if refused:
        return Verdict(Outcome.REFUSE, refused)
    held = tuple(sorted(words & lists.hold))
    return Verdict(Outcome.HOLD, held) if held else Verdict(Outcome.PUBLISH)


def _words(text: str) -> set[str]:
    folded = unicodedata.normalize("NFC", text).casefold()
    return set(re.findall(r"\w+", folded))
