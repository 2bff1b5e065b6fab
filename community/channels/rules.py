"""Who may pin, and put away what is pinned. Whoever cannot see a thread never gets this far."""

from __future__ import annotations

from typing import Any

from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.rules import writing_refused


def _may_pin(actor: Any, opening: Any) -> Refusal | None:
    if not actor.is_staff:
        return _l("Staff pin posts. Ask one of them if many should see this.")
    if opening.state != "published":
        return _l("Only what stands in the group can be pinned.")
    return writing_refused(actor)


def _may_unpin(actor: Any, _stream: Any) -> Refusal | None:
    return None if actor.is_staff else _l("Staff pin posts. You can put it away for yourself.")


def _own(actor: Any, member_id: int) -> Refusal | None:
    return None if actor.id == member_id else _l("Only the person herself can do that.")


PIN = Rule("pin.put", "Staff who see the post and may write, while it stands.", _may_pin)
UNPIN = Rule("pin.end", "Staff who see the post.", _may_unpin)
PUT_AWAY = Rule("pin.put_away", "Whoever sees the post, for herself alone.", _own)

ALL = (PIN, UNPIN, PUT_AWAY)
