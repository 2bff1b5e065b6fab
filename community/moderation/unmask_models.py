"""The table of unmaskings: that somebody who works here asked, or saw, who wrote without a name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, new_id

STATES = ("asked", "open", "refused")


class Unmasking(Base):
    """One asking about one piece. `alone`: opened at once because a life or somebody's health may be at risk, and
    `right` is what a second person said of that afterwards. Otherwise `second_by` has confirmed or refused.
    Who wrote the piece stands in the piece alone."""

    __tablename__ = "unmasking"
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(map(repr, STATES))})", name="state"),
        Index(
            "uq_unmasking_live",
            "piece_id",
            "asked_by",
            unique=True,
            sqlite_where=text("state <> 'refused'"),
            postgresql_where=text("state <> 'refused'"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    piece_id: Mapped[int] = mapped_column(ForeignKey("piece.id"))
    asked_by: Mapped[int] = mapped_column(ForeignKey("member.id"))
    asked_at: Mapped[datetime]
    alone: Mapped[bool]
    why_sealed: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(8))
    second_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    second_at: Mapped[datetime | None]
    right: Mapped[bool | None]
    answer_sealed: Mapped[str | None] = mapped_column(Text)
