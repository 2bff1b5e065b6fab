"""Who is kept apart, for the matrix: ivan and samir, who never ask here, cannot write to each other in private."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from community.core.db import session
from community.members.separation_models import Separation
from community.separations import actions
from tests.world import TODAY, World

UNKNOWN = 4711
SEPARATIONS = ("ivans", "unknown")
TARGETS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys((f"separations.{step}" for step in ("one", "again", "end")), SEPARATIONS),
}


def kept_apart(world: World) -> dict[str, dict[str, int]]:
    """The part of the scene that is about them."""
    two, how = (world.id("ivan"), world.id("samir")), {"level": "private", "reason": "they hurt each other"}
    row = actions.keep_apart(world.viewer("birgitta"), *two, review_on=TODAY + timedelta(days=90), **how)
    return {"separations": {"ivans": row.id}}


def values(scene: Any, endpoint: str, target: str) -> dict[str, Any]:
    """What stands in an address."""
    assert endpoint in TARGETS
    return {"separation_id": scene.separations.get(target, UNKNOWN)}


def fields(scene: Any, world: World, endpoint: str, target: str) -> dict[str, Any] | None:
    """A form anybody who may would send; None for what is none of these."""
    row = session().get(Separation, scene.separations.get(target, UNKNOWN))
    version = row.version if row is not None else 1
    until = (TODAY + timedelta(days=90)).isoformat()
    how = {"level": "chat", "reason": "they hurt each other", "review_on": until}
    return {
        "separations.make": {**how, "one_id": world.id("ivan"), "other_id": world.id("isla")},
        "separations.again": {**how, "version": version},
        "directory.own": {"sent": "entry", "picture": "y"},
        "separations.end": {"why": "they hurt each other", "version": version},
    }.get(endpoint)
