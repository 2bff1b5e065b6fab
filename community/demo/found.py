"""Who of the demo wants to be found, and how much of her it shows, by the action itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from community.core import clock
from community.directory import actions
from community.members.queries import as_viewer

PICTURE, HOUSE, YEARS = "picture", "house", "years"
ALL = (PICTURE, HOUSE, YEARS)
WHO: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("johanna", ALL),
    ("robin", ALL),
    ("marcus", (HOUSE, YEARS)),
    ("leyla", ALL),
    ("callum", ALL),
    ("sofia", (PICTURE, YEARS)),
    ("rasmus", ()),
    ("wilma", ALL),
    ("amina", (PICTURE, HOUSE)),
    ("birgitta", (PICTURE, HOUSE)),
)


def write(anchor: datetime, people: dict[str, int]) -> None:
    """Each for herself, some weeks ago."""
    for number, (name, shown) in enumerate(WHO):
        with clock.at(anchor - timedelta(days=20 + number)):
            viewer = as_viewer(people[name])
            actions.open_entry(viewer, picture=PICTURE in shown, house=HOUSE in shown, years=YEARS in shown)
