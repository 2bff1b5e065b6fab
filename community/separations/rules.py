"""Who may keep two people apart."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.people import Viewer
from community.members.rules import is_lead, oversees, standing_refused


@dataclass(frozen=True)
class Pair:
    """Two people, and the houses they live or work at, or lived at last."""

    ids: frozenset[int]
    house_ids: frozenset[int]


def pair_of(people: Collection[Any]) -> Pair:
    """Of two who have id and house_id."""
    return Pair(frozenset(one.id for one in people), frozenset(one.house_id for one in people))


def _may_see(actor: Any, pair: Pair | None) -> Refusal | None:
    """`pair` None asks about them at all."""
    if not isinstance(actor, Viewer) or not oversees(actor):
        return _l("Safety leads and house managers decide this. Tell one of them.")
    if pair is None:
        return None
    if actor.id in pair.ids:
        return _l("Nobody decides about herself or himself. Another safety lead or house manager does.")
    if is_lead(actor) or actor.house_id in pair.house_ids:
        return None
    return _l("Neither of the two belongs to your house. A safety lead, or the manager of their house, decides.")


def _may_decide(actor: Any, pair: Pair | None) -> Refusal | None:
    return _may_see(actor, pair) or standing_refused(actor)


SEE = Rule(
    "separation.see",
    "Safety leads; house managers where one of the two belongs to their house. Nobody a pair she is one of.",
    _may_see,
)
DECIDE = Rule("separation.decide", "The same people, unless paused or closed out.", _may_decide)

ALL = (SEE, DECIDE)
