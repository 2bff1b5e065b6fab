"""Streams on open pages: who joins which room, and what a change brings to them.

A frame is rendered once per language for everybody. A reader who is kept apart from somebody gets a room of her own
and only hints, for events she may see; what she then fetches goes through the ordinary viewer-first query.
"""

from __future__ import annotations

from typing import Any

from flask import render_template
from sqlalchemy import select

from community.core import fanout, live, loop, web
from community.core.db import remove, session
from community.core.i18n import LANGUAGES
from community.members.models import EXCLUSIONS
from community.members.people import Viewer
from community.members.queries import excluded
from community.spaces import queries as spaces
from community.streams import queries
from community.streams.models import Piece, Stream

HINT_EVERY = 1.0  # seconds between two hints for one space

_pending: dict[int, list[int]] = {}


def room_of(viewer: Viewer, stream_id: int) -> str:
    """The socket room this viewer hears a stream in."""
    own = f"stream:{stream_id}:m:{viewer.id}"
    return own if viewer.excluded_ids else f"stream:{stream_id}:{viewer.language}"


def join(viewer: Viewer, payload: dict[str, Any]) -> dict[str, Any]:
    """`stream:join {stream}` -> `{ok, seq}`."""
    stream = queries.stream_for(viewer, payload["stream"])
    live.leave(f"stream:{stream.id}:")
    live.enter(room_of(viewer, stream.id))
    return {"seq": stream.seq}


def leave(viewer: Viewer, payload: dict[str, Any]) -> dict[str, Any]:
    """`stream:leave {stream}` -> `{ok}`; leaving what one never joined is fine."""
    assert viewer.id
    live.leave(f"stream:{payload['stream']}:")
    return {}


def join_feed(viewer: Viewer, payload: dict[str, Any]) -> dict[str, Any]:
    """`feed:join {}` -> `{ok}`: hints for every space the viewer reads."""
    assert not payload
    live.leave("space:")
    for space_id in spaces.readable_ids(viewer):
        live.enter(f"space:{space_id}:m:{viewer.id}" if viewer.excluded_ids else f"space:{space_id}:all")
    return {}


EVENTS = (
    live.LiveEvent("stream:join", live.object_schema(stream=live.ID), join),
    live.LiveEvent("stream:leave", live.object_schema(stream=live.ID), leave),
    live.LiveEvent("feed:join", live.object_schema(), join_feed),
)


def bring_piece(ids: dict[str, Any]) -> None:
    """A piece changed: one frame per language for all, hints for readers with rooms of their own."""
    frame = {"stream": ids["stream"], "seq": ids["seq"], "prev": ids["prev"], "id": ids["piece"]}
    piece = session().get(Piece, ids["piece"], populate_existing=True)
    shown = piece is not None and piece.state in queries.SHOWN
    for lang in LANGUAGES:
        room = f"stream:{ids['stream']}:{lang}"
        if fanout.anybody_in(room):
            fanout.broadcast(room, "stream:piece", frame | (_content(piece, lang) if shown else {"gone": True}))
    for room in fanout.rooms_under(f"stream:{ids['stream']}:m:"):
        if piece is not None and may_know(int(room.rsplit(":", 1)[1]), piece, ids["by"]):
            fanout.broadcast(room, "stream:piece", {"stream": ids["stream"]})


def bring_hint(ids: dict[str, Any]) -> None:
    """Something new in a space: a hint at once, then at most one a second."""
    space_id, waiting = ids["space"], _pending.get(ids["space"])
    if waiting is not None:
        waiting.append(ids["piece"])
        return
    _pending[space_id] = []
    loop.spawn(_later, space_id)
    _hint(space_id, [ids["piece"]])


def _later(space_id: int) -> None:
    """What came meanwhile, once a second, each time with a fresh look at who is kept apart from whom."""
    try:
        loop.sleep(HINT_EVERY)
        while _pending.get(space_id):
            news, _pending[space_id] = _pending[space_id], []
            try:
                _hint(space_id, news)
            finally:
                remove()  # no read snapshot and no connection is held while this sleeps
            loop.sleep(HINT_EVERY)
    finally:
        _pending.pop(space_id, None)


def _hint(space_id: int, news: list[int]) -> None:
    """`news`: the pieces that took their place."""
    fanout.broadcast(f"space:{space_id}:all", "feed:hint", {"space": space_id})
    rooms = fanout.rooms_under(f"space:{space_id}:m:")
    pieces = list(session().scalars(select(Piece).where(Piece.id.in_(news)))) if rooms else []
    for room in rooms:
        reader = int(room.rsplit(":", 1)[1])
        if any(may_know(reader, piece, piece.author_id) and _may_know_of(reader, piece.stream_id) for piece in pieces):
            fanout.broadcast(room, "feed:hint", {"space": space_id})


def _may_know_of(reader: int, stream_id: int) -> bool:
    stream = session().get(Stream, stream_id)
    opening = session().get(Piece, stream.opening_id) if stream and stream.opening_id else None
    return opening is None or may_know(reader, opening, opening.author_id)


def may_know(reader: int, piece: Piece, by_id: int) -> bool:
    """Whether a reader with exclusions hears that somebody did something to a piece: she is kept apart neither from
    whoever did it nor from its author; where that one has no name only a separation counts (see apart.py)."""

    def apart(other: int) -> bool:
        nameless = piece.unnamed and other == piece.author_id
        return other != reader and excluded(reader, other, ("separation",) if nameless else EXCLUSIONS)

    return not any(apart(other) for other in {by_id, piece.author_id})


def _content(piece: Piece | None, lang: str) -> dict[str, Any]:
    assert piece is not None
    with web.render_context(lang):
        return {"nr": piece.nr, "html": render_piece(queries.neutral_view(piece))}


def render_piece(piece: queries.PieceView) -> str:
    """The one partial that shows a piece, for pages, history and live frames."""
    return render_template("parts/piece.html", piece=piece).strip()
