"""Albums, for the matrix: johanna's in the living room, with a picture everybody there sees; tuva's at home; and
amina's, who has blocked elias."""

from __future__ import annotations

from typing import Any

from community.core.db import session
from community.streams.models import Stream
from tests.memories.remembering import album, put_in
from tests.world import World

UNKNOWN = 4711
ALBUMS = ("common", "house", "aminas", "unknown")
HOUSES = ("solglantan", "linden", "unknown")
WHOSE = ("tuva", "vera", "isla", "amina", "johanna", "noor", "sara", "gun", "unknown")
DATED = ("open", "open-reply", "house", "linden", "own", "held", "hidden", "removed", "unknown")
TARGETS = {
    **dict.fromkeys(("memories.album", "memories.add", "memories.put_away"), ALBUMS),
    "memories.house": HOUSES,
    "memories.person": WHOSE,
    "memories.when": DATED,
}


def something_remembered(world: World) -> dict[str, dict[str, int]]:
    """The albums by name."""
    common = album(world, "johanna", title="Gotland")
    put_in(world, common, "johanna")
    house, aminas = album(world, "tuva", "solglantan", "Hemma"), album(world, title="Aminas")
    return {"albums": {"common": common, "house": house, "aminas": aminas}}


def values(scene: Any, world: World, endpoint: str, target: str) -> dict[str, Any]:
    if endpoint == "memories.house":
        houses = {"solglantan": "Solgläntan", "linden": "Linden"}
        return {"house_id": world.house(houses[target]) if target in houses else UNKNOWN}
    if endpoint == "memories.person":
        return {"member_id": world.id(target) if target != "unknown" else UNKNOWN}
    stream_id = scene.albums.get(target, UNKNOWN)
    if endpoint == "memories.put_away":
        stream = session().get(Stream, stream_id)
        return {"piece_id": stream.opening_id if stream is not None else UNKNOWN}
    return {"stream_id": stream_id}


def fields(world: World, endpoint: str) -> dict[str, Any] | None:
    when = {"year": "2014", "part": "summer", "day": ""}
    place = f"{world.space('vardagsrummet')}:all"
    return {
        "memories.when": when,
        "memories.new_album": {
            **when,
            "title": "En resa",
            "kind": "trip",
            "place": place,
            "client_id": "matrix-album",
        },
        "memories.add": {**when, "text": "some words", "client_id": "matrix-added"},
        "memories.put_away": {"back": "home"},
        "memories.look_back": {"wanted": "no"},
    }.get(endpoint)
