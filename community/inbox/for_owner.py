"""What a member takes along of this room: what she and the team wrote to each other."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from community.core.db import session
from community.core.errors import NotFound
from community.core.own_rows import Row, plain
from community.inbox import queries
from community.inbox.models import Inbox
from community.members.for_owner import houses_named
from community.members.people import Viewer
from community.streams.for_owner import messages


def inboxes(viewer: Viewer) -> list[Row]:
    """Her inboxes; who of staff had one stands under what they wrote."""
    rows = _own(viewer)
    houses = houses_named(viewer, (row.house_id for row in rows))
    return [plain(row, "member_id", "taken_by", house_id=houses[row.house_id]) for row in rows]


def conversations(viewer: Viewer) -> Iterator[tuple[str, Iterator[Row]]]:
    """Each she still reads, as she reads it: of which house, and its messages."""
    rows = _own(viewer)
    houses = houses_named(viewer, (row.house_id for row in rows))
    for row in rows:
        try:
            found = queries.found_for(viewer, row.stream_id)
        except NotFound:
            continue
        yield houses[row.house_id] or "", messages(queries.as_team(viewer), found.stream)


def _own(viewer: Viewer) -> list[Inbox]:
    return list(session().scalars(select(Inbox).where(Inbox.member_id == viewer.id).order_by(Inbox.stream_id)))
