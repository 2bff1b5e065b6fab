"""The tables of talks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, new_id

LONGEST_NAME = 40
FEWEST, MOST = 3, 8  # of a group


class Talk(Base):
    """What is special about a stream that is a talk. `low_id` and `high_id`: the two it is between, one talk for each
    two; None: a group, which may have a name."""

    __tablename__ = "talk"
    __table_args__ = (
        CheckConstraint("(low_id IS NULL) = (high_id IS NULL)", name="two"),
        UniqueConstraint("low_id", "high_id"),
    )
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"), primary_key=True, autoincrement=False)
    low_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    high_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    name: Mapped[str | None] = mapped_column(String(60))
    begun_by: Mapped[int] = mapped_column(ForeignKey("member.id"))
    begun_at: Mapped[datetime]

    @property
    def is_group(self) -> bool:
        return self.low_id is None


class Opened(Base):
    """That one of staff read a talk beyond what was sealed with a report, and why; those in it see the line."""

    __tablename__ = "talk_opened"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"), index=True)
    case_id: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    why_sealed: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
