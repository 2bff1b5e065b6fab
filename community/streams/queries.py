"""Reading what people said. The viewer comes first: what she may not see does not exist here.

One exception serves the live push: `neutral_view` shows a piece as everybody without exclusions sees it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from markupsafe import Markup
from sqlalchemy import ColumnElement, ScalarSelect, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from community.core import clock, text
from community.core.db import session
from community.core.errors import NotFound
from community.core.i18n import _
from community.core.i18n import lazy as _l
from community.members import named
from community.members import queries as members
from community.members.people import AuthorView, Viewer
from community.spaces import rules as space_rules
from community.spaces.models import Space
from community.streams import beside, by_name, mentions, past, promises, quotes, revisions, unnamed
from community.streams.apart import NOBODY, Apart, apart_from, within
from community.streams.models import REACTIONS, Piece, Reaction, Stream
from community.streams.told import ToldView, told_to_authors
from community.streams.wordless import words_or_picture

_T = TypeVar("_T")

PAGE = 50
SHOWN = ("published", "removed")
WAITING = ("held", "returned", "delayed")

REACTION_FACES = {"heart": "🧡", "hug": "🫂", "haha": "😂", "glad": "😊", "idea": "💡", "strong": "💪"}
REACTION_WORDS = {
    "heart": _l("with you"),
    "hug": _l("I get it"),
    "haha": _l("haha"),
    "glad": _l("made me glad"),
    "idea": _l("this helped"),
    "strong": _l("strong"),
}


@dataclass(frozen=True)
class ReactionView:
    """That at least one person reacted so; no figure."""

    kind: str

    @property
    def emoji(self) -> str:
        return REACTION_FACES[self.kind]

    @property
    def label(self) -> str:
        return str(REACTION_WORDS[self.kind])


@dataclass(frozen=True)
class PieceView:
    """A piece as pages and frames show it. `by_host`: a host brought it into its state; `told`: what its author alone
    reads beside it."""

    id: int
    stream_id: int
    nr: int | None
    seq: int
    version: int
    kind: str
    state: str
    title: str | None
    text: str
    html: Markup
    lang: str
    author: AuthorView
    posted_at: datetime
    edited_at: datetime | None
    reactions: tuple[ReactionView, ...]
    unnamed: bool = False  # then `posted_at` tells the day alone
    note: str | None = None
    quote: quotes.QuoteView | None = None
    promise: promises.Promise | None = None  # of her own that waits: who reads it, and by when
    by_host: bool = False
    note_by_host: bool = False
    told: ToldView | None = None
    pictures: tuple[Any, ...] = ()
    with_pictures: bool = False  # some hang on it, whether or not this reader sees them

    @property
    def excerpt(self) -> str:
        """The first words, below the title or alone; of a folded text its heads-up."""
        return self.heads_up or self.first_words

    @property
    def first_words(self) -> str:
        """The first words, for readers who want folded texts open."""
        return words_or_picture(text.excerpt(self.html), self.with_pictures)

    @property
    def heads_up(self) -> str:
        """What the author says of it beforehand; empty where nothing is folded."""
        return _("Heads-up: %(note)s", note=self.note) if self.note else ""

    @property
    def shown_title(self) -> str:
        """The title, or the first line where none was given; of a folded text its heads-up."""
        return self.title or self.heads_up or words_or_picture(text.first_line(self.html), self.with_pictures)


@dataclass(frozen=True)
class Found:
    """A stream a viewer reads, with its space, and its opening where it has one."""

    stream: Stream
    space: Space
    first: Piece | None

    @property
    def opening(self) -> Piece:
        """What the stream begins with. Raises NotFound: it has no opening, so what is done to one isn't there."""
        if self.first is None:
            raise NotFound
        return self.first


def found_for(viewer: Viewer, stream_id: int) -> Found:
    """A stream the viewer reads. Raises NotFound: not hers to read, its opening hidden, held, or by somebody she is
    kept apart from. The author of a held opening finds her own."""
    return _found(viewer, stream_id, select(Stream, Piece).select_from(Stream))[0]


