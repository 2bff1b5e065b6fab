"""What is in a book, as its owner may see it at this moment: read through each room's own query, every time anew.

What has gone, or is not hers to see any more, is a leaf that says so and holds nothing. Of others nothing stands here
that they have not said yes to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup
from sqlalchemy import select

from community.book import masking, queries, sealing, words
from community.book.models import Book, BookItem, BookYes
from community.core import clock, i18n, text
from community.core.db import session
from community.core.errors import NotFound
from community.core.i18n import _
from community.members.people import Viewer
from community.members.queries import authors
from community.memories import queries as memories
from community.memories.happened import Happened
from community.memories.words import when_words
from community.moving import letters
from community.photos import consent
from community.photos import queries as photos
from community.photos.actions import alt_of
from community.photos.models import Photo
from community.streams import queries as streams
from community.streams import quotes
from community.streams.apart import apart_from
from community.streams.models import Piece

AT_ONCE = 40


@dataclass(frozen=True)
class Picture:
    """A photo in a book: how large it is, what it shows in her own words, and as what it was drawn (`stamp`)."""

    id: int
    width: int
    height: int
    alt: str
    stamp: str


@dataclass(frozen=True)
class Quote:
    """What her piece quotes. `by`: who says it, or a friend; `words` None: without their yes."""

    by: str
    words: str | None


@dataclass(frozen=True)
class Leaf:
    """One thing in a book. `html` is safe; `by`: who wrote it where that is somebody else; `silent`: somebody else's
    words without their yes; `asked`: what came of asking. `others`: what stands here by a yes, with that answer.
    `when`: when it happened, in words, where somebody has said so; then `on` is its first day.
    """

    item_id: int
    kind: str
    on: date | None
    heading: str = ""
    html: Markup = field(default_factory=Markup)
    lang: str | None = None
    by: str = ""
    quote: Quote | None = None
    pictures: tuple[Picture, ...] = ()
    caption: str = ""
    when: str = ""
    gone: bool = False
    silent: bool = False
    asked: BookYes | None = None
    ref_id: int | None = None
    others: tuple[tuple[str, int, str], ...] = field(default=())

    @property
    def year(self) -> int | None:
        """The chapter it belongs to by its day; a page of her own has none."""
        return self.on.year if self.on is not None else None

    @property
    def excerpt(self) -> str:
        """A line for lists."""
        return self.heading or text.excerpt(str(self.html), 120) if self.heading or self.html else ""


def leaves_of(viewer: Viewer, items: Sequence[BookItem]) -> list[Leaf]:
    """Things of the viewer's books as they stand now, in this order."""
    found: dict[int, Leaf] = {}
    for kind, read in _READ.items():
        of_kind = [item for item in items if item.kind == kind]
        if of_kind:
            found |= {leaf.item_id: leaf for leaf in read(viewer, of_kind)}
    return [found.get(item.id) or _gone(item) for item in items]


def all_of(viewer: Viewer, book: Book) -> Iterator[list[Leaf]]:
    """Everything in a book of the viewer's, so many at a time, each time as of that moment: no writer waits for it."""
    place = 0
    while items := queries.items_of(viewer, book, after=place, limit=AT_ONCE):
        place = items[-1].place
        yield leaves_of(viewer, items)
        session().rollback()


def chosen_pictures(viewer: Viewer, photo_ids: Collection[int]) -> dict[int, Picture]:
    """Of these photos those that may be in a book of the viewer's: shown to everybody who reads there, seen by her, and
    put up by her or with her in it by her own yes."""
    found = {}
    for sight in photos.seen_among(viewer, photo_ids):
        hers = sight.person(viewer.id)
        said_yes = hers is not None and hers.answer in ("yes", "blur")
        if sight.state == consent.SHOWN and not sight.veiled and (sight.photo.uploader_id == viewer.id or said_yes):
            found[sight.photo.id] = _picture(viewer, sight.photo)
    return found


def _picture(viewer: Viewer, photo: Photo) -> Picture:
    """What it shows in words is hers alone: what somebody else wrote to it does not come along."""
    alt = alt_of(photo) if photo.uploader_id == viewer.id else ""
    return Picture(photo.id, photo.width, photo.height, alt or "", photo.shown_name)


