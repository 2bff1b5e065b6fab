"""The audit chain: append-only lines of who did what to whom and why, each bound to the one before it.

h_n = HMAC-SHA256(key, h_{n-1} || canonical JSON of line n). Lines carry ids and keyed hashes, never text. They are
written in the transaction of the act they tell of; the head row is the lock that keeps parallel writers in one line.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Integer, String, Text, update
from sqlalchemy.orm import Mapped, mapped_column

from community.core import clock, crypto
from community.core.db import Base, session, transaction

START = "0" * 64


class AuditLine(Base):
    """One act. `n` counts from 1 without holes."""

    __tablename__ = "audit_line"
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    act: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str | None] = mapped_column(Text)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """The one row every writer takes in turn."""

    __tablename__ = "audit_head"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    n: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


def append(actor_id: int | None, act: str, subject: str, *, reason: str | None = None, **facts: Any) -> None:
    """Write one line in the present transaction. `actor_id` None is the command line or a job.

    `facts` hold ids, numbers and keyed hashes only. Raises nothing of its own.
    """
    with transaction() as s:
        n = s.scalar(update(AuditHead).where(AuditHead.id == 1).values(n=AuditHead.n + 1).returning(AuditHead.n))
        if n is None:
            s.add(AuditHead(id=1, n=1, hash=START))
            s.flush()
            n = 1
        head = session().get_one(AuditHead, 1, populate_existing=True)
        line = AuditLine(
            n=n, at=clock.now(), actor_id=actor_id, act=act, subject=subject, reason=reason, facts=facts, hash=""
        )
        line.hash = head.hash = chained(head.hash, line)
        s.add(line)
        s.flush()


def chained(previous: str, line: AuditLine) -> str:
    """The hash that binds `line` to the one before it."""
    content = json.dumps(
        [line.n, line.at.isoformat(), line.actor_id, line.act, line.subject, line.reason, line.facts],
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=True,
    )
    return hmac.new(crypto.derived("audit"), (previous + content).encode(), hashlib.sha256).hexdigest()
