"""What a member may put into a book, by kind and year, with a word to look for: lists paged by key, hers alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, and_, func, not_, or_, select

from community.book import leaves, masking, queries
from community.book.models import Book, BookItem
from community.chat.searching import wanted
from community.core import clock, paging, text
from community.core.db import session
from community.core.i18n import _
from community.members.people import Viewer
from community.memories import queries as memories
from community.memories.happened import Happened
from community.memories.models import MemoryDate
from community.moving import letters
from community.photos.models import Photo, PhotoPerson
from community.photos.queries import shown_as
from community.streams import queries as streams
from community.streams.models import Piece

PAGE = 30
KINDS = ("piece", "photo", "letter", "milestone")
"""What is chosen from lists; words of others stand on the page of the post they answer."""


@dataclass(frozen=True)
class Candidate:
    """One thing that may come into a book. `key`: what the form sends. `there`: it is in this book already."""

    key: str
    kind: str
    ref_id: int
    what: str
    on: date
    words: str
    lang: str | None = None
    picture: leaves.Picture | None = None
    pictures: int = 0
    there: bool = False
    replies: bool = False


@dataclass(frozen=True)
class Listed:
    """A page of candidates, the oldest first, and where the next one begins."""

    rows: Sequence[Candidate]
    after: str | None = None


def listed_for(
    viewer: Viewer, book: Book, kind: str, *, year: int | None = None, word: str = "", after: str | None = None
) -> Listed:
    """What of one kind the viewer may put in. Raises NotFound for a place that was never given out."""
    if kind == "photo":
        found = _photos(viewer, year, after, PAGE)
    elif kind == "letter":
        found = Listed([one for one in _letters(viewer) if _of_year(one, year)])
    elif kind == "milestone":
        found = Listed([one for one in _milestones(viewer) if _of_year(one, year)])
    else:
        found = _pieces(viewer, year, word, after, PAGE)
    there = queries.refs_in(viewer, book, kind)
    rows = [_marked(one) if (one.ref_id, one.what) in there else one for one in found.rows]
    return Listed(rows, found.after)


def all_for(viewer: Viewer, kind: str, year: int | None, limit: int) -> list[Candidate]:
    """Everything of one kind and year that may come in, the oldest first, at most so much."""
    if kind == "photo":
        return list(_photos(viewer, year, None, limit).rows)
    if kind in ("letter", "milestone"):
        rows = _letters(viewer) if kind == "letter" else _milestones(viewer)
        return [one for one in rows if _of_year(one, year)][:limit]
    return list(_pieces(viewer, year, "", None, limit).rows)


def along_with_posts(viewer: Viewer, items: Sequence[BookItem]) -> set[int]:
    """The viewer's photos that stand on her posts among these things. One query, none of none."""
    posts = [item.ref_id for item in items if item.kind == "piece"]
    on_them = select(Photo.id).where(Photo.piece_id.in_(posts), Photo.uploader_id == viewer.id)
    return set(session().scalars(on_them)) if posts else set()


def these_for(viewer: Viewer, keys: Sequence[str]) -> list[Candidate]:
    """What a form names, as far as the viewer may put it in, the oldest first."""
    wanted: dict[str, set[str]] = {}
    for key in keys:
        wanted.setdefault(key.partition(".")[0], set()).add(key)
    found: list[Candidate] = []
    if "piece" in wanted:
        found += _as_pieces(viewer, Piece.id.in_(_ids(wanted["piece"])))
    if "photo" in wanted:
        found += _as_photos(viewer, _ids(wanted["photo"]))
    for kind, rows in (("letter", _letters), ("milestone", _milestones)):
        if kind in wanted:
            found += [one for one in rows(viewer) if one.key in wanted[kind]]
    return sorted(found, key=lambda one: (one.on, one.key))


def years_for(viewer: Viewer) -> list[int]:
    """From the year of the viewer's first day, or of the first thing she wrote or told of, up to this one. Three
    queries."""
    first = session().scalar(select(func.min(Piece.published_at)).where(*_hers(viewer)))
    told_of = select(func.min(MemoryDate.first_on)).join(Piece, Piece.id == MemoryDate.piece_id)
    oldest = session().scalar(told_of.where(*_hers(viewer)))
    days = [one.on for one in queries.milestones_for(viewer, clock.today())][:1]
    days += [clock.local(first).date()] if first is not None else []
    days += [oldest] if oldest is not None else []
    return list(range(min(days).year, clock.today().year + 1)) if days else []


def replies_for(viewer: Viewer, piece_id: int) -> list[Piece]:
    """What others answered to a post of the viewer's, as far as it is there for her. Raises NotFound."""
    piece = streams.piece_for(viewer, piece_id)
    if piece.author_id != viewer.id or piece.kind != "opening":
        return []
    stream = streams.stream_for(viewer, piece.stream_id)
    rows = streams.replies_after(viewer, stream, 0, 100)
    return [row for row in rows if row.author_id != viewer.id and row.state == "published"]


def _hers(viewer: Viewer) -> list[ColumnElement[bool]]:
    """Posts and replies of hers that stand; what was said in talks and chats has others in it all the way."""
    return [
        Piece.author_id == viewer.id,
        Piece.state == "published",
        Piece.kind.in_(("opening", "reply")),
        Piece.published_at.is_not(None),
    ]


