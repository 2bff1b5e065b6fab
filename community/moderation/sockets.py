"""The queue on open pages: a hint without content, to those alone for whom the case exists."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from community.acts.cases import places, sees
from community.acts.rules import DECIDERS
from community.core import live
from community.core.db import session
from community.members.models import Duty
from community.members.queries import viewer_now
from community.moderation import waiting
from community.safety.models import Case


def bring_change(ids: dict[str, Any]) -> None:
    """A case was opened, changed or closed."""
    waiting.forget()
    here = live.members_here()
    if not here:
        return
    place = next(iter(places(Case.id == ids["case"])), None)
    if place is None:
        return
    on_duty = select(Duty.member_id).where(Duty.member_id.in_(here), Duty.kind.in_(DECIDERS)).distinct()
    viewers = (viewer_now(member_id) for member_id in session().scalars(on_duty).all())
    told = [viewer.id for viewer in viewers if viewer is not None and sees(viewer, place)]
    live.tell_members(told, "review:changed")
