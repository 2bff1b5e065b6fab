"""The tables of the team's inboxes, and of what staff did about them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, new_id

STEPS = ("began", "took", "released", "handed", "closed", "opened")
LONGEST_NOTE = 1000


class Inbox(Base):
    """What is special about a stream between a member and the staff of a house. `waits_since`: when she wrote what
    nobody has answered yet; `taken_by`: who has said that she answers. `version` counts what staff did about it."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("member_id", "house_id"),
        CheckConstraint("state IN ('open', 'closed')", name="state"),
        Index("ix_inbox_house", "house_id", "state", "changed_at"),
    )
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"), primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id"))
    state: Mapped[str] = mapped_column(String(8), default="open")
    waits_since: Mapped[datetime | None]
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class InboxStep(Base):
    """One thing staff did about an inbox; `to_id`: whom it was handed to; the note is for staff alone."""

    __tablename__ = "inbox_step"
    __table_args__ = (
        CheckConstraint(f"what IN ({', '.join(map(repr, STEPS))})", name="what"),
        Index("ix_inbox_step_stream", "stream_id", "at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    stream_id: Mapped[int] = mapped_column(ForeignKey("inbox.stream_id"))
    what: Mapped[str] = mapped_column(String(10))
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    to_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    note_sealed: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime]
