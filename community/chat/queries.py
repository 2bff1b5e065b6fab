"""Chats as a viewer may know them; others do not exist for her."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select

from community.chat.models import Room
from community.chat.rest import Watch, watch
from community.core import clock, i18n
from community.core.db import session
from community.members.people import Viewer
from community.rota import working
from community.rota.queries import shifts_between
from community.spaces import queries as spaces
from community.spaces import rules as space_rules
from community.spaces.models import Space
from community.streams import messages
from community.streams import queries as streams
from community.streams.gating import house_of_place
from community.streams.models import Stream

OF_THEIR_OWN = ("house", "moved_out", "staff")
"""Audiences whose spaces have a chat each."""

EVENING = 17  # o'clock at home, from when on a day is called tonight


@dataclass(frozen=True)
class Found:
    """A chat's rows, for its page and its rules. `resting`: nobody may write just now, because no host works."""

    stream: Stream
    room: Room
    space: Space
    resting: bool = False

    @property
    def house_id(self) -> int | None:
        """Whose hosts keep an eye on it; None: those of every house."""
        return house_of_place(self.space, self.stream.house_id)

    @property
    def name(self) -> str:
        """What it is called, in the language of the page."""
        if self.room.name_sv is None:
            return self.space.name(i18n.language())
        return (self.room.name_sv if i18n.language() == "sv" else self.room.name_en) or self.room.name_sv


@dataclass(frozen=True)
class RoomView:
    """A chat in the list. `new`: messages of others she has not read, at most 99 and one."""

    id: int
    name: str
    colour: str
    new: int
    active_at: datetime | None
    resting: bool
    opens_at: datetime | None
    closes_at: datetime | None
    watch: Watch | None = None

    @property
    def again_in(self) -> timedelta | None:
        """When something else will hold of it, as far as anybody knows: it begins, ends, rests or wakes."""
        now = clock.now()
        told = self.watch.until if self.watch is not None else None
        return min(
            (at - now for at in (self.opens_at, self.closes_at, told) if at is not None and at > now), default=None
        )

    @property
    def url(self) -> str:
        return f"/chat/{self.id}"

    @property
    def not_yet(self) -> bool:
        return self.opens_at is not None and clock.now() < self.opens_at

    @property
    def over(self) -> bool:
        return self.closes_at is not None and clock.now() >= self.closes_at

    @property
    def hours(self) -> str:
        """'Opens tonight 19:00', 'Open until 21:00', that it is over; nothing of one that is always there."""
        if self.opens_at is None or self.closes_at is None:
            return ""
        if self.over:
            return i18n._("It is over. You can still read it.")
        if not self.not_yet:
            return i18n._("Open until %(time)s", time=f"{clock.local(self.closes_at):%H:%M}")
        begins = clock.local(self.opens_at)
        if begins.date() == clock.today() and begins.hour >= EVENING:
            return i18n._("Opens tonight %(time)s", time=f"{begins:%H:%M}")
        return i18n._("Opens %(time)s", time=i18n.short_time(self.opens_at))


def room_for(viewer: Viewer, stream_id: int) -> Found:
    """A chat the viewer reads. Raises NotFound."""
    found, room = streams.found_beside(viewer, stream_id, Room, Room.stream_id)
    return Found(found.stream, room, found.space)


def judged(found: Found) -> Found:
    """The same with whether it rests just now, as the rota says it at this moment. One query, none among adults."""
    if not rests(found.space):
        return found
    now = clock.now()
    running = shifts_between(now, now + timedelta(microseconds=1))
    return Found(found.stream, found.room, found.space, watch(running, found.house_id, now).resting)


def lately(found: Found) -> Found:
    """The same as the page's shifts have it, most times without a query; sending itself asks `judged`."""
    return watched_by(found, watch_of(found))


def watched_by(found: Found, watched: Watch | None) -> Found:
    """The same, by who keeps an eye on it."""
    return Found(found.stream, found.room, found.space, watched is not None and watched.resting)


