"""Who may do what with notices."""

from __future__ import annotations

from typing import Any

from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule


def _own(actor: Any, member_id: int) -> Refusal | None:
    return None if actor.id == member_id else _l("Notifications belong to one person alone.")


KEEP_OWN = Rule("notice.keep", "The member herself: her notifications and what she wants to hear.", _own)

ALL = (KEEP_OWN,)
"""The rules of this room."""
