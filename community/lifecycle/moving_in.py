"""Moving in again: somebody who has lived here lives here once more. What was past for her in that house is hers again
from that day on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from community.core import audit, clock
from community.core.announcements import announce
from community.core.db import transaction
from community.core.errors import Conflict, Invalid
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members import named, staying
from community.members.models import MembershipPeriod
from community.members.people import Viewer
from community.moving import rules

FURTHEST = timedelta(days=366)


class Into(NamedTuple):
    """Where somebody is to live, for the rule."""

    house_id: int


def move_in(actor: Viewer, member_id: int, from_on: date) -> MembershipPeriod:
    """From a day on somebody lives in the actor's house. Raises NotFound, NotAllowed, Conflict (she lives here, or has
    a day already), Invalid."""
    require(actor, rules.MOVE_IN, Into(actor.house_id))
    with transaction():
        staying.lock(member_id)
        named.person_for(actor, member_id)
        stay = staying.stay_of(member_id, clock.today())
        if stay is None or stay.kind != "alumnus" or stay.to_on is not None:
            raise Conflict(_l("They live or work here already, or have a day on which they move in."))
        if from_on < clock.today():
            raise Invalid(_l("That day has passed. Choose one from today on."), field="from_on")
        if from_on <= stay.from_on:
            raise Invalid(_l("They moved out that day. Choose a later one."), field="from_on")
        if from_on > clock.today() + FURTHEST:
            raise Invalid(_l("That is too far ahead. Choose a day within a year."), field="from_on")
        staying.turn_on(stay, from_on, "resident", actor.house_id)
        audit.append(actor.id, "move.in", f"member:{member_id}", days=(from_on - clock.today()).days)
        announce(f"member:{member_id}", "member:moved", member=member_id)
        return stay
