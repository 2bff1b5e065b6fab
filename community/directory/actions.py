"""What a member does about being found. Hers alone, so nothing of it is in the audit chain."""

from __future__ import annotations

from sqlalchemy import delete

from community.core import clock
from community.core.db import add_once, transaction
from community.core.policy import require
from community.directory import rules
from community.directory.models import Entry
from community.members.people import Viewer


def open_entry(actor: Viewer, *, picture: bool, house: bool, years: bool) -> Entry:
    """Stand in the directory from now on, with this much shown. Again changes how much. Raises NotAllowed."""
    require(actor, rules.OPEN, actor.id)
    with transaction() as s:
        shown = {"shows_picture": picture, "shows_house": house, "shows_years": years}
        if s.get(Entry, actor.id) is None:
            add_once(Entry(member_id=actor.id, opened_at=clock.now(), **shown))
        entry = s.get_one(Entry, actor.id, with_for_update=True, populate_existing=True)
        entry.shows_picture, entry.shows_house, entry.shows_years = picture, house, years
        s.flush()
        return entry


def close_entry(actor: Viewer) -> None:
    """Stand there no more, from the next page anybody opens. Twice is once. What she had chosen is forgotten."""
    require(actor, rules.CLOSE, actor.id)
    with transaction() as s:
        s.execute(delete(Entry).where(Entry.member_id == actor.id))
