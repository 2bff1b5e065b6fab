"""Memories in the order in which they happened: of all a viewer reads, of a house, of a person.

A piece is in it that carries when it happened, or on which a picture stands that is shown. Whoever may not read the
piece meets nothing of it, and of whom she is kept apart from nothing at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import and_, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from community.core import clock
from community.core.db import session
from community.core.errors import NotFound
from community.core.policy import can
from community.members import named
from community.members.people import Named, Viewer
from community.memories import asked, happened, places, rules
from community.memories.happened import FIRST_YEAR
from community.memories.models import MemoryDate
from community.memories.places import Cursor, newest
from community.memories.queries import pictures_for
from community.memories.words import as_day, group_words, when_words
from community.photos.models import Photo, PhotoPerson
from community.spaces import queries as spaces
from community.streams import kept, muted, past
from community.streams import queries as streams
from community.streams.models import Piece, Stream
from community.streams.views import page_of

PAGE = 20


class Scope(NamedTuple):
    """Whose memories: what holds of them besides, and of whom they are. `whole`: all the viewer reads."""

    conditions: tuple[Any, ...] = ()
    person: Named | None = None
    house_id: int | None = None

    @property
    def whole(self) -> bool:
        return not self.conditions


@dataclass(frozen=True)
class Memory:
    """One memory as the timeline shows it. `when`: in words; `dated`: somebody said so, else it is the day it was
    posted; `group`: the heading it stands under within `year`; `album`: it is the beginning of one."""

    piece: streams.PieceView
    when: str
    dated: bool
    year: int
    group: str
    url: str
    place: Cursor
    album: bool

    @property
    def plain(self) -> bool:
        """Nothing of it is folded."""
        return self.piece.note is None


@dataclass(frozen=True)
class Page:
    """A page of a timeline. `after`: where the next one begins, None on the last."""

    memories: list[Memory]
    after: Cursor | None

    def groups(self) -> list[tuple[int, list[tuple[str, list[Memory]]]]]:
        """By year, and in it by month or season, in their order."""
        by_year = groupby(self.memories, key=lambda one: one.year)
        return [
            (year, [(words, list(ones)) for words, ones in groupby(those, key=lambda one: one.group)])
            for year, those in by_year
        ]


def of_house(viewer: Viewer, house_id: int) -> Scope:
    """What was said in a house or to it alone, of houses the viewer reads something of today or did once. Raises
    NotFound. No query beside her channels'."""
    there = [space.id for space in spaces.readable(viewer) if space.house_id == house_id]
    before = [place.space.id for place in spaces.past_places(viewer) if place.house_id == house_id]
    if not there and not before:
        raise NotFound
    return Scope((or_(Stream.space_id.in_([*there, *before]), Stream.house_id == house_id),), house_id=house_id)


def of_person(viewer: Viewer, member_id: int) -> Scope:
    """What somebody posted under her name, and pictures she is in with her yes, as far as the viewer may know that she
    is: she herself, whoever put it up, and staff. Raises NotFound. One query."""
    person = named.person_or_remembered(viewer, member_id)
    if not can(viewer, rules.OPEN_TIMELINE, person):
        raise NotFound
    hers = and_(Piece.author_id == member_id, Piece.by_name())
    yes = and_(
        PhotoPerson.member_id == member_id,
        PhotoPerson.answer.in_(("yes", "blur")) if member_id == viewer.id else PhotoPerson.answer == "yes",
        or_(PhotoPerson.minor.is_(False), PhotoPerson.staff_answer == "yes"),
    )
    pictured = select(Photo.piece_id).join(PhotoPerson, PhotoPerson.photo_id == Photo.id).where(yes)
    if not viewer.is_staff and member_id != viewer.id:
        pictured = pictured.where(Photo.uploader_id == viewer.id)
    return Scope((or_(hers, and_(Piece.id.in_(pictured), Piece.by_name())),), person=person)


