"""Who plans a move, who may know of it, and what is hers alone."""

from __future__ import annotations

from typing import Any

from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.rules import incident_refused, standing_refused, writing_refused


def _may_plan(actor: Any, person: Any) -> Refusal | None:
    """`person` has house_id: where she lives, or where she is to live."""
    if not actor.is_staff or "house_manager" not in actor.duties or actor.house_id != person.house_id:
        return _l("A house manager of the house plans this together with whoever moves.")
    return standing_refused(actor)


def _may_see(actor: Any, person: Any) -> Refusal | None:
    """`person` has id and house_id."""
    if actor.id == person.id or (actor.is_staff and person.id in actor.key_worker_of):
        return None
    if actor.is_staff and "house_manager" in actor.duties and actor.house_id == person.house_id:
        return None
    return _l("This is for whoever moves, their contact, and the house manager.")


def _own(actor: Any, move: Any) -> Refusal | None:
    """`move` has member_id."""
    if actor.id != move.member_id:
        return _l("Only whoever moves decides about this.")
    return incident_refused(actor)


def _may_begin_farewell(actor: Any, move: Any) -> Refusal | None:
    return _own(actor, move) or writing_refused(actor)


PLAN_MOVE = Rule("move.plan", "House managers, of those who live in their house, and together with them.", _may_plan)
SEE_MOVE = Rule("move.see", "Whoever moves, her contact, and house managers of her house.", _may_see)
OWN_MOVE = Rule("move.own", "Whoever moves: whether her contact stays, and what stands by her name.", _own)
FAREWELL = Rule("move.farewell", "Whoever moves, once, if she wants one and may write.", _may_begin_farewell)
MOVE_IN = Rule("move.in", "House managers, into their house.", _may_plan)

ALL = (PLAN_MOVE, SEE_MOVE, OWN_MOVE, FAREWELL, MOVE_IN)
