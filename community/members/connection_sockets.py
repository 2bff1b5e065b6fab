"""Live: the two, and the safety leads, are told that something about a connection has changed; what, they ask as
themselves."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from community.core import live
from community.core.db import session
from community.members.models import Duty


def bring_change(ids: dict[str, Any]) -> None:
    """Open pages of the two, and of safety leads, look again. No content."""
    leads = select(Duty.member_id).where(Duty.kind == "safeguarding_lead", Duty.member_id.in_(live.members_here()))
    live.tell_members({ids["a"], ids["b"], *session().scalars(leads)}, "connection:changed")
