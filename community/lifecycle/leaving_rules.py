"""Who leaves, and for whom."""

from __future__ import annotations

from typing import Any

from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.people import Viewer
from community.members.rules import is_lead

ONLY_HERSELF = _l("Only the person herself can do that.")


def _herself_and_not_at_work(actor: Any, member_id: int) -> Refusal | None:
    if not isinstance(actor, Viewer) or actor.id != member_id:
        return ONLY_HERSELF
    if actor.is_staff:
        return _l("You work here. A house manager ends that first; after that this choice is yours.")
    return None


def _leads(actor: Any, _thing: Any) -> Refusal | None:
    return None if is_lead(actor) else _l("Safety leads see this.")


def _herself(actor: Any, member_id: int) -> Refusal | None:
    return None if isinstance(actor, Viewer) and actor.id == member_id else ONLY_HERSELF


LEAVE = Rule(
    "member.leave", "The member herself, whatever her standing; whoever works here ends that first.",
    _herself_and_not_at_work,
)  # fmt: skip
STAY = Rule("member.stay", "The member herself, until the day has come.", _herself)

SEE_HELD = Rule(
    "left.see", "Safety leads: who somebody was who has left, while something about safety is open; noted.", _leads
)

ALL = (LEAVE, STAY, SEE_HELD)
