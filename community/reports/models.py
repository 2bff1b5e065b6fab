"""Tables of what members told staff."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, new_id
from community.members.models import one_of

REASONS = ("worried", "unkind", "unwanted", "private", "staff", "other")


class Report(Base):
    """One member told staff of one thing, for one reason. `target` is what it is about: 'piece:5', 'member:7', or
    itself ('told:9') where she named nothing. `about_id`: the author, or the person.

    `words_sealed` is what she said, `kept_sealed` what the piece said when she told of it, `talk_sealed`, of a message
    in a talk, that one and the ten before it; all go 90 days after the case was closed. `hid`: for others, too, it was
    hidden by this. `grouped`: one of very many within an hour. `seen_at`: when she read that it is done.
    """

    __tablename__ = "report"
    __table_args__ = (
        one_of("reason", REASONS),
        Index("ix_report_by", "by_id", "at"),
        Index("ix_report_case", "case_id"),
        Index("ix_report_about", "about_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("review_case.id"))
    target: Mapped[str] = mapped_column(String(40))
    piece_id: Mapped[int | None]
    piece_version: Mapped[int | None]
    about_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    reason: Mapped[str] = mapped_column(String(8))
    words_sealed: Mapped[str | None] = mapped_column(Text)
    kept_sealed: Mapped[str | None] = mapped_column(Text)
    talk_sealed: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime]
    hid: Mapped[bool] = mapped_column(default=False, server_default=false())
    grouped: Mapped[bool] = mapped_column(default=False, server_default=false())
    independent: Mapped[bool] = mapped_column(default=False, server_default=false())
    seen_at: Mapped[datetime | None]


class Standstill(Base):
    """What a rule did until a person has decided a case: keeps two people apart, or lets somebody only read."""

    __tablename__ = "standstill"
    __table_args__ = (
        CheckConstraint("(exclusion_id IS NULL) <> (sanction_id IS NULL)", name="one_thing"),
        Index("ix_standstill_case", "case_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    case_id: Mapped[int] = mapped_column(ForeignKey("review_case.id"))
    exclusion_id: Mapped[int | None]
    sanction_id: Mapped[int | None]
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
