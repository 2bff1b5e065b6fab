"""Tables of notices and of what members want to hear."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, new_id
from community.members.models import one_of

KINDS = ("reply", "reaction", "mention", "published", "message")
CHANNELS = ("app", "mail")
QUIET_KINDS = ("reaction",)  # a dot without a number, and no letter unless she asks for it
SPACE_WISHES = ("all", "mentions", "nothing")
CARDS = (
    "check_in",
    "farewell",
    "letters",
    "picture",
    "portrait",
    "book_words",
    "book",
    "welcome",
)  # in the order in which they are shown, one at a time
QUIET_CARDS = ("welcome",)  # waits without being counted


class Notice(Base):
    """What one member is told about one piece: for `reply` the opening of the thread, else the piece itself.

    What came since she last read it lies in the places `from_nr` to `to_nr`, for reactions since `since`; `at` is the
    newest of it. `shown`: here; `mail_due_at`: in a letter, not before then; `letter_id`: the letter that told of it.
    """

    __tablename__ = "notice"
    __table_args__ = (
        one_of("kind", KINDS),
        UniqueConstraint("member_id", "kind", "piece_id"),
        Index("ix_notice_list", "member_id", "at", "id"),
        Index("ix_notice_stream", "member_id", "stream_id"),
        Index("ix_notice_mail", "mail_due_at"),
        Index("ix_notice_letter", "letter_id"),
        Index("ix_notice_read", "read_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[str] = mapped_column(String(10))
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"))
    piece_id: Mapped[int] = mapped_column(ForeignKey("piece.id", ondelete="CASCADE"))
    from_nr: Mapped[int]
    to_nr: Mapped[int]
    since: Mapped[datetime]
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    shown: Mapped[bool]
    mail_due_at: Mapped[datetime | None]
    letter_id: Mapped[int | None]


class NoticeChoice(Base):
    """Whether a member wants one kind by one channel, where she chose."""

    __tablename__ = "notice_choice"
    __table_args__ = (one_of("kind", KINDS), one_of("channel", CHANNELS))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    channel: Mapped[str] = mapped_column(String(8), primary_key=True)
    wanted: Mapped[bool]


class NoticeSpace(Base):
    """What a member wants to hear from one channel of the group, where it is not everything that concerns her."""

    __tablename__ = "notice_space"
    __table_args__ = (one_of("wish", SPACE_WISHES),)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"), primary_key=True)
    wish: Mapped[str] = mapped_column(String(8))


class NoticeSettings(Base):
    """Whether a member wants letters at all (never without her yes), and whether they wait at night (None: by age)."""

    __tablename__ = "notice_settings"
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False)
    letters: Mapped[bool] = mapped_column(default=False)
    quiet: Mapped[bool | None]


class OwnCard(Base):
    """Something that waits for one member alone and is about no piece; she answers it or puts it away with one press.
    `about_id`: the row of the room that laid it; `what`: a word of that room's for its words. `read_at`: since when it
    is not counted; `done_at`: since when it is gone; `mail_due_at`, `letter_id`: as of a notice."""

    __tablename__ = "own_card"
    __table_args__ = (
        one_of("kind", CARDS),
        UniqueConstraint("member_id", "kind", "about_id"),
        Index("ix_own_card_waits", "member_id", "done_at"),
        Index("ix_own_card_mail", "mail_due_at"),
        Index("ix_own_card_letter", "letter_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[str] = mapped_column(String(10))
    about_id: Mapped[int]
    what: Mapped[str] = mapped_column(String(12), default="")
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    mail_due_at: Mapped[datetime | None]
    letter_id: Mapped[int | None]
