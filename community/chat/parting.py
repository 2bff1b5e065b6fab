"""What becomes of chats for an evening whose host works here no more. Called by `lifecycle/leaving_work.py`, which has
asked."""

from __future__ import annotations

from sqlalchemy import select

from community.chat import rules
from community.chat.models import Room
from community.core import audit, clock
from community.core.announcements import announce
from community.core.db import transaction
from community.core.policy import can
from community.members.queries import viewer_now
from community.spaces import rules as space_rules
from community.spaces.models import Space
from community.streams.models import Stream


def hand_on(from_id: int, to_id: int | None, by_id: int) -> int:
    """Her successor hosts what is to come, where she may host and reads the channel; else it is called off. Returns how
    many there were."""
    now = clock.now()
    with transaction() as s:
        ahead = select(Room, Stream, Space).join(Stream, Stream.id == Room.stream_id)
        ahead = ahead.join(Space, Space.id == Stream.space_id).where(Room.host_id == from_id, Room.closes_at > now)
        rows = s.execute(ahead).all()
        for room, stream, space in rows:
            takes = to_id if to_id is not None and _hosts(to_id, space) else None
            room.host_id, room.version = takes if takes is not None else from_id, room.version + 1
            if takes is None:
                room.closes_at = now
            s.flush()
            audit.append(by_id, "chat.ended" if takes is None else "chat.changed", f"stream:{stream.id}", host=takes)
            announce(f"chats:{space.id}", "chat:listed", space=space.id)
            announce(f"stream:{stream.id}", "chat:state", stream=stream.id)
        return len(rows)


def _hosts(member_id: int, space: Space) -> bool:
    viewer = viewer_now(member_id)
    return viewer is not None and can(viewer, rules.OPEN) and space_rules.reads(viewer, space)