def _pieces(viewer: Viewer, items: Sequence[BookItem]) -> Iterable[Leaf]:
    """Her own: they are hers wherever they stand, as long as they stand."""
    hers = Piece.id.in_([item.ref_id for item in items]) & (Piece.author_id == viewer.id)
    rows = session().scalars(select(Piece).where(hers, Piece.state == "published")).all()
    by_id, mask = {row.id: row for row in rows}, masking.Masked(viewer.id, viewer.name)
    sources = _sources(viewer, rows)
    given = words.given_to(viewer, "piece", sources.keys())
    on_them = _pictures_on(viewer, [row.id for row in rows if row.pictures])
    dates = memories.when_of(viewer, by_id)
    for item in items:
        piece = by_id.get(item.ref_id or 0)
        if piece is not None:
            quote, others = _quoted(viewer, piece, sources, given, mask)
            on, when = _when(item, dates.get(piece.id))
            yield Leaf(
                item.id,
                item.kind,
                on,
                when=when,
                heading=piece.title or "",
                html=mask.in_html(piece.html),
                lang=piece.lang,
                quote=quote,
                pictures=tuple(on_them.get(piece.id, ())),
                caption=sealing.said(item, "caption"),
                asked=given.get(piece.quote_id or 0),
                ref_id=piece.quote_id if _may_be_asked_about(viewer, sources.get(piece.quote_id or 0)) else None,
                others=others,
            )


def _sources(viewer: Viewer, pieces: Sequence[Piece]) -> dict[int, Piece]:
    """What her pieces quote and she may still see."""
    apart = apart_from(viewer)
    ids = {piece.quote_id: piece.stream_id for piece in pieces if piece.quote_id is not None}
    rows = session().scalars(select(Piece).where(Piece.id.in_(ids))).all() if ids else ()
    return {row.id: row for row in rows if quotes.stands(row, ids[row.id], apart)}


def _quoted(
    viewer: Viewer, piece: Piece, sources: dict[int, Piece], given: dict[int, BookYes], mask: masking.Masked
) -> tuple[Quote | None, tuple[tuple[str, int, str], ...]]:
    if piece.quote_id is None:
        return None, ()
    source, asked = sources.get(piece.quote_id), quotes.of(piece)
    assert asked is not None
    if source is not None and source.author_id == viewer.id:
        return Quote("", quotes.shown(source, authors([viewer.id])[viewer.id], asked, mask).words), ()  # type: ignore[arg-type]
    yes = given.get(piece.quote_id)
    if source is None or yes is None or not _holds(yes) or source.unnamed:
        return Quote(_("A friend wrote"), None), ()
    shown = quotes.shown(source, authors([source.author_id])[source.author_id], asked, mask)  # type: ignore[arg-type]
    return Quote(_wrote(viewer, yes), shown.words), (("piece", source.id, str(yes.answer)),)


def _when(item: BookItem, happened: Happened | None) -> tuple[date | None, str]:
    """The day a thing stands at, and when it was, in words: as somebody has said, else as it was posted."""
    return (happened.first, when_words(happened)) if happened is not None else (item.on, "")


def _may_be_asked_about(viewer: Viewer, source: Piece | None) -> bool:
    return source is not None and source.author_id != viewer.id and not source.unnamed


def _words(viewer: Viewer, items: Sequence[BookItem]) -> Iterable[Leaf]:
    """Replies of others: their words with their yes, else that a friend wrote."""
    given = words.given_to(viewer, "piece", [item.ref_id or 0 for item in items])
    mask = masking.Masked(viewer.id, viewer.name)
    for item in items:
        try:
            piece = streams.piece_for(viewer, item.ref_id or 0)
        except NotFound:
            continue
        if piece.state == "published" and piece.author_id != viewer.id:
            yes = given.get(piece.id)
            html = mask.in_html(piece.html) if yes is not None and _holds(yes) and not piece.unnamed else Markup("")
            yield _from_another(viewer, item, yes, html, piece.lang)


def _letters(viewer: Viewer, items: Sequence[BookItem]) -> Iterable[Leaf]:
    """Letters she has opened: what they say with their writer's yes, else that a friend wrote."""
    given = words.given_to(viewer, "letter", [item.ref_id or 0 for item in items])
    for item in items:
        try:
            row = letters.letter_for(viewer, item.ref_id or 0)
        except NotFound:
            continue
        if row.opened_at is not None:
            yes = given.get(row.id)
            html = masking.lines(letters.words_of(row)) if yes is not None and _holds(yes) else Markup("")
            yield _from_another(viewer, item, yes, html, None)


