"""Pictures on posts, made through the house's own actions."""

from __future__ import annotations

import io
import itertools
from typing import Any

from community.core.db import session, transaction
from community.forum import actions as forum
from community.photos import actions, asking
from community.photos.actions import Told
from community.photos.models import Photo
from community.streams import moderating
from community.streams.actions import Said
from community.streams.models import Piece
from tests.pictures.corpus import drawn, encoded
from tests.world import World

_numbers = itertools.count(1)
A_PICTURE = encoded(drawn(60, 40), "JPEG")


def loose(world: World, who: str, content: bytes = A_PICTURE) -> Photo:
    """A photo that hangs on nothing yet."""
    return actions.add(world.viewer(who), io.BytesIO(content), f"photo-{next(_numbers):06d}")


def posted(
    world: World,
    who: str = "tuva",
    space: str = "vardagsrummet",
    count: int = 1,
    words: str = "Titta här",
    content: bytes = A_PICTURE,
    **how: Any,
) -> tuple[Piece, list[Photo]]:
    """A post with pictures, as its writer has sent it: nobody has looked yet."""
    photos = [loose(world, who, content) for _ in range(count)]
    said = Said(words, f"pictured-{next(_numbers):06d}")
    given = {"mode": "tell", "just_listen": False, "photos": [photo.id for photo in photos], **how}
    piece = forum.start_thread(world.viewer(who), world.space(space), said, **given)
    return piece, photos


def standing(
    world: World, who: str = "tuva", told: Told | None = None, by: str = "jonna", **how: Any
) -> tuple[Piece, Photo]:
    """The same, once its writer has said who is in it and a host has let it stand."""
    piece, (photo,) = posted(world, who, **how)
    if told is not None:
        actions.say_who(world.viewer(who), photo.id, told)
    if piece.state == "held":
        let_stand(world, piece, by)
    return piece, photo


def let_stand(world: World, piece: Piece, by: str = "jonna") -> None:
    host = world.viewer(by)
    with transaction():
        moderating.publish(host, session().get_one(Piece, piece.id))
        asking.confirm_all(host, session().get_one(Piece, piece.id))


def with_people(
    world: World, *names: str, blur_unanswered: bool = False, cells: frozenset[int] = frozenset({0})
) -> Told:
    """The uploader names these people, each in the same square."""
    ids = tuple(world.id(name) for name in names)
    places = tuple((id_, cells) for id_ in ids)
    return Told("En bild", "people", ids, places, blur_unanswered=blur_unanswered)


NOBODY_IN_IT = Told("En sjö", "nobody")
