"""What waits in the queue while the matrix asks: of both houses, of all, of the leads alone, and jonna's own."""

from __future__ import annotations

from community.moderation import actions, waiting
from tests.moderation.conftest import case_about
from tests.world import World

CASES = ("held", "linden", "solglantan", "leads", "own", "unknown")
DECISIONS = (
    *("held-publish", "held-back", "linden-hide", "linden-cool", "solglantan-fine", "leads-fine", "own-fine"),
    *("held-nothing", "unknown"),
)


def something_waits(world: World) -> dict[str, dict[str, int]]:
    """The cases by name, and a step jonna has just made."""
    waiting.forget()
    tuva = world.id("tuva")
    cases = {
        "held": case_about(world.piece("held")).id,
        "linden": case_about(world.piece("linden-reply"), "report", by_id=world.id("samir")).id,
        "solglantan": case_about(world.piece("house"), "report", by_id=tuva).id,
        "leads": case_about(world.piece("open-reply"), "report", by_id=tuva, lane="leads").id,
        "own": case_about(world.piece("own-jonna"), "report", by_id=tuva).id,
    }
    step = actions.write_note(world.viewer("jonna"), case_about(world.piece("held-reply")).id, "ringer hem")
    return {"cases": cases, "steps": {"jonnas": step.id}}
