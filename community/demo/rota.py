"""The rota of the demo's houses: a week that repeats, from the week before the anchor to eight weeks after it.

From seven to ten in the evening a host works at one house or the other, so that what belongs to all houses is read the
same day; at night somebody is awake for both. Wednesday mornings nobody is at Linden, and when Olof has retired nobody
has his nights.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from community.core import clock
from community.core.db import new_id
from community.members.models import House
from community.rota.actions import at_home
from community.rota.models import Shift
from community.rota.queries import works_at

WEEKS = range(-1, 9)
HOURS = {"day": (7, 0, 14, 30), "evening": (14, 0, 22, 0), "night": (22, 0, 7, 0)}

# weekday (0 is Monday), part of the day, who, as what, back-up
Entry = tuple[int, str, str, str, str]
ROTA: dict[str | None, list[Entry]] = {
    "Solgläntan": [
        (0, "day", "elin", "host", "birgitta"),
        (0, "evening", "sara", "staff", "karin"),
        (1, "day", "karin", "staff", "birgitta"),
        (1, "evening", "anders", "host", "birgitta"),
        (2, "day", "elin", "host", "birgitta"),
        (2, "evening", "anders", "host", "birgitta"),
        (3, "day", "elin", "host", "birgitta"),
        (3, "evening", "sara", "staff", "karin"),
        (4, "day", "karin", "staff", "birgitta"),
        (4, "evening", "anders", "host", "karin"),
        (5, "day", "elin", "host", "karin"),
        (5, "evening", "sara", "staff", "karin"),
        (6, "day", "birgitta", "staff", "karin"),
        (6, "evening", "anders", "host", "karin"),
    ],
    "Linden": [
        (0, "day", "mehmet", "staff", "birgitta"),
        (0, "evening", "jonna", "host", "birgitta"),
        (1, "day", "jonna", "host", "birgitta"),
        (1, "evening", "mehmet", "staff", "karin"),
        (2, "evening", "jonna", "host", "birgitta"),
        (3, "day", "mehmet", "staff", "birgitta"),
        (3, "evening", "jonna", "host", "karin"),
        (4, "day", "jonna", "host", "birgitta"),
        (4, "evening", "mehmet", "staff", "karin"),
        (5, "day", "mehmet", "staff", "karin"),
        (5, "evening", "jonna", "host", "karin"),
        (6, "day", "jonna", "host", "karin"),
        (6, "evening", "mehmet", "staff", "karin"),
    ],
    None: [(day, "night", "olof" if day in (4, 5) else "lars", "staff", "karin") for day in range(7)],
}


def write(s: Session, anchor: datetime, people: dict[str, int]) -> None:
    """Insert the shifts, in the present transaction. Nobody has one after she has left."""
    houses: dict[str | None, int | None] = {None: None, **dict(s.execute(select(House.name, House.id)).all())}
    today = clock.local(anchor).date()
    monday = today - timedelta(days=today.weekday())
    rows = [
        _row(monday + timedelta(weeks=week), entry, houses[house], people)
        for week in WEEKS
        for house, entries in ROTA.items()
        for entry in entries
    ]
    there = [row for row in rows if works_at(row["member_id"], row["house_id"], row.pop("last_day"))]
    s.execute(insert(Shift), there)


def _row(monday: date, entry: Entry, house_id: int | None, people: dict[str, int]) -> dict[str, Any]:
    weekday, part, who, role, back_up = entry
    hour, minute, last_hour, last_minute = HOURS[part]
    day = monday + timedelta(days=weekday)
    last_day = day + timedelta(days=last_hour < hour)
    return {
        "id": new_id(),
        "member_id": people[who],
        "house_id": house_id,
        "role": role,
        "starts_at": at_home(datetime(day.year, day.month, day.day, hour, minute)),
        "ends_at": at_home(datetime(last_day.year, last_day.month, last_day.day, last_hour, last_minute)),
        "day": day,
        "last_day": last_day,
        "back_up_id": people[back_up],
        "version": 1,
    }
