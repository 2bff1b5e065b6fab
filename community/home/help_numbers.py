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


def by_country(path: Path | None, lang: str) -> list[dict[str, Any]]:
    """The public numbers, the country of the reader's language first."""
    found = _read(path or OWN)
    order = ("SE", "GB") if lang == "sv" else ("GB", "SE")
    known = [code for code in (*order, *sorted(set(found) - {*order, "house"})) if code in found]
    return [
        {"country": COUNTRIES.get(code, code), "entries": [_call(entry, lang) for entry in found[code]]}
        for code in known
    ]


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
    )
