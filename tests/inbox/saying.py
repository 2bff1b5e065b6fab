"""Writing to the team and reading there, as tests do it."""

from __future__ import annotations

import itertools

from sqlalchemy import select

from community.core.db import session
from community.inbox import actions, queries
from community.inbox.models import Inbox
from community.streams import messages, own
from community.streams.actions import Said
from community.streams.apart import as_team
from community.streams.models import Piece
from community.streams.queries import PieceView
from tests.world import World

_numbers = itertools.count(1)


def said(text: str) -> Said:
    return Said(text, f"inbox-said-{next(_numbers):05d}")


def write(world: World, who: str, text: str) -> Piece:
    return actions.write(world.viewer(who), said(text))[0]


def answer(world: World, who: str, stream_id: int, text: str) -> Piece:
    return actions.answer(world.viewer(who), stream_id, said(text))[0]


def inbox_of(world: World, who: str) -> int:
    found = session().scalar(select(Inbox.stream_id).where(Inbox.member_id == world.id(who)))
    assert found is not None
    return found


def row_of(world: World, who: str) -> Inbox:
    return session().get_one(Inbox, inbox_of(world, who), populate_existing=True)


def views(world: World, who: str, stream_id: int) -> list[PieceView]:
    viewer = world.viewer(who)
    found = queries.found_for(viewer, stream_id)
    place = own.place_in(viewer, stream_id)
    return messages.page_for(as_team(viewer), found.stream, found.space, place).pieces


def texts(world: World, who: str, stream_id: int) -> list[str]:
    return [view.text for view in views(world, who, stream_id)]
