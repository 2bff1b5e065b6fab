"""The table of what staff decided about keeping two people apart."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, new_id
from community.members.models import one_of

LEVELS = ("total", "private", "chat")
"""How far two are kept apart: they meet nothing of each other; they cannot write to each other in private; they do not
meet in chats."""


class Separation(Base):
    """That staff keep two people apart, why (sealed), how far, and when they look again. The `total` one stands as a
    row of `exclusion` besides, which everything asks; the other two are asked here. `is_open` is true or empty, so that
    a pair has one; ended ones stay. `review_told_at`: since when those who decide know that the day has come."""

    __tablename__ = "separation"
    __table_args__ = (
        one_of("level", LEVELS),
        CheckConstraint("low_id < high_id", name="ordered"),
        UniqueConstraint("low_id", "high_id", "is_open"),
        Index("ix_separation_high", "high_id"),
        Index("ix_separation_review", "is_open", "review_on"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    low_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    high_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    is_open: Mapped[bool | None]
    level: Mapped[str] = mapped_column(String(8))
    reason_sealed: Mapped[str] = mapped_column(Text)
    review_on: Mapped[date] = mapped_column(Date)
    review_told_at: Mapped[datetime | None]
    made_by: Mapped[int] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    changed_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    ended_at: Mapped[datetime | None]
    ended_why_sealed: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1, server_default="1")
