"""What staff do about keeping two people apart. Every step is in the audit chain, by ids; why is sealed in the row."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from community.core import audit, clock
from community.core.announcements import announce
from community.core.db import add_once, new_id, session, transaction
from community.core.errors import Conflict, Invalid, NotFound
from community.core.i18n import lazy as _l
from community.core.jobs import Due, Job, daily
from community.core.policy import require
from community.members.connecting import end_between
from community.members.models import Duty, Exclusion, MembershipPeriod
from community.members.people import Viewer
from community.members.separation_models import Separation
from community.safety import cases
from community.safety.models import PLAIN
from community.separations import queries, rules
from community.separations.queries import sealed

LANE = "leads"
REASON = "apart"
ALREADY = _l("These two are kept apart already. Here you can change how, or end it.")


class Already(Conflict):
    """They are kept apart already: `row` says how."""

    def __init__(self, row: Separation) -> None:
        super().__init__(ALREADY)
        self.row = row


def keep_apart(
    actor: Viewer, one_id: int, other_id: int, *, level: str, reason: str, review_on: date | None
) -> Separation:
    """Keep two people apart from now on, until somebody ends it. Raises NotAllowed, NotFound, Invalid by field, Already
    where one holds between the two."""
    if one_id == other_id:
        raise Invalid(_l("Choose two different people."), field="other_id")
    two = queries.two_for(actor, one_id, other_id)
    require(actor, rules.DECIDE, rules.pair_of(two))
    with transaction() as s:
        known = queries.open_between(actor, (one_id, other_id))
        if known is not None:
            raise Already(known)
        low, high = sorted((one_id, other_id))
        row = Separation(id=new_id(), low_id=low, high_id=high, is_open=True, level=level, made_by=actor.id)
        row.made_at, row.review_on, row.version = clock.now(), _day_of_review(review_on), 1
        row.reason_sealed = sealed(row, "reason", reason)
        try:
            with transaction():
                s.add(row)
                s.flush()
        except IntegrityError:
            raise Conflict(ALREADY) from None  # somebody else was first
        _stand(row)
        audit.append(actor.id, "separation.made", f"separation:{row.id}", level=level, review_on=str(row.review_on))
        return row


def change(
    actor: Viewer, separation_id: int, *, level: str, reason: str, review_on: date | None, version: int
) -> Separation:
    """Look at it again: how far, why, and until when. Raises NotAllowed, NotFound, Invalid by field, Conflict."""
    with transaction() as s:
        row = _locked(actor, separation_id, version)
        require(actor, rules.DECIDE, queries.pair_in(row))
        row.review_on, row.review_told_at = _day_of_review(review_on), None
        row.reason_sealed, row.level = sealed(row, "reason", reason), level
        row.changed_by, row.changed_at, row.version = actor.id, clock.now(), row.version + 1
        s.flush()
        _stand(row)
        _settled(row, actor.id)
        audit.append(actor.id, "separation.changed", f"separation:{row.id}", level=level, review_on=str(row.review_on))
        return row


def end(actor: Viewer, separation_id: int, why: str, *, version: int) -> Separation:
    """They may meet again, at once. What else keeps them apart (a block) stays. Raises NotAllowed, NotFound,
    Conflict."""
    with transaction() as s:
        row = _locked(actor, separation_id, version)
        require(actor, rules.DECIDE, queries.pair_in(row))
        row.is_open, row.ended_by, row.ended_at, row.version = None, actor.id, clock.now(), row.version + 1
        row.ended_why_sealed = sealed(row, "ended_why", why)
        s.flush()
        _stand(row)
        _settled(row, actor.id)
        audit.append(actor.id, "separation.ended", f"separation:{row.id}", level=row.level)
        return row


def _stand(row: Separation) -> None:
    """Let the wall stand as the row says: for the total one a row everything asks; none for the others, and none when
    it is over. What joined the two by a lead's yes ends with either that keeps them from writing in private. Open talks
    of theirs look again; other open lines follow by themselves, as with every exclusion."""
    pair = {"low_id": row.low_id, "high_id": row.high_id, "kind": "separation", "made_by": row.made_by}
    wall = select(Exclusion).filter_by(**pair)
    if row.is_open and row.level == "total":
        if session().scalar(wall) is None:
            add_once(Exclusion(id=new_id(), made_at=clock.now(), **pair))
    else:
        session().execute(delete(Exclusion).filter_by(**pair))
    if row.is_open and row.level in ("total", "private"):
        end_between(row.low_id, row.high_id)
    announce("separations", "separation:changed", a=row.low_id, b=row.high_id)


def _settled(row: Separation, by_id: int) -> None:
    """Nobody has to be told any more that its day has come."""
    case = cases.open_case_of(f"separation:{row.id}", LANE)
    if case is not None:
        cases.close_case(case, by_id, "fine")


def _locked(actor: Viewer, separation_id: int, version: int) -> Separation:
    """Raises NotAllowed, NotFound where it is not there for her, Conflict where it is over or another version."""
    row = session().get(Separation, separation_id, with_for_update=True, populate_existing=True)
    found = queries.one_for(actor, separation_id).row
    if row is None:
        raise NotFound
    if not found.is_open:
        raise Conflict(_l("It is over already. If they are to be kept apart again, begin anew."))
    if row.version != version:
        raise Conflict(_l("Something changed here meanwhile. Look at it once more, then decide."))
    return row


def _day_of_review(day: date | None) -> date:
    if day is None or not clock.today() < day <= clock.today() + queries.LONGEST_REVIEW:
        raise Invalid(_l("Choose a day within the next 12 months."), field="review_on")
    return day


def _due(now: datetime) -> list[Due]:
    return daily(now, 0)


def _run(_due: Due) -> None:
    """At midnight: of those whose day has come, a case for those who decide, and for nobody else."""
    now = clock.now()
    with transaction() as s:
        for row in queries.due_on(clock.local(now).date()):
            row.review_told_at = now
            cases.open_case(f"separation:{row.id}", REASON, harm=PLAIN, lane=LANE, kept_from=_kept_from(row))
        s.flush()


def _kept_from(row: Separation) -> set[int]:
    """The two, and house managers who do not decide about them: who is a safety lead decides about all."""
    today = clock.today()
    leads = select(Duty.member_id).where(Duty.kind == "safeguarding_lead", Duty.holds_on(today))
    elsewhere = (
        select(Duty.member_id)
        .join(MembershipPeriod, MembershipPeriod.member_id == Duty.member_id)
        .where(
            Duty.kind == "house_manager",
            Duty.holds_on(today),
            MembershipPeriod.holds_on(today),
            MembershipPeriod.house_id.not_in(queries.pair_in(row).house_ids),
            Duty.member_id.not_in(leads),
        )
    )
    return {row.low_id, row.high_id, *session().scalars(elsewhere)}


JOB = Job("separations", _due, _run)
