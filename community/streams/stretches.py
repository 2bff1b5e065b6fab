"""A stretch of a long conversation: before, after or around a place, paged by place at any depth."""

from __future__ import annotations

from typing import NamedTuple

from community.members.people import Viewer
from community.streams.models import Piece, Stream
from community.streams.queries import PAGE, replies_after, replies_before


class Stretch(NamedTuple):
    """Replies or messages in their order, and whether there are older and newer ones for the viewer."""

    rows: list[Piece]
    older: bool
    newer: bool


def stretch_of(
    viewer: Viewer, stream: Stream, *, before: int | None = None, after: int | None = None, around: int | None = None
) -> Stretch:
    """At most fifty: before, after or around a place; without a wish, and where all fit, the newest ones. At most three
    queries."""
    if before is not None:
        rows = replies_before(viewer, stream, before, PAGE + 1)
        return Stretch(rows[-PAGE:], len(rows) > PAGE, bool(replies_after(viewer, stream, before - 1, 1)))
    start = max(0, around - PAGE // 2) if after is None and around is not None else after
    if start is None or stream.last_nr <= PAGE + 1:
        rows = replies_before(viewer, stream, None, PAGE + 1)
        return Stretch(rows[-PAGE:], len(rows) > PAGE, False)
    rows = replies_after(viewer, stream, start, PAGE + 1)
    older = bool(rows) and bool(replies_before(viewer, stream, rows[0].nr, 1))
    return Stretch(rows[:PAGE], older, len(rows) > PAGE)


def last_place(viewer: Viewer, stream: Stream, found: Stretch) -> int:
    """The newest place there is for the viewer: the end of what was found, or what she may know of behind it (one query
    for whoever is kept apart from somebody). 0 where nothing stands."""
    if found.newer and not viewer.sees_less:
        return stream.last_nr
    rows = replies_before(viewer, stream, None, 1) if found.newer else found.rows
    return (rows[-1].nr or 0) if rows else 0
