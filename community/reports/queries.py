"""Reading what was told: a member her own receipts; staff what a case needs, without who told."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, select

from community.acts.cases import place_of
from community.acts.rules import LEAD, LEADS
from community.core import clock, crypto
from community.core.db import session
from community.core.errors import NotFound
from community.core.policy import require
from community.members.models import Duty, Member, MembershipPeriod
from community.members.people import AuthorView, Viewer
from community.members.queries import authors
from community.reports import rules, sealing
from community.reports.models import Report
from community.rota import queries as rota
from community.rota.cover import HOST, OnShift
from community.safety.models import Case, CaseKeptFrom
from community.streams import mentions
from community.streams.models import Piece

PAGE = 50
TO_READ = timedelta(minutes=30)  # a host has read what waits so long after her shift begins
LOOKS_AHEAD = timedelta(days=7)
TEN_MINUTES = 600  # seconds


@dataclass(frozen=True)
class Receipt:
    """What a member told, as she sees it. `state`: received, looking or done. `looks`: the first name of who is
    looking, None where that is nobody, or not hers to know. `thing`: piece, member or told (nothing); `person`: whose
    or who it is, None where no name stood there. `stands`: what she told of can be shown to her again."""

    id: int
    reason: str
    at: datetime
    state: str
    looks: str | None
    thing: str
    kind: str
    person: AuthorView | None
    stands: bool
    past_staff: bool
    independent: bool
    fresh: bool
    reads_by: datetime | None = None
    reads: str | None = None


@dataclass(frozen=True)
class Said:
    """One report in a case, without who made it. `kept`: what stood there when it was told of, `talk`: of a message
    in a talk, that one and those before it."""

    reason: str
    at: datetime
    words: str
    piece_id: int | None
    kept: dict[str, str]
    talk: tuple[sealing.SealedLine, ...] = ()


@dataclass(frozen=True)
class Told:
    """What a case knows of those who told: how many members, for which reasons, and what they said."""

    members: int
    reasons: tuple[str, ...]
    said: tuple[Said, ...]


def receipts_for(viewer: Viewer) -> list[Receipt]:
    """What the viewer told staff, the newest first. Four queries at most."""
    mine = select(Report, Case).join(Case, Case.id == Report.case_id).where(Report.by_id == viewer.id)
    rows = session().execute(mine.order_by(Report.at.desc(), Report.id.desc()).limit(PAGE)).all()
    return _receipts(viewer, [(report, case) for report, case in rows])


def receipt_for(viewer: Viewer, report_id: int) -> Receipt:
    """One of the viewer's own, with who reads it and until when. Raises NotFound."""
    report, case = _own(viewer, report_id)
    receipt = _receipts(viewer, [(report, case)])[0]
    if receipt.state != "received" or receipt.past_staff:
        return receipt
    kept_from = _kept_from(case.id)
    now = rota.cover_at(case.house_id)
    hosts = [one for one in now.people if one.member_id not in {*kept_from, *viewer.excluded_ids, viewer.id}]
    name = hosts[0].first_name if now.kind == HOST and hosts and receipt.person is not None else None
    promised = reads_by(case.house_id, case.since, kept_from)
    return replace(receipt, reads=name, reads_by=promised if promised and promised > clock.now() else None)


def report_for(viewer: Viewer, report_id: int) -> Report:
    """The row of one of the viewer's own. Raises NotFound."""
    return _own(viewer, report_id)[0]


def told_of_piece(viewer: Viewer, piece_id: int) -> Report | None:
    """The viewer's newest report of a piece that is not there for her since."""
    return _newest(viewer, Report.piece_id == piece_id) if piece_id in viewer.told_ids else None


def told_of_person(viewer: Viewer, member_id: int) -> Report | None:
    """The viewer's newest report of a person."""
    return _newest(viewer, Report.target == f"member:{member_id}")


def told_of(viewer: Viewer, target: str) -> Report | None:
    """The viewer's newest report of what a case names so."""
    return _newest(viewer, Report.target == target)


def count_done(viewer: Viewer) -> int:
    """How many of the viewer's are done without her having read so."""
    fresh = (Report.by_id == viewer.id) & Report.seen_at.is_(None)
    done = select(func.count()).select_from(Report).join(Case, Case.id == Report.case_id)
    return session().scalar(done.where(fresh, Case.state == "closed")) or 0


