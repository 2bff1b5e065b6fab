"""What a member takes along of this room: her books as she put them together, and what she gave for books of others."""

from __future__ import annotations

from sqlalchemy import select

from community.book.models import Book, BookFile, BookFilePart, BookItem, BookYes
from community.core.db import session
from community.core.own_rows import Row, plain
from community.members.people import Viewer


def books(viewer: Viewer) -> list[Row]:
    """Her books: what they are called, and whom they are for."""
    rows = session().scalars(select(Book).where(Book.member_id == viewer.id).order_by(Book.made_at, Book.id))
    return [plain(row, "member_id") for row in rows]


def items(viewer: Viewer) -> list[Row]:
    """What is in them, in its order, with her own words."""
    hers = select(BookItem).join(Book, Book.id == BookItem.book_id).where(Book.member_id == viewer.id)
    return [
        plain(row, "place") for row in session().scalars(hers.order_by(BookItem.book_id, BookItem.place, BookItem.id))
    ]


def given(viewer: Viewer) -> list[Row]:
    """What she was asked, and what she asked others: of those who asked her, and of what they were asked for, no
    number."""
    asked = (BookYes.author_id == viewer.id) | (BookYes.owner_id == viewer.id)
    rows = session().scalars(select(BookYes).where(asked).order_by(BookYes.asked_at, BookYes.id)).all()
    return [
        plain(row, "owner_id", "author_id", **({"own": True} if row.author_id == viewer.id else {"own": False}))
        for row in rows
    ]


def made(viewer: Viewer) -> list[Row]:
    """When she had a book made, and what came of it."""
    rows = session().scalars(select(BookFile).where(BookFile.member_id == viewer.id).order_by(BookFile.asked_at))
    return [plain(row, "member_id", "file", "key_sealed", "tries", "worked_at") for row in rows]


def parts(viewer: Viewer) -> list[Row]:
    """Which photos and whose given words stand in her files, by their numbers."""
    hers = select(BookFilePart).join(BookFile, BookFile.id == BookFilePart.file_id)
    rows = session().scalars(hers.where(BookFile.member_id == viewer.id).order_by(BookFilePart.file_id))
    return [plain(row, "stamp") for row in rows]
