"""Tables of memory books, of the yes of those whose words come along, and of the files made of a book."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, new_id
from community.core.made_files import STATES, WHYS, MadeFile, one_of

KINDS = ("piece", "words", "photo", "letter", "milestone", "page")
GIVEN = ("piece", "letter")
ANSWERS = ("yes", "nameless", "no")
FORMS = ("pdf", "zip")
FILE_WHYS = (*WHYS, "anew")
"""`anew`: somebody took back a yes, so the file had to go."""


class Book(Base):
    """A book of one member. What she calls it, and whom it is for, is hers alone and sealed."""

    __tablename__ = "book"
    __table_args__ = (Index("ix_book_member", "member_id", "made_at"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    language: Mapped[str] = mapped_column(String(2))
    made_at: Mapped[datetime]
    title_sealed: Mapped[str] = mapped_column(Text)
    dedication_sealed: Mapped[str | None] = mapped_column(Text)


class BookItem(Base):
    """One thing in a book, at a place. `ref_id`: what it is (a piece of hers, `words` of somebody else's, a photo, a
    letter, a period of hers), None for a page of her own words. `what`: which milestone of that period. `on`: the day
    it belongs to when it was put in, None for a page. Nothing of it is copied: it is read anew each time."""

    __tablename__ = "book_item"
    __table_args__ = (
        one_of("kind", KINDS),
        UniqueConstraint("book_id", "kind", "ref_id", "what"),
        Index("ix_book_item_place", "book_id", "place"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    book_id: Mapped[int] = mapped_column(ForeignKey("book.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(10))
    ref_id: Mapped[int | None]
    what: Mapped[str] = mapped_column(String(10), default="")
    on: Mapped[date | None] = mapped_column(Date)
    place: Mapped[int]
    caption_sealed: Mapped[str | None] = mapped_column(Text)
    heading_sealed: Mapped[str | None] = mapped_column(Text)
    text_sealed: Mapped[str | None] = mapped_column(Text)


class BookYes(Base):
    """That somebody was asked whether her words may come along in another's books: a piece of hers, or a letter she
    wrote. `answer`: yes with her name, yes without it (`nameless`), no; None before she has answered."""

    __tablename__ = "book_yes"
    __table_args__ = (
        one_of("kind", GIVEN),
        one_of("answer", ANSWERS),
        UniqueConstraint("owner_id", "kind", "ref_id"),
        Index("ix_book_yes_author", "author_id", "asked_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    owner_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[str] = mapped_column(String(8))
    ref_id: Mapped[int]
    asked_at: Mapped[datetime]
    again_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(String(8))
    answered_at: Mapped[datetime | None]


class BookFile(MadeFile, Base):
    """A book as one file: to print (pdf), or to open without the internet (zip)."""

    __tablename__ = "book_file"
    __table_args__ = (
        one_of("state", STATES),
        one_of("why", FILE_WHYS),
        one_of("form", FORMS),
        UniqueConstraint("member_id", "is_open"),
        Index("ix_book_file_member", "member_id", "asked_at"),
        Index("ix_book_file_state", "state", "good_until"),
    )
    book_id: Mapped[int] = mapped_column(ForeignKey("book.id", ondelete="CASCADE"))
    form: Mapped[str] = mapped_column(String(4))

    def sealed_place(self) -> str:
        return f"book_file:{self.id}:key"


class BookFilePart(Base):
    """What of others stands in a finished file: a photo as it was drawn then (`stamp`), or words and the answer they
    came along by. Where that does not hold any more, the file goes."""

    __tablename__ = "book_file_part"
    file_id: Mapped[int] = mapped_column(
        ForeignKey("book_file.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    ref_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stamp: Mapped[str] = mapped_column(String(32))