def _from_another(viewer: Viewer, item: BookItem, yes: BookYes | None, html: Markup, lang: str | None) -> Leaf:
    said = yes is not None and bool(html)
    kind = "letter" if item.kind == "letter" else "piece"
    return Leaf(
        item.id,
        item.kind,
        item.on,
        html=html,
        lang=lang if said else None,
        by=_wrote(viewer, yes) if said and yes is not None else _("A friend wrote"),
        caption=sealing.said(item, "caption"),
        silent=not said,
        asked=yes,
        ref_id=item.ref_id,
        others=((kind, item.ref_id or 0, str(yes.answer)),) if said and yes is not None else (),
    )


def _photos(viewer: Viewer, items: Sequence[BookItem]) -> Iterable[Leaf]:
    there = chosen_pictures(viewer, [item.ref_id or 0 for item in items])
    rows = session().execute(select(Photo.id, Photo.piece_id).where(Photo.id.in_(there)))
    hang_on = {row.id: row.piece_id for row in rows}
    dates = memories.when_of(viewer, {piece_id for piece_id in hang_on.values() if piece_id is not None})
    for item in items:
        picture = there.get(item.ref_id or 0)
        if picture is not None:
            on, when = _when(item, dates.get(hang_on.get(picture.id) or 0))
            caption = sealing.said(item, "caption")
            yield Leaf(item.id, item.kind, on, when=when, pictures=(picture,), caption=caption)


def _milestones(viewer: Viewer, items: Sequence[BookItem]) -> Iterable[Leaf]:
    there = {(one.period_id, one.what): one for one in queries.milestones_for(viewer, clock.today())}
    for item in items:
        one = there.get((item.ref_id or 0, item.what))
        if one is not None:
            yield Leaf(item.id, item.kind, one.on, heading=milestone_words(one), caption=sealing.said(item, "caption"))


def _pages(_viewer: Viewer, items: Sequence[BookItem]) -> Iterable[Leaf]:
    for item in items:
        html = masking.prose(sealing.said(item, "text"))
        yield Leaf(item.id, item.kind, None, heading=sealing.said(item, "heading"), html=html)


def milestone_words(one: queries.Milestone) -> str:
    """What a milestone says, in the language of the moment."""
    if one.what == "came":
        return (
            _("I began to work at %(house)s", house=one.house)
            if one.at_work
            else _("I came to %(house)s", house=one.house)
        )
    if one.what == "moved":
        return (
            _("I left my work at %(house)s", house=one.house)
            if one.at_work
            else _("I moved on from %(house)s", house=one.house)
        )
    years = int(one.what.partition("-")[2])
    return i18n.plural("%(num)s year at %(house)s", "%(num)s years at %(house)s", years, house=one.house)


def _pictures_on(viewer: Viewer, piece_ids: Collection[int]) -> dict[int, list[Picture]]:
    """The photos on pieces of hers that may be in her book, in their order."""
    if not piece_ids:
        return {}
    on_them = select(Photo.id, Photo.piece_id).where(Photo.piece_id.in_(piece_ids), Photo.uploader_id == viewer.id)
    rows = session().execute(on_them.order_by(Photo.position, Photo.id)).all()
    there = chosen_pictures(viewer, [photo_id for photo_id, _piece_id in rows])
    found: dict[int, list[Picture]] = {}
    for photo_id, piece_id in rows:
        if photo_id in there and piece_id is not None:
            found.setdefault(piece_id, []).append(there[photo_id])
    return found


def _holds(yes: BookYes) -> bool:
    return yes.answer in ("yes", "nameless")


def _wrote(viewer: Viewer, yes: BookYes) -> str:
    """Whose words these are, as far as she said her name may come along and still has one here."""
    person = authors([yes.author_id])[yes.author_id]
    if yes.answer != "yes" or not person.id or yes.author_id in viewer.excluded_ids:
        return _("A friend wrote")
    return _("%(name)s wrote", name=person.first_name if person.kind == "staff" else person.name)


def _gone(item: BookItem) -> Leaf:
    return Leaf(item.id, item.kind, item.on, gone=True)


_READ = {
    "piece": _pieces,
    "words": _words,
    "photo": _photos,
    "letter": _letters,
    "milestone": _milestones,
    "page": _pages,
}
