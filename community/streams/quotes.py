"""What a reply quotes. Nobody else's words are stored with it: whom, which version, from where to where; the words are
filled in whenever it is shown, from the source as it stands and as far as the reader may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from community.core import text
from community.core.db import session
from community.core.errors import Invalid
from community.core.i18n import lazy as _l
from community.members import queries as members
from community.members.people import AuthorView, Viewer
from community.streams.apart import Apart, apart_from
from community.streams.mentions import Names, names_in
from community.streams.models import Piece, Stream
from community.streams.unnamed import author_of
from community.streams.wordless import words_or_picture


@dataclass(frozen=True)
class Quoted:
    """A place in a piece: its beginning, or from one character to another in its plain words."""

    id: int
    version: int
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class QuoteView:
    """A quote as pages and frames show it. `author` None: the source is gone, or not there for this reader."""

    words: str = ""
    lang: str = ""
    nr: int | None = None
    note: str | None = None
    author: AuthorView | None = None


GONE = QuoteView()


def find(source: Piece, words: str, names: Names) -> Quoted:
    """Where the chosen words stand in the source; none chosen: its beginning. Long ones are cut after LONGEST_QUOTE. A
    source that names people is quoted from its beginning: what they are called, and so its places, may change.

    Raises Invalid (`excerpt`) when the source does not say them.
    """
    chosen = " ".join(text.tidy(words).split())
    if not chosen:
        return Quoted(source.id, source.version)
    stored = text.plain(source.html)
    plain = names.in_text(stored)
    start = plain.find(chosen)
    if start < 0:
        sentence = _l("What you quote says something else now. Your text is here: look, and send again.")
        raise Invalid(sentence, field="excerpt")
    if plain != stored:
        return Quoted(source.id, source.version)
    end = len(chosen)
    if end > text.LONGEST_QUOTE:
        end = len(text.shortened(chosen, text.LONGEST_QUOTE)) - 1
    return Quoted(source.id, source.version, start, start + end)


def preview(viewer: Viewer, stream: Stream, piece_id: int, words: str = "") -> QuoteView | None:
    """What a reply by the viewer in this stream would show if it quoted a piece; None where that can't be quoted.
    Words the source does not say give its beginning."""
    source = session().get(Piece, piece_id, populate_existing=True)
    if source is None or not stands(source, stream.id, apart_from(viewer)):
        return None
    author = author_of(source.kind) if source.unnamed else members.authors([source.author_id])[source.author_id]
    names = names_in([source.text], viewer.excluded_ids)
    try:
        return shown(source, author, find(source, words, names), names)
    except Invalid:
        return shown(source, author, find(source, "", names), names)


def shown(source: Piece, author: AuthorView, quoted: Quoted, names: Names) -> QuoteView:
    """The quoted words as the source says them. Changed since it was quoted: its beginning, because places have
    moved."""
    words = text.excerpt(source.html)
    if quoted.start is not None and quoted.end is not None and quoted.version == source.version:
        plain = text.plain(source.html)
        before = "… " if quoted.start else ""
        after = " …" if quoted.end < len(plain) else ""
        words = f"{before}{plain[quoted.start : quoted.end].strip()}{after}"
    words = words_or_picture(names.in_text(words), source.pictures)
    return QuoteView(words, source.lang, source.nr, source.note, author)


def stands(source: Piece | None, stream_id: int, apart: Apart) -> bool:
    """Whether a source may be quoted, and shown where it is: in the same stream, in its place, and not by somebody the
    reader is kept apart from."""
    return (
        source is not None
        and source.stream_id == stream_id
        and source.state == "published"
        and source.nr is not None
        and not apart.hides(source)
    )


def sources_of(pieces: Sequence[Piece], apart: Apart) -> dict[int, Piece]:
    """The quoted pieces that stand, by id. One query, and none where everything quoted is among the pieces."""
    asked = {piece.quote_id: piece.stream_id for piece in pieces if piece.quote_id and piece.state != "removed"}
    rows = [piece for piece in pieces if piece.id in asked]
    elsewhere = asked.keys() - {piece.id for piece in rows}
    if elsewhere:
        fresh = select(Piece).where(Piece.id.in_(elsewhere)).execution_options(populate_existing=True)
        rows += session().scalars(fresh)
    return {row.id: row for row in rows if stands(row, asked[row.id], apart)}


def asked_for(actor: Viewer, stream: Stream, source_id: int | None, words: str) -> Quoted | None:
    """What a reply is to quote, as its writer may see it at this moment. Raises Invalid (`quote`, `excerpt`)."""
    if source_id is None:
        return None
    source = session().get(Piece, source_id, populate_existing=True)
    if source is None or not stands(source, stream.id, apart_from(actor)):
        raise Invalid(_l("What you quote is gone. Your text is here: send it without the quote."), field="quote")
    return find(source, words, names_in([source.text], actor.excluded_ids))


NONE: dict[str, None] = dict.fromkeys(("quote_id", "quote_version", "quote_from", "quote_to"))
"""The columns of a piece that quotes nothing."""


def keep(piece: Piece, quoted: Quoted) -> None:
    """Write down what a piece quotes."""
    piece.quote_id, piece.quote_version = quoted.id, quoted.version
    piece.quote_from, piece.quote_to = quoted.start, quoted.end


def of(piece: Piece) -> Quoted | None:
    """What a piece says it quotes."""
    if piece.quote_id is None:
        return None
    return Quoted(piece.quote_id, piece.quote_version or 0, piece.quote_from, piece.quote_to)
