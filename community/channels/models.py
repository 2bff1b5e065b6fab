"""What is pinned, and who has put it away."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base


class Pin(Base):
    """A thread whose opening stands at the top, of its channel, of Home, or of both, up to and with a day. One to a
    thread; what was pinned when and by whom before is told by the audit chain."""

    __tablename__ = "pin"
    __table_args__ = (CheckConstraint("in_channel OR on_home", name="somewhere"), Index("ix_pin_until", "until_on"))
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"), primary_key=True)
    in_channel: Mapped[bool]
    on_home: Mapped[bool]
    until_on: Mapped[date]
    pinned_at: Mapped[datetime]
    pinned_by: Mapped[int] = mapped_column(ForeignKey("member.id"))


class PutAway(Base):
    """A member has put a pin away, for herself alone."""

    __tablename__ = "put_away"
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    stream_id: Mapped[int] = mapped_column(ForeignKey("pin.stream_id", ondelete="CASCADE"), primary_key=True)
    put_at: Mapped[datetime]
