"""That something was heard in a text, and what waits for somebody who works here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, new_id

LONGEST_REASON = 200  # of a change of the publishing table


class Heard(Base):
    """One text of one member and what the lists named in it. `keys` are entries of lists, not what she wrote."""

    __tablename__ = "heard"
    __table_args__ = (Index("ix_heard_at", "at"), Index("ix_heard_piece", "piece_id"))
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    piece_id: Mapped[int | None] = mapped_column(ForeignKey("piece.id"))
    surface: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[str] = mapped_column(String(8))
    grade: Mapped[str] = mapped_column(String(8))
    alert: Mapped[bool]
    keys: Mapped[list[str]] = mapped_column(JSON)
    at: Mapped[datetime]


class PublishingChange(Base):
    """One change of the publishing table (`publishing.py`) by a home. `says` is everything the table says otherwise
    than the start values from then on, so one row is the whole table and no change can be half there. `version` counts
    them; `mark` is random, so that two databases never mean two things by it."""

    __tablename__ = "publishing_change"
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    mark: Mapped[int] = mapped_column(default=new_id)
    says: Mapped[dict[str, str | int]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON))
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))


LANES = ("hosts", "leads")
REASONS = ("held", "word", "check", "report", "person", "profile", "letter", "appeal", "support", "unmasked", "way_in")
PLAIN, LOOK, HARM, LIFE = 0, 1, 2, 3
"""How much harm may come of waiting: none; somebody is unkind or private; somebody is in danger; a life may be."""


class Case(Base):
    """Something that waits for a person. One open one for a target in a lane, however many reasons come to it.

    `target` names it ('piece:5', 'member:7', 'appeal:9'); `member_id` is whom it is about: a piece's author, the one
    complained of. `house_id` None: of all houses. In the lane of the leads are matters of somebody who works here: it
    is in no host's list, number or history. `version` rises with every step, so that two who decide at once notice.
    `since` is when it began to wait.
    """

    __tablename__ = "review_case"
    __table_args__ = (
        CheckConstraint(f"lane IN ({', '.join(map(repr, LANES))})", name="lane"),
        CheckConstraint("state IN ('open', 'closed')", name="state"),
        Index(
            "uq_review_case_open",
            "target",
            "lane",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_review_case_queue", "state", "lane", "harm", "since"),
        Index("ix_review_case_piece", "piece_id"),
        Index("ix_review_case_member", "member_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    target: Mapped[str] = mapped_column(String(40))
    lane: Mapped[str] = mapped_column(String(8), default="hosts")
    reasons: Mapped[list[str]] = mapped_column(JSON)
    harm: Mapped[int]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    piece_id: Mapped[int | None]
    space_id: Mapped[int | None]
    house_id: Mapped[int | None]
    since: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(8), default="open")
    alert_at: Mapped[datetime | None]  # since when it may not wait for the next reader; None: it may
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    claimed_at: Mapped[datetime | None]
    step_at: Mapped[datetime | None]  # the last step of whoever holds it
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(20))


class CaseStep(Base):
    """One step in a case: who did what when. `note_sealed` is what one of staff wrote for the others."""

    __tablename__ = "case_step"
    __table_args__ = (Index("ix_case_step_case", "case_id", "at"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    case_id: Mapped[int] = mapped_column(ForeignKey("review_case.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    what: Mapped[str] = mapped_column(String(20))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    note_sealed: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime]


class CaseKeptFrom(Base):
    """Who of staff must not learn of a case: whom it is about, and who stands beside her."""

    __tablename__ = "case_kept_from"
    case_id: Mapped[int] = mapped_column(ForeignKey("review_case.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
