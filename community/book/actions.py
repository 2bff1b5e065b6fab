"""Making a book, putting things into it and in their order. What is done here is a member's own: the audit chain has
none of it, and no gate reads it, because it goes to nobody."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, func, select

from community.book import choosing, keeping, queries, rules, sealing, words
from community.book.choosing import Candidate
from community.book.models import Book, BookFile, BookItem
from community.core import clock, text
from community.core.db import new_id, session, transaction
from community.core.errors import Conflict, Invalid, NotFound
from community.core.i18n import LANGUAGES
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members.people import Viewer

LONGEST_TITLE, LONGEST_DEDICATION, LONGEST_CAPTION = 80, 600, 300
EARLIER, LATER, AFTER = "earlier", "later", "after-"
FULL = _l("This book is full: %(max)s things fit. Begin another one.", max=rules.MOST_ITEMS)


def make(actor: Viewer, title: str, dedication: str, language: str) -> Book:
    """Begin a book. Raises Invalid by field, Conflict where there are five."""
    require(actor, rules.OWN, actor.id)
    _check(title, dedication, language)
    with transaction() as s:
        count = s.scalar(select(func.count()).select_from(Book).where(Book.member_id == actor.id)) or 0
        if count >= rules.MOST_BOOKS:
            raise Conflict(_l("You have five books. Delete one to begin another."))
        book = Book(id=new_id(), member_id=actor.id, language=language, made_at=clock.now())
        _write(book, title, dedication)
        s.add(book)
        s.flush()
    return book


def change(actor: Viewer, book_id: int, title: str, dedication: str, language: str) -> None:
    """What it is called, whom it is for, and in which language it speaks. Raises NotFound, Invalid by field."""
    require(actor, rules.OWN, actor.id)
    _check(title, dedication, language)
    with transaction() as s:
        book = _locked(actor, book_id)
        book.language = language
        _write(book, title, dedication)
        s.flush()


def delete_book(actor: Viewer, book_id: int) -> None:
    """The book goes, and the files made of it; what was in it stays where it is. Raises NotFound."""
    require(actor, rules.OWN, actor.id)
    with transaction() as s:
        book = _locked(actor, book_id)
        for file in s.scalars(select(BookFile.file).where(BookFile.book_id == book.id)).all():
            keeping.FILES.remove(file)
        s.delete(book)
        s.flush()


def add(actor: Viewer, book_id: int, keys: Sequence[str]) -> int:
    """Put in what the lists offer, each at its day; what is there already stays as it is. Returns how many. Raises
    NotFound, Conflict where the book is full."""
    require(actor, rules.OWN, actor.id)
    return _put_in(actor, book_id, choosing.these_for(actor, list(keys)[: rules.MOST_ITEMS]))


def add_all(actor: Viewer, book_id: int, kind: str, year: int | None) -> int:
    """The same of everything of one kind and year; a photo that stands on a post in the book comes along with that.
    Raises as `add` does."""
    require(actor, rules.OWN, actor.id)
    if kind not in choosing.KINDS:
        raise Invalid
    found = choosing.all_for(actor, kind, year, rules.MOST_ITEMS)
    if kind == "photo":
        along = choosing.along_with_posts(actor, queries.items_of(actor, queries.book_for(actor, book_id)))
        found = [one for one in found if one.ref_id not in along]
    return _put_in(actor, book_id, found)


def add_words(actor: Viewer, book_id: int, piece_id: int) -> BookItem:
    """Put in what somebody else answered to a post of the actor's, behind that post where it is in the book. Without
    their yes it says that a friend wrote. Raises NotFound, Conflict."""
    require(actor, rules.OWN, actor.id)
    found = words.found_for(actor, "piece", piece_id)
    if found.author_id == actor.id:
        raise NotFound
    day, opening = words.day_of(actor, piece_id)
    with transaction() as s:
        book = _locked(actor, book_id)
        items = queries.items_of(actor, book)
        known = next((one for one in items if one.kind == "words" and one.ref_id == piece_id), None)
        if known is not None:
            return known
        _has_room(len(items) + 1)
        item = BookItem(id=new_id(), book_id=book.id, kind="words", ref_id=piece_id, what="", on=day, place=0)
        at = _behind(items, opening) or _at_its_day(items, item)
        s.add(item)
        _in_order([*items[:at], item, *items[at:]])
        s.flush()
    return item


def write_page(actor: Viewer, book_id: int, heading: str, words_: str, item_id: int | None = None) -> BookItem:
    """A page of her own words, new at the end or changed. Raises NotFound, Invalid by field, Conflict."""
    require(actor, rules.OWN, actor.id)
    text.at_most(heading, text.LONGEST_TITLE, "heading")
    text.at_most(words_, text.LONGEST_PIECE, "text")
    if not text.says_something(heading + words_):
        raise Invalid(_l("Write something here first."), field="text")
    with transaction() as s:
        book = _locked(actor, book_id)
        if item_id is None:
            items = queries.items_of(actor, book)
            _has_room(len(items) + 1)
            item = BookItem(id=new_id(), book_id=book.id, kind="page", ref_id=None, what="", on=None, place=0)
            s.add(item)
            _in_order([*items, item])
        else:
            item = _item(actor, book, item_id)
            if item.kind != "page":
                raise NotFound
        sealing.keep(item, "heading", heading)
        sealing.keep(item, "text", words_)
        s.flush()
    return item


def caption(actor: Viewer, item_id: int, words_: str) -> BookItem:
    """What stands below one thing, in her own words; none takes it away. Raises NotFound, Invalid."""
    require(actor, rules.OWN, actor.id)
    text.at_most(words_, LONGEST_CAPTION, "caption")
    book, _thing = queries.item_for(actor, item_id)
    with transaction() as s:
        item = _item(actor, _locked(actor, book.id), item_id)
        sealing.keep(item, "caption", words_)
        s.flush()
    return item


def move(actor: Viewer, item_id: int, to: str) -> BookItem:
    """One place earlier or later, in front of that thing (its number), or behind it (`after-` and its number). At an
    end it stays. Raises NotFound."""
    require(actor, rules.OWN, actor.id)
    book, _thing = queries.item_for(actor, item_id)
    with transaction() as s:
        items = queries.items_of(actor, _locked(actor, book.id))
        at = next((nr for nr, one in enumerate(items) if one.id == item_id), None)
        if at is None:
            raise NotFound
        item = items.pop(at)
        if to in (EARLIER, LATER):
            items.insert(max(0, at - 1) if to == EARLIER else at + 1, item)
        else:
            other = to.removeprefix(AFTER)
            found = next((nr for nr, one in enumerate(items) if str(one.id) == other), None)
            if found is None:
                raise NotFound
            items.insert(found + to.startswith(AFTER), item)
        _in_order(items)
        s.flush()
    return item


def order_by_day(actor: Viewer, book_id: int) -> None:
    """Everything in the order of its days; a page of her own stays behind what it stood behind. Raises NotFound."""
    require(actor, rules.OWN, actor.id)
    with transaction() as s:
        items = queries.items_of(actor, _locked(actor, book_id))
        days, last = {}, None
        for item in items:
            last = item.on or last
            days[item.id] = last
        _in_order(sorted(items, key=lambda one: (days[one.id] is not None, days[one.id] or clock.today())))
        s.flush()


def remove(actor: Viewer, item_id: int) -> int:
    """Take one thing out of a book; it stays where it is. Returns which book. Raises NotFound."""
    require(actor, rules.OWN, actor.id)
    book, _thing = queries.item_for(actor, item_id)
    with transaction() as s:
        _locked(actor, book.id)
        s.execute(delete(BookItem).where(BookItem.id == item_id))
    return book.id


def _put_in(actor: Viewer, book_id: int, found: Sequence[Candidate]) -> int:
    with transaction() as s:
        book = _locked(actor, book_id)
        items = queries.items_of(actor, book)
        there = {(one.kind, one.ref_id, one.what) for one in items}
        new = [one for one in found if (one.kind, one.ref_id, one.what) not in there]
        _has_room(len(items) + len(new))
        for one in new:
            given = {"kind": one.kind, "ref_id": one.ref_id, "what": one.what, "on": one.on}
            item = BookItem(id=new_id(), book_id=book.id, place=0, **given)
            s.add(item)
            items.insert(_at_its_day(items, item), item)
        _in_order(items)
        s.flush()
    return len(new)


def _behind(items: Sequence[BookItem], opening: int | None) -> int:
    """Behind a post and the answers that stand below it; 0 where it is not in the book."""
    at = next((nr for nr, one in enumerate(items, 1) if one.kind == "piece" and one.ref_id == opening), 0)
    while at and at < len(items) and items[at].kind == "words":
        at += 1
    return at


def _at_its_day(items: Sequence[BookItem], new: BookItem) -> int:
    """Behind the last thing that is not of a later day."""
    assert new.on is not None
    return max((nr for nr, one in enumerate(items, 1) if one.on is not None and one.on <= new.on), default=0)


def _in_order(items: Sequence[BookItem]) -> None:
    """Places as the things stand here; those that stand there already are not written."""
    for place, item in enumerate(items, 1):
        if item.place != place:
            item.place = place


def _has_room(count: int) -> None:
    if count > rules.MOST_ITEMS:
        raise Conflict(FULL)


def _check(title: str, dedication: str, language: str) -> None:
    if not text.says_something(title):
        raise Invalid(_l("Write something here first."), field="title")
    text.at_most(title, LONGEST_TITLE, "title")
    text.at_most(dedication, LONGEST_DEDICATION, "dedication")
    if language not in LANGUAGES:
        raise Invalid(_l("Choose a language."), field="language")


def _write(book: Book, title: str, dedication: str) -> None:
    sealing.keep(book, "title", title)
    sealing.keep(book, "dedication", dedication)


def _locked(actor: Viewer, book_id: int) -> Book:
    """The book, nobody else's hand on its order meanwhile."""
    queries.book_for(actor, book_id)
    return session().get_one(Book, book_id, with_for_update=True, populate_existing=True)


def _item(actor: Viewer, book: Book, item_id: int) -> BookItem:
    found, item = queries.item_for(actor, item_id)
    if found.id != book.id:
        raise NotFound
    return item