def _pieces(viewer: Viewer, year: int | None, word: str, after: str | None, limit: int) -> Listed:
    which: list[ColumnElement[bool]] = []
    if year is not None:
        which.append(_in_year(year))
    if word:
        which += [or_(Piece.text.ilike(like), Piece.title.ilike(like)) for like in wanted(word).patterns]
    place = paging.read_cursor(after)
    if place is not None:
        moment, key = place
        which.append(or_(Piece.published_at > moment, (Piece.published_at == moment) & (Piece.id > key)))
    rows = _rows_of(viewer, which, limit + 1)
    return Listed(_of_pieces(viewer, rows[:limit]), _next(rows, limit))


def _as_pieces(viewer: Viewer, which: ColumnElement[bool]) -> list[Candidate]:
    return _of_pieces(viewer, _rows_of(viewer, [which], None))


def _in_year(year: int) -> ColumnElement[bool]:
    """Pieces of a year: of when they happened where somebody has said so, else of when they were posted."""
    dated = select(MemoryDate.piece_id).where(MemoryDate.piece_id == Piece.id)
    then = dated.where(MemoryDate.first_on.between(date(year, 1, 1), date(year, 12, 31)))
    posted = and_(Piece.published_at >= _begins(year), Piece.published_at < _begins(year + 1))
    return or_(then.exists(), and_(not_(dated.exists()), posted))


def _rows_of(viewer: Viewer, which: list[ColumnElement[bool]], limit: int | None) -> Sequence[Piece]:
    hers = select(Piece).where(*_hers(viewer), *which).order_by(Piece.published_at, Piece.id)
    return session().scalars(hers.limit(limit)).all()


def _next(rows: Sequence[Piece], limit: int) -> str | None:
    last = rows[limit - 1] if len(rows) > limit else None
    return paging.cursor(last.published_at, last.id) if last is not None and last.published_at is not None else None


def _of_pieces(viewer: Viewer, rows: Sequence[Piece]) -> list[Candidate]:
    dates = memories.when_of(viewer, [row.id for row in rows])
    return [_of_piece(viewer, row, dates.get(row.id)) for row in rows]


def _of_piece(viewer: Viewer, row: Piece, happened: Happened | None) -> Candidate:
    mask = masking.Masked(viewer.id, viewer.name)
    words = row.title or mask.in_text(text.excerpt(row.html, 160)) or _("A photo")
    assert row.published_at is not None
    day = happened.first if happened is not None else clock.local(row.published_at).date()
    return Candidate(
        f"piece.{row.id}", "piece", row.id, "", day, words, row.lang, None, row.pictures, replies=row.kind == "opening"
    )


def _photos(viewer: Viewer, year: int | None, after: str | None, limit: int) -> Listed:
    hers = or_(Photo.uploader_id == viewer.id, PhotoPerson.answer.in_(("yes", "blur")))
    mine = (
        select(Photo.id, Photo.made_at)
        .outerjoin(PhotoPerson, (PhotoPerson.photo_id == Photo.id) & (PhotoPerson.member_id == viewer.id))
        .where(hers, Photo.piece_id.is_not(None))
    )
    if year is not None:
        mine = mine.where(Photo.made_at >= _begins(year), Photo.made_at < _begins(year + 1))
    place = paging.read_cursor(after)
    if place is not None:
        mine = mine.where(or_(Photo.made_at > place[0], (Photo.made_at == place[0]) & (Photo.id > place[1])))
    rows = session().execute(mine.order_by(Photo.made_at, Photo.id).limit(limit + 1)).all()
    following = paging.cursor(rows[limit - 1][1], rows[limit - 1][0]) if len(rows) > limit else None
    return Listed(_as_photos(viewer, [photo_id for photo_id, _at in rows[:limit]]), following)


def _as_photos(viewer: Viewer, photo_ids: Sequence[int]) -> list[Candidate]:
    days = {photo.id: clock.local(photo.made_at).date() for photo in shown_as(viewer, photo_ids).values()}
    there = leaves.chosen_pictures(viewer, list(days))
    return [
        Candidate(f"photo.{id_}", "photo", id_, "", days[id_], one.alt or _("A photo"), picture=one)
        for id_, one in there.items()
    ]


def _letters(viewer: Viewer) -> list[Candidate]:
    opened = [one for one in letters.letters_for(viewer) if one.opened]
    return [
        Candidate(
            f"letter.{one.id}",
            "letter",
            one.id,
            "",
            clock.local(one.at).date(),
            _("A letter from %(name)s", name=one.by.name),
        )
        for one in sorted(opened, key=lambda one: (one.at, one.id))
    ]


def _milestones(viewer: Viewer) -> list[Candidate]:
    return [
        Candidate(
            f"milestone.{one.period_id}.{one.what}",
            "milestone",
            one.period_id,
            one.what,
            one.on,
            leaves.milestone_words(one),
        )
        for one in queries.milestones_for(viewer, clock.today())
    ]


def _marked(one: Candidate) -> Candidate:
    return Candidate(**{**one.__dict__, "there": True})


def _of_year(one: Candidate, year: int | None) -> bool:
    return year is None or one.on.year == year


def _begins(year: int) -> datetime:
    """When a year begins at home."""
    return clock.start_of(date(year, 1, 1)).astimezone(UTC)


def _ids(keys: set[str]) -> list[int]:
    numbers = (paging.whole_number(key.split(".")[1]) if key.count(".") else None for key in keys)
    return [number for number in numbers if number is not None]
