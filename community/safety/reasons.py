"""Why a host limits something: a word that is kept, and the sentence its author reads. Hosts may write their own."""

from __future__ import annotations

from typing import Any

from community.core.i18n import lazy as _l

REASONS: dict[str, Any] = {
    "private": _l("There is something private in it: a number, an address, a school or a surname."),
    "others": _l("It tells something about somebody else, who should say it herself."),
    "unkind": _l("It can hurt somebody who reads it."),
    "scary": _l("It can be hard to read for somebody who is not doing well."),
    "place": _l("It belongs in another channel."),
    "unsafe": _l("It asks for, or offers, something that is not safe here."),
    "heat": _l("It got heated. A pause helps."),
}
"""In the order they are offered."""

IN_SHORT: dict[str, Any] = {
    "private": _l("something private"),
    "others": _l("about somebody else"),
    "unkind": _l("can hurt"),
    "scary": _l("hard to read"),
    "place": _l("another channel"),
    "unsafe": _l("not safe"),
    "heat": _l("got heated"),
}
"""The same, as hosts choose and read them."""


def sentence(reason: str | None, words: str | None) -> str:
    """What whoever it concerns reads: the host's own words, else the sentence for the reason; empty without either."""
    return words or (str(REASONS[reason]) if reason in REASONS else "")