def found_beside(viewer: Viewer, stream_id: int, table: type[_T], key: InstrumentedAttribute[int]) -> tuple[Found, _T]:
    """The same with the row of another table that belongs to the stream. Raises NotFound also where there is none."""
    beside = select(Stream, Piece, table).select_from(Stream).join(table, key == Stream.id)
    found, (row,) = _found(viewer, stream_id, beside)
    return found, row


def _found(viewer: Viewer, stream_id: int, statement: Any) -> tuple[Found, Sequence[Any]]:
    statement = statement.outerjoin(Piece, Piece.id == Stream.opening_id).where(Stream.id == stream_id)
    row = session().execute(statement.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise NotFound
    stream, opening, *beside = row
    space = session().get_one(Space, stream.space_id)
    reads = by_name.opens(viewer, stream, space) or space_rules.reads(viewer, space, stream.house_id)
    if not (reads or past.opens(viewer, stream, space)):
        raise NotFound
    if stream.opening_id is not None and (opening is None or not _exists_for(viewer, opening)):
        raise NotFound
    return Found(stream, space, opening), beside


def stream_for(viewer: Viewer, stream_id: int) -> Stream:
    """The same, the stream alone. Raises NotFound."""
    return found_for(viewer, stream_id).stream


def going_on_for(viewer: Viewer, stream_id: int) -> Stream:
    """The same, where the viewer hears of what happens in it. Raises NotFound also where it has ended for her."""
    stream = stream_for(viewer, stream_id)
    if past.ended_at(viewer, stream_id) is not None:
        raise NotFound
    return stream


def piece_for(viewer: Viewer, piece_id: int) -> Piece:
    """A piece the viewer sees; her own held one too. Raises NotFound."""
    piece = session().get(Piece, piece_id, populate_existing=True)
    if piece is None or not _exists_for(within(viewer, stream_for(viewer, piece.stream_id)), piece):
        raise NotFound
    return piece


def replies_after(viewer: Viewer, stream: Stream, nr: int, limit: int) -> list[Piece]:
    """The replies, or messages, after place `nr`, in order."""
    shown = select(Piece).where(*_shown_replies(viewer, stream), Piece.nr > nr)
    return list(session().scalars(shown.order_by(Piece.nr).limit(limit)))


def replies_before(viewer: Viewer, stream: Stream, nr: int | None, limit: int) -> list[Piece]:
    """The replies, or messages, before place `nr` (None: the newest), in order."""
    shown = select(Piece).where(*_shown_replies(viewer, stream))
    if nr is not None:
        shown = shown.where(Piece.nr < nr)
    return list(session().scalars(shown.order_by(Piece.nr.desc()).limit(limit)))[::-1]


def held_replies(viewer: Viewer, stream: Stream) -> list[Piece]:
    """The viewer's own replies, or messages, that wait to be read first."""
    own = (Piece.stream_id == stream.id) & (Piece.author_id == viewer.id) & (Piece.kind != "opening")
    waiting = session().scalars(select(Piece).where(own, Piece.state.in_(WAITING)).limit(PAGE))
    return sorted(waiting, key=lambda piece: piece.written_at)  # the database would read all she ever wrote in order


def views(viewer: Viewer, pieces: Sequence[Piece]) -> list[PieceView]:
    """Pieces as this viewer sees them: reactions and quotes of people she is kept apart from are not there, and in
    texts they have no name. Two queries, one more where somebody is mentioned and one where something is quoted."""
    return _views(pieces, apart_from(viewer), viewer)


def views_and_given(viewer: Viewer, pieces: Sequence[Piece]) -> tuple[list[PieceView], dict[int, list[str]]]:
    """The same, and her own reactions by piece, in as many queries."""
    given: dict[int, list[str]] = {}
    return _views(pieces, apart_from(viewer), viewer, given), given


def neutral_view(piece: Piece) -> PieceView:
    """A piece as everybody sees it who is kept apart from nobody; for the shared live frame only."""
    return _views([piece], NOBODY)[0]


def views_for_hosts(viewer: Viewer, pieces: Sequence[Piece]) -> list[PieceView]:
    """The same for the queue: hosts see what they decide about, whomever they are kept apart from."""
    assert viewer.is_staff
    return _views(pieces, NOBODY)


def reaction_names(viewer: Viewer, piece: Piece) -> dict[str, list[str]]:
    """Who reacted how, by name, those the viewer is kept apart from left out; nobody where the piece was taken back."""
    if piece.state == "removed":
        return {}
    rows = session().execute(
        select(Reaction.kind, Reaction.member_id).where(
            Reaction.piece_id == piece.id, apart_from(viewer).leaves_reactions([piece])
        )
    )
    pairs = rows.all()
    people = members.authors(member_id for _kind, member_id in pairs)
    names: dict[str, list[str]] = {}
    for kind, member_id in pairs:
        names.setdefault(kind, []).append(people[member_id].name)
    return {kind: sorted(found) for kind, found in names.items()}


def delayed_until(now: datetime, limit: int = 100) -> list[tuple[int, datetime]]:
    """What should have taken its place by now, and when: for the job that lets it."""
    waiting = select(Piece.id, Piece.due_at).where(Piece.state == "delayed", Piece.due_at <= now)
    rows = session().execute(waiting.order_by(Piece.due_at).limit(limit))
    return [(piece_id, due_at) for piece_id, due_at in rows if due_at is not None]


def active_for(viewer: Viewer) -> ScalarSelect[datetime | None]:
    """When a stream was last active as far as the viewer may know: when the last piece that is there for her took its
    place."""
    last = aliased(Piece)
    return (
        select(last.published_at)
        .where(last.stream_id == Stream.id, *shown_to(viewer, last))
        .order_by(last.nr.desc())
        .limit(1)
        .correlate(Stream)
        .scalar_subquery()
    )


def readable_in(viewer: Viewer, places: Iterable[Space]) -> ColumnElement[bool]:
    """The condition for streams the viewer reads in these spaces of hers: what `space_rules.reads` says of one, said
    to the database."""
    return and_(Stream.space_id.in_([place.id for place in places]), said_to(viewer))


def said_to(viewer: Viewer) -> ColumnElement[bool]:
    """The part of it about houses: streams said to all who read the space, or to the viewer's house."""
    own = space_rules.house_of(viewer)
    return Stream.house_id.is_(None) if own is None else or_(Stream.house_id.is_(None), Stream.house_id == own)


def shown_to(viewer: Viewer, piece: type[Piece] = Piece) -> list[ColumnElement[bool]]:
    """The conditions under which a piece (or an alias of it) of a readable stream exists for a viewer: it has its
    place, and stands or was taken back; what a host hid is there for its author alone."""
    hers = (piece.state == "hidden") & (piece.author_id == viewer.id)
    return [piece.nr.is_not(None), or_(piece.state.in_(SHOWN), hers), apart_from(viewer).leaves(piece)]


def _shown_replies(viewer: Viewer, stream: Stream) -> list[ColumnElement[bool]]:
    return [Piece.stream_id == stream.id, Piece.kind != "opening", *shown_to(viewer)]


def _exists_for(viewer: Viewer, piece: Piece) -> bool:
    """The same for one piece at hand. What never got a place is there for its author alone."""
    if apart_from(viewer).hides(piece):
        return False
    if piece.state in (*WAITING, "hidden") or (piece.state == "removed" and piece.nr is None):
        return piece.author_id == viewer.id
    return piece.state in SHOWN


def _views(
    pieces: Sequence[Piece],
    apart: Apart,
    reader: Viewer | None = None,
    given: dict[int, list[str]] | None = None,
) -> list[PieceView]:
    """`given` is filled with the reader's own reactions; people at hand for her are not asked for."""
    if not pieces:
        return []
    found = quotes.sources_of(pieces, apart)
    shown = revisions.as_they_stood([*pieces, *found.values()], apart)
    pieces, sources = shown[: len(pieces)], {source.id: source for source in shown[len(pieces) :]}
    signed = (piece.author_id for piece in shown if not piece.unnamed)
    at_hand = named.at_hand(reader) if reader is not None else None
    people, called = named.met(signed, mentions.named_in(piece.text for piece in shown), at_hand)
    authors = {piece.id: unnamed.author_of(piece.kind) if piece.unnamed else people[piece.author_id] for piece in shown}
    reactions = _reactions([piece for piece in pieces if piece.state == "published"], apart, reader, given)
    names = mentions.Names(called, apart.excluded)
    told = told_to_authors(pieces)
    pictured = [piece.id for piece in pieces if piece.pictures and piece.state != "removed"]
    whole = [piece.id for piece in pieces if piece.pictures and piece.state in (*WAITING, "hidden")]
    pictures = beside.pictures_on(pictured, apart.excluded, whole, reader.known if reader is not None else None)
    return [
        _view(
            piece,
            authors[piece.id],
            reactions.get(piece.id, ()),
            names,
            _quote(piece, sources, authors, names),
            told.get(piece.id),
            pictures.get(piece.id, ()),
        )
        for piece in pieces
    ]


def _quote(
    piece: Piece, sources: dict[int, Piece], authors: dict[int, AuthorView], names: mentions.Names
) -> quotes.QuoteView | None:
    quoted = quotes.of(piece)
    if quoted is None or piece.state == "removed":
        return None
    source = sources.get(quoted.id)
    return quotes.shown(source, authors[source.id], quoted, names) if source else quotes.GONE


def _view(
    piece: Piece,
    author: AuthorView,
    reactions: tuple[ReactionView, ...],
    names: mentions.Names,
    quote: quotes.QuoteView | None,
    told: ToldView | None,
    pictures: tuple[Any, ...],
) -> PieceView:
    gone = piece.state == "removed"
    posted_at = piece.published_at or piece.written_at
    return PieceView(
        id=piece.id,
        stream_id=piece.stream_id,
        nr=piece.nr,
        seq=piece.seq,
        version=piece.version,
        kind=piece.kind,
        state=piece.state,
        title=None if gone else piece.title,
        text="" if gone else names.in_text(piece.text),
        html=Markup("") if gone else names.in_html(piece.html),
        lang=piece.lang,
        author=author,
        posted_at=clock.start_of(clock.local(posted_at).date()) if piece.unnamed else posted_at,
        edited_at=piece.edited_at,
        unnamed=piece.unnamed,
        reactions=tuple(one for one in reactions if not (piece.note and one.kind == "haha")),
        note=None if gone else piece.note,
        quote=quote,
        by_host=piece.decided_by is not None,
        note_by_host=piece.note_by is not None and not gone,
        told=told,
        pictures=pictures,
        with_pictures=bool(piece.pictures) and not gone,
    )


def _reactions(
    pieces: Sequence[Piece], apart: Apart, reader: Viewer | None, given: dict[int, list[str]] | None
) -> dict[int, tuple[ReactionView, ...]]:
    if not pieces:
        return {}
    is_hers = func.max(case((Reaction.member_id == (reader.id if reader is not None else 0), 1), else_=0))
    rows = session().execute(
        select(Reaction.piece_id, Reaction.kind, is_hers)
        .where(Reaction.piece_id.in_([piece.id for piece in pieces]), apart.leaves_reactions(pieces))
        .group_by(Reaction.piece_id, Reaction.kind)
    )
    kinds: dict[int, list[str]] = {}
    for piece_id, kind, hers in rows:
        kinds.setdefault(piece_id, []).append(kind)
        if hers and given is not None:
            given.setdefault(piece_id, []).append(kind)
    return {
        piece_id: tuple(ReactionView(kind) for kind in sorted(found, key=REACTIONS.index))
        for piece_id, found in kinds.items()
    }
