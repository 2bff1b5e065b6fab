"""The queue on open pages: a hint without content, to those alone for whom the case exists."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from community.acts.cases import places, sees
from community.acts.rules import DECIDERS
from community.core import live
from community.core.db import session
from community.core.errors import NotFound
from community.members.models import Duty
from community.members.queries import as_viewer
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
    told = []
    for member_id in session().scalars(on_duty).all():
        try:
            if sees(as_viewer(member_id), place):
                told.append(member_id)
        except NotFound:
            continue
    live.tell_members(told, "review:changed")
