"""What `/design` shows of the directory: the list in its states."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from community.directory.queries import Asked, Lived, Page, PersonView
from community.members.people import AuthorView

LONG = AuthorView(5, "Maximiliana-Alexandria af Klingenspoor", "alumnus", "a15", "e")
BO = AuthorView(4, "Bo", "resident", None, "d")
SARA = AuthorView(3, "Sara", "staff", "a24", "a")
NOOR = AuthorView(6, "نور", "resident", None, "f")


def samples() -> dict[str, Any]:
    """Made-up people, shown as far as each chose."""
    stays = (Lived("Solgläntan", "2004–2009"), Lived("Linden", "2012"))
    people = [
        PersonView(LONG, stays, None, "#directory"),
        PersonView(BO, (Lived(None, "2024–"),), None, "#directory"),
        PersonView(SARA, (), "Solgläntan", "#directory"),
        PersonView(NOOR, (), None, None, bare=True),
    ]
    form = SimpleNamespace(**{name: SimpleNamespace(data="") for name in ("q", "house", "when")})
    return {
        "found_people": Page(people, 34, 5, True),
        "found_nobody": Page([], 0, None, True),
        "found_empty": Page([], 0, None, False),
        "looked_for": Asked("bo"),
        "look_form": form,
    }
