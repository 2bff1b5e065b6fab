"""Samir is on his way: the house manager of Linden has planned it with him, through the action itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from community.core import clock
from community.lifecycle import moving_out
from community.lifecycle.moving_out import Wish
from community.members.queries import as_viewer

PLANNED_AGO, MOVES_IN = 9, 12  # days before the anchor, and after it


def write(anchor: datetime, people: dict[str, int]) -> None:
    """He moves to a place of his own."""
    day = clock.local(anchor).date() + timedelta(days=MOVES_IN)
    with clock.at(anchor - timedelta(days=PLANNED_AGO)):
        moving_out.plan(as_viewer(people["mehmet"]), people["samir"], Wish("planned", day))
