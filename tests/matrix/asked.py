"""Calls for help, for the matrix: tuva's, to which sara was called; one about sara; one sara has taken."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from community.concerns import actions, calls, handling
from community.concerns.actions import Wish
from community.concerns.models import Call
from community.core.db import transaction
from tests.world import World

TOKEN = "k" * 32


def somebody_asked(world: World) -> dict[str, Any]:
    """The part of the scene that is about calls for help."""
    ids = {
        "tuvas": actions.ask(world.viewer("tuva"), Wish("urgent", "kom"), "matrix-open-1"),
        "about": actions.ask(
            world.viewer("johanna"), Wish("urgent", "om", about=frozenset({world.id("sara")})), "matrix-about-1"
        ),
        "taken": actions.ask(world.viewer("amina"), Wish("talk", "prata"), "matrix-taken-1"),
    }
    ids["open"] = ids["tuvas"]
    handling.take(world.viewer("sara"), ids["taken"], "write")
    its = (Call.concern_id == ids["open"]) & (Call.member_id == world.id("sara")) & (Call.channel == "app")
    with transaction() as s:
        s.execute(update(Call).where(its).values(token_hash=calls.link_of(TOKEN)))
    return {"concerns": ids, "token": TOKEN}