def page_for(
    viewer: Viewer, scope: Scope, before: Cursor | None = None, year: int | None = None, limit: int = PAGE
) -> Page:
    """A page of memories, what happened last first, after a place or from a year on. Twelve queries at most, however
    many there are."""
    upto = clock.start_of(date(year + 1, 1, 1)) if year is not None and before is None else None
    rows = newest(_some(viewer, scope), before, limit + 1, posted=posted_alone(viewer), upto=upto)
    further, rows = len(rows) > limit, rows[:limit]
    past.end_where_past(viewer, [row.Stream for row in rows])
    return Page(
        memories_of(viewer, rows, whole=scope.whole),
        places.place_of(rows[-1].Piece, rows[-1].MemoryDate) if further else None,
    )


def memories_of(viewer: Viewer, rows: Sequence[Any], *, whole: bool) -> list[Memory]:
    """Rows of pieces with their streams as memories, those left out that show nothing: whose pictures wait, or who were
    muted (of somebody she came to see only words are)."""
    views = {view.id: view for view in streams.views(viewer, [row.Piece for row in rows])}
    folds = muted.folds(viewer, views.values())
    shown = (None,) if whole else (None, muted.PERSON)
    found = [_memory(row, views[row.Piece.id]) for row in rows if folds.get(row.Piece.id) in shown]
    return [one for one in found if one.dated or one.piece.pictures]


def years_for(viewer: Viewer, scope: Scope) -> list[int]:
    """The years of which there is a memory, the last first. One query beside her channels'."""
    first, last = FIRST_YEAR - 1, clock.today().year
    bounds = union_all(
        *(
            select(
                literal(year).label("year"),
                literal(date(year, 1, 1)).label("first"),
                literal(date(year, 12, 31)).label("last"),
                literal(clock.start_of(date(year, 1, 1)), Piece.written_at.type).label("begins"),
                literal(clock.start_of(date(year + 1, 1, 1)), Piece.written_at.type).label("ends"),
            )
            for year in range(first, last + 1)
        )
    ).subquery("years")
    some = _some(viewer, scope).with_only_columns(Piece.id)
    dated = some.join(MemoryDate, MemoryDate.piece_id == Piece.id).where(
        MemoryDate.first_on.between(bounds.c.first, bounds.c.last)
    )
    rest = some.outerjoin(MemoryDate, MemoryDate.piece_id == Piece.id).where(
        MemoryDate.piece_id.is_(None),
        posted_alone(viewer),
        Piece.published_at >= bounds.c.begins,
        Piece.published_at < bounds.c.ends,
    )
    there = or_(dated.correlate(bounds).exists(), rest.correlate(bounds).exists())
    return list(session().scalars(select(bounds.c.year).where(there).order_by(bounds.c.year.desc())))


def posted_alone(viewer: Viewer) -> Any:
    """What holds of a piece that is a memory although nobody said when it was: a picture stands on it about which
    everything is said, and nobody asked for help with it."""
    return and_(Piece.pictures > 0, pictures_for(viewer), *asked.told_for_its_own_sake())


def standing(viewer: Viewer, *, before_too: bool = True) -> Any:
    """Pieces that stand and are there for the viewer, with their streams; those of houses she has moved out of too."""
    reads = [streams.readable_in(viewer, spaces.readable(viewer))]
    if before_too:
        reads += [there for _place, there in past.written_there(viewer)]
    opening = aliased(Piece)
    opens = select(opening.id).where(opening.id == Stream.opening_id, *streams.shown_to(viewer, opening))
    return (
        select(Piece, Stream, MemoryDate)
        .join(Stream, Stream.id == Piece.stream_id)
        .where(
            Piece.kind != "message",
            Piece.state == "published",
            *streams.shown_to(viewer),
            or_(*reads),
            opens.correlate(Stream).exists(),
        )
    )


def _some(viewer: Viewer, scope: Scope) -> Any:
    some = standing(viewer).where(*scope.conditions)
    return some.where(kept.not_muted_by(viewer)) if scope.whole else some


def _memory(row: Any, view: streams.PieceView) -> Memory:
    piece, dated = row.Piece, row.MemoryDate
    day = clock.local(piece.published_at or piece.written_at).date()
    when = dated.happened if dated is not None else happened.on(day)
    return Memory(
        piece=view,
        when=when_words(when) if dated is not None else as_day(day),
        dated=dated is not None,
        year=when.first.year,
        group=group_words(when),
        url=page_of(piece.stream_id, row.Stream.kind, piece),
        place=places.place_of(piece, dated),
        album=row.Stream.kind == "album" and piece.kind == "opening",
    )
