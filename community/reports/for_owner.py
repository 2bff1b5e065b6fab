"""What a member takes along of this room: what she told staff. What others told of her is theirs."""

from __future__ import annotations

from sqlalchemy import select

from community.core.db import session
from community.core.own_rows import Row, plain
from community.members.people import Viewer
from community.members.queries import authors
from community.reports.models import Report
from community.safety.models import Case


def told(viewer: Viewer) -> list[Row]:
    """What she told, in her words, and whether it is done. A person she named is named; whose text it was, or what it
    said, is not hers to take along."""
    mine = select(Report, Case.state).join(Case, Case.id == Report.case_id).where(Report.by_id == viewer.id)
    rows = session().execute(mine.order_by(Report.at, Report.id)).all()
    people = authors(row.about_id for row, _state in rows if row.about_id and _is_person(row))
    left = ("by_id", "case_id", "kept_sealed", "talk_sealed", "hid", "grouped")
    return [
        plain(
            row,
            *left,
            target=row.target.partition(":")[0],
            about_id=people[row.about_id].name if row.about_id in people else None,
            state="done" if state == "closed" else "open",
        )
        for row, state in rows
    ]


def _is_person(report: Report) -> bool:
    return report.target.startswith("member:")
