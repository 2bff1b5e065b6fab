"""A member's own books and what is in them; nobody else's exist here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select

from community.book import sealing
from community.book.models import Book, BookItem
from community.core.db import session
from community.core.errors import NotFound
from community.members.models import House, MembershipPeriod
from community.members.people import Viewer
from community.streams.models import Piece

PAGE = 30


@dataclass(frozen=True)
class BookView:
    """A book in its owner's list."""

    id: int
    title: str
    dedication: str
    language: str
    count: int


@dataclass(frozen=True)
class Milestone:
    """A day of her own membership: she came, so many years, she moved on. Never a reason."""

    period_id: int
    what: str
    on: date
    house: str
    at_work: bool


def books_for(viewer: Viewer) -> list[BookView]:
    """The viewer's books, the newest first. One query."""
    counted = select(func.count(BookItem.id)).where(BookItem.book_id == Book.id).correlate(Book).scalar_subquery()
    mine = select(Book, counted).where(Book.member_id == viewer.id).order_by(Book.made_at.desc(), Book.id)
    return [view_of(viewer, book, count) for book, count in session().execute(mine)]


def book_for(viewer: Viewer, book_id: int) -> Book:
    """One of the viewer's own. Raises NotFound for anybody else's. One query."""
    row = session().get(Book, book_id, populate_existing=True)
    if row is None or row.member_id != viewer.id:
        raise NotFound
    return row


def view_of(viewer: Viewer, book: Book, count: int | None = None) -> BookView:
    """A book as its owner sees it. One query where the count is not at hand."""
    assert book.member_id == viewer.id
    number = count_of(viewer, book) if count is None else count
    return BookView(book.id, sealing.said(book, "title"), sealing.said(book, "dedication"), book.language, number)


def count_of(viewer: Viewer, book: Book) -> int:
    """How many things are in a book of the viewer's. One query."""
    assert book.member_id == viewer.id
    return session().scalar(select(func.count()).select_from(BookItem).where(BookItem.book_id == book.id)) or 0


def pictures_in(viewer: Viewer, book: Book) -> int:
    """How many pictures a book of the viewer's holds at most. One query."""
    assert book.member_id == viewer.id
    counted = select(func.sum(case((BookItem.kind == "photo", 1), else_=func.coalesce(Piece.pictures, 0))))
    on_hers = (Piece.id == BookItem.ref_id) & (BookItem.kind == "piece")
    return session().scalar(counted.outerjoin(Piece, on_hers).where(BookItem.book_id == book.id)) or 0


def items_of(
    viewer: Viewer, book: Book, *, after: int | None = None, before: int | None = None, limit: int | None = None
) -> list[BookItem]:
    """What is in a book, in its order: after a place, or before one, at most so many. One query."""
    assert book.member_id == viewer.id
    found = select(BookItem).where(BookItem.book_id == book.id).execution_options(populate_existing=True)
    if before is not None:
        back = found.where(BookItem.place < before).order_by(BookItem.place.desc(), BookItem.id.desc()).limit(limit)
        return list(session().scalars(back))[::-1]
    if after is not None:
        found = found.where(BookItem.place > after)
    return list(session().scalars(found.order_by(BookItem.place, BookItem.id).limit(limit)))


def item_for(viewer: Viewer, item_id: int) -> tuple[Book, BookItem]:
    """One thing in a book of the viewer's. Raises NotFound. Two queries."""
    item = session().get(BookItem, item_id, populate_existing=True)
    if item is None:
        raise NotFound
    return book_for(viewer, item.book_id), item


def refs_in(viewer: Viewer, book: Book, kind: str) -> set[tuple[int | None, str]]:
    """What of one kind is in a book already. One query."""
    assert book.member_id == viewer.id
    rows = select(BookItem.ref_id, BookItem.what).where(BookItem.book_id == book.id, BookItem.kind == kind)
    return {(ref_id, what) for ref_id, what in session().execute(rows)}


def milestones_for(viewer: Viewer, today: date) -> list[Milestone]:
    """The days of the viewer's own membership up to today, in their order. One query."""
    rows = session().execute(
        select(MembershipPeriod, House.name)
        .join(House, House.id == MembershipPeriod.house_id)
        .where(MembershipPeriod.member_id == viewer.id, MembershipPeriod.from_on <= today)
        .order_by(MembershipPeriod.from_on, MembershipPeriod.id)
    )
    return [one for period, house in rows for one in _of_period(period, house, today)]


def _of_period(period: MembershipPeriod, house: str, today: date) -> Sequence[Milestone]:
    at_work, begins = period.kind == "staff", period.from_on
    if period.kind == "alumnus":
        return ()
    found = [Milestone(period.id, "came", begins, house, at_work)]
    ends = period.to_on if period.to_on is not None and period.to_on <= today else None
    for years in range(1, (ends or today).year - begins.year + 1):
        day = _anniversary(begins, years)
        if day <= (ends or today):
            found.append(Milestone(period.id, f"year-{years}", day, house, at_work))
    if ends is not None:
        found.append(Milestone(period.id, "moved", ends, house, at_work))
    return found


def _anniversary(day: date, years: int) -> date:
    leap = (day.month, day.day) == (2, 29)
    return date(day.year + years, 3, 1) if leap and (day.year + years) % 4 else day.replace(year=day.year + years)
