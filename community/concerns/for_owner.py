"""What a member takes along of this room: when she needed somebody, what came of it; at work, when she was called."""

from __future__ import annotations

from sqlalchemy import select

from community.concerns import queries
from community.concerns.models import Call, Concern, DutyPhone
from community.core.db import session
from community.core.errors import NotFound
from community.core.own_rows import Row, plain, plain_all
from community.members.for_owner import called, houses_named
from community.members.people import Viewer

OF_THE_CHAIN = ("case_id", "unnamed", "client_id", "opened_at", "first_taken_at", "step_due_at", "lapsed_by")
FOR_COLLEAGUES = ("handed_to", "closed_by", "outcome", "version", "taken_by_independent")


def concerns(viewer: Viewer) -> list[Row]:
    """Each she sent or her words made, with who took it."""
    rows = _own(viewer)
    names = called(viewer, (row.taken_by for row in rows))
    houses = houses_named(viewer, (row.house_id for row in rows))
    left = (*OF_THE_CHAIN, *FOR_COLLEAGUES, "member_id", "chain_since", "chain_from", "chain_round")
    return [plain(row, *left, taken_by=names[row.taken_by], house_id=houses[row.house_id]) for row in rows]


def steps(viewer: Viewer) -> list[Row]:
    """What happened in them, as far as she is told; what colleagues wrote for each other is not among it."""
    return [
        {
            "concern_id": concern.id,
            "what": step.what,
            "at": step.at,
            "by_id": viewer.name if step.hers else step.who,
            "whom": step.whom,
            "words": step.words,
            "how": step.how,
            "minutes": step.minutes,
        }
        for concern in _own(viewer)
        for step in queries.status_of(viewer, concern).steps
    ]


def calls(viewer: Viewer) -> list[Row]:
    """When she was called at work, and what she answered; about whom is not hers."""
    rows = session().scalars(select(Call).where(Call.member_id == viewer.id).order_by(Call.made_at, Call.id))
    left = ("concern_id", "member_id", "who", "link", "token_hash", "token_sealed", "round", "next_try_at", "tries")
    return [plain(row, *left) for row in rows]


def duty_phone(viewer: Viewer) -> list[Row]:
    """The number at which she is rung up at work."""
    return plain_all(session().scalars(select(DutyPhone).where(DutyPhone.member_id == viewer.id)).all(), "member_id")


def _own(viewer: Viewer) -> list[Concern]:
    rows = session().scalars(select(Concern).where(Concern.member_id == viewer.id).order_by(Concern.sent_at))
    return [row for row in rows.all() if _is_hers(viewer, row)]


def _is_hers(viewer: Viewer, concern: Concern) -> bool:
    """What nobody was told of is not told to her either."""
    try:
        queries.own_for(viewer, concern.id)
    except NotFound:
        return False
    return True
