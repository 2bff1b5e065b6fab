"""Somebody says something in the chat of a channel."""

from __future__ import annotations

from sqlalchemy import select

from community.chat import actions
from community.chat.models import Room
from community.core.db import session
from community.streams.actions import Said
from community.streams.models import Piece
from tests.world import World


def chat_of(world: World, slug: str = "vardagsrummet") -> int:
    stream_id = session().scalar(select(Room.stream_id).where(Room.standing_in == world.space(slug)))
    assert stream_id is not None
    return stream_id


def say(world: World, who: str, words: str, slug: str = "vardagsrummet", label: str = "") -> Piece:
    said = Said(words, label or f"chat-{who}-{abs(hash(words))}"[:36])
    return actions.send(world.viewer(who), chat_of(world, slug), said)[0]
