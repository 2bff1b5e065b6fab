"""Who answers for this place, and where its assessments are: from configuration, nothing invented.

The file (`SAFETY_FILE`, TOML) names one accountable person and the papers by kind, each with the day it was last gone
through. What nobody has entered is said to be missing.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from community.core import clock
from community.core.i18n import LANGUAGES
from community.core.i18n import lazy as _l

GOOD_FOR = timedelta(days=365)

KINDS: dict[str, Any] = {
    "dpia": _l("Data protection impact assessment"),
    "risk": _l("Risk assessment"),
    "processors": _l("Whose machines this runs on"),
    "rules": _l("What staff are bound to here"),
}


@dataclass(frozen=True)
class Accountable:
    """The one who answers for this place, and how to reach her."""

    name: str
    role: str
    reached_by: str


@dataclass(frozen=True)
class Paper:
    """One paper, or that it is missing (`name` None). `url` None: it lies at the house."""

    kind: str
    title: str
    name: str | None = None
    url: str | None = None
    dated: date | None = None

    @property
    def old(self) -> bool:
        """Whether nobody has gone through it for a year."""
        return self.dated is not None and clock.today() - self.dated > GOOD_FOR


def accountable(path: Path | None, lang: str) -> Accountable | None:
    """Who answers, once somebody has entered it."""
    found = _read(path).get("accountable")
    if not found:
        return None
    return Accountable(found["name"], found[f"role_{lang}"], str(found.get("reached_by", "")))


def of_all_kinds(path: Path | None, lang: str) -> list[Paper]:
    """Every kind of paper in its order, the missing ones too."""
    entered = {paper["kind"]: paper for paper in _read(path).get("paper", [])}
    return [
        _paper(kind, str(title), entered[kind], lang) if kind in entered else Paper(kind, str(title))
        for kind, title in KINDS.items()
    ]


def check(path: Path | None) -> None:
    """Read everything once. Raises what a broken file raises."""
    unknown = {paper["kind"] for paper in _read(path).get("paper", [])} - set(KINDS)
    if unknown:
        raise ValueError(f"unknown kind {', '.join(sorted(unknown))}")
    for lang in LANGUAGES:
        accountable(path, lang)
        for entry in _read(path).get("paper", []):
            _paper(entry["kind"], "", entry, lang)


def _paper(kind: str, title: str, entry: dict[str, Any], lang: str) -> Paper:
    url, dated = entry.get("url") or None, entry["dated"]
    if url is not None and not str(url).startswith(("https://", "/")):
        raise ValueError(f"the address of {kind} must begin with https://")
    if not isinstance(dated, date):
        raise TypeError(f"dated of {kind} must be a day, as in 2026-03-14")
    return Paper(kind, title, entry[f"name_{lang}"], url, dated)


@cache
def _read(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    with path.open("rb") as file:
        return tomllib.load(file)
