"""The audit chain: append-only lines of who did what to whom and why, each bound to the one before it.

h_n = HMAC-SHA256(key, h_{n-1} || canonical JSON of line n). Lines carry ids and keyed hashes, never text. They are
written in the transaction of the act they tell of; the head row is the lock that keeps parallel writers in one line.

The database refuses to change or remove lines, but whoever holds its file can take that refusal away. `verify` then
tells: a changed line no longer fits its hash, a missing one leaves a hole, a cut end does not fit the head, and an end
cut together with the head does not fit the anchors (`anchors.py`), which lie elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Connection, Integer, String, Text, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from community.core import clock, crypto
from community.core.db import Base, session, transaction

START = "0" * 64
ANCHORED = "audit.anchored"  # the act of `anchors.py`: the lines tell how many anchors there must be


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


@dataclass(frozen=True)
class Verdict:
    """What `verify` found: `count` sound lines and the hash of the last, or the first bad line and what is wrong."""

    count: int
    hash: str
    bad: int | None = None
    fault: str = ""
    anchors: int = 0  # the number of the last anchor the lines themselves tell of


def verify(fixed: Mapping[int, str], source: Session | Connection | None = None) -> Verdict:
    """Walk the whole chain, beside any writers. `fixed` are hashes known from elsewhere, by their line's number;
    `source` is where to read, when not this process's database (a backup's copy)."""
    source = source or session()
    found = source.execute(select(AuditHead.n, AuditHead.hash).where(AuditHead.id == 1)).one_or_none()
    head: tuple[int | None, str | None] = (found.n, found.hash) if found else (None, None)
    count, last, told = 0, START, 0
    for line in source.execute(_lines_and_head().execution_options(yield_per=1000)):
        head = (line.head_n, line.head_hash)
        if line.n != count + 1:
            return Verdict(count, last, count + 1, "is missing")
        expected = chained(last, line)
        if line.hash != expected:
            return Verdict(count, last, line.n, "was changed, moved or put in")
        if fixed.get(line.n, line.hash) != line.hash:
            return Verdict(count, last, line.n, "is another one than an anchor saw; the chain was written anew")
        count, last = count + 1, line.hash
        if line.act == ANCHORED:
            told = max(told, line.facts["anchor"])
    bad, fault = _fault_at_the_end(count, last, head, max(fixed, default=0))
    return Verdict(count, last, bad, fault, told)


def _fault_at_the_end(count: int, last: str, head: tuple[int | None, str | None], known: int) -> tuple[int | None, str]:
    if known > count:
        return count + 1, "is missing; an anchor has seen it"
    if (head[0] or 0) > count:
        return count + 1, "is missing; the head has counted it"
    if (head[0] or 0) < count:
        return (head[0] or 0) + 1, "was put in past the head"
    if (head[1] or START) != last:
        return max(count, 1), "does not fit the head"
    return None, ""


def _lines_and_head() -> Any:
    """One statement, so that lines and head are of one moment while others write."""
    n = select(AuditHead.n).where(AuditHead.id == 1).scalar_subquery().label("head_n")
    hash_ = select(AuditHead.hash).where(AuditHead.id == 1).scalar_subquery().label("head_hash")
    return select(*AuditLine.__table__.columns, n, hash_).order_by(AuditLine.n)


def end() -> tuple[int, str]:
    """Number and hash of the last line, (0, START) before the first; nobody adds one before the transaction ends."""
    head = session().execute(select(AuditHead.n, AuditHead.hash).with_for_update()).one_or_none()
    return (head.n, head.hash) if head else (0, START)


def hash_at(n: int) -> str | None:
    """The hash of one line, None where there is none."""
    return session().scalar(select(AuditLine.hash).where(AuditLine.n == n))


def chained(previous: str, line: Any) -> str:
    """The hash that binds `line` (an AuditLine or a row with its columns) to the one before it."""
    content = json.dumps(
        [line.n, line.at.isoformat(), line.actor_id, line.act, line.subject, line.reason, line.facts],
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=True,
    )
    return hmac.new(crypto.derived("audit"), (previous + content).encode(), hashlib.sha256).hexdigest()
