"""Channels as a house manager sees them, and their history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from community.channels import words
from community.core.db import session
from community.core.policy import require
from community.members import queries as members
from community.members.people import Viewer
from community.spaces import queries as spaces
from community.spaces import rules
from community.spaces.models import Space, SpaceChange
from community.streams.models import Stream

LINES = 100  # of a history on one page


@dataclass(frozen=True)
class ChannelRow:
    """A channel in the list: what it is called, who reads it in words, and where it can be moved."""

    space: spaces.SpaceView
    readers: str
    staff_write: bool
    first: bool
    last: bool


@dataclass(frozen=True)
class ChangeView:
    """A line of history: who, when, what, and the values before and after. No name: the server's own command line."""

    who: str | None
    at: datetime
    what: str
    fields: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Narrowing:
    """What happens when fewer people are to read: the sentence from then on, and how many lose what they see now."""

    key: str
    readers: str
    losing: int


def channel_for(viewer: Viewer, space_id: int) -> Space:
    """A channel this manager sees. Raises NotAllowed for who manages none, NotFound for another house's."""
    require(viewer, rules.MANAGE)
    return spaces.space_for(viewer, space_id)


def channels_for(viewer: Viewer) -> tuple[list[ChannelRow], list[ChannelRow]]:
    """The open channels in their order, and the closed ones. Three queries. Raises NotAllowed."""
    require(viewer, rules.MANAGE)
    readers, places = spaces.Readers(viewer), spaces.readable(viewer)
    open_ = [space for space in places if space.closed_at is None]
    rows = [
        ChannelRow(
            spaces.view_of(viewer, space),
            readers.sentence(space),
            space.writers == "staff",
            space is open_[0] if open_ else False,
            space is open_[-1] if open_ else False,
        )
        for space in places
    ]
    return [row for row in rows if not row.space.closed], [row for row in rows if row.space.closed]


def has_posts(viewer: Viewer, space: Space) -> bool:
    """Whether anybody ever wrote there, seen or not."""
    require(viewer, rules.MANAGE, space)
    return session().scalar(select(Stream.id).where(Stream.space_id == space.id).limit(1)) is not None


def history_of(viewer: Viewer, space: Space) -> list[ChangeView]:
    """What was changed about a channel, newest first."""
    require(viewer, rules.MANAGE, space)
    newest = (SpaceChange.at.desc(), SpaceChange.id.desc())
    rows = list(
        session().scalars(select(SpaceChange).where(SpaceChange.space_id == space.id).order_by(*newest).limit(LINES))
    )
    people = members.authors(row.by_id for row in rows if row.by_id is not None)
    return [
        ChangeView(
            people[row.by_id].name if row.by_id is not None else None,
            row.at,
            str(words.CHANGES[row.kind]),
            [(str(words.FIELDS[name]), words.said(name, before), words.said(name, after))
             for name, (before, after) in row.fields.items()] if row.kind != "opened" else [],
        )
        for row in rows
    ]  # fmt: skip


def narrowing_for(viewer: Viewer, space: Space, wanted: rules.Wanted) -> Narrowing:
    """What it means that only these read from now on, as far as the viewer may know people."""
    require(viewer, rules.MANAGE, space)
    readers = spaces.Readers(viewer)
    before, after = (sum(readers.counts(place).values()) for place in (space, wanted))
    return Narrowing(wanted.audience, readers.sentence(wanted), before - after)
