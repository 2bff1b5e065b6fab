"""Albums and single memories as a viewer may know them; others do not exist for her. The timeline is in timeline.py."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from markupsafe import Markup
from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_

from community.core.db import session
from community.core.errors import NotFound
from community.core.paging import whole_number
from community.members.people import Viewer
from community.memories import places
from community.memories.happened import Happened
from community.memories.models import Album, MemoryDate
from community.memories.places import Cursor
from community.memories.rules import Dating
from community.memories.words import KIND_WORDS, when_words
from community.photos.models import Photo, PhotoPerson
from community.spaces import queries as spaces
from community.spaces.models import Space
from community.streams import beside, own
from community.streams import queries as streams
from community.streams.apart import apart_from
from community.streams.models import Piece, Stream

ALBUMS = 12
PICTURES = 48
"""So many pictures a page of an album has, and what is left of a contribution that begins on it."""
COVERS = 3  # contributions of which one gives the album its cover


@dataclass(frozen=True)
class Found:
    """An album's rows, for its page and its rules."""

    stream: Stream
    album: Album
    space: Space
    opening: Piece

    @property
    def opening_state(self) -> str:
        return self.opening.state


@dataclass(frozen=True)
class AlbumView:
    """An album as a list shows it. `when`: in words, where somebody has said so; `count`: what was put into it."""

    id: int
    title: str
    lang: str
    kind: str
    when: str
    space: spaces.SpaceView
    count: int
    cover: Any
    place: Cursor

    @property
    def url(self) -> str:
        return f"/albums/{self.id}"


@dataclass(frozen=True)
class Entry:
    """What somebody put into an album. `waits`: how many pictures of it wait, for those who may see them; `folded`: why
    it is folded for her."""

    piece: streams.PieceView
    when: str
    waits: int
    folded: str | None

    @property
    def in_grid(self) -> bool:
        """It stands as pictures; else as a card of words."""
        return bool(self.piece.pictures) and not self.folded and not self.piece.note and self.piece.state != "removed"

    @property
    def is_there(self) -> bool:
        return bool(self.piece.pictures or self.piece.html or self.waits or self.piece.state == "removed")


@dataclass(frozen=True)
class AlbumPage:
    """One page of an album, the earliest first. `after`: where the next one begins, None on the last."""

    opening: streams.PieceView
    when: str
    entries: list[Entry]
    waiting: list[streams.PieceView]
    mine: dict[str, Any]
    after: str | None


def dating_for(viewer: Viewer, piece_id: int) -> Dating:
    """A piece the viewer sees, for saying when it was. Raises NotFound."""
    piece = streams.piece_for(viewer, piece_id)
    found = streams.found_for(viewer, piece.stream_id)
    return Dating(piece, found.stream, found.space)


def when_of(viewer: Viewer, pieces: Iterable[int]) -> dict[int, Happened]:
    """When these happened, of pieces the viewer found, as far as somebody has said so. One query, none of none."""
    wanted = set(pieces)
    assert viewer.id
    rows = session().scalars(select(MemoryDate).where(MemoryDate.piece_id.in_(wanted))) if wanted else ()
    return {row.piece_id: row.happened for row in rows}


def album_for(viewer: Viewer, stream_id: int) -> Found:
    """An album the viewer reads. Raises NotFound."""
    found, album = streams.found_beside(viewer, stream_id, Album, Album.stream_id)
    return Found(found.stream, album, found.space, found.opening)


def albums_for(viewer: Viewer, before: Cursor | None = None, limit: int = ALBUMS) -> list[AlbumView]:
    """The albums the viewer reads, what happened last first. Ten queries at most beside her channels', however many."""
    reads = streams.readable_in(viewer, spaces.readable(viewer))
    some = (
        select(Piece, Stream, Album, MemoryDate)
        .join(Stream, Stream.opening_id == Piece.id)
        .join(Album, Album.stream_id == Stream.id)
        .where(Stream.listed, reads, apart_from(viewer).leaves())
    )
    rows = places.newest(some, before, limit)
    openings = {view.id: view for view in streams.views(viewer, [row.Piece for row in rows])}
    ids = [row.Stream.id for row in rows]
    counts, covers = _counts(viewer, ids), _covers(viewer, ids)
    named = {one.id: one for one in spaces.views_for(viewer)}
    return [
        AlbumView(
            id=row.Stream.id,
            title=openings[row.Piece.id].shown_title,
            lang=row.Piece.lang,
            kind=str(KIND_WORDS[row.Album.kind]),
            when=when_words(row.MemoryDate.happened) if row.MemoryDate else "",
            space=named[row.Stream.space_id],
            count=counts.get(row.Stream.id, 0),
            cover=None if row.Piece.note else covers.get(row.Stream.id),
            place=places.place_of(row.Piece, row.MemoryDate),
        )
        for row in rows
    ]


