"""Where a member has told staff about whoever made her way back in, a lead hears of it: whoever opens somebody's door
could read what was told. Neither the maker nor anybody the matter is kept from learns that it was noticed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from community.core.db import session
from community.core.jobs import Due, Job
from community.recovery.models import WayIn
from community.reports.models import Report
from community.safety.cases import open_case
from community.safety.models import HARM, Case, CaseKeptFrom

LOOK_BACK = timedelta(days=2)
AT_ONCE = 50


def _due(now: datetime) -> Iterable[Due]:
    """Ways in of the last days that somebody made, or checked, of whom their owner has told while it is open."""
    rows = session().execute(
        select(WayIn.id, WayIn.made_at)
        .join(Report, Report.by_id == WayIn.member_id)
        .join(Case, Case.id == Report.case_id)
        .where(
            WayIn.made_at > now - LOOK_BACK,
            or_(Report.about_id == WayIn.made_by, Report.about_id == WayIn.checked_by),
            Case.state == "open",
        )
        .distinct()
        .order_by(WayIn.made_at)
        .limit(AT_ONCE)
    )
    found = [Due(str(id_), made_at) for id_, made_at in rows]
    session().rollback()
    return found


def _tell_leads(due: Due) -> None:
    """A case in the leads' lane, kept from both who had a part in it and from whoever the report is kept from."""
    s = session()
    way = s.get_one(WayIn, int(due.what))
    parts = {id_ for id_ in (way.made_by, way.checked_by) if id_ is not None}
    about = select(Report.about_id, Report.case_id).where(Report.by_id == way.member_id, Report.about_id.in_(parts))
    told = s.execute(about).all()
    kept = s.scalars(select(CaseKeptFrom.member_id).where(CaseKeptFrom.case_id.in_([case for _about, case in told])))
    open_case(
        f"way_in:{way.id}",
        "way_in",
        harm=HARM,
        member_id=told[0][0] if told else None,
        lane="leads",
        kept_from={*parts, *kept},
        way_in=way.id,
        owner=way.member_id,
    )


JOB = Job("way in by somebody told of", _due, _tell_leads)
