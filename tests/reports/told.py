"""Telling staff in tests."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from community.core.db import session
from community.members import named
from community.reports import actions
from community.reports.actions import Wish
from community.reports.models import Report
from community.safety.models import Case
from community.streams.models import Piece
from tests.world import World


def tell(world: World, who: str, piece: Piece | None = None, reason: str = "unkind", **more: Any) -> Report:
    """A member tells of a piece or (`person=`) of a person by name."""
    person = more.pop("person", None)
    if person is not None:
        more["person"] = named.called_now([world.id(person)])[world.id(person)]
    fresh = session().get_one(Piece, piece.id, populate_existing=True) if piece is not None else None
    return actions.tell(world.viewer(who), Wish(reason, piece=fresh, **more))


def case_of(report: Report) -> Case:
    return (
        session().scalars(select(Case).where(Case.id == report.case_id).execution_options(populate_existing=True)).one()
    )


def state_of(piece: Piece) -> str:
    return session().get_one(Piece, piece.id, populate_existing=True).state
