"""A stretch of messages, as a chat and a talk show it, and how many are new there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, literal, select, union_all

from community.core.db import session
from community.members.people import Viewer
from community.spaces.models import Space
from community.streams import own
from community.streams.models import Piece, ReadMark, Stream
from community.streams.own import Own
from community.streams.queries import PieceView, shown_to
from community.streams.stretches import last_place, stretch_of

MOST_NEW = 99


@dataclass(frozen=True)
class MessagePage:
    """A stretch of messages. `last`: the newest place there is for the viewer; `mark`: how far she has read."""

    pieces: list[PieceView]
    waiting: list[PieceView]
    older: bool
    newer: bool
    last: int
    mark: int | None
    own: Own


def page_for(
    viewer: Viewer,
    stream: Stream,
    space: Space,
    place: own.Place,
    *,
    before: int | None = None,
    after: int | None = None,
    around: int | None = None,
) -> MessagePage:
    """The newest messages, those before or after a place, or those around one."""
    stretch = stretch_of(viewer, stream, before=before, after=after, around=around)
    waiting = own.waiting_in(viewer, stream, place) if not stretch.newer else []
    views, hers = own.views_and_own(viewer, [*stretch.rows, *waiting])
    shown = {view.id: view for view in views}
    held = own.as_told(viewer, shown, waiting, stream, space, place) if not stretch.newer else []
    last, pieces = last_place(viewer, stream, stretch), [shown[row.id] for row in stretch.rows]
    return MessagePage(pieces, held, stretch.older, stretch.newer, last, place.read_nr, hers)


def waiting_for(viewer: Viewer, stream: Stream, space: Space, place: own.Place) -> tuple[list[PieceView], Own]:
    """What of hers waits there, with what she is told of it, and which of it is hers. Few queries, none where nothing
    waits."""
    rows = own.waiting_in(viewer, stream, place)
    views, hers = own.views_and_own(viewer, rows)
    return own.as_told(viewer, {view.id: view for view in views}, rows, stream, space, place), hers


def new_in(viewer: Viewer, stream_ids: Sequence[int]) -> dict[int, int]:
    """How many messages of others each holds that she has not read; counted no further than one more than is shown. One
    query. Of streams she reads by name after `by_name.begin_at`."""
    if not stream_ids:
        return {}
    read = select(ReadMark.nr).where(ReadMark.member_id == viewer.id)

    def counted(stream_id: int) -> Any:
        since = func.coalesce(read.where(ReadMark.stream_id == stream_id).scalar_subquery(), 0)
        fresh = select(Piece.id).where(
            Piece.stream_id == stream_id,
            Piece.nr > since,
            Piece.state == "published",
            Piece.author_id != viewer.id,
            *shown_to(viewer),
        )
        return select(literal(stream_id), func.count()).select_from(fresh.limit(MOST_NEW + 1).subquery())

    rows = session().execute(union_all(*map(counted, stream_ids)))
    return {row[0]: row[1] for row in rows}
