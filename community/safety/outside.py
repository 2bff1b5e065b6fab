"""The named person outside who hears of what nobody who works here may decide about (INDEPENDENT_NAME,
INDEPENDENT_CONTACT)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")


@dataclass(frozen=True)
class Outside:
    """Who it is, and how she is reached: a phone number, an address, or both in a few words."""

    name: str
    contact: str

    @property
    def address(self) -> str | None:
        """Where a letter can go, if there is one in it."""
        found = _ADDRESS.search(self.contact)
        return found[0].rstrip(".") if found else None


_person: Outside | None = None


def configure(name: str | None, contact: str | None) -> None:
    """Once per process."""
    global _person
    _person = Outside(name, contact) if name and contact else None


def person() -> Outside | None:
    """Who it is in this installation."""
    return _person


def by_letter() -> Outside | None:
    """The same where a letter reaches her."""
    return _person if _person is not None and _person.address else None
