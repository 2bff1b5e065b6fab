"""What a rule does until a person has decided: keeps two people apart, or lets somebody only read. It ends when the
case is closed, whoever closed it: by a job, as soon as that can't be undone any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select

from community.acts import record
from community.core import clock
from community.core.db import new_id, session, transaction
from community.core.jobs import Due, Job
from community.members.connecting import end_between
from community.members.models import Exclusion, Sanction
from community.reports.models import Standstill
from community.safety.models import Case

AT_ONCE = 50
SETTLED = timedelta(seconds=15)  # by then nobody can undo that a case was closed (`moderation/actions.py`)


def keep_apart(case: Case, one_id: int, other_id: int) -> None:
    """Two people cannot reach each other until a person has decided every case that calls for it; twice is once. Inside
    the caller's transaction. `one_id`, who told, stands as its maker, so that it is apart from what staff set between
    the same two."""
    low, high = sorted((one_id, other_id))
    with transaction() as s:
        known = select(Exclusion.id).where(Exclusion.low_id == low, Exclusion.high_id == high)
        apart_id = s.scalar(known.where(Exclusion.kind == "separation", Exclusion.made_by == one_id))
        if apart_id is None:
            apart_id = new_id()
            apart = Exclusion(id=apart_id, low_id=low, high_id=high, kind="separation", made_by=one_id)
            apart.made_at = clock.now()
            s.add(apart)
            s.flush()
            end_between(low, high)
        mine = select(Standstill.id).where(Standstill.case_id == case.id, Standstill.exclusion_id == apart_id)
        if s.scalar(mine.where(Standstill.ended_at.is_(None))) is None:
            s.add(Standstill(id=new_id(), case_id=case.id, exclusion_id=apart_id, made_at=clock.now()))
            s.flush()


def only_reads(member_id: int) -> bool:
    """Whether a rule lets somebody only read just now."""
    running = select(Standstill.id).join(Sanction, Sanction.id == Standstill.sanction_id)
    return session().scalar(running.where(Sanction.member_id == member_id, Standstill.ended_at.is_(None))) is not None


def let_only_read(case: Case, member_id: int) -> None:
    """Somebody only reads until a person has decided, and is told so. Inside the caller's transaction."""
    with transaction() as s:
        pause = Sanction(id=new_id(), member_id=member_id, kind="paused", starts_at=clock.now())
        s.add(pause)
        s.add(Standstill(id=new_id(), case_id=case.id, sanction_id=pause.id, made_at=clock.now()))
        s.flush()
        record.record(None, "paused", member_id, case_id=case.id)


def end_standstill(case: Case) -> None:
    """A person has decided: what a rule did meanwhile ends, and what she decided stands beside it. Twice is once."""
    with transaction() as s:
        mine = select(Standstill).where(Standstill.case_id == case.id, Standstill.ended_at.is_(None)).with_for_update()
        for row in s.scalars(mine.execution_options(populate_existing=True)).all():
            row.ended_at = clock.now()
            s.flush()
            apart = s.get(Exclusion, row.exclusion_id) if row.exclusion_id else None
            pause = s.get(Sanction, row.sanction_id) if row.sanction_id else None
            if apart is not None and not _is_held(apart.id):
                s.delete(apart)
            if pause is not None:
                pause.ends_at = clock.now()
                record.record(None, "lifted", pause.member_id, case_id=case.id)
        s.flush()


def _is_held(exclusion_id: int) -> bool:
    """Whether a case that nobody has decided yet keeps these two apart as well."""
    others = (Standstill.exclusion_id == exclusion_id) & Standstill.ended_at.is_(None)
    return session().scalar(select(Standstill.id).where(others).limit(1)) is not None


def _over(now: datetime) -> Iterable[Due]:
    """Closed cases of which something still stands still."""
    rows = session().execute(
        select(Case.id, Case.closed_at)
        .join(Standstill, Standstill.case_id == Case.id)
        .where(Standstill.ended_at.is_(None), Case.state == "closed", Case.closed_at <= now - SETTLED)
        .distinct()
        .order_by(Case.closed_at)
        .limit(AT_ONCE)
    )
    found = [Due(str(case_id), closed_at + SETTLED) for case_id, closed_at in rows if closed_at is not None]
    session().rollback()
    return found


def _end(due: Due) -> None:
    end_standstill(session().get_one(Case, int(due.what)))


JOBS = (Job("standstills", _over, _end, lease=timedelta(minutes=1)),)
