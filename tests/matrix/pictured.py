"""Pictures, for the matrix: amina's, of vera, who has not answered; johanna's, with nobody in it, which everybody sees;
one of amina's that hangs on nothing; and one of amina's at home that somebody told staff of. A picture amina put up of
herself stands; one of kim, who is 17, waits for a host."""

from __future__ import annotations

import io
from typing import Any

from community.core.db import session, transaction
from community.photos import portrait_queries, portraits
from community.streams import moderating
from community.streams.models import Piece
from tests.photos.picturing import A_PICTURE, NOBODY_IN_IT, loose, standing, with_people
from tests.world import World

PHOTOS = ("asked", "shown", "loose", "unknown")
PORTRAITS = ("stands", "waits", "unknown")
HUNG = ("asked", "shown", "unknown")
UNKNOWN = 4711
TARGETS = {
    **dict.fromkeys((f"photos.{step}" for step in ("photo", "file", "who", "claim", "remove")), PHOTOS),
    **dict.fromkeys(("photos.place", "photos.answer", "photos.staff"), PHOTOS),
    "photos.unveil": (*PHOTOS[:2], "told", "unknown"),
    **dict.fromkeys(("photos.of_piece", "photos.nobody"), HUNG),
    **dict.fromkeys((f"portraits.{step}" for step in ("file", "portrait", "claim", "look")), PORTRAITS),
}


def somebody_pictured(world: World) -> dict[str, dict[str, int]]:
    """The photos by name, and the pieces they hang on."""
    asked_on, asked = standing(world, "amina", told=with_people(world, "vera"))
    shown_on, shown = standing(world, "johanna", told=NOBODY_IN_IT)
    told_on, told = standing(world, "johanna", told=NOBODY_IN_IT)
    hidden(world, told_on.id)
    return {
        "portraits": {"stands": portrayed(world, "amina"), "waits": portrayed(world, "kim", looked=False)},
        "photos": {"asked": asked.id, "shown": shown.id, "told": told.id, "loose": loose(world, "amina").id},
        "pictured": {"asked": asked_on.id, "shown": shown_on.id},
    }


def portrayed(world: World, who: str, *, looked: bool = True) -> int:
    """Whose it is; a host says yes, or has not looked."""
    portrait = portraits.put_up(world.viewer(who), io.BytesIO(A_PICTURE), "middle")
    if looked:
        portraits.decide(world.viewer("jonna"), world.id(who), portrait.id, stands=True)
    return world.id(who)


def hidden(world: World, piece_id: int) -> None:
    """A host hides it."""
    with transaction():
        moderating.hide(world.viewer("jonna"), session().get_one(Piece, piece_id))


def values(scene: Any, endpoint: str, target: str) -> dict[str, Any]:
    if endpoint in ("photos.of_piece", "photos.nobody"):
        return {"piece_id": scene.pictured.get(target, UNKNOWN)}
    if endpoint.startswith("portraits."):
        whose = {"member_id": scene.portraits.get(target, UNKNOWN)}
        return {**whose, "name": "96.jpg"} if endpoint == "portraits.file" else whose
    found = {"photo_id": scene.photos.get(target, UNKNOWN)}
    return {**found, "name": "320.jpg"} if endpoint == "photos.file" else found


def fields(world: World, endpoint: str) -> dict[str, Any] | None:
    vera, kims = str(world.id("vera")), portrait_queries.of_member(world.id("kim"))
    return {
        "photos.add": {"client_id": "matrix-photo"},
        "photos.who": {"alt": "En sjö", "who": "nobody"},
        "photos.place": {"member_id": vera, "cell_3": "y"},
        "photos.answer": {"answer": "yes"},
        "portraits.own": {"cut": "middle"},
        "portraits.look": {"portrait_id": str(kims.id if kims else UNKNOWN), "said": "yes", "why": "others"},
        "photos.staff": {"member_id": vera, "said": "yes"},
    }.get(endpoint)
