"""What a member keeps of a house she has moved out of: what was written there up to that day, to read and nothing else.

One door opens it, `queries._found`; lists that go by readable spaces leave it out. From there on what came later is not
there for her (`apart.Apart.ceilings`): no newer piece, edit, reaction or figure. A stream that was left open to her for
a while (her farewell) is hers like any other as long as that lasts, and ends there.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select

from community.core import clock
from community.core.announcements import announce
from community.core.db import session, transaction
from community.members.people import Viewer
from community.spaces import queries as spaces
from community.spaces import rules as space_rules
from community.spaces.models import Space
from community.spaces.queries import PastView
from community.streams.models import KeptOpen, Piece, Stream
from community.streams.rules import Place


def opens(viewer: Viewer, stream: Stream, space: Space) -> bool:
    """Whether a stream is of a house the viewer has moved out of; what came after her day is not there for her from
    here on, while this request or event lives. One query for such a stream, none for any other."""
    until = space_rules.read_until(viewer, space, stream.house_id)
    if until is None:
        return False
    row = session().get(KeptOpen, (stream.id, viewer.id), populate_existing=True)
    if row is not None and row.until > clock.now():
        viewer.known.setdefault("kept open", set()).add(stream.id)
    else:
        end_at(viewer, [stream.id], max(until, row.until) if row is not None else until)
    return True


def end_at(viewer: Viewer, stream_ids: Iterable[int], until: datetime) -> None:
    """For the viewer these streams end at a moment, while this request or event lives."""
    viewer.known.setdefault("ceilings", {}).update(dict.fromkeys(stream_ids, until))


def ended_at(viewer: Viewer, stream_id: int) -> datetime | None:
    """When a stream the viewer has found ended for her; None where it goes on. No query."""
    return viewer.known.get("ceilings", {}).get(stream_id)


def place_of(viewer: Viewer, stream: Stream, space: Space) -> Place:
    """Where somebody wants to say something, for the rules. No query: asked after the stream was found."""
    kept_open = stream.id in viewer.known.get("kept open", ())
    return Place(space, stream.house_id, kept_open, ended_at(viewer, stream.id))


def written_there(viewer: Viewer) -> list[tuple[PastView, ColumnElement[bool]]]:
    """Each house the viewer has moved out of, and the condition for pieces (joined with their streams) that were
    written there before her day: in its channel, or said to it alone in a channel of all. No query beside her
    channels'."""
    common = [space.id for space in spaces.readable(viewer) if space.house_id is None]
    return [
        (
            place,
            or_(
                Stream.space_id == place.space.id,
                (Stream.house_id == place.house_id) & Stream.space_id.in_(common),
            )
            & (Piece.published_at < place.until),
        )
        for place in spaces.past_places(viewer)
    ]


def end_where_past(viewer: Viewer, streams: Iterable[Stream]) -> None:
    """The same for streams of any place: those of her past end at her day, but for what is left open to her still. One
    query, none for whoever never moved."""
    hers = {
        stream.id: place.until
        for place in spaces.past_places(viewer)
        for stream in streams
        if stream.house_id == place.house_id or stream.space_id == place.space.id
    }
    if hers:
        still = select(KeptOpen.stream_id).where(KeptOpen.stream_id.in_(hers), KeptOpen.member_id == viewer.id)
        open_ones = set(session().scalars(still.where(KeptOpen.until > clock.now())))
        viewer.known.setdefault("ceilings", {}).update({id_: hers[id_] for id_ in hers.keys() - open_ones})


def keep_open(stream: Stream, member_id: int, until: datetime) -> None:
    """Leave a stream open to somebody until a moment, wherever she lives then. Inside the caller's transaction, which
    has asked."""
    with transaction() as s:
        row = s.get(KeptOpen, (stream.id, member_id), with_for_update=True, populate_existing=True)
        if row is None:
            s.add(KeptOpen(stream_id=stream.id, member_id=member_id, until=until))
        else:
            row.until, row.closed_at = until, None
        s.flush()


def left_open_to(viewer: Viewer) -> ColumnElement[bool]:
    """The condition for streams that were left open to the viewer and are so still."""
    hers = (KeptOpen.stream_id == Stream.id) & (KeptOpen.member_id == viewer.id) & KeptOpen.closed_at.is_(None)
    return exists().where(hers).correlate(Stream)


def ended_by(now: datetime) -> list[tuple[int, int, datetime]]:
    """What was left open to whom, and has ended: for the job that cuts her lines."""
    over = select(KeptOpen.stream_id, KeptOpen.member_id, KeptOpen.until)
    rows = session().execute(over.where(KeptOpen.until <= now, KeptOpen.closed_at.is_(None)))
    return [(row[0], row[1], row[2]) for row in rows]


def close(stream_id: int, member_id: int) -> None:
    """It has ended: her open pages come in anew and find what she keeps. A job; a second time changes nothing."""
    with transaction() as s:
        row = s.get(KeptOpen, (stream_id, member_id), with_for_update=True, populate_existing=True)
        if row is None or row.closed_at is not None or row.until > clock.now():
            return
        row.closed_at = clock.now()
        s.flush()
        announce(f"stream:{stream_id}", "stream:members", stream=stream_id, members=[member_id])
