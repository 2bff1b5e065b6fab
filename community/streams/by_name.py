"""Streams whose readers stand in rows of their own: talks, and the team's inboxes. Nobody reads their space as a whole,
so no list that goes by what somebody reads has them; the row opens the one stream."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from community.core import clock
from community.core.announcements import announce
from community.core.db import new_id, session, transaction
from community.members import parties
from community.members.models import Member
from community.members.parties import Known
from community.members.people import Viewer
from community.members.queries import COLUMNS, remember
from community.members.rules import came_back_at, private_side_open
from community.spaces import queries as spaces
from community.spaces import rules as space_rules
from community.spaces.models import Space
from community.streams.models import Piece, Stream, StreamMember


def opens(viewer: Viewer, stream: Stream, space: Space) -> bool:
    """Whether a stream of such a space is the viewer's to read: she stands in it, or it is an inbox of the house she
    works in and of nobody she is kept apart from. While the private side of somebody who was helped back in waits, so
    do these, but for writing to the team. From here on what stood there before she came is not there for her. One
    query; none elsewhere."""
    if not space_rules.is_by_name(space):
        return False
    works_there = viewer.is_staff and space_rules.house_of(viewer) == stream.house_id
    if space.audience == "team" and works_there:
        return not _kept_apart(viewer, stream.id)
    rows = viewer.known.setdefault("standing", {})[stream.id] = _with_people(viewer, stream.id)
    row = next((row.StreamMember for row in rows if row.id == viewer.id), None)
    if row is not None and row.state == "in" and (private_side_open(viewer) or space.audience == "team"):
        begin_at(viewer, stream.id, max(row.from_nr, _first_since_back(viewer, stream)))
        return True
    return False


def row_of(viewer: Viewer, stream_id: int, *, lock: bool = False) -> StreamMember | None:
    """The viewer's own row in a stream, whatever it says. One query."""
    mine = select(StreamMember).where(StreamMember.stream_id == stream_id, StreamMember.member_id == viewer.id)
    if lock:
        mine = mine.with_for_update()
    return session().scalar(mine.execution_options(populate_existing=True))


def rows_of(stream_id: int, *states: str) -> list[StreamMember]:
    """Who stands in a stream, in the order they came; without `states` all of them. One query."""
    there = select(StreamMember).where(StreamMember.stream_id == stream_id)
    if states:
        there = there.where(StreamMember.state.in_(states))
    return list(session().scalars(there.order_by(StreamMember.at, StreamMember.member_id)))


def standing_in(viewer: Viewer, stream_id: int) -> list[StreamMember]:
    """The same of a stream that `opens` was asked about for this viewer. No query."""
    return list({row.id: row.StreamMember for row in viewer.known["standing"][stream_id]}.values())


def parties_in(viewer: Viewer, stream_id: int) -> dict[int, Known]:
    """Who of them is in it, as the contact rule knows them. No query."""
    rows = viewer.known["standing"][stream_id]
    return parties.of_rows(row for row in rows if row.StreamMember.state == "in")


def joined_later(viewer: Viewer, stream_id: int) -> bool:
    """Whether something stood in a stream before the viewer came, so that what is made for all is not hers. No query:
    asked after the stream was found."""
    return stream_id in viewer.known.get("floors", {})


def open_stream(audience: str, kind: str, house_id: int | None = None) -> Stream:
    """A stream of such a space, with nobody in it yet. Inside the caller's transaction, which has asked."""
    with transaction() as s:
        place = spaces.by_name(audience)
        stream = Stream(id=new_id(), kind=kind, space_id=place.id, house_id=house_id, active_at=clock.now())
        s.add(stream)
        s.flush()
        return stream


def put(stream: Stream, member_id: int, state: str, by_id: int) -> StreamMember:
    """Let somebody stand in a stream so from now on. Who comes in later reads from the next place on; who goes loses
    her open lines, and everybody's page looks again. Inside the caller's transaction, which has asked."""
    with transaction() as s:
        key = (stream.id, member_id)
        row = s.get(StreamMember, key, with_for_update=True, populate_existing=True)
        row = row or StreamMember(stream_id=stream.id, member_id=member_id, state="left")
        if state == "in" and row.state != "in":
            last = s.scalar(select(Stream.last_nr).where(Stream.id == stream.id)) or 0
            row.from_nr = last + 1 if last else 0
        if state == "asked":
            row.asked_at = clock.now()
        row.state, row.by_id, row.at = state, by_id, clock.now()
        s.add(row)
        s.flush()
        announce(f"stream:{stream.id}", "stream:members", stream=stream.id, members=[member_id])
        return row


def announce_change(stream_id: int, members: Iterable[int] = ()) -> None:
    """Something about who may write there has changed: open pages look again, and these members' come in anew."""
    announce(f"stream:{stream_id}", "stream:members", stream=stream_id, members=list(members))


def _with_people(viewer: Viewer, stream_id: int) -> list[Any]:
    """The same rows, each with whom it is about, once for every period of hers: whatever else shows or judges them need
    not ask. One query."""
    there = select(StreamMember, *COLUMNS).join(Member, Member.id == StreamMember.member_id)
    there = there.where(StreamMember.stream_id == stream_id).order_by(StreamMember.at, StreamMember.member_id)
    rows = list(session().execute(parties.with_periods(there)))
    remember(viewer, rows)
    return rows


def _kept_apart(viewer: Viewer, stream_id: int) -> bool:
    """Whether staff keep the viewer apart from somebody who stands in a stream. One query, none for most."""
    if not viewer.met_in_no_inbox:
        return False
    there = select(StreamMember.member_id).where(StreamMember.stream_id == stream_id, StreamMember.state == "in")
    return session().scalar(there.where(StreamMember.member_id.in_(viewer.met_in_no_inbox)).limit(1)) is not None


def _first_since_back(viewer: Viewer, stream: Stream) -> int:
    """Writing to the team is open also to somebody whose private side waits; what was said there before does wait. One
    query then, none otherwise."""
    if private_side_open(viewer):
        return 0
    there = (Piece.stream_id == stream.id) & (Piece.written_at < came_back_at(viewer))
    return (session().scalar(select(func.max(Piece.nr)).where(there)) or 0) + 1


def begin_at(viewer: Viewer, stream_id: int, from_nr: int) -> None:
    """What stood there before the viewer came is not there for her from here on, while this request or event lives."""
    floors = viewer.known.setdefault("floors", {})
    if from_nr > 1:
        floors[stream_id] = from_nr
    else:
        floors.pop(stream_id, None)
