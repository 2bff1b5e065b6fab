"""Whom to call: read from configuration once, shown without the database."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from community.core.i18n import LANGUAGES
from community.core.i18n import lazy as _l

OWN = Path(__file__).with_name("help_numbers.toml")
NO_GAPS = str.maketrans("", "", " -")
COUNTRIES = {"SE": _l("Sweden"), "GB": _l("United Kingdom")}


@dataclass(frozen=True)
class Call:
    """One number as the help page shows it."""

    name: str
    number: str
    url: str
    hours: str
    text: str
    checked_on: str
    for_age: str = "all"


def by_country(path: Path | None, lang: str, first: str = "SE") -> list[dict[str, Any]]:
    """The public numbers, those of the country the reader is in first (the home's, until she says another): whoever
    reads English at home still calls 112."""
    found = _read(path or OWN)
    known = sorted(set(found) - {"house"}, key=lambda code: (code != first, list(found).index(code)))
    return [
        {"code": code, "country": COUNTRIES.get(code, code), "entries": [_call(entry, lang) for entry in found[code]]}
        for code in known
    ]


def countries(path: Path | None) -> list[str]:
    """The countries there are numbers for."""
    return [code for code in _read(path or OWN) if code != "house"]


def first_country(path: Path | None, lang: str, first: str = "SE") -> list[Call]:
    """The public numbers of the country the reader is in, in the order of the file."""
    blocks = by_country(path, lang, first)
    return list(blocks[0]["entries"]) if blocks else []


def of_houses(path: Path | None, lang: str) -> list[Call]:
    """The houses' own numbers, once somebody has filled them in."""
    entries = _read(path or OWN).get("house", [])
    filled_in = [entry for entry in entries if entry.get("configured", True) and entry["number"].strip("0 -+")]
    return [_call(entry, lang) for entry in filled_in]


def check(path: Path | None) -> None:
    """Read everything once. Raises what a broken file raises."""
    for lang in LANGUAGES:
        by_country(path, lang)
        of_houses(path, lang)


@cache
def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def _call(entry: dict[str, Any], lang: str) -> Call:
    scheme = "sms" if entry.get("by") == "text" else "tel"
    return Call(
        name=entry["name"],
        number=entry["number"],
        url=f"{scheme}:{entry['tel'] or entry['number'].translate(NO_GAPS)}",
        hours=entry[f"hours_{lang}"],
        text=entry[f"text_{lang}"],
        checked_on=str(entry.get("checked_on", "")),
        for_age=str(entry.get("for_age", "all")),
    )
