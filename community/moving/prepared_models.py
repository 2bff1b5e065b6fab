"""Tables of what somebody on her way prepares, and of what is asked and offered after."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, new_id

STARTS = ("home", "bank", "doctor", "money", "people")
STATES = ("sealed", "held", "returned")
STEPS = ("week", "month", "months_3", "months_6", "year")
ANSWERS = ("fine", "call", "no")


def _one_of(column: str, allowed: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(word) for word in allowed)})", name=column)


class ListLine(Base):
    """A line of a member's list of what is to be put in order. `start`: one of those every list begins with, in the
    reader's words for as long as nobody wrote others. `place` orders them. Lines are hers and her key worker's of the
    day; afterwards hers alone."""

    __tablename__ = "move_line"
    __table_args__ = (_one_of("start", STARTS), UniqueConstraint("owner_id", "start"))
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    owner_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    start: Mapped[str | None] = mapped_column(String(8))
    place: Mapped[int]
    text_sealed: Mapped[str | None] = mapped_column(Text)
    note_sealed: Mapped[str | None] = mapped_column(Text)
    stream_id: Mapped[int | None] = mapped_column(ForeignKey("stream.id"))
    added_by: Mapped[int] = mapped_column(ForeignKey("member.id"))
    added_at: Mapped[datetime]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    done_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class KeptPerson(Base):
    """That a member wants to keep somebody. Hers alone: the other is not told, and it opens nothing."""

    __tablename__ = "kept_person"
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False)
    other_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False)
    at: Mapped[datetime]


class MoveWish(Base):
    """What she wants of one move: `letters`, that people may write her letters (never without her yes); `asks`, that
    she is asked how it goes afterwards (until she says no)."""

    __tablename__ = "move_wish"
    move_id: Mapped[int] = mapped_column(ForeignKey("move.id"), primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    letters: Mapped[bool] = mapped_column(default=False, server_default=false())
    asks: Mapped[bool] = mapped_column(default=True, server_default=true())
    changed_at: Mapped[datetime]


class FarewellLetter(Base):
    """A letter for the day of a move: one of each writer's, to be changed until that day and taken back until it is
    opened. `held`: a host reads it first; `returned`: a host sent it back. `told_at`: she told staff of it, so it is
    not there for her."""

    __tablename__ = "farewell_letter"
    __table_args__ = (
        _one_of("state", STATES),
        UniqueConstraint("move_id", "by_id"),
        Index("ix_farewell_letter_to", "to_id", "state"),
        Index("ix_farewell_letter_by", "by_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    move_id: Mapped[int] = mapped_column(ForeignKey("move.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    text_sealed: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(8))
    written_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class CheckIn(Base):
    """That somebody was asked, so long after a move, how it goes. No answer is an answer: nothing follows from it."""

    __tablename__ = "move_check_in"
    __table_args__ = (
        _one_of("step", STEPS),
        _one_of("answer", ANSWERS),
        UniqueConstraint("move_id", "step"),
        Index("ix_move_check_in_member", "member_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    move_id: Mapped[int] = mapped_column(ForeignKey("move.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    step: Mapped[str] = mapped_column(String(10))
    due_on: Mapped[date] = mapped_column(Date)
    asked_at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(String(4))
    answered_at: Mapped[datetime | None]


class NamedAdult(Base):
    """Who is there for somebody who had to move at once: by name, until a day (counted)."""

    __tablename__ = "move_adult"
    move_id: Mapped[int] = mapped_column(ForeignKey("move.id"), primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    adult_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    until_on: Mapped[date] = mapped_column(Date)
    named_by: Mapped[int] = mapped_column(ForeignKey("member.id"))
    named_at: Mapped[datetime]
