"""For whom of those who work here a case exists: in no list, figure, frame, hint or history of anybody else."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from community.acts.rules import HOST, LEAD, LEADS, MANAGER, decides
from community.core.db import session
from community.members.people import Viewer
from community.safety.models import Case, CaseKeptFrom

APPEAL = "appeal:"
"""What the target of a case begins with that is an objection."""


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """The condition for cases that exist for a viewer. `sees` says the same of one."""
    if not decides(viewer):
        return false()
    lanes: list[ColumnElement[bool]] = []
    if LEAD in viewer.duties:
        lanes.append(Case.lane == "hosts")
    elif HOST in viewer.duties:
        lanes.append(and_(Case.lane == "hosts", or_(Case.house_id.is_(None), Case.house_id == viewer.house_id)))
    if MANAGER in viewer.duties:  # the one host may have decided it herself
        lanes.append(and_(Case.lane == "hosts", Case.target.startswith(APPEAL)))
    if LEADS & viewer.duties:
        lanes.append(and_(Case.lane == "leads", or_(Case.member_id.is_(None), Case.member_id != viewer.id)))
    kept = exists().where(CaseKeptFrom.case_id == Case.id, CaseKeptFrom.member_id == viewer.id)
    return and_(or_(*lanes), ~kept, Case.target != f"member:{viewer.id}")


@dataclass(frozen=True)
class Place:
    """What decides who may know of a case."""

    id: int
    lane: str
    house_id: int | None
    target: str
    member_id: int | None
    kept_from: frozenset[int]


def sees(viewer: Viewer, place: Place) -> bool:
    """The same for one case at hand, without asking the database."""
    if not decides(viewer) or viewer.id in place.kept_from or place.target == f"member:{viewer.id}":
        return False
    if place.lane == "leads":
        return bool(LEADS & viewer.duties) and place.member_id != viewer.id
    if LEAD in viewer.duties or (MANAGER in viewer.duties and place.target.startswith(APPEAL)):
        return True
    return HOST in viewer.duties and place.house_id in (None, viewer.house_id)


def places(*which: ColumnElement[bool]) -> list[Place]:
    """What decides who may know of these cases. Two queries."""
    columns = (Case.id, Case.lane, Case.house_id, Case.target, Case.member_id)
    rows = session().execute(select(*columns).where(*which)).all()
    kept: dict[int, set[int]] = defaultdict(set)
    ids = [row.id for row in rows]
    found = session().execute(select(CaseKeptFrom).where(CaseKeptFrom.case_id.in_(ids))).scalars() if ids else ()
    for row in found:
        kept[row.case_id].add(row.member_id)
    return [Place(*row, frozenset(kept[row.id])) for row in rows]


def place_of(case: Case) -> Place:
    """The same of one case a query has found. Two queries."""
    return places(Case.id == case.id)[0]
