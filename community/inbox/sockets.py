"""The team's inboxes on open pages: a hint without content, to those alone for whom the inbox is there."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from community.core import live
from community.core.db import session
from community.inbox import waiting
from community.inbox.models import Inbox
from community.members.models import MembershipPeriod
from community.members.queries import viewer_now


def bring_change(ids: dict[str, Any]) -> None:
    """Somebody wrote, or staff did something about it: lists and figures of staff, and its open pages, look again."""
    waiting.forget()
    here = live.members_here()
    inbox = session().get(Inbox, ids["stream"], populate_existing=True)
    if not here or inbox is None:
        return
    works_there = (MembershipPeriod.kind == "staff") & (MembershipPeriod.house_id == inbox.house_id)
    some = select(MembershipPeriod.member_id).where(works_there, MembershipPeriod.member_id.in_(here)).distinct()
    told = {inbox.member_id, *(one for one in session().scalars(some).all() if _finds(one, inbox))}
    live.tell_members(told, "inbox:changed", {"stream": inbox.stream_id})


def _finds(member_id: int, inbox: Inbox) -> bool:
    viewer = viewer_now(member_id)
    if viewer is None or not viewer.is_staff:
        return False
    return viewer.house_id == inbox.house_id and inbox.member_id not in viewer.met_in_no_inbox
