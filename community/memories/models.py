"""Tables of when things happened, of albums, and of what somebody does not want to look back on."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base
from community.members.models import one_of
from community.memories.happened import PRECISIONS, Happened

KINDS = ("trip", "house", "year", "other")


class MemoryDate(Base):
    """When what a piece tells happened: between `first_on` and `last_on`, known as exactly as `precision` says."""

    __tablename__ = "memory_date"
    __table_args__ = (
        one_of("precision", PRECISIONS),
        CheckConstraint("first_on <= last_on", name="order"),
        Index("ix_memory_date_first", "first_on", "piece_id"),
    )
    piece_id: Mapped[int] = mapped_column(
        ForeignKey("piece.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    first_on: Mapped[date]
    last_on: Mapped[date]
    precision: Mapped[str] = mapped_column(String(8))

    @property
    def happened(self) -> Happened:
        return Happened(self.first_on, self.last_on, self.precision)


class Album(Base):
    """What an album has beside its stream: what it is of. When that was stands beside its opening, like any piece's."""

    __tablename__ = "album"
    __table_args__ = (one_of("kind", KINDS),)
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"), primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(8))


class MemoryPutAway(Base):
    """That a member does not want to look back on this one again."""

    __tablename__ = "memory_put_away"
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False)
    piece_id: Mapped[int] = mapped_column(
        ForeignKey("piece.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )


class MemoryOff(Base):
    """That a member wants no looking back at all."""

    __tablename__ = "memory_off"
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False)
    since: Mapped[datetime]
