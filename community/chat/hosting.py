"""Chats for an evening: opened by somebody who looks after it, changed until they begin, ended by hand or by time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from community.chat import queries, rules
from community.chat.actions import make
from community.chat.models import LONGEST_NAME, Room
from community.chat.queries import Found
from community.core import audit, clock, text
from community.core.announcements import announce
from community.core.db import session, transaction
from community.core.errors import Conflict, Invalid
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members.for_everybody import pass_the_gate
from community.members.people import Viewer
from community.spaces import queries as spaces
from community.spaces.models import Space
from community.streams.models import Stream

LATE = timedelta(minutes=15)  # how long after its beginning a chat may still be opened
LONGEST = timedelta(hours=12)
AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class Wish:
    """What a chat for an evening is to be. `space_id`: for whom. Moments are aware UTC."""

    name_sv: str
    name_en: str
    space_id: int
    opens_at: datetime
    closes_at: datetime

    @property
    def facts(self) -> dict[str, Any]:
        """As the audit chain keeps it: where and when, in seconds."""
        return {
            "space": self.space_id,
            "from": int(self.opens_at.timestamp()),
            "to": int(self.closes_at.timestamp()),
        }


def open_chat(actor: Viewer, wish: Wish) -> Stream:
    """Open a chat for an evening; whoever opens it hosts it. Open lists hear of it.

    Raises NotAllowed, Invalid by field.
    """
    require(actor, rules.OPEN)
    wish = _checked(actor, wish)
    with transaction():
        stream = make(wish.space_id, Room(host_id=actor.id, made_at=clock.now(), **_columns(wish)))
        audit.append(actor.id, "chat.opened", f"stream:{stream.id}", after=wish.facts)
        _listed(wish.space_id)
        return stream


def change_chat(actor: Viewer, stream_id: int, wish: Wish, *, version: int) -> Room:
    """Change a chat for an evening before it begins. Open pages hear of it.

    Raises NotFound, NotAllowed, Invalid by field, Conflict with the present values in `facts["now"]`.
    """
    wish = _checked(actor, wish)
    with transaction() as s:
        found = _locked(actor, stream_id)
        require(actor, rules.CHANGE, found)
        before = wish_of(found)
        if found.room.version != version:
            raise Conflict(facts={"now": before, "version": found.room.version})
        if wish == before:
            return found.room
        for name, value in _columns(wish).items():
            setattr(found.room, name, value)
        found.stream.space_id, found.room.version = wish.space_id, found.room.version + 1
        s.flush()
        if wish.space_id != before.space_id:
            announce(f"stream:{stream_id}", "chat:moved", stream=stream_id)
        _listed(before.space_id, wish.space_id)
        audit.append(actor.id, "chat.changed", f"stream:{stream_id}", before=before.facts, after=wish.facts)
        announce(f"stream:{stream_id}", "chat:state", stream=stream_id)
        return found.room


def end_chat(actor: Viewer, stream_id: int) -> None:
    """End it now; one that has not begun is called off. What is over stays as it was. Raises NotFound, NotAllowed."""
    with transaction() as s:
        found = _locked(actor, stream_id)
        require(actor, rules.END, found)
        now, room = clock.now(), found.room
        if room.closes_at is None or room.closes_at <= now:
            return
        facts = wish_of(found).facts
        room.closes_at, room.version = now, room.version + 1
        s.flush()
        audit.append(actor.id, "chat.ended", f"stream:{stream_id}", before=facts)
        _listed(found.stream.space_id)
        announce(f"stream:{stream_id}", "chat:state", stream=stream_id)


def wish_of(found: Found) -> Wish:
    """A chat for an evening as it is."""
    room = found.room
    assert room.opens_at and room.closes_at
    names = (room.name_sv or "", room.name_en or "")
    return Wish(*names, found.stream.space_id, room.opens_at, room.closes_at)


def places(viewer: Viewer, now_in: int | None = None) -> list[Space]:
    """For whom the viewer may open a chat: of the open channels she reads the first of those the same people read and
    write in, and the one it is in. No query beside her channels'."""
    found: dict[Any, Space] = {}
    for space in spaces.readable(viewer):
        if space.closed_at is None:
            same = space.id if space.id == now_in else (space.audience, space.house_id, space.writers)
            found.setdefault(same, space)
    return list(found.values())


def _listed(*space_ids: int) -> None:
    for space_id in dict.fromkeys(space_ids):
        announce(f"chats:{space_id}", "chat:listed", space=space_id)


def _columns(wish: Wish) -> dict[str, Any]:
    return {name: getattr(wish, name) for name in ("name_sv", "name_en", "opens_at", "closes_at")}


def _locked(actor: Viewer, stream_id: int) -> Found:
    session().execute(select(Room.stream_id).where(Room.stream_id == stream_id).with_for_update())
    found = queries.room_for(actor, stream_id)
    session().refresh(found.room)
    session().refresh(found.stream)
    return found


def _checked(actor: Viewer, wish: Wish) -> Wish:
    """Tidied, past the gate, and possible. Raises Invalid by field."""
    lines: dict[str, Any] = {name: text.tidy_line(getattr(wish, name)) for name in ("name_sv", "name_en")}
    for name, line in lines.items():
        if not text.says_something(line):
            raise Invalid(_l("Write the name in both languages."), field=name)
        text.at_most(line, LONGEST_NAME, name)
        pass_the_gate(actor, line, name)
    if wish.space_id not in [space.id for space in spaces.readable(actor) if space.closed_at is None]:
        raise Invalid(_l("Choose one of these."), field="space_id")
    now = clock.now()
    if wish.opens_at < now - LATE:
        raise Invalid(_l("That has passed already."), field="opens_at")
    if wish.opens_at > now + AHEAD:
        raise Invalid(_l("That is too far ahead: at most 60 days."), field="opens_at")
    if wish.closes_at <= max(wish.opens_at, now):
        raise Invalid(_l("It has to end after it begins."), field="closes_at")
    if wish.closes_at - wish.opens_at > LONGEST:
        raise Invalid(_l("That is too long: at most 12 hours."), field="closes_at")
    return replace(wish, **lines)
