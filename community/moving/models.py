"""Tables of moving out, and of leaving."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, new_id

MOVES = ("planned", "other_home", "sudden")
CHOICES = ("named", "nameless", "removed")  # what becomes of what somebody wrote who leaves


class Move(Base):
    """That a member moves out of a house on `moves_on`, at midnight at home. `is_open` is true or empty, so that she
    has one open move; a done or cancelled one stays. `to_house_id`: a house of ours she goes to; None: anywhere else.
    `done_at`: when everything that belongs to the day was done. `farewell_id`: the thread she began to say goodbye in;
    `keeps_contact`: she wants to keep her contact; `contacts`: what the duties of her contacts said before this move
    ended them, by their numbers; `said_at`: when she said what is to stand by her name."""

    __tablename__ = "move"
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(repr(kind) for kind in MOVES)})", name="kind"),
        UniqueConstraint("member_id", "is_open"),
        Index("ix_move_day", "is_open", "moves_on"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id"))
    to_house_id: Mapped[int | None] = mapped_column(ForeignKey("house.id"))
    kind: Mapped[str] = mapped_column(String(10))
    moves_on: Mapped[date] = mapped_column(Date)
    is_open: Mapped[bool | None]
    made_by: Mapped[int] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    farewell_id: Mapped[int | None] = mapped_column(ForeignKey("stream.id"))
    keeps_contact: Mapped[bool] = mapped_column(default=False, server_default=false())
    contacts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    said_at: Mapped[datetime | None]
    cancelled_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    cancelled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class Departure(Base):
    """That a member leaves, by her own wish, and what becomes of what she wrote: it stays as hers, stays without her
    name, or goes. `is_open` is true or empty, so that she has one at a time. `due_at`: until then she may change her
    mind (`taken_back_at`). `gone_at`: she is no member any more and shown nowhere; `erased_at`: nothing is left that
    was to go. `name_sealed`: what she was called, for safety leads, while something about somebody's safety is open
    (`lifecycle/leaving.py: holds`); None otherwise."""

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
