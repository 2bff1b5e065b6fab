"""Moves, for the matrix: amina, whose contact sara is, moves in twelve days; johanna moved years ago."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from community.core import clock
from community.core.db import session, transaction
from community.lifecycle import moving_out
from community.lifecycle.moving_out import Wish
from community.moving.models import Move
from tests.world import CAST, TODAY, World

UNKNOWN = 4711
PEOPLE = ("tuva", "amina", "samir", "johanna", "sara", "unknown")
TARGETS: dict[str, tuple[str, ...]] = dict.fromkeys(
    (f"moving.{step}" for step in ("plan", "change", "cancel", "move_in")), PEOPLE
)


def somebody_moves(world: World) -> dict[str, Any]:
    """The part of the scene that is about them."""
    amina = moving_out.plan(world.viewer("birgitta"), world.id("amina"), Wish("planned", TODAY + timedelta(days=12)))
    with transaction() as s:
        johanna = Move(member_id=world.id("johanna"), house_id=world.house("Solgläntan"), kind="planned")
        johanna.moves_on, johanna.made_by, johanna.made_at = date(2014, 6, 1), world.id("birgitta"), clock.now()
        johanna.done_at = clock.start_of(date(2014, 6, 1))
        s.add(johanna)
        s.flush()
    return {"moves": {"amina": amina.id, "johanna": johanna.id}}


def values(world: World, target: str) -> dict[str, Any]:
    """What stands in an address."""
    return {"member_id": world.id(target) if target in CAST else UNKNOWN}


def fields(endpoint: str) -> dict[str, Any] | None:
    """A form anybody who may would send; None for what is none of these."""
    day = {"moves_on": (TODAY + timedelta(days=20)).isoformat(), "kind": "planned", "to_house_id": 0}
    version = session().scalar(select(Move.version).where(Move.is_open.is_(True))) or 1
    return {
        "moving.plan": day,
        "moving.change": {**day, "version": version},
        "moving.cancel": {"version": version},
        "moving.move_in": {"from_on": TODAY.isoformat()},
        "moving.contact": {"keeps": "yes"},
        "moving.farewell": {"text": "goodbye all", "whom": "all", "client_id": "matrix-farewell"},
        "moving.by_name": {"year": "no"},
    }.get(endpoint)
