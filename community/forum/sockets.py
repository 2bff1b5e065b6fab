"""The reply that helped, on open pages: one frame per language for all, and a hint for readers with rooms of their own,
who fetch what they may see."""

from __future__ import annotations

from typing import Any

from flask import render_template
from sqlalchemy import select

from community.core import fanout, web
from community.core.db import session
from community.core.i18n import LANGUAGES
from community.forum import helped
from community.forum.queries import lock_of
from community.streams.models import Piece, Stream
from community.streams.sockets import may_know


def bring_locked(ids: dict[str, Any]) -> None:
    """A host closed a thread for new replies, or opened it again: what everybody reads there about it."""
    stream = session().get(Stream, ids["stream"], populate_existing=True)
    if stream is None:
        return
    for lang in LANGUAGES:
        room = f"stream:{stream.id}:{lang}"
        if fanout.anybody_in(room):
            with web.render_context(lang):
                html = render_template("parts/locked.html", locked=lock_of(stream)).strip()
            fanout.broadcast(room, "thread:locked", {"stream": stream.id, "html": html})
    for room in fanout.rooms_under(f"stream:{stream.id}:m:"):
        fanout.broadcast(room, "thread:locked", {"stream": stream.id})


def bring_helped(ids: dict[str, Any]) -> None:
    """A reply was marked, the mark went elsewhere, or somebody said whether it still holds."""
    stream_id = ids["stream"]
    rooms = {lang: f"stream:{stream_id}:{lang}" for lang in LANGUAGES}
    listened_to = {lang: room for lang, room in rooms.items() if fanout.anybody_in(room)}
    for lang, room in listened_to.items():
        with web.render_context(lang):
            shown = helped.neutral_helped(stream_id)
            html = render_template("parts/helped.html", helped=shown).strip()
        fanout.broadcast(room, "thread:helped", {"stream": stream_id, "html": html})
    pieces = session().scalars(select(Piece).where(Piece.id.in_([ids["was"], ids["piece"]]))).all()
    for room in fanout.rooms_under(f"stream:{stream_id}:m:"):
        reader = int(room.rsplit(":", 1)[1])
        if any(may_know(reader, piece, piece.author_id) for piece in pieces):
            fanout.broadcast(room, "thread:helped", {"stream": stream_id})
