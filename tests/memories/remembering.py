"""Memories made through the house's own actions, and pictures cheaply: rows of one kept file."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import inspect

from community.core.db import new_id, session, transaction
from community.memories import actions
from community.memories.actions import Wish
from community.memories.happened import Happened, on
from community.photos.actions import Told, say_who
from community.photos.models import Photo
from community.streams.actions import Said
from community.streams.models import Piece
from tests.photos.picturing import NOBODY_IN_IT, let_stand, loose
from tests.world import World

APP: list[Flask] = []
_numbers = itertools.count(1)
SUMMER = Happened(date(2014, 6, 1), date(2014, 8, 31), "season")


def said(words: str = "", title: str | None = None) -> Said:
    return Said(words, f"memory-{next(_numbers):06d}", title)


def album(
    world: World,
    who: str = "amina",
    space: str = "vardagsrummet",
    title: str = "Gotland",
    happened: Happened | None = SUMMER,
    **how: Any,
) -> int:
    """An album that stands; its stream."""
    wish = Wish(world.space(space), "trip", happened, how.pop("whom", "all"))
    piece = actions.make_album(world.viewer(who), wish, said(how.get("words", ""), title))
    if piece.state == "held":
        let_stand(world, piece)
    return piece.stream_id


def put_in(
    world: World,
    stream_id: int,
    who: str = "amina",
    words: str = "",
    count: int = 1,
    told: Told | None = NOBODY_IN_IT,
    happened: Happened | None = None,
) -> tuple[Piece, list[Photo]]:
    """A contribution with pictures that stands, with everything said about them that is `told`."""
    photos = [loose(world, who) for _ in range(count)]
    ids = [photo.id for photo in photos]
    piece = actions.contribute(world.viewer(who), stream_id, said(words), ids, happened)
    for photo in photos if told is not None else ():
        say_who(world.viewer(who), photo.id, told)
    if piece.state == "held":
        let_stand(world, piece)
    return piece, photos


def many(world: World, photo: Photo, stream_id: int, who: str, pictures: int, each: int = 20) -> None:
    """So many pictures more in an album, all of one kept file: what is drawn is not asked here."""
    columns = [column.key for column in inspect(Photo).columns if column.key not in ("id", "client_id", "piece_id")]
    like = {name: getattr(photo, name) for name in columns}
    with transaction() as s:
        for start in range(0, pictures, each):
            piece = actions.contribute(world.viewer(who), stream_id, said(f"Dag {start}"), [])
            count = min(each, pictures - start)
            for position in range(count):
                row = Photo(**{**like, "position": position}, id=new_id(), piece_id=piece.id)
                row.client_id = f"many-{next(_numbers):08d}"
                row.alt_sealed = None
                s.add(row)
            session().get_one(Piece, piece.id).pictures = count
        s.flush()


def in_request() -> Any:
    """As if a page were made."""
    return APP[0].test_request_context()


def exactly(year: int, month: int, day: int) -> Happened:
    return on(date(year, month, day))
