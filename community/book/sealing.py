"""Her words in a book's rows: sealed, each bound to its row."""

from __future__ import annotations

from community.book.models import Book, BookItem
from community.core import crypto


def keep(row: Book | BookItem, column: str, words: str) -> None:
    """Seal words into a column of a row; none are none."""
    setattr(row, f"{column}_sealed", crypto.seal(words, _place(row, column)) if words else None)


def said(row: Book | BookItem, column: str) -> str:
    """What a column of a row says."""
    sealed = getattr(row, f"{column}_sealed")
    return crypto.unseal(sealed, _place(row, column)) if sealed else ""


def _place(row: Book | BookItem, column: str) -> str:
    return f"book:{row.id}:{column}" if isinstance(row, Book) else f"book_item:{row.id}:{column}"
