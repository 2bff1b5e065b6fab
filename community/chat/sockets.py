"""A chat on open pages: sending, with the acknowledgement after the commit, and what changes about it."""

from __future__ import annotations

import logging
import time
from collections.abc import Collection
from typing import Any

from community.chat import actions, queries, rules
from community.chat.queries import Found
from community.core import fanout, knock, live, ratelimit
from community.core.db import remove, session
from community.core.errors import NotFound, TooMany
from community.core.i18n import LANGUAGES
from community.core.policy import can
from community.members.people import Viewer
from community.members.queries import as_viewer
from community.photos.rules import MOST_ON_A_PIECE
from community.safety import card
from community.streams import sockets as streams
from community.streams.message_pages import receipt
from community.streams.message_schema import message_with, said_in
from community.streams.models import Stream
from community.streams.queries import going_on_for

_log = logging.getLogger(__name__)


def send(viewer: Viewer, payload: dict[str, Any]) -> dict[str, Any]:
    """`chat:send {stream, client_id, text, quote?, picked?, photos?}` -> `{ok, id, nr, seq, state, help}`, after the
    commit. The same `client_id` once more is answered the same, and stored once. `photos`: pictures of hers she has
    sent before (`POST /photos`). `help`: a help card waits for her (`/chat/<id>/card`)."""
    card.take()  # what an earlier page's cookie still held when the line was opened
    piece, _new = actions.send(viewer, payload["stream"], said_in(payload), payload.get("photos", ()))
    return {**receipt(piece), "help": card.take() is not None}


def typing(viewer: Viewer, payload: dict[str, Any]) -> dict[str, Any]:
    """`chat:typing {stream}` -> `{ok}`: she is writing. Told to nobody where she may not write just now, is not shown,
    does it too often, or three others are told of already; she is answered the same."""
    found = queries.room_for(viewer, going_on_for(viewer, payload["stream"]).id)
    try:
        ratelimit.hit("typing", viewer.id)
    except TooMany:
        return {}
    if _told_of(viewer, found):
        knock.pass_on(found.stream.id, viewer.id)
    return {}


def hear_typing(pairs: Collection[knock.Pair]) -> None:
    """Other processes say who writes where: told to the pages here by what this process finds out itself. Of what it
    has just told, of chats nobody reads here, and of what is not so, nothing comes of it. Never raises."""
    for stream_id, member_id in pairs:
        if not fanout.rooms_under(f"stream:{stream_id}:") or _just_told(stream_id, member_id):
            continue
        try:
            writer = as_viewer(member_id)
            _told_of(writer, queries.room_for(writer, stream_id))
        except NotFound:
            continue
        except Exception:
            _log.exception("open pages were not told that somebody writes")
        finally:
            remove()


def _told_of(viewer: Viewer, found: Found) -> bool:
    """Tell the pages here that she writes, if anybody may be told of it."""
    stream_id = found.stream.id
    tells = viewer.shown and can(viewer, rules.WRITE, queries.lately(found)) and _has_room(stream_id, viewer.id)
    if tells:
        _whisper(viewer, stream_id)
    return tells


def _just_told(stream_id: int, member_id: int) -> bool:
    told_at = _writing.get(stream_id, {}).get(member_id)
    return told_at is not None and time.monotonic() - told_at < APART


def join_list(viewer: Viewer, payload: dict[str, Any]) -> dict[str, Any]:
    """`chats:join {}` -> `{ok}`: hints for the list of chats."""
    assert not payload
    streams.enter_lists(viewer, "chats")
    return {}


PICTURED = {"type": "array", "items": live.ID, "maxItems": MOST_ON_A_PIECE, "uniqueItems": True}
EVENTS = (
    live.LiveEvent("chats:join", live.object_schema(), join_list),
    live.LiveEvent("chat:send", message_with(photos=PICTURED), send, waits_for_room=True),
    live.LiveEvent("chat:typing", live.object_schema(stream=live.ID), typing),
)

SHOWN_FOR = 5.0  # seconds a page says that somebody writes
APART = 2.0  # seconds between two that another process passes on
SEVERAL = 3  # from this many on a page names nobody, so there is nothing to tell it of a fourth

_writing: dict[int, dict[int, float]] = {}


def _has_room(stream_id: int, member_id: int) -> bool:
    """Whether a page has anything to say of one more; so a chat brings hardly more than a frame a second, however many
    write in it."""
    now = time.monotonic()
    for known, writing in list(_writing.items()):
        _writing[known] = {who: at for who, at in writing.items() if now - at < SHOWN_FOR}
        if not _writing[known]:
            del _writing[known]
    others = _writing.get(stream_id, {}).keys() - {member_id}
    if len(others) >= SEVERAL:
        return False
    _writing.setdefault(stream_id, {})[member_id] = now
    return True


def _whisper(viewer: Viewer, stream_id: int) -> None:
    """To the pages of this process."""
    frame = {"stream": stream_id, "id": viewer.id, "name": viewer.name}
    for lang in LANGUAGES:
        fanout.whisper(f"stream:{stream_id}:{lang}", "chat:typing", frame)
    for room in fanout.rooms_under(f"stream:{stream_id}:m:"):
        if int(room.rsplit(":", 1)[1]) not in viewer.met_in_no_chat:
            fanout.whisper(room, "chat:typing", frame)


def bring_piece(ids: dict[str, Any]) -> None:
    """A piece changed, in a thread or a chat; of a chat open lists hear, too."""
    streams.bring_piece(ids)
    if not fanout.rooms_under("chats:"):
        return
    stream = session().get(Stream, ids["stream"])
    if stream is not None and stream.kind == "room":
        streams.hint_lists(("chats", stream.space_id, 0), ids["piece"])


def bring_listed(ids: dict[str, Any]) -> None:
    """Which chats a space has, or their hours, changed: open lists look again."""
    everybody = f"chats:{ids['space']}:all"
    for room in (everybody, *fanout.rooms_under(f"chats:{ids['space']}:m:")):
        fanout.broadcast(room, "chat:hint", {"space": ids["space"]})


def bring_moved(ids: dict[str, Any]) -> None:
    """A chat is for others now: whoever has its page open comes in anew, by what holds now."""
    room = f"stream:{ids['stream']}:"
    live.drop_lines(lambda _member, rooms: any(one.startswith(room) for one in rooms))


def bring_state(ids: dict[str, Any]) -> None:
    """Something about a chat itself has changed: open pages look again what holds for them."""
    for room in fanout.rooms_under(f"stream:{ids['stream']}:"):
        fanout.broadcast(room, "chat:state", {"stream": ids["stream"]})
