"""Words of others: what may be asked about, what somebody has given for books of others, and what of it holds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from community.book import rules
from community.book.models import BookYes
from community.core import clock, text
from community.core.db import session
from community.core.errors import NotFound
from community.core.policy import can
from community.members.named import called_now
from community.members.people import AuthorView, Viewer
from community.members.queries import authors
from community.moving import letters
from community.moving.prepared_models import FarewellLetter
from community.streams import queries as streams
from community.streams.mentions import names_in
from community.streams.models import Piece


@dataclass(frozen=True)
class Written:
    """What somebody wrote, as far as asking about it goes."""

    author_id: int
    unnamed: bool


@dataclass(frozen=True)
class Askable:
    """Somebody else's words in a book, as its owner reads it there: whose they are, whether they can be asked, and what
    came of it."""

    name: str
    can: bool
    answer: str | None
    asked: bool


@dataclass(frozen=True)
class AskedView:
    """What somebody is asked, or has answered, as she reads it: who asks, and her own words."""

    id: int
    by: AuthorView
    kind: str
    words: str
    answer: str | None


def found_for(viewer: Viewer, kind: str, ref_id: int) -> Written:
    """A piece the viewer reads, or a letter to her that she has opened. Raises NotFound."""
    if kind == "letter":
        letter = letters.letter_for(viewer, ref_id)
        if letter.opened_at is None:
            raise NotFound
        return Written(letter.by_id, False)
    piece = streams.piece_for(viewer, ref_id)
    if piece.state != "published" or piece.kind == "message":
        raise NotFound
    return Written(piece.author_id, piece.unnamed)


def day_of(viewer: Viewer, piece_id: int) -> tuple[date, int | None]:
    """The day a piece the viewer reads was said, and the post it answers. Raises NotFound."""
    piece = streams.piece_for(viewer, piece_id)
    said = clock.local(piece.published_at or piece.written_at).date()
    return said, streams.stream_for(viewer, piece.stream_id).opening_id


def yes_on(viewer: Viewer, kind: str, ref_id: int) -> BookYes | None:
    """What the viewer has asked about these words. One query."""
    mine = select(BookYes).where(BookYes.owner_id == viewer.id, BookYes.kind == kind, BookYes.ref_id == ref_id)
    return session().scalar(mine.execution_options(populate_existing=True))


def given_to(viewer: Viewer, kind: str, ref_ids: Collection[int]) -> dict[int, BookYes]:
    """What the viewer has asked about these, by what it is about. One query, none of none."""
    if not ref_ids:
        return {}
    mine = select(BookYes).where(BookYes.owner_id == viewer.id, BookYes.kind == kind, BookYes.ref_id.in_(ref_ids))
    return {row.ref_id: row for row in session().scalars(mine.execution_options(populate_existing=True))}


def askable(viewer: Viewer, kind: str, ref_ids: Collection[int]) -> dict[int, Askable]:
    """Of words the viewer has found in her book: whom to ask. Four queries, none of none."""
    if not ref_ids:
        return {}
    of_letter = select(FarewellLetter.id, FarewellLetter.by_id).where(
        FarewellLetter.id.in_(ref_ids), FarewellLetter.to_id == viewer.id
    )
    of_piece = select(Piece.id, Piece.author_id).where(Piece.id.in_(ref_ids), Piece.by_name())
    found_by = session().execute(of_letter if kind == "letter" else of_piece)
    by = {row[0]: row[1] for row in found_by}
    people, here, given = authors(by.values()), called_now(by.values()), given_to(viewer, kind, ref_ids)
    found = {}
    for ref_id, author in by.items():
        row = given.get(ref_id)
        can_be = can(viewer, rules.ASK, (author, author in here, False))
        found[ref_id] = Askable(people[author].name, can_be, row.answer if row else None, row is not None)
    return found


def asked_for(viewer: Viewer, yes_id: int) -> BookYes:
    """One thing the viewer was asked about her words. Raises NotFound, also where she and whoever asked are kept apart:
    what she said before holds no more than the words can be seen. One query."""
    row = session().get(BookYes, yes_id, populate_existing=True)
    if row is None or row.author_id != viewer.id or row.owner_id in viewer.excluded_ids:
        raise NotFound
    return row


def given_by(viewer: Viewer, limit: int = 100) -> list[AskedView]:
    """What the viewer was asked, and gave or did not, the newest first. Four queries at most."""
    mine = select(BookYes).where(BookYes.author_id == viewer.id, BookYes.owner_id.not_in(viewer.excluded_ids))
    rows = session().scalars(mine.order_by(BookYes.asked_at.desc(), BookYes.id).limit(limit)).all()
    people, said = authors(row.owner_id for row in rows), _own_words(viewer, rows)
    found = ((row, said.get((row.kind, row.ref_id))) for row in rows)
    return [
        AskedView(row.id, people[row.owner_id], row.kind, words, row.answer)
        for row, words in found
        if words is not None
    ]


def asked_view(viewer: Viewer, yes_id: int) -> AskedView | None:
    """The same of one; None where there is nothing to answer any more. Three queries at most."""
    try:
        row = asked_for(viewer, yes_id)
    except NotFound:
        return None
    words = _own_words(viewer, [row]).get((row.kind, row.ref_id))
    return (
        None if words is None else AskedView(row.id, authors([row.owner_id])[row.owner_id], row.kind, words, row.answer)
    )


def _own_words(viewer: Viewer, rows: Collection[BookYes]) -> dict[tuple[str, int], str]:
    """Her own words these are about, as far as they stand."""
    pieces, notes = ([row.ref_id for row in rows if row.kind == kind] for kind in ("piece", "letter"))
    found: dict[tuple[str, int], str] = {}
    if pieces:
        hers = Piece.id.in_(pieces) & (Piece.author_id == viewer.id) & (Piece.state == "published")
        standing = session().scalars(select(Piece).where(hers)).all()
        names = names_in((piece.text for piece in standing), viewer.excluded_ids)
        found |= {("piece", piece.id): names.in_text(text.plain(piece.html)) for piece in standing}
    if notes:
        hers_too = (FarewellLetter.by_id == viewer.id) & FarewellLetter.id.in_(notes)
        found |= {
            ("letter", row.id): letters.words_of(row)
            for row in session().scalars(select(FarewellLetter).where(hers_too))
        }
    return found
