"""Somebody leaves, as her page and the nights do it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from community.core import clock
from community.core.db import session
from community.lifecycle import leaving
from community.moving.models import Departure
from tests.world import World


def leave(world: World, name: str, choice: str) -> Departure:
    """She asks for it, her password typed just now."""
    row = leaving.leave(replace(world.viewer(name), password_at=clock.now()), choice)
    session().refresh(row)
    session().expunge(row)
    return row


def nights(first: datetime, count: int = 1) -> None:
    """The job of so many nights, from the one in which it is due."""
    for night in range(count):
        with clock.at(first + timedelta(days=night, minutes=1)):
            for job in leaving.JOBS:
                for due in job.due(clock.now()):
                    job.run(due)


def gone(world: World, name: str, choice: str, count: int = 1) -> Departure:
    """All of it, and so many nights more."""
    departure = leave(world, name, choice)
    nights(departure.due_at, count)
    return departure
