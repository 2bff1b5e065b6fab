"""Tables of moving out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, new_id

MOVES = ("planned", "other_home", "sudden")


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
