"""What becomes of the team's inboxes that somebody has, when she works here no more. Called by
`lifecycle/leaving_work.py`, which has asked."""

from __future__ import annotations

from sqlalchemy import select

from community.core import audit, clock
from community.core.announcements import announce
from community.core.db import new_id, transaction
from community.inbox.models import Inbox, InboxStep
from community.members.kept_apart import apart_in_inboxes
from community.members.queries import viewer_now


def hand_on(from_id: int, to_id: int | None, by_id: int) -> int:
    """What she has taken her successor has, where that one works at the same house and finds it; else nobody has it,
    and it waits for the team. Returns how many there were."""
    with transaction() as s:
        rows = list(s.scalars(select(Inbox).where(Inbox.taken_by == from_id).with_for_update()))
        for row in rows:
            takes = to_id if to_id is not None and _finds(to_id, row) else None
            row.taken_by, row.changed_at, row.version = takes, clock.now(), row.version + 1
            what = "released" if takes is None else "handed"
            step = InboxStep(id=new_id(), stream_id=row.stream_id, what=what, by_id=by_id, to_id=takes, at=clock.now())
            s.add(step)
            s.flush()
            audit.append(by_id, f"inbox.{what}", f"stream:{row.stream_id}", whom=row.member_id, to=takes)
            announce(f"stream:{row.stream_id}", "inbox:changed", stream=row.stream_id)
        return len(rows)


def _finds(member_id: int, row: Inbox) -> bool:
    viewer = viewer_now(member_id)
    works_there = viewer is not None and viewer.is_staff and viewer.house_id == row.house_id
    return works_there and member_id not in apart_in_inboxes(row.member_id)
