"""Reading the queue. What a viewer may not know of does not exist here: not in lists, figures, frames or history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import NamedTuple

from sqlalchemy import case as sql_case
from sqlalchemy import func, select

from community.acts.cases import places, sees, visible_to
from community.acts.models import FREE, Act, Appeal
from community.acts.rules import DECIDERS
from community.core import clock
from community.core.db import session
from community.core.errors import NotFound
from community.core.policy import require
from community.members import queries as members
from community.members.models import Duty
from community.members.people import Viewer
from community.moderation import rules
from community.moderation.rules import Matter
from community.moderation.words import APPEALS, FIRST, TOLD, WORRY
from community.reports.models import Report
from community.safety import cases
from community.safety.models import HARM, LIFE, Case, CaseStep
from community.streams.models import Piece

MOST = 100  # on one page
LAPSES, LAPSES_SOON = timedelta(minutes=10), timedelta(minutes=3)
SHIFT = timedelta(hours=12)  # what "this shift" counts at most
LOOK_BACK = timedelta(days=90)


def open_for(viewer: Viewer) -> list[Case]:
    """What waits for this viewer, the worst first, then the longest wait. One query. Raises NotAllowed."""
    require(viewer, rules.SEE)
    waiting = select(Case).where(Case.state == "open", visible_to(viewer))
    return list(session().scalars(waiting.order_by(Case.harm.desc(), Case.since, Case.id).limit(MOST)))


def case_for(viewer: Viewer, case_id: int, *, lock: bool = False) -> Case:
    """A case the viewer may know of, open or closed; `lock` keeps it from others until the transaction ends. Raises
    NotAllowed, NotFound."""
    require(viewer, rules.SEE)
    statement = select(Case).where(Case.id == case_id, visible_to(viewer))
    if lock:
        statement = statement.with_for_update()
    found = session().scalar(statement.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def step_for(viewer: Viewer, step_id: int) -> CaseStep:
    """One step of a case the viewer may know of. Raises NotAllowed, NotFound."""
    require(viewer, rules.SEE)
    found = session().get(CaseStep, step_id)
    if found is None:
        raise NotFound
    case_for(viewer, found.case_id)
    return found


def kind_of(case: Case) -> str:
    """Under which chip a case is listed: each under one."""
    if case.harm >= HARM or "support" in case.reasons:
        return WORRY
    if "appeal" in case.reasons:
        return APPEALS
    return TOLD if cases.OF_TELLING.intersection(case.reasons) else FIRST


def holder_of(case: Case, now: datetime | None = None) -> int | None:
    """Who has taken a case; None where nobody did, or her claim has lapsed without a step."""
    last = case.step_at or case.claimed_at
    if case.claimed_by is None or last is None or case.state != "open":
        return None
    return case.claimed_by if last > lapsed_before(case, now or clock.now()) else None


def lapsed_before(case: Case, now: datetime) -> datetime:
    """A claim whose last step is older than this has lapsed."""
    return now - (LAPSES_SOON if case.harm >= LIFE else LAPSES)


def steps_of(viewer: Viewer, found: Sequence[Case]) -> dict[int, list[CaseStep]]:
    """The steps of cases a query has found for the viewer, first ones first. One query."""
    assert viewer.is_staff
    wanted = select(CaseStep).where(CaseStep.case_id.in_([case.id for case in found]))
    by_case: dict[int, list[CaseStep]] = defaultdict(list)
    for step in session().scalars(wanted.order_by(CaseStep.at, CaseStep.id)):
        by_case[step.case_id].append(step)
    return by_case


class Tellings(NamedTuple):
    """How many members told staff of a case, and whether the viewer is one of them."""

    members: int
    hers: bool


def tellings(viewer: Viewer, found: Sequence[Case]) -> dict[int, Tellings]:
    """The same of these cases, where anybody told; who else it was is not read. One query."""
    ids = [case.id for case in found]
    hers = func.max(sql_case((Report.by_id == viewer.id, 1), else_=0))
    counted = select(Report.case_id, func.count(Report.by_id.distinct()), hers).where(Report.case_id.in_(ids))
    rows = session().execute(counted.group_by(Report.case_id)).all() if ids else ()
    return {case_id: Tellings(how_many, bool(mine)) for case_id, how_many, mine in rows}


def told_by_herself(viewer: Viewer, found: Sequence[Case]) -> set[int]:
    """Of these cases those the viewer told staff of: nobody decides about that. One query."""
    return {case_id for case_id, told in tellings(viewer, found).items() if told.hers}


def matter_of(viewer: Viewer, case: Case, steps: Sequence[CaseStep], hers: Collection[int] | None = None) -> Matter:
    """Who stands close to a case. `hers`: what `told_by_herself` has found, asked here otherwise. One query for an
    appeal, one without `hers`."""
    assert viewer.is_staff
    told_by = frozenset(step.by_id for step in steps if step.what in cases.OF_TELLING and step.by_id is not None)
    if case.id in (told_by_herself(viewer, [case]) if hers is None else hers):
        told_by |= {viewer.id}
    kind, _colon, number = case.target.partition(":")
    decided_by = None
    if kind == "appeal":
        about = select(Act.by_id).join(Appeal, Appeal.act_id == Act.id).where(Appeal.id == int(number))
        decided_by = session().scalar(about)
    return Matter(case.member_id, told_by, decided_by)


def notes_of(viewer: Viewer, steps: Sequence[CaseStep]) -> dict[int, str]:
    """What staff wrote at these steps, for each other."""
    assert viewer.is_staff
    return {step.id: note for step in steps if (note := cases.note_of(step))}


def acts_about(viewer: Viewer, member_id: int) -> list[Act]:
    """What staff decided about somebody in 90 days that limited her and still stands, newest first. What she wrote
    without her name is not among it. One query."""
    assert viewer.is_staff
    nameless = select(Piece.id).where(Piece.id == Act.piece_id, Piece.unnamed).correlate(Act).exists()
    limits = select(Act).where(
        Act.member_id == member_id,
        Act.kind.not_in(FREE),
        Act.undone_at.is_(None),
        Act.at > clock.now() - LOOK_BACK,
        ~nameless,
    )
    return list(session().scalars(limits.order_by(Act.at.desc()).limit(10)))


def colleagues_for(viewer: Viewer, case: Case) -> list[tuple[int, str]]:
    """Who else may take a case, by name. A few queries: there are not many of them."""
    holding = Duty.kind.in_(DECIDERS) & Duty.holds_on(clock.today())
    ids = set(session().scalars(select(Duty.member_id).where(holding))) - {viewer.id, case.member_id}
    (place,) = places(Case.id == case.id)
    found = []
    for id_ in ids:
        other = members.viewer_now(id_)
        if other is not None and sees(other, place) and not other.suspended:
            found.append((id_, other.name))
    return sorted(found, key=lambda pair: pair[1].casefold())


@dataclass(frozen=True)
class ShiftFigures:
    """What the viewer has done in the last twelve hours: how many, and the median wait in minutes."""

    handled: int
    median_wait: int


def handled_by(viewer: Viewer) -> ShiftFigures:
    """The figures beside the queue, hers alone. One query."""
    done = select(Case.since, Case.closed_at).where(
        Case.closed_by == viewer.id, Case.closed_at > clock.now() - SHIFT, Case.state == "closed"
    )
    waits = [(closed - since).total_seconds() / 60 for since, closed in session().execute(done) if closed is not None]
    return ShiftFigures(len(waits), round(median(waits)) if waits else 0)
