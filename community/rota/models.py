"""Shifts and handovers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, new_id
from community.members.models import one_of

ROLES = ("host", "staff", "on_call")
"""host: reads and decides; staff: awake in the house; on_call: is rung up."""


class Shift(Base):
    """Somebody works from a moment to a moment, at one house or (no house) for all. What stood here before is told by
    the audit chain. `day` is the day at home it begins on."""

    __tablename__ = "shift"
    __table_args__ = (
        one_of("role", ROLES),
        CheckConstraint("ends_at > starts_at", name="ordered"),
        CheckConstraint("back_up_id IS NULL OR back_up_id <> member_id", name="somebody_else"),
        Index("ix_shift_starts", "starts_at"),
        Index("ix_shift_member", "member_id", "starts_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    house_id: Mapped[int | None] = mapped_column(ForeignKey("house.id"))
    role: Mapped[str] = mapped_column(String(8))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    day: Mapped[date] = mapped_column(Date)
    back_up_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class Busy(Base):
    """A host can't read just now: until then what comes new goes to her back-up first."""

    __tablename__ = "busy"
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False)
    since: Mapped[datetime]
    until: Mapped[datetime]


class Handover(Base):
    """What was open at a house when somebody signed, in numbers, and who took it over."""

    __tablename__ = "handover"
    __table_args__ = (
        CheckConstraint("accepted_by IS NULL OR accepted_by <> signed_by", name="somebody_else"),
        Index("ix_handover_house", "house_id", "signed_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id"))
    signed_by: Mapped[int] = mapped_column(ForeignKey("member.id"))
    signed_at: Mapped[datetime]
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    accepted_at: Mapped[datetime | None]
