"""Chats: made where they belong, written in, slowed down, opened for an evening."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from community.chat import queries, rules
from community.chat.models import SLOW, Room
from community.core import audit, clock
from community.core.announcements import announce
from community.core.db import new_id, session, transaction
from community.core.errors import Invalid, TooMany
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members.people import Viewer
from community.notices import actions as notices
from community.photos import asking
from community.photos.hanging import said_with
from community.spaces.models import Space
from community.streams import actions as streams
from community.streams.actions import Said
from community.streams.models import Piece, Stream


def open_standing() -> int:
    """Give every space that is to have one its chat: each house, those who moved out, staff, and the first channel for
    everybody. What is there stays. A job; returns how many it made."""
    with transaction():
        lacking = without_chat()
        for space_id in lacking:
            make(space_id, Room(standing_in=space_id, made_at=clock.now()))
    return len(lacking)


def without_chat() -> list[int]:
    """The spaces that are to have a chat and have none yet: of those for everybody the first alone. One query."""
    beside = select(Space, Room.stream_id).outerjoin(Room, Room.standing_in == Space.id)
    rows = session().execute(beside.where(Space.closed_at.is_(None)).order_by(Space.position, Space.id))
    own = [(space, room) for space, room in rows if queries.has_its_own(space)]
    everybodys = [one for one in own if one[0].audience == "all"][:1]
    others = [one for one in own if one[0].audience != "all"]
    return [space.id for space, room in (*everybodys, *others) if room is None]


def send(actor: Viewer, stream_id: int, said: Said, photos: Sequence[int] = ()) -> tuple[Piece, bool]:
    """Say something in a chat, perhaps with pictures: whoever is named or answered is told. Returns the piece and
    whether it is new; what was sent twice is there once.

    Raises NotFound, NotAllowed (it rests, too), Invalid by field, TooMany (slow mode, too).
    """
    with transaction():
        found = queries.judged(queries.room_for(actor, stream_id))
        known = streams.sent_before(actor, found.stream, said.client_id)
        if known is not None:
            return known, False
        require(actor, rules.WRITE, found)
        _wait_your_turn(actor, found.room)
        piece, new = streams.send_message(actor, found.stream, said_with(said, photos))
        if new:
            asking.hang(actor, piece, photos)
        if new and piece.state == "published":
            notices.tell_new(piece)
        return piece, new


def slow_down(actor: Viewer, stream_id: int, seconds: int) -> Room:
    """How long one waits between two messages in a chat, for everybody but staff. Open pages hear of it.

    Raises NotFound, NotAllowed, Invalid.
    """
    with transaction() as s:
        found = queries.room_for(actor, stream_id)
        require(actor, rules.LOOK_AFTER, found)
        if seconds not in SLOW:
            raise Invalid(_l("Choose one of the times."), field="seconds")
        room = s.get_one(Room, found.stream.id, with_for_update=True, populate_existing=True)
        if room.slow_seconds != seconds:
            audit.append(actor.id, "chat.slowed", f"stream:{stream_id}", seconds=seconds, before=room.slow_seconds)
            room.slow_seconds = seconds
            announce(f"stream:{stream_id}", "chat:state", stream=stream_id)
        return room


def make(space_id: int, room: Room) -> Stream:
    """Write a chat down for those who read a space. For what has asked whether it may be."""
    with transaction() as s:
        stream = Stream(id=new_id(), kind="room", space_id=space_id, house_id=None, active_at=clock.now())
        s.add(stream)
        s.flush()
        room.stream_id = stream.id
        s.add(room)
        s.flush()
        return stream


def _wait_your_turn(actor: Viewer, room: Room) -> None:
    """Slow mode. Raises TooMany with the wait in seconds. Staff are not slowed down."""
    if not room.slow_seconds or actor.is_staff:
        return
    hers = select(Piece.written_at).where(Piece.stream_id == room.stream_id, Piece.author_id == actor.id)
    last = session().scalar(hers.order_by(Piece.written_at.desc()).limit(1))
    if last is None:
        return
    wait = last + timedelta(seconds=room.slow_seconds) - clock.now()
    if wait > timedelta():
        raise TooMany(int(wait.total_seconds()) + 1)
