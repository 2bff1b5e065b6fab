"""Two or more in a talk, made through its own actions."""

from __future__ import annotations

import itertools

from community.core.db import session
from community.streams.actions import Said
from community.streams.models import Piece, Stream, StreamMember
from community.talks import actions
from tests.world import World

_numbers = itertools.count(1)


def begun(world: World, who: str, *others: str, name: str = "") -> int:
    """A talk in which everybody has said yes."""
    stream = actions.begin(world.viewer(who), [world.id(one) for one in others], name)
    for one in others:
        if standing(world, stream.id, one) == "asked":
            actions.answer(world.viewer(one), stream.id, yes=True)
    return stream.id


def say(world: World, who: str, stream_id: int, words: str | None = None, **more: object) -> Piece:
    number = next(_numbers)
    said = Said(words or f"ord nummer {number}", f"talk-{number:06d}", **more)  # type: ignore[arg-type]
    return actions.send(world.viewer(who), stream_id, said)[0]


def standing(world: World, stream_id: int, who: str) -> str | None:
    row = session().get(StreamMember, (stream_id, world.id(who)), populate_existing=True)
    return row.state if row is not None else None


def rows(stream_id: int) -> Stream:
    return session().get_one(Stream, stream_id, populate_existing=True)
