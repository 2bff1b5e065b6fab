"""Somebody's page: what she chose to show, and what she wrote that the viewer may read. Nothing else.

Of a child outside her house, and of a protected identity anywhere, there is a page only for whoever reads something she
wrote under her name, in a thread, a chat or a talk, or in the past of a house the reader has moved out of: so a name by
what one reads leads somewhere. It shows what she wrote in threads, her name, and of a child her picture. Everybody else
gets what does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import aliased

from community.core.db import session
from community.core.errors import NotFound
from community.members import named, profile
from community.members.people import AuthorView, Named, Viewer
from community.spaces import queries as spaces
from community.streams import muted, past
from community.streams import queries as streams
from community.streams.models import Piece, Stream, StreamMember
from community.streams.views import page_of

PAGE = 20

Cursor = tuple[datetime, int]


@dataclass(frozen=True)
class Person:
    """Somebody as the viewer may see her. `bare`: only her name and what she wrote; `year`: when she moved, if she
    wants it told."""

    named: Named
    bare: bool
    about: str
    waiting: str
    year: int | None
    is_me: bool

    @property
    def author(self) -> AuthorView:
        return self.named.author


@dataclass(frozen=True)
class Wrote:
    """One thing she wrote, as a list shows it. `folded`: why it is folded for the viewer."""

    piece: streams.PieceView
    space: spaces.SpaceView | spaces.PastView
    url: str
    folded: str | None


def person_for(viewer: Viewer, member_id: int) -> Person:
    """Somebody's page. Raises NotFound: unknown, gone, kept apart, and those the viewer may not know of."""
    found = named.person_or_remembered(viewer, member_id)
    only_words = _is_known_by_her_words_alone(viewer, found)
    if only_words and not _reads_of(viewer, member_id):
        raise NotFound
    told = profile.profile_of(viewer, member_id)
    is_me = member_id == viewer.id
    tells_year = told.tells_year and found.kind == "alumnus" and not only_words and not found.is_minor
    return Person(
        named=found,
        bare=found.protected and not is_me,
        about="" if only_words else told.about,
        waiting=told.waiting if is_me else "",
        year=found.since.year if tells_year else None,
        is_me=is_me,
    )


def wrote_for(viewer: Viewer, member_id: int, before: Cursor | None = None, limit: int = PAGE) -> list[Piece]:
    """What somebody wrote under her name in threads that the viewer may read, newest first; in a house the viewer has
    moved out of up to that day. One query beside her channels', and one for whoever has moved."""
    reads = or_(streams.readable_in(viewer, spaces.readable(viewer)), *_in_the_past(viewer))
    newest = (Piece.written_at.desc(), Piece.id.desc())
    wanted = _by_name(viewer, member_id).where(reads, Stream.opening_id.is_not(None)).order_by(*newest).limit(limit)
    if before is not None:
        wanted = wanted.where(tuple_(Piece.written_at, Piece.id) < tuple_(*before))
    rows = session().execute(wanted).all()
    past.end_where_past(viewer, [stream for _piece, stream in rows])
    return [piece for piece, _stream in rows]


def _reads_of(viewer: Viewer, member_id: int) -> bool:
    """Whether the viewer reads anything somebody wrote under her name. One query beside her channels'."""
    hers = select(StreamMember.stream_id).where(StreamMember.member_id == viewer.id, StreamMember.state == "in")
    together = (Stream.kind == "talk") & Stream.id.in_(hers)
    reads = or_(streams.readable_in(viewer, spaces.readable(viewer)), together, *_in_the_past(viewer))
    return session().execute(_by_name(viewer, member_id).where(reads).limit(1)).first() is not None


def _by_name(viewer: Viewer, member_id: int) -> Any:
    """What somebody wrote under her name that stands and is there for the viewer, with its streams."""
    opening = aliased(Piece)
    stands = select(opening.id).where(opening.id == Stream.opening_id, *streams.shown_to(viewer, opening))
    return (
        select(Piece, Stream)
        .join(Stream, Stream.id == Piece.stream_id)
        .where(
            Piece.author_id == member_id,
            Piece.by_name(),
            Piece.state == "published",
            *streams.shown_to(viewer),
            or_(Stream.opening_id.is_(None), stands.correlate(Stream).exists()),
        )
    )


def _in_the_past(viewer: Viewer) -> list[Any]:
    return [there for _place, there in past.written_there(viewer)]


def shown(viewer: Viewer, pieces: list[Piece]) -> list[Wrote]:
    """Pieces as a list shows them, with the words she muted folded. A person she muted is not: she came to see her."""
    views = streams.views(viewer, pieces)
    folds = muted.folds(viewer, views)
    places = spaces.named_for(viewer)
    found = session().scalars(select(Stream).where(Stream.id.in_({piece.stream_id for piece in pieces})))
    where: dict[int, Any] = {stream.id: stream for stream in found}
    return [
        Wrote(
            view,
            places[where[piece.stream_id].space_id],
            page_of(piece.stream_id, where[piece.stream_id].kind, piece),
            folds.get(view.id) if folds.get(view.id) == muted.WORD else None,
        )
        for piece, view in zip(pieces, views, strict=True)
    ]


def year_of_move(viewer: Viewer) -> int | None:
    """The year the viewer moved, where she may let it stand by her name."""
    return named.person_for(viewer, viewer.id).since.year if profile.may_tell_year(viewer) else None


def _is_known_by_her_words_alone(viewer: Viewer, person: Named) -> bool:
    if person.id == viewer.id:
        return False
    same_house = viewer.kind in ("resident", "staff") and viewer.house_id == person.house_id
    return person.protected or (person.is_minor and not same_house)
