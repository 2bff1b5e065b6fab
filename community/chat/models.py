"""The tables of chats, and of who is in them just now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base

SLOW = (0, 10, 30, 60)  # seconds between two messages of one member
LONGEST_NAME = 40


class Room(Base):
    """What is special about a stream that is a chat. `standing_in`: the space whose own chat it is, one for each;
    None: a hosted one, with names of its own, somebody who hosts it, and the time it is open. `slow_seconds`: how long
    one waits between two messages; 0: not at all. `version` counts what its host changed about it."""

    __tablename__ = "chat_room"
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"), primary_key=True, autoincrement=False)
    standing_in: Mapped[int | None] = mapped_column(ForeignKey("space.id"), unique=True)
    name_sv: Mapped[str | None] = mapped_column(String(60))
    name_en: Mapped[str | None] = mapped_column(String(60))
    slow_seconds: Mapped[int] = mapped_column(default=0, server_default="0")
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    host_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    def is_open_at(self, now: datetime) -> bool:
        """Whether its hours, where it has any, are running."""
        return (self.opens_at is None or self.opens_at <= now) and (self.closes_at is None or now < self.closes_at)


class Present(Base):
    """Whom others may see in a chat by their open pages at one server process; a row stands as long as anybody sits
    there. A process says every 20 seconds that it lives; what a dead one said counts for a minute (presence.py)."""

    __tablename__ = "chat_present"
    process_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"), primary_key=True, autoincrement=False, index=True)
    member_ids: Mapped[list[int]] = mapped_column(JSON)
    seen_at: Mapped[datetime]
