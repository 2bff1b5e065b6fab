"""What a thread has beside its stream."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base

MODES = ("tell", "ask", "happy")


class Thread(Base):
    """`mode` is what the writer is after; `just_listen`: no advice, please."""

    __tablename__ = "thread"
    __table_args__ = (CheckConstraint("mode IN ('tell', 'ask', 'happy')", name="mode"),)
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"), primary_key=True)
    mode: Mapped[str] = mapped_column(String(8))
    just_listen: Mapped[bool] = mapped_column(default=False)
