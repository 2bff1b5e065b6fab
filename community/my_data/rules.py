"""Who may take along what is kept about somebody: she herself, always."""

from __future__ import annotations

from typing import Any

from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.people import Viewer


def _own(actor: Any, member_id: int) -> Refusal | None:
    """No standing, break or incident counts here: nobody is ever cut off from her own data."""
    if isinstance(actor, Viewer) and actor.id == member_id:
        return None
    return _l("Only the person herself can do that.")


TAKE = Rule(
    "my_data.take",
    "Everybody, her own alone: also paused, suspended, on a break, while everything is read-only and while she is "
    "leaving. Behind her password, and not in the day after somebody helped her back in.",
    _own,
)

ALL = (TAKE,)
