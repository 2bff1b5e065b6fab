"""Concerns, what was done in them, and who was told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from community.core import crypto
from community.core.db import Base, new_id
from community.members.models import one_of

SEVERITIES = ("talk", "urgent", "words", "unread")
"""talk: she wants to talk; urgent: the full chain; words: what she wrote elsewhere alerted; unread: a case that may not
wait for the next reader, and waits."""
HOWS = ("write", "come", "call")
ROUTES = ("shift", "leads")
"""shift: whoever works at her house; leads: past all of them, because it is about somebody who works here."""
STATES = ("open", "taken", "closed")
OUTCOMES = ("talked", "safe", "outside", "follow_up", "mistake")
CHANNELS = ("app", "mail", "sms", "voice")
ANSWERS = ("take", "cannot")
WHY_KEPT = ("about", "shift", "named", "not_him")


class Concern(Base):
    """One cry for help, or (`severity` words, unread) what follows from a case. What she wrote and her number are
    sealed. `unnamed`: those told do not learn who it is.

    The chain: `chain_since` is when its present round began, `chain_from` at which link (0: who works now, 1: the
    back-up), `chain_round` counts rounds. Taken has a clock: without a step before `step_due_at` the chain begins anew
    from the back-up of whoever had it.
    """

    __tablename__ = "concern"
    __table_args__ = (
        one_of("severity", SEVERITIES),
        one_of("route", ROUTES),
        one_of("state", STATES),
        UniqueConstraint("member_id", "client_id"),
        UniqueConstraint("case_id"),
        Index("ix_concern_state", "state", "sent_at"),
        Index("ix_concern_member", "member_id", "sent_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    house_id: Mapped[int | None] = mapped_column(ForeignKey("house.id"))
    severity: Mapped[str] = mapped_column(String(8))
    route: Mapped[str] = mapped_column(String(8), default="shift")
    how: Mapped[str | None] = mapped_column(String(8))
    words_sealed: Mapped[str | None] = mapped_column(Text)
    phone_sealed: Mapped[str | None] = mapped_column(Text)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("review_case.id"))
    piece_id: Mapped[int | None]
    unnamed: Mapped[bool] = mapped_column(default=False, server_default=false())
    client_id: Mapped[str | None] = mapped_column(String(40))
    sent_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(8), default="open")
    chain_since: Mapped[datetime]
    chain_from: Mapped[int] = mapped_column(default=0)
    chain_round: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime | None]  # when the first person read it
    first_taken_at: Mapped[datetime | None]
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    taken_by_independent: Mapped[bool] = mapped_column(default=False, server_default=false())
    step_due_at: Mapped[datetime | None]
    lapsed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    handed_to: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    outcome: Mapped[str | None] = mapped_column(String(12))
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    def __init__(self, **values: Any) -> None:
        values.setdefault("id", new_id())
        plain = {name: values.pop(name) for name in ("words", "phone") if name in values}
        super().__init__(**values)
        for name, text in plain.items():
            self.keep(name, text)

    def keep(self, name: str, text: str | None) -> None:
        """Seal her words or her number."""
        setattr(self, f"{name}_sealed", crypto.seal(text, f"concern:{self.id}:{name}") if text else None)

    def opened(self, name: str) -> str:
        """What `keep` sealed; empty where there is nothing."""
        sealed = getattr(self, f"{name}_sealed")
        return crypto.unseal(sealed, f"concern:{self.id}:{name}") if sealed else ""


class ConcernStep(Base):
    """One thing that happened, never changed. `nr` is its place. `by_id` None: the house's own clock, or somebody
    outside. `words_sealed`: what was written to her, by her, or for colleagues."""

    __tablename__ = "concern_step"
    __table_args__ = (UniqueConstraint("concern_id", "nr"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id"))
    nr: Mapped[int]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    what: Mapped[str] = mapped_column(String(12))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    words_sealed: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime]

    @property
    def words(self) -> str:
        return crypto.unseal(self.words_sealed, f"concern_step:{self.id}:words") if self.words_sealed else ""


class ConcernKeptFrom(Base):
    """Who of staff must not learn of a concern, and why: it is about her, she works beside her, or the text names her
    (`named` until it is said whether she may read it, then gone or `not_him`)."""

    __tablename__ = "concern_kept_from"
    __table_args__ = (one_of("why", WHY_KEPT), Index("ix_concern_kept_from_member", "member_id"))
    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    why: Mapped[str] = mapped_column(String(8))


class Call(Base):
    """That one person is told by one channel, once in a round. `who`: 'member:5', or 'independent'. The link in it can
    do one thing, for a day; only its hash stays once it has gone."""

    __tablename__ = "concern_call"
    __table_args__ = (
        one_of("channel", CHANNELS),
        UniqueConstraint("concern_id", "who", "round", "channel"),
        Index("ix_concern_call_member", "member_id", "concern_id"),
        Index("ix_concern_call_next", "next_try_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    who: Mapped[str] = mapped_column(String(24))
    channel: Mapped[str] = mapped_column(String(5))
    link: Mapped[str] = mapped_column(String(10))
    round: Mapped[int]
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    next_try_at: Mapped[datetime | None]  # when a provider is asked (again); None: nothing more to send
    tries: Mapped[int] = mapped_column(default=0)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    token_sealed: Mapped[str | None] = mapped_column(Text)
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(String(8))


class DutyPhone(Base):
    """The number at which somebody who works here is rung up. Hers to give and to take away."""

    __tablename__ = "duty_phone"
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False)
    phone_sealed: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]

    @property
    def phone(self) -> str:
        return crypto.unseal(self.phone_sealed, f"duty_phone:{self.member_id}:phone")