def page_for(
    viewer: Viewer, found: Found, place: own.Place, *, after: str | None = None, around: int | None = None
) -> AlbumPage:
    """A page of an album, after a place in it or from a contribution on. At most eleven queries, however large."""
    rows, further = _stretch(viewer, found.stream, after, around)
    waiting = own.waiting_in(viewer, found.stream, place)
    pieces = [piece for piece, _day in rows]
    views, mine = own.views_and_own(viewer, [found.opening, *pieces, *waiting])
    shown = {view.id: _bare(view) for view in views}
    dates = when_of(viewer, [found.opening.id, *(piece.id for piece in pieces)])
    told = own.for_page(viewer, [shown[found.opening.id], *(shown[piece.id] for piece in pieces)], mine)
    waits, folds = told.get("pictures") or {}, told.get("folded") or {}
    entries = [
        Entry(
            shown[piece.id],
            when_words(dates[piece.id]) if piece.id in dates else "",
            waits.get(str(piece.id), 0),
            folds.get(str(piece.id)),
        )
        for piece in pieces
    ]
    opening = own.promised(viewer, shown[found.opening.id], found.opening, found.space, found.stream)
    return AlbumPage(
        opening=opening,
        when=when_words(dates[found.opening.id]) if found.opening.id in dates else "",
        entries=[entry for entry in entries if entry.is_there],
        waiting=own.as_told(viewer, shown, waiting, found.stream, found.space, place),
        mine=told,
        after=f"{rows[-1][1].toordinal()}-{rows[-1][0].nr}" if further else None,
    )


def _stretch(
    viewer: Viewer, stream: Stream, after: str | None, around: int | None
) -> tuple[list[tuple[Piece, date]], bool]:
    """As many contributions as fill a page, each with the day it is ordered by, and whether there are more. One query,
    two around one."""
    day = func.coalesce(MemoryDate.first_on, func.date(Piece.published_at))
    some = (
        select(Piece, day.label("day"))
        .outerjoin(MemoryDate, MemoryDate.piece_id == Piece.id)
        .where(Piece.stream_id == stream.id, Piece.kind != "opening", *streams.shown_to(viewer))
    )
    place = tuple_(day, Piece.nr)
    if after is not None:
        some = some.where(place > tuple_(*_read_place(after)))
    elif around is not None:
        there = session().execute(some.where(Piece.nr == around)).one_or_none()
        some = some.where(place >= tuple_(there.day, there.Piece.nr)) if there is not None else some
    rows = [(row.Piece, row.day) for row in session().execute(some.order_by(day, Piece.nr).limit(PICTURES + 1))]
    count, fits = 0, 0
    while fits < len(rows) and count < PICTURES:
        count += max(1, rows[fits][0].pictures)
        fits += 1
    return rows[:fits], fits < len(rows)


def _read_place(value: str) -> tuple[date, int]:
    """The place in an album that an address names. Raises NotFound for one that was never given out."""
    numbers = [whole_number(part) for part in value.split("-")]
    if len(numbers) != 2 or numbers[0] is None or numbers[1] is None or not 1 <= numbers[0] <= date.max.toordinal():
        raise NotFound
    return date.fromordinal(numbers[0]), numbers[1]


def _bare(view: streams.PieceView) -> streams.PieceView:
    """An album without words says its title once."""
    same = view.kind == "opening" and view.title is not None and view.text == view.title
    return replace(view, html=Markup("")) if same else view


def pictures_for(viewer: Viewer) -> ColumnElement[bool]:
    """The condition for pieces on which a picture stands that may be there for the viewer: who is in it is said and
    confirmed, and nobody she is kept apart from is."""
    said = or_(Photo.needs_host.is_(False), Photo.confirmed_by.is_not(None))
    hidden = select(PhotoPerson.photo_id).where(PhotoPerson.member_id.in_(viewer.excluded_ids))
    seen = select(Photo.id).where(Photo.piece_id == Piece.id, Photo.who.is_not(None), said)
    return (seen.where(Photo.id.not_in(hidden)) if viewer.excluded_ids else seen).exists()


def _counts(viewer: Viewer, stream_ids: Sequence[int]) -> dict[int, int]:
    """What was put into these albums, as far as there is something to see of it. One query."""
    there = and_(Piece.kind != "opening", Piece.state == "published", or_(Piece.text != "", pictures_for(viewer)))
    rows = session().execute(
        select(Piece.stream_id, func.count().label("contributions"))
        .where(Piece.stream_id.in_(stream_ids), there, *streams.shown_to(viewer))
        .group_by(Piece.stream_id)
    )
    return {row.stream_id: int(row.contributions) for row in rows}


def _covers(viewer: Viewer, stream_ids: Sequence[int]) -> dict[int, Any]:
    """The first picture of each of these albums that the viewer sees. Three queries."""
    nth = func.row_number().over(partition_by=Piece.stream_id, order_by=Piece.nr)
    plain = and_(Piece.pictures > 0, Piece.note.is_(None), Piece.state == "published")
    ranked = select(Piece.id, Piece.stream_id, Piece.nr, nth.label("nth")).where(
        Piece.stream_id.in_(stream_ids), plain, *streams.shown_to(viewer)
    )
    some = ranked.subquery()
    rows = session().execute(select(some.c.id, some.c.stream_id).where(some.c.nth <= COVERS).order_by(some.c.nr)).all()
    pictures = beside.pictures_on([row.id for row in rows], viewer.excluded_ids, ())
    found: dict[int, Any] = {}
    for row in rows:
        if pictures.get(row.id):
            found.setdefault(row.stream_id, pictures[row.id][0])
    return found
