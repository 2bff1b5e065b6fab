"""Pictures, for the matrix: amina's, of vera, who has not answered; johanna's, with nobody in it, which everybody sees;
one of amina's that hangs on nothing; and one of amina's at home that somebody told staff of."""

from __future__ import annotations

from typing import Any

from community.core.db import session, transaction
from community.streams import moderating
from community.streams.models import Piece
from tests.photos.picturing import NOBODY_IN_IT, loose, standing, with_people
from tests.world import World

PHOTOS = ("asked", "shown", "loose", "unknown")
HUNG = ("asked", "shown", "unknown")
UNKNOWN = 4711
TARGETS = {
    **dict.fromkeys((f"photos.{step}" for step in ("photo", "file", "who", "claim", "remove")), PHOTOS),
    **dict.fromkeys(("photos.place", "photos.answer", "photos.staff"), PHOTOS),
    "photos.unveil": (*PHOTOS[:2], "told", "unknown"),
    **dict.fromkeys(("photos.of_piece", "photos.nobody"), HUNG),
}


def somebody_pictured(world: World) -> dict[str, dict[str, int]]:
    """The photos by name, and the pieces they hang on."""
    asked_on, asked = standing(world, "amina", told=with_people(world, "vera"))
    shown_on, shown = standing(world, "johanna", told=NOBODY_IN_IT)
    told_on, told = standing(world, "johanna", told=NOBODY_IN_IT)
    hidden(world, told_on.id)
    return {
        "photos": {"asked": asked.id, "shown": shown.id, "told": told.id, "loose": loose(world, "amina").id},
        "pictured": {"asked": asked_on.id, "shown": shown_on.id},
    }


def hidden(world: World, piece_id: int) -> None:
    """A host hides it."""
    with transaction():
        moderating.hide(world.viewer("jonna"), session().get_one(Piece, piece_id))


def values(scene: Any, endpoint: str, target: str) -> dict[str, Any]:
    if endpoint in ("photos.of_piece", "photos.nobody"):
        return {"piece_id": scene.pictured.get(target, UNKNOWN)}
    found = {"photo_id": scene.photos.get(target, UNKNOWN)}
    return {**found, "name": "320.jpg"} if endpoint == "photos.file" else found


def fields(world: World, endpoint: str) -> dict[str, Any] | None:
    vera = str(world.id("vera"))
    return {
        "photos.add": {"client_id": "matrix-photo"},
        "photos.who": {"alt": "En sjö", "who": "nobody"},
        "photos.place": {"member_id": vera, "cell_3": "y"},
        "photos.answer": {"answer": "yes"},
        "photos.staff": {"member_id": vera, "said": "yes"},
    }.get(endpoint)
