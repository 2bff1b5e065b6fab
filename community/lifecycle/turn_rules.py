"""Who may take a break, and who of staff decides about the turns of somebody's life here."""

from __future__ import annotations

from typing import Any

from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.people import Viewer


def _may_take_break(actor: Any, member_id: int) -> Refusal | None:
    if actor.id != member_id:
        return _l("Only the person herself can do that.")
    if isinstance(actor, Viewer) and actor.is_staff:
        return _l("You work here. Ask a house manager to take your shifts off the rota.")
    return None


def _self(actor: Any, member_id: int) -> Refusal | None:
    return None if actor.id == member_id else _l("Only the person herself can do that.")


TAKE_BREAK = Rule("break.take", "The member herself, unless she works here.", _may_take_break)
END_BREAK = Rule("break.end", "The member herself, at any time.", _self)

ALL = (TAKE_BREAK, END_BREAK)
