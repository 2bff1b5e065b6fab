"""Work that is due: each occurrence is a row, claimed by one process, done once, in one transaction with its effect.

`flask jobs run` and every running server do the same work; a lease that runs out lets another process go on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, UniqueConstraint, delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from community.core import clock, metrics
from community.core.db import Base, new_id, session, transaction

LEASE = timedelta(minutes=5)
KEPT = timedelta(days=30)

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Due:
    """One thing to do: `what` names it within its job, `due_at` when."""

    what: str
    due_at: datetime


@dataclass(frozen=True)
class Job:
    """`due(now)` lists what should have happened by now; `run(due)` does one of them inside a transaction.

    One that is `outside` works without the transaction (long work on files): it may be done twice when the machine
    dies at its end. `lease` is how long one process has for it.
    """

    key: str
    due: Callable[[datetime], Iterable[Due]]
    run: Callable[[Due], None]
    outside: bool = False
    lease: timedelta = LEASE


class Occurrence(Base):
    """That one thing was, or is being, done."""

    __tablename__ = "job_occurrence"
    __table_args__ = (UniqueConstraint("job", "what", "due_at"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    job: Mapped[str] = mapped_column(String(60))
    what: Mapped[str] = mapped_column(String(120))
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime]
    done_at: Mapped[datetime | None]


def run_due(jobs: Sequence[Job]) -> int:
    """Do everything that is due and not done. Returns how many things were done; one that fails is logged and left."""
    done = 0
    for job in jobs:
        for due in job.due(clock.now()):
            try:
                if _run_once(job, due):
                    done += 1
                    metrics.job_ended(job.key, "done")
                    _log.info("job %s was done", job.key)
            except Exception:
                metrics.job_ended(job.key, "failed")
                _log.exception("job %s did not finish", job.key)
    return done


def clear_out(now: datetime) -> int:
    """Forget what was done long ago. Returns how many."""
    with transaction() as s:
        return int(s.execute(delete(Occurrence).where(Occurrence.done_at < now - KEPT)).rowcount)  # type: ignore[attr-defined]


def daily(now: datetime, hour: int) -> list[Due]:
    """The latest daily occurrence at `hour` home time that has passed."""
    day = clock.local(now).date()
    due_at = clock.start_of(day) + timedelta(hours=hour)
    return [Due(day.isoformat(), due_at)] if due_at <= now else []


def _run_once(job: Job, due: Due) -> int:
    claimed = _claim(job, due)
    if claimed is None:
        return 0
    if job.outside:
        job.run(due)
    with transaction() as s:
        if not job.outside:
            job.run(due)
        s.execute(update(Occurrence).where(Occurrence.id == claimed).values(done_at=clock.now()))
    return 1


def _claim(job: Job, due: Due) -> int | None:
    """One conditional UPDATE decides who does it; the first process makes the row."""
    now = clock.now()
    known = select(Occurrence.id, Occurrence.done_at).where(
        Occurrence.job == job.key, Occurrence.what == due.what, Occurrence.due_at == due.due_at
    )
    row = session().execute(known).one_or_none()
    if row is not None and row.done_at is not None:
        return None
    try:
        with transaction() as s:
            if row is None:
                fresh = Occurrence(job=job.key, what=due.what, due_at=due.due_at, leased_until=now + job.lease)
                s.add(fresh)
                s.flush()
                return fresh.id
            free = or_(Occurrence.leased_until < now, Occurrence.leased_until > now + job.lease)
            taken = update(Occurrence).where(Occurrence.id == row.id, Occurrence.done_at.is_(None), free)
            result = s.execute(taken.values(leased_until=now + job.lease))
            return row.id if result.rowcount else None  # type: ignore[attr-defined]
    except IntegrityError:
        return None  # another process made the row first
