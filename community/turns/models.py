"""Tables of turns that take more than a moment: leaving work on a day, what needs a second person, a new contact."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, new_id

TURNS = ("start_work", "remember", "bring_back")
ANSWERS = ("asked", "done", "refused", "withdrawn")


class WorkEnd(Base):
    """That somebody works here no more from `leaves_on` on, at midnight at home, and who takes over from her. `is_open`
    is true or empty, so that she has one open departure; `was_to_on`: until when she would have worked here anyway.
    `note_sealed`: her own goodbye to those she was the contact of. `next_manager`, `next_lead`: who gets that duty."""

    __tablename__ = "work_end"
    __table_args__ = (
        UniqueConstraint("member_id", "is_open"),
        CheckConstraint("successor_id <> member_id", name="somebody_else"),
        Index("ix_work_end_day", "is_open", "leaves_on"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    successor_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    next_manager: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    next_lead: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    leaves_on: Mapped[date] = mapped_column(Date)
    was_to_on: Mapped[date | None] = mapped_column(Date)
    note_sealed: Mapped[str | None] = mapped_column(Text)
    is_open: Mapped[bool | None]
    made_by: Mapped[int] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    cancelled_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    cancelled_at: Mapped[datetime | None]


class NewContact(Base):
    """That a member's contact works here no more, and who is it from now on (`to_id` None: nobody yet). `seen_at`: she
    has read it; `declined_at`: she would rather have somebody else."""

    __tablename__ = "new_contact"
    __table_args__ = (UniqueConstraint("work_end_id", "member_id"), Index("ix_new_contact_member", "member_id", "at"))
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    work_end_id: Mapped[int] = mapped_column(ForeignKey("work_end.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    from_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    to_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]


class TwoPersonTurn(Base):
    """A turn in somebody's life that one of staff asks for and a second one decides. `house_id`, `from_on`: where and
    from when she is to work here. `is_open` is true or empty: one of a kind waits for each member. `before`: what a
    remembrance ended, in numbers and days, for when it was a mistake."""

    __tablename__ = "two_person_turn"
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(map(repr, TURNS))})", name="kind"),
        CheckConstraint(f"state IN ({', '.join(map(repr, ANSWERS))})", name="state"),
        CheckConstraint("answered_by IS NULL OR answered_by <> asked_by", name="somebody_else"),
        UniqueConstraint("member_id", "kind", "is_open"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(10))
    is_open: Mapped[bool | None]
    house_id: Mapped[int | None] = mapped_column(ForeignKey("house.id"))
    from_on: Mapped[date | None] = mapped_column(Date)
    asked_by: Mapped[int] = mapped_column(ForeignKey("member.id"))
    asked_at: Mapped[datetime]
    why_sealed: Mapped[str] = mapped_column(Text)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    answered_at: Mapped[datetime | None]
    answer_sealed: Mapped[str | None] = mapped_column(Text)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
