"""Tables of acts and of objections to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, new_id

FREE = ("published", "checked", "shown_again", "lifted")
"""Acts that limit nobody, so that they need no reason."""
NO_NEWS = ("published", "checked")
"""Acts of which she hears another way, or need not hear."""
STANDING = ("cooled_off", "paused", "suspended")
"""Limits on what a member may do, as `members.models.Sanction` calls them."""


class Act(Base):
    """One thing one of staff decided. `member_id`: whom it is about and who is told. `reason` is a word of our list,
    `words_sealed` what was written to her. `until`: when a limit ends, as it was said then; `sanction_id`: the limit
    itself. `undone_at`: taken back within ten seconds, or because she was right. `letter_at`: since when no letter is
    owed of it."""

    __tablename__ = "act"
    __table_args__ = (
        Index("ix_act_member", "member_id", "at"),
        Index("ix_act_case", "case_id"),
        Index("ix_act_sanction", "sanction_id"),
        Index("ix_act_letter", "letter_at", "at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    kind: Mapped[str] = mapped_column(String(20))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("review_case.id"))
    piece_id: Mapped[int | None]
    space_id: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(String(20))
    words_sealed: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime]
    until: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]  # when she first read of it
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    sanction_id: Mapped[int | None] = mapped_column(ForeignKey("sanction.id"))
    letter_at: Mapped[datetime | None]


class ForGood(Base):
    """That one of staff wants a closing without an end. Until a second one says so too it is what its act says."""

    __tablename__ = "for_good"
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"), primary_key=True, autoincrement=False)
    asked_at: Mapped[datetime]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    confirmed_at: Mapped[datetime | None]


class Appeal(Base):
    """That a member thinks an act was wrong. Somebody else than `Act.by_id` answers, by `due_at`."""

    __tablename__ = "appeal"
    __table_args__ = (Index("ix_appeal_act", "act_id", unique=True),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    words_sealed: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    due_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    decided_at: Mapped[datetime | None]
    right: Mapped[bool | None]
    answer_sealed: Mapped[str | None] = mapped_column(Text)
