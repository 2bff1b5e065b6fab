"""The table of exports: that a member asked for everything kept about her, how far it is, and where the file lies."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, new_id

STATES = ("asked", "making", "ready", "failed", "gone")
WHYS = ("full", "broken", "removed", "over", "newer")
"""Why one failed (no room, or it broke three times), or has gone (she removed it, its days are over, a newer one)."""


class Export(Base):
    """One file for one member. `is_open` is true or empty, so that she has one under way. `done_parts` of `parts` are
    read; `tries` counts beginnings, `worked_at` is the last sign of whoever makes it. `file`: its name in the folder of
    exports, which nobody can guess; it is sealed with a key of its own, and both go with it. `letter_at`: since when no
    letter is owed of it."""

    __tablename__ = "my_data_export"
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(map(repr, STATES))})", name="state"),
        CheckConstraint(f"why IN ({', '.join(map(repr, WHYS))})", name="why"),
        UniqueConstraint("member_id", "is_open"),
        Index("ix_my_data_export_member", "member_id", "asked_at"),
        Index("ix_my_data_export_state", "state", "good_until"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    language: Mapped[str] = mapped_column(String(2))
    is_open: Mapped[bool | None]
    state: Mapped[str] = mapped_column(String(8), default="asked")
    asked_at: Mapped[datetime]
    done_parts: Mapped[int] = mapped_column(default=0)
    parts: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    worked_at: Mapped[datetime | None]
    ready_at: Mapped[datetime | None]
    good_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    why: Mapped[str | None] = mapped_column(String(8))
    file: Mapped[str | None] = mapped_column(String(64))
    key_sealed: Mapped[str | None] = mapped_column(Text)
    size: Mapped[int] = mapped_column(default=0)
    letter_at: Mapped[datetime | None]
