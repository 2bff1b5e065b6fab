"""The ways in which every story is told: a size, a language, light or dark."""

from __future__ import annotations

import gettext
import os
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

TRANSLATIONS = Path(__file__).resolve().parents[2] / "community" / "translations"
SIZES = {"phone": (360, 640), "desktop": (1360, 900)}


@dataclass(frozen=True)
class Look:
    size: str
    lang: str
    theme: str

    def __str__(self) -> str:
        return f"{self.size}-{self.lang}-{self.theme}"

    @property
    def viewport(self) -> dict[str, int]:
        width, height = SIZES[self.size]
        return {"width": width, "height": height}

    @property
    def phone(self) -> bool:
        return self.size == "phone"

    def say(self, words: str, **values: object) -> str:
        """What the page writes for these words of the source."""
        return said(words, self.lang, **values)

    def many(self, one: str, many: str, num: int) -> str:
        return (_catalogue(self.lang).ngettext(one, many, num)) % {"num": num}


def said(words: str, lang: str, **values: object) -> str:
    found = _catalogue(lang).gettext(words)
    return found % values if values else found


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    """Swedish must be there whole: a word it does not have is a mistake of the test or of the catalogue."""
    if lang == "en":
        return gettext.NullTranslations()
    catalogue = gettext.translation("messages", TRANSLATIONS, ["sv"])
    catalogue.add_fallback(_Missing())
    return catalogue


class _Missing(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        raise LookupError(f"no Swedish for {message!r}")

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        raise LookupError(f"no Swedish for {msgid2!r}")


TWO = [Look("phone", "sv", "light"), Look("desktop", "en", "dark")]
REST = [Look(*way) for way in product(SIZES, ("sv", "en"), ("light", "dark"))]
ALL = [*TWO, *(look for look in REST if look not in TWO)]


def wanted() -> list[Look]:
    """Two, all of them with BROWSER_LOOKS=all, or those named, as in BROWSER_LOOKS=phone-en-dark."""
    wish = os.environ.get("BROWSER_LOOKS", "turns")
    if wish in ("turns", "two", "all"):
        return ALL if wish == "all" else TWO
    return [look for look in ALL if str(look) in wish.split(",")]


def taking_turns(number: int, *, in_both: bool) -> list[Look]:
    """The looks of one story or state: what matters most is told in both, the others turn about; every look of every
    one with BROWSER_LOOKS=two or all (`make proof`)."""
    if in_both or os.environ.get("BROWSER_LOOKS", "turns") != "turns":
        return wanted()
    return [TWO[number % len(TWO)]]
