"""Tables of the turns of a life: that somebody leaves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, new_id

CHOICES = ("named", "nameless", "removed")


class Departure(Base):
    """That a member leaves, by her own wish, and what becomes of what she wrote: it stays as hers, stays without her
    name, or goes. `is_open` is true or empty, so that she has one at a time. `due_at`: until then she may change her
    mind (`taken_back_at`). `gone_at`: she is no member any more and shown nowhere; `erased_at`: nothing is left that
    was to go. `name_sealed`: what she was called, for safety leads, while something about somebody's safety is open
    (`erasing.holds`); None otherwise."""

    __tablename__ = "departure"
    __table_args__ = (
        CheckConstraint(f"choice IN ({', '.join(repr(choice) for choice in CHOICES)})", name="choice"),
        UniqueConstraint("member_id", "is_open"),
        Index("ix_departure_due", "is_open", "due_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    choice: Mapped[str] = mapped_column(String(8))
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    is_open: Mapped[bool | None]
    taken_back_at: Mapped[datetime | None]
    gone_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    name_sealed: Mapped[str | None] = mapped_column(Text)
