"""The audit chain as those who answer for staff read it: filtered, paged by key, and as a list to take along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, String, cast, false, or_, select
from sqlalchemy import literal as sql_literal

from community.core import clock, crypto
from community.core.audit import AuditLine
from community.core.db import session
from community.core.errors import NotFound
from community.core.policy import require
from community.members.models import Member, MembershipPeriod
from community.members.people import Viewer
from community.openness import rules, words
from community.openness.lines import LineView, Reader, kept_from
from community.streams.models import Piece

PAGE = 50
BATCH = 200  # lines read at once, of which some may be kept from the viewer
EXPORT_MOST = 5000
PLACE = "audit:page"


@dataclass(frozen=True)
class Filters:
    """What of the chain is asked for; empty is everything. `whom` is a name as it is shown today."""

    who: int | None = None
    group: str = ""
    whom: str = ""
    from_on: date | None = None
    to_on: date | None = None


def page_for(viewer: Viewer, filters: Filters, before: str = "") -> tuple[list[LineView], str]:
    """One page, the newest first, and the place where the next one begins (empty: there is none). The place is sealed:
    it tells no number. Raises NotAllowed, NotFound for a place that was never given out."""
    require(viewer, rules.READ_AUDIT)
    found: list[tuple[int, LineView]] = []
    for n, line in _lines(viewer, filters, _number(before)):
        if len(found) == PAGE:
            return [line for _n, line in found], crypto.seal(str(found[-1][0]), PLACE)
        found.append((n, line))
    return [line for _n, line in found], ""


def all_for(viewer: Viewer, filters: Filters) -> list[LineView]:
    """Every line the filters leave, at most one more than may be taken along. Raises NotAllowed."""
    require(viewer, rules.EXPORT_AUDIT)
    found = []
    for _n, line in _lines(viewer, filters, None):
        found.append(line)
        if len(found) > EXPORT_MOST:
            break
    return found


def people_for(viewer: Viewer) -> list[tuple[int, str]]:
    """Everybody who works here or has, by name: whose acts can be asked for. One query. Raises NotAllowed."""
    require(viewer, rules.READ_AUDIT)
    staff = select(MembershipPeriod.member_id).where(MembershipPeriod.kind == "staff")
    rows = session().execute(select(Member.id, Member.display_name).where(Member.id.in_(staff)))
    return sorted(((id_, name) for id_, name in rows), key=lambda pair: pair[1].casefold())


def _lines(viewer: Viewer, filters: Filters, before: int | None) -> Iterator[tuple[int, LineView]]:
    """The lines the viewer may read, newest first, with their numbers for the pages alone."""
    kept, asked = kept_from(viewer), _asked(filters)
    while True:
        wanted = select(AuditLine).where(*asked).order_by(AuditLine.n.desc()).limit(BATCH)
        if before is not None:
            wanted = wanted.where(AuditLine.n < before)
        batch = session().scalars(wanted).all()
        if not batch:
            return
        for line, view in Reader(viewer, [line for line in batch if not kept.keeps(line)]).shown():
            yield line.n, view
        before = batch[-1].n


def _asked(filters: Filters) -> list[ColumnElement[bool]]:
    """The filters as conditions; only acts of staff, whatever is asked."""
    acts = words.acts_of(filters.group) if filters.group else list(words.DONE)
    asked: list[ColumnElement[bool]] = [AuditLine.act.in_(acts)]
    if filters.who is not None:
        asked.append(AuditLine.actor_id == filters.who)
    if filters.whom:
        asked.append(_about(filters.whom))
    if filters.from_on is not None:
        asked.append(AuditLine.at >= clock.start_of(filters.from_on))
    if filters.to_on is not None:
        asked.append(AuditLine.at < clock.start_of(filters.to_on + timedelta(days=1)))
    return asked


def _about(name: str) -> ColumnElement[bool]:
    """Lines about whoever is called so: herself, and what shows that she wrote it. What is without a name is nobody's,
    or a name in the filter would tell whose it is."""
    called = session().execute(select(Member.id, Member.display_name))
    ids = [id_ for id_, display_name in called if display_name.casefold() == name.casefold()]  # å and Å are one letter
    if not ids:
        return false()
    wrote = select(sql_literal("piece:").concat(cast(Piece.id, String))).where(
        Piece.author_id.in_(ids), Piece.by_name()
    )
    return or_(AuditLine.subject.in_([f"member:{id_}" for id_ in ids]), AuditLine.subject.in_(wrote))


def _number(place: str) -> int | None:
    if not place:
        return None
    try:
        return int(crypto.unseal(place, PLACE))
    except Exception as error:  # whatever is no seal of ours
        raise NotFound from error