def rests(space: Space) -> bool:
    """Whether a chat for those who read a space ever rests: a child can be among them."""
    return not space_rules.adults_only(space)


def watch_of(found: Found) -> Watch | None:
    """Who keeps an eye on a chat; None where it never rests. No query, most times."""
    if not rests(found.space):
        return None
    now = clock.now()
    return watch(working.shifts_ahead(now), found.house_id, now)


def rooms_for(viewer: Viewer) -> list[RoomView]:
    """The chats the viewer reads: what belongs to everybody first, as channels are ordered; hosted ones that are over
    are left out after a day, and those that were called off at once. Two queries beside her channels', one more for
    whoever is kept apart from somebody."""
    places = {space.id: space for space in spaces.readable(viewer)}
    day_ago = clock.now() - timedelta(days=1)
    rows = session().execute(
        select(Room, Stream)
        .join(Stream, Stream.id == Room.stream_id)
        .where(
            streams.readable_in(viewer, places.values()),
            or_(Room.closes_at.is_(None), (Room.closes_at > day_ago) & (Room.closes_at > Room.opens_at)),
        )
    )
    found = [Found(stream, room, places[stream.space_id]) for room, stream in rows]
    found = [one for one in found if one.space.closed_at is None]
    found.sort(key=_place_in_list)
    ids = [one.stream.id for one in found]
    new, active = messages.new_in(viewer, ids), _active_for(viewer, found)
    return [_view(one, new.get(one.stream.id, 0), active[one.stream.id]) for one in found]


def _active_for(viewer: Viewer, found: Sequence[Found]) -> dict[int, datetime | None]:
    """When each was last written in, as far as the viewer may know. No query for whoever is kept apart from nobody."""
    if not viewer.sees_less:
        return {one.stream.id: one.stream.active_at if one.stream.last_nr else None for one in found}
    ids = [one.stream.id for one in found]
    return dict(session().execute(select(Stream.id, streams.active_for(viewer)).where(Stream.id.in_(ids))).all())


def past_room(viewer: Viewer, place: spaces.PastView) -> int | None:
    """The chat of a house the viewer has moved out of, to read up to her day. One query."""
    assert viewer.past
    return session().scalar(select(Room.stream_id).where(Room.standing_in == place.space.id))


def names_of(viewer: Viewer, stream_ids: Collection[int]) -> dict[int, str]:
    """What these chats are called, by their streams; of what the viewer does not read nothing. One query beside her
    channels'."""
    places = {space.id: space for space in spaces.readable(viewer)}
    rows = session().execute(
        select(Room, Stream)
        .join(Stream, Stream.id == Room.stream_id)
        .where(Stream.id.in_(stream_ids), streams.readable_in(viewer, places.values()))
    )
    return {stream.id: Found(stream, room, places[stream.space_id]).name for room, stream in rows}


def any_for(viewer: Viewer) -> bool:
    """Whether any of her channels has a chat of its own (`actions.open_standing`). No query beside her channels'."""
    return any(has_its_own(space) for space in spaces.readable(viewer) if space.closed_at is None)


def has_its_own(space: Space) -> bool:
    """Whether a channel is one of those that have a chat; of those for everybody the first alone has it."""
    return space.audience in OF_THEIR_OWN or (space.audience == "all" and space.kind == "talk")


def _place_in_list(found: Found) -> tuple[bool, Any, int]:
    hosted = found.room.standing_in is None
    return hosted, found.room.opens_at if hosted else found.space.position, found.stream.id


def _view(found: Found, new: int, active_at: datetime | None) -> RoomView:
    watched = watch_of(found)
    return RoomView(
        id=found.stream.id,
        name=found.name,
        colour=found.space.colour,
        new=new,
        active_at=active_at,
        resting=watched is not None and watched.resting and found.room.is_open_at(clock.now()),
        opens_at=found.room.opens_at,
        closes_at=found.room.closes_at,
        watch=watched,
    )
