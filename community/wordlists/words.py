"""What lists, kinds of personal information and changes are called on pages."""

from __future__ import annotations

from typing import Any

from community.core.i18n import lazy as _l

LISTS: dict[str, Any] = {
    "refuse": _l("Cannot be sent"),
    "hold": _l("Waits to be read"),
    "check": _l("Stands, is looked at"),
    "alert": _l("Waits, and is urgent"),
    "heavy": _l("Heavy: help card"),
    "intent": _l("Wants to die or hurt herself"),
    "idiom": _l("Ways of speaking"),
    "personal": _l("Personal information"),
}
FOLLOWS: dict[str, Any] = {
    "refuse": _l("Slurs. The writer is told which word, and her text stays with her."),
    "hold": _l("A host reads it before others see it."),
    "check": _l("Everybody sees it at once. It is put down to be looked at."),
    "alert": _l(
        "Threats, weapons, somebody who asks for what nobody may ask for. A host reads it before others see it."
    ),
    "heavy": _l("Everybody sees it at once. The writer gets the help card, and it is put down to be looked at."),
    "intent": _l("The writer gets the help card at once. A host reads it before others see it."),
    "idiom": _l("Sounds like harm and is not. Nothing follows, and nothing else is heard inside it."),
    "personal": _l(
        "Found by its form. Where minors read it waits; from staff it stands and is put down to be looked at."
    ),
}
KINDS: dict[str, Any] = {
    "number": _l("personal number"),
    "phone": _l("phone number"),
    "email": _l("e-mail address"),
    "handle": _l("name in an app"),
    "address": _l("address"),
    "school": _l("school"),
}
CHANGED: dict[str, Any] = {
    "added": _l("added"),
    "removed": _l("taken away"),
    "off": _l("switched off"),
    "on": _l("switched on"),
    "kept": _l("looked at and kept"),
}
BANDS: dict[str, Any] = {"under 16": _l("under 16"), "16-17": _l("16 or 17"), "adult": _l("18 or older")}
"""Who is to have written a tried text."""


def phrase_of(action: str, phrase: str) -> Any:
    """An entry's phrase in words: kinds of personal information have names."""
    return KINDS.get(phrase, phrase) if action == "personal" else phrase
