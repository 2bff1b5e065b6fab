"""Saying when something was, making albums, putting pictures into them, and what not to look back on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import delete, select

from community.core import audit, clock
from community.core.db import add_once, after_commit, session, transaction
from community.core.errors import Invalid
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.core.text import says_something
from community.members.people import Viewer
from community.memories import looking_back, queries, rules
from community.memories.happened import Happened
from community.memories.models import KINDS, Album, MemoryDate, MemoryOff, MemoryPutAway
from community.notices import actions as notices
from community.photos import asking, hanging
from community.spaces import queries as spaces
from community.spaces import rules as space_rules
from community.streams import actions as streams
from community.streams.actions import Said
from community.streams.models import Piece


class Wish(NamedTuple):
    """An album somebody wants: where, of what, and when that was. `whom`: 'house' or 'all', where the space asks."""

    space_id: int
    kind: str
    happened: Happened | None = None
    whom: str | None = None


def say_when(actor: Viewer, piece_id: int, happened: Happened | None) -> Piece:
    """Say when what a piece tells happened, or (None) that it is of the day it was posted. What a host says stands in
    the chain. Raises NotFound, NotAllowed."""
    with transaction() as s:
        s.execute(select(Piece.id).where(Piece.id == piece_id).with_for_update(key_share=True))
        dating = queries.dating_for(actor, piece_id)
        require(actor, rules.SAY_WHEN, dating)
        _write(dating.piece, happened)
        if dating.piece.author_id != actor.id:
            audit.append(actor.id, "memory.dated", f"piece:{piece_id}")
        return dating.piece


def make_album(actor: Viewer, wish: Wish, said: Said) -> Piece:
    """Make an album; its opening is returned, the one already there when it was sent twice. Without words its title is
    what it says. Raises NotFound (space), NotAllowed, Invalid by field, TooMany."""
    if not says_something(said.title or ""):
        raise Invalid(_l("Give the album a name first."), field="title")
    if wish.kind not in KINDS:
        raise Invalid(_l("Choose what it is of."), field="kind")
    words = said.text if says_something(said.text) else said.title or ""
    with transaction() as s:
        space = spaces.space_for(actor, wish.space_id)
        require(actor, rules.MAKE_ALBUM, space)
        choices = space_rules.choices_of_whom(actor, space)
        if (len(choices) > 1 and wish.whom not in choices) or (wish.whom == "house" and "house" not in choices):
            raise Invalid(_l("Choose who reads it: your house, or everyone."), field="place")
        house_id = space_rules.house_of(actor) if wish.whom == "house" else None
        plain = replace(said, text=words, unnamed=False, pictures=0)
        piece, is_new = streams.open_stream(actor, space, plain, kind="album", gentle=False, house_id=house_id)
        if is_new:
            s.add(Album(stream_id=piece.stream_id, kind=wish.kind))
            s.flush()
            _write(piece, wish.happened)
            notices.tell_new(piece)
        return piece


def contribute(
    actor: Viewer, stream_id: int, said: Said, photos: Sequence[int] = (), happened: Happened | None = None
) -> Piece:
    """Put pictures, words or both into an album. Raises NotFound, NotAllowed, Invalid by field, TooMany."""
    if not photos and not says_something(said.text):
        raise Invalid(_l("Choose a picture first, or write something."), field="photos")
    with transaction():
        found = queries.album_for(actor, stream_id)
        require(actor, rules.ADD_TO_ALBUM, found)
        pictured = hanging.said_with(replace(said, unnamed=False), photos)
        piece, is_new = streams.reply(actor, found.stream, pictured)
        if is_new:
            asking.hang(actor, piece, photos, rules.MOST_IN_ALBUM)
            _write(piece, happened)
            if piece.state == "published":
                notices.tell_new(piece)
        return piece


def put_away(actor: Viewer, piece_id: int) -> None:
    """Not this one again. Done twice it is done once; of what is not there for her nothing is said."""
    require(actor, rules.LOOK_BACK, actor.id)
    with transaction() as s:
        known = s.get(MemoryPutAway, (actor.id, piece_id)) is not None
        if not known and s.get(Piece, piece_id) is not None:
            add_once(MemoryPutAway(member_id=actor.id, piece_id=piece_id))


def look_back(actor: Viewer, wanted: bool) -> None:
    """Whether she wants to be shown what was on this day at all."""
    require(actor, rules.LOOK_BACK, actor.id)
    with transaction() as s:
        if wanted:
            s.execute(delete(MemoryOff).where(MemoryOff.member_id == actor.id))
        elif s.get(MemoryOff, actor.id) is None:
            add_once(MemoryOff(member_id=actor.id, since=clock.now()))


def _write(piece: Piece, happened: Happened | None) -> None:
    s = session()
    row = s.get(MemoryDate, piece.id, populate_existing=True)
    if happened is None:
        if row is not None:
            s.delete(row)
    else:
        row = row or MemoryDate(piece_id=piece.id)
        row.first_on, row.last_on, row.precision = happened.first, happened.last, happened.precision
        s.add(row)
    s.flush()
    after_commit(looking_back.forget)
