"""What this room does when a member has left: her books and their files go at once. Her yes for books of others stays
where her words stay (`asking.let_go`); what she was asked to and was not given is gone with her."""

from __future__ import annotations

from sqlalchemy import delete, select

from community.book import asking, files, keeping
from community.book.models import Book, BookFile, BookYes
from community.core.db import session, transaction
from community.core.erasing import Leaver, rows

_books = rows(Book.member_id)
_rows = rows(BookFile.member_id)


def made(leaver: Leaver) -> bool:
    """Every file of hers, made or under way."""
    for file_id in session().scalars(select(BookFile.id).where(BookFile.member_id == leaver.id)).all():
        files.end(file_id, "gone", "removed")
    return _rows(leaver)


def books(leaver: Leaver) -> bool:
    """Her books, with what was in them and with what is left of their files."""
    for file in session().scalars(select(BookFile.file).where(BookFile.member_id == leaver.id)).all():
        keeping.FILES.remove(file)
    return _books(leaver)


def yeses(leaver: Leaver) -> bool:
    """What she asked of others goes; what she gave stays with her words, as far as they stay."""
    asking.let_go(leaver)
    with transaction() as s:
        s.execute(delete(BookYes).where(BookYes.owner_id == leaver.id))
        if leaver.takes_words_along:
            s.execute(delete(BookYes).where(BookYes.author_id == leaver.id))
    return True
