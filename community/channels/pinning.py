"""Pinning and putting away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, select

from community.channels import rules
from community.channels.models import Pin, PutAway
from community.core import audit, clock
from community.core.db import add_once, session, transaction
from community.core.errors import Invalid, NotFound
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members.people import Viewer
from community.streams import past
from community.streams import queries as streams
from community.streams.models import Stream
from community.streams.placing import hint_at
from community.streams.rules import GO_ON

LONGEST = timedelta(days=90)
USUAL = timedelta(days=7)


def pin(actor: Viewer, stream_id: int, *, in_channel: bool, on_home: bool, until_on: date) -> Pin:
    """Show a thread's opening at the top, up to and with a day; what is pinned already is changed. What had ended is
    pinned anew, for those too who put it away. Raises NotFound, NotAllowed, Invalid by field."""
    today = clock.today()
    if not (in_channel or on_home):
        raise Invalid(_l("Choose where it is to stand."), field="in_channel")
    if not today <= until_on <= today + LONGEST:
        raise Invalid(_l("Choose a day from today on, at most 90 days ahead."), field="until_on")
    with transaction() as s:
        found = streams.found_for(actor, stream_id)
        require(actor, rules.PIN, found.opening)
        require(actor, GO_ON, past.place_of(actor, found.stream, found.space))
        s.execute(select(Stream.id).where(Stream.id == stream_id).with_for_update(key_share=True))
        row = s.get(Pin, stream_id, populate_existing=True)
        anew = row is None or row.until_on < today
        if row is None:
            row = Pin(stream_id=stream_id)
            s.add(row)
        row.in_channel, row.on_home, row.until_on = in_channel, on_home, until_on
        if anew:
            row.pinned_at, row.pinned_by = clock.now(), actor.id
        s.flush()
        if anew:
            s.execute(delete(PutAway).where(PutAway.stream_id == stream_id))
        what: dict[str, Any] = {"in_channel": in_channel, "on_home": on_home, "days": (until_on - today).days}
        audit.append(actor.id, "pin.put" if anew else "pin.changed", f"stream:{stream_id}", **what)
        hint_at(found.stream, found.opening.id)
        return row


def unpin(actor: Viewer, stream_id: int) -> None:
    """Take a pin down before its day. What is down already stays so. Raises NotFound, NotAllowed."""
    with transaction() as s:
        found = streams.found_for(actor, stream_id)
        require(actor, rules.UNPIN, found.stream)
        require(actor, GO_ON, past.place_of(actor, found.stream, found.space))
        row = s.get(Pin, stream_id, populate_existing=True)
        if row is None:
            return
        s.delete(row)
        s.flush()
        audit.append(actor.id, "pin.ended", f"stream:{stream_id}")
        hint_at(found.stream, found.opening.id)


def put_away(actor: Viewer, stream_id: int) -> None:
    """Show a pin to oneself no more. Twice is once. Raises NotFound."""
    require(actor, rules.PUT_AWAY, actor.id)
    with transaction() as s:
        _pinned(actor, stream_id)
        if s.get(PutAway, (actor.id, stream_id)) is None:
            add_once(PutAway(member_id=actor.id, stream_id=stream_id, put_at=clock.now()))


def bring_back(actor: Viewer, stream_id: int) -> None:
    """Show it again. Raises NotFound."""
    require(actor, rules.PUT_AWAY, actor.id)
    with transaction() as s:
        _pinned(actor, stream_id)
        s.execute(delete(PutAway).where(PutAway.member_id == actor.id, PutAway.stream_id == stream_id))


def _pinned(actor: Viewer, stream_id: int) -> Pin:
    streams.stream_for(actor, stream_id)
    row = session().get(Pin, stream_id, populate_existing=True)
    if row is None:
        raise NotFound
    return row
