"""Who somebody was who has left, while something about somebody's safety is open: for safety leads, by a press of a
button, each time written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from community.core import audit, clock, crypto
from community.core.db import session, transaction
from community.core.errors import NotFound
from community.core.policy import require
from community.lifecycle import leaving_rules
from community.members.people import Viewer
from community.moving.models import Departure


@dataclass(frozen=True)
class HeldView:
    """Somebody who has left and about whom, or with whom, something is open. `name`: once it was asked for."""

    id: int
    gone_on: date
    name: str | None = None


def held_for(viewer: Viewer) -> list[HeldView]:
    """All of them, without a name, whoever left last first. One query. Raises NotAllowed."""
    require(viewer, leaving_rules.SEE_HELD)
    kept = select(Departure).where(Departure.name_sealed.is_not(None), Departure.erased_at.is_(None))
    return [_view(row) for row in session().scalars(kept.order_by(Departure.gone_at.desc(), Departure.id))]


def open_name(viewer: Viewer, departure_id: int) -> HeldView:
    """What she was called; a line of the audit chain says that it was read. Raises NotAllowed, NotFound."""
    require(viewer, leaving_rules.SEE_HELD)
    with transaction() as s:
        row = s.get(Departure, departure_id, populate_existing=True)
        if row is None or row.name_sealed is None or row.erased_at is not None:
            raise NotFound
        audit.append(viewer.id, "left.opened", f"member:{row.member_id}", departure=row.id)
        return _view(row, crypto.unseal(row.name_sealed, f"departure:{row.id}:name"))


def _view(row: Departure, name: str | None = None) -> HeldView:
    return HeldView(row.id, clock.local(row.gone_at or row.due_at).date(), name)
