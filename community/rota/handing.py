"""Handing over: outgoing staff sign what is open, incoming staff accept it. Both are lines of the audit chain."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from community.core import audit, clock
from community.core.db import session, transaction
from community.core.errors import Conflict, NotFound
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members.people import Viewer
from community.rota import queries, rules
from community.rota.models import Handover
from community.rota.rules import AROUND

NOTHING = timedelta(0)


def sign(actor: Viewer, house_id: int, figures: dict[str, int]) -> Handover:
    """Sign what is open at a house, in numbers. Raises NotAllowed."""
    require(actor, rules.SIGN, queries.on_duty(actor, house_id, before=NOTHING, after=AROUND))
    with transaction() as s:
        made = Handover(house_id=house_id, signed_by=actor.id, signed_at=clock.now(), figures=figures)
        s.add(made)
        s.flush()
        audit.append(actor.id, "handover.sign", f"handover:{made.id}", house=house_id, open=figures)
        return made


def accept(actor: Viewer, handover_id: int) -> Handover:
    """Take over what somebody signed. Raises NotAllowed, NotFound, Conflict when somebody has, or signed anew."""
    require(actor, rules.SEE)
    with transaction() as s:
        found = session().scalar(
            select(Handover)
            .where(Handover.id == handover_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if found is None:
            raise NotFound
        duty = queries.on_duty(actor, found.house_id, before=AROUND, after=NOTHING)
        require(actor, rules.ACCEPT, (found, duty))
        newest = queries.handover_for(actor, found.house_id)
        if found.accepted_by is not None or newest is None or newest.id != found.id:
            raise Conflict(_l("Somebody was faster. Look at the sheet once more."))
        found.accepted_by, found.accepted_at = actor.id, clock.now()
        s.flush()
        audit.append(actor.id, "handover.accept", f"handover:{found.id}", house=found.house_id)
        return found
