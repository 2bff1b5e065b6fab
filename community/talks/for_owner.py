"""What a member takes along of this room: her talks. What others wrote there to her she has before her, so it comes
along under the name it has for her; of talks she has left there is what she wrote herself."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import select

from community.core.db import session
from community.core.errors import NotFound
from community.core.own_rows import Row, plain
from community.members.for_owner import called
from community.members.people import Viewer
from community.streams.for_owner import messages
from community.streams.models import StreamMember
from community.talks import queries
from community.talks.models import Opened, Talk


def talks(viewer: Viewer) -> list[Row]:
    """Talks she is in or was in."""
    rows = _hers(viewer, "in", "left")
    ids = {row.stream_id: row.high_id if row.low_id == viewer.id else row.low_id for row in rows}
    names = called(viewer, (*ids.values(), *(row.begun_by for row in rows)))
    apart = _with_somebody_apart(viewer, ids)
    return [
        plain(
            row,
            *("low_id", "high_id", "opened_at"),
            begun_by=names[row.begun_by],
            whom=names[ids[row.stream_id]],
            name=None if row.stream_id in apart else row.name,
        )
        for row in rows
    ]


def opened(viewer: Viewer) -> list[Row]:
    """Who of staff read talks she is in, and why: the line that stands there."""
    inside = {row.stream_id for row in _hers(viewer, "in")}
    rows = session().scalars(select(Opened).where(Opened.stream_id.in_(inside)).order_by(Opened.at)).all()
    names = called(viewer, (row.by_id for row in rows))
    return [plain(row, "case_id", by_id=names[row.by_id]) for row in rows]


def conversations(viewer: Viewer) -> Iterator[tuple[str, Iterator[Row]]]:
    """Each she stands in as she reads it: what it is called, and its messages."""
    for row in _hers(viewer, "in"):
        try:
            found = queries.talk_for(viewer, row.stream_id)
        except NotFound:
            continue
        yield found.name, messages(viewer, found.stream)


def _with_somebody_apart(viewer: Viewer, stream_ids: Collection[int]) -> set[int]:
    """Those in which somebody stands or stood whom she is kept apart from: their names may be by her, or about her."""
    there = StreamMember.stream_id.in_(stream_ids) & StreamMember.member_id.in_(viewer.excluded_ids)
    return set(session().scalars(select(StreamMember.stream_id).where(there)))


def _hers(viewer: Viewer, *states: str) -> list[Talk]:
    mine = select(Talk).join(StreamMember, StreamMember.stream_id == Talk.stream_id)
    mine = mine.where(StreamMember.member_id == viewer.id, StreamMember.state.in_(states))
    return list(session().scalars(mine.order_by(Talk.begun_at, Talk.stream_id)))