def reads_by(house_id: int | None, since: datetime, kept_from: Collection[int] = ()) -> datetime | None:
    """When a host has read what has waited since a moment, at the latest: half an hour after one is there, in whole ten
    minutes. None when no host works within a week of it; it may have passed by now. One query."""
    shifts = rota.shifts_between(since, since + LOOKS_AHEAD)
    hosts = [max(one.starts_at, since) for one in shifts if _is_host(one, house_id) and one.member_id not in kept_from]
    if not hosts:
        return None
    seconds = (min(hosts) + TO_READ).timestamp()
    return since + timedelta(seconds=-(-seconds // TEN_MINUTES) * TEN_MINUTES - since.timestamp())


def told_about(viewer: Viewer, case: Case) -> Told:
    """What those said who told staff, for whoever decides; who they are is in nothing of it. Two queries beside the
    names in texts. Raises NotAllowed."""
    require(viewer, rules.READ, place_of(case))
    found = select(Report).where(Report.case_id == case.id).order_by(Report.at, Report.id)
    reports = session().scalars(found.execution_options(populate_existing=True)).all()
    kept = {report.id: kept_of(report) for report in reports}
    talks = sealing.opened(viewer, reports)
    names = mentions.names_in([text for one in kept.values() for text in one.values()], viewer.excluded_ids)
    return Told(
        members=len({report.by_id for report in reports}),
        reasons=tuple(dict.fromkeys(report.reason for report in reports)),
        said=tuple(
            Said(
                report.reason,
                report.at,
                words_of(report),
                report.piece_id,
                {what: names.in_text(text) for what, text in kept[report.id].items()},
                talks.get(report.id, ()),
            )
            for report in reports
        ),
    )


def leads(_viewer: Viewer, kept_from: Collection[int] = ()) -> list[int]:
    """Whom a matter of somebody who works here can reach: those who have the duty today and are not kept from it,
    safety leads first. One query."""
    today = clock.today()
    works = exists().where(
        MembershipPeriod.member_id == Member.id, MembershipPeriod.kind == "staff", MembershipPeriod.holds_on(today)
    )
    rows = session().execute(
        select(Member.id, Duty.kind)
        .join(Duty, Duty.member_id == Member.id)
        .where(
            Duty.kind.in_(LEADS),
            Duty.holds_on(today),
            Member.left_at.is_(None),
            works,
        )
    )
    order = sorted((kind != LEAD, id_) for id_, kind in rows if id_ not in kept_from)
    return list(dict.fromkeys(id_ for _place, id_ in order))


def words_of(report: Report) -> str:
    """What she said, while it is kept."""
    return crypto.unseal(report.words_sealed, f"report:{report.id}:words") if report.words_sealed else ""


def kept_of(report: Report) -> dict[str, str]:
    """What stood there when she told of it, by field, while it is kept."""
    if not report.kept_sealed:
        return {}
    return dict(json.loads(crypto.unseal(report.kept_sealed, f"report:{report.id}:kept")))


def _newest(viewer: Viewer, about: ColumnElement[bool]) -> Report | None:
    mine = select(Report).where(Report.by_id == viewer.id, about)
    return session().scalar(mine.order_by(Report.at.desc(), Report.id.desc()).limit(1))


def _own(viewer: Viewer, report_id: int) -> tuple[Report, Case]:
    mine = select(Report, Case).join(Case, Case.id == Report.case_id).where(Report.id == report_id)
    row = session().execute(mine.execution_options(populate_existing=True)).one_or_none()
    if row is None or row[0].by_id != viewer.id:
        raise NotFound
    return row[0], row[1]


def _receipts(viewer: Viewer, rows: Sequence[tuple[Report, Case]]) -> list[Receipt]:
    ids = [report.piece_id for report, _case in rows if report.piece_id]
    found = session().execute(select(Piece).where(Piece.id.in_(ids))).scalars() if ids else ()
    pieces = {piece.id: piece for piece in found}
    nameless = {id_ for id_, piece in pieces.items() if piece.unnamed}
    shown = {report.about_id for report, _case in rows if report.about_id and report.piece_id not in nameless}
    people = authors({*shown, *(case.claimed_by for _report, case in rows if case.claimed_by)})
    return [
        Receipt(
            id=report.id,
            reason=report.reason,
            at=report.at,
            state="done" if case.state == "closed" else "looking" if case.claimed_by else "received",
            looks=_looks(viewer, report, case, people, nameless),
            thing=report.target.partition(":")[0],
            kind=pieces[report.piece_id].kind if report.piece_id in pieces else "",
            person=people.get(report.about_id) if report.about_id and report.piece_id not in nameless else None,
            stands=report.piece_id in viewer.told_ids,
            past_staff=case.lane == "leads",
            independent=report.independent,
            fresh=case.state == "closed" and report.seen_at is None,
        )
        for report, case in rows
    ]


def _looks(
    viewer: Viewer, report: Report, case: Case, people: dict[int, AuthorView], nameless: Collection[int | None]
) -> str | None:
    """Of what stands without a name whoever looks has none either."""
    if not case.claimed_by or case.claimed_by in viewer.excluded_ids or report.piece_id in nameless:
        return None
    return people[case.claimed_by].first_name


def _kept_from(case_id: int) -> frozenset[int]:
    return frozenset(session().scalars(select(CaseKeptFrom.member_id).where(CaseKeptFrom.case_id == case_id)))


def _is_host(one: OnShift, house_id: int | None) -> bool:
    return one.role == "host" and one.counts_for(house_id)
