"""Who is in which chat just now: whose open page has joined its stream, here and at the other server processes.

Once a second a process looks at its own lines, so that whoever left, however that came about, is gone. What it finds it
writes down only when it changed, one row for each chat somebody sits in here, and tells the others only of chats they
have people in, too. One process alone therefore writes at most one small row a second and chat while people come and
go, and nothing while they talk. `here.py` shows what is found.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update

from community.chat.models import Present, Room
from community.core import clock, live
from community.core.announcements import announce
from community.core.db import new_id, session, transaction
from community.core.errors import Busy
from community.core.live import Seat

RENEW = 20.0  # seconds
STALE = timedelta(seconds=60)
PATIENCE = 0.2  # seconds; the next look tries again

Shown = Mapping[int, frozenset[int]]

_log = logging.getLogger(__name__)

_process = new_id()
_is_chat: dict[int, bool] = {}
_sids: dict[int, set[str]] = {}  # by chat: the pages that sat in it at the last look
_written: dict[int, frozenset[int]] = {}  # by chat: what our rows say
_told: dict[int, frozenset[int]] = {}  # by chat: whom the pages here were last told of
_changed: set[int] = set()  # chats in which somebody came or went elsewhere
_renewed = time.monotonic()


@dataclass(frozen=True)
class Change:
    """What pages of a chat are to be told: `people` are there now, `moved` came or went, `fresh` are pages that have
    just come and know nothing yet."""

    chat: int
    people: frozenset[int]
    moved: frozenset[int]
    seats: list[Seat]
    fresh: frozenset[str]


def present_in(chat: int) -> frozenset[int]:
    """Whom others may see in a chat, in all processes. One query."""
    here = {seat.member_id for seat in live.seats(f"stream:{chat}:") if seat.footing.shown}
    rows = session().scalars(
        select(Present.member_ids).where(
            Present.stream_id == chat, Present.process_id != _process, Present.seen_at > clock.now() - STALE
        )
    )
    return frozenset(here.union(*rows))


def look() -> list[Change]:
    """Once a second: notes who sits where, tells the other processes, and says what pages here are to be told."""
    sitting = _sitting()
    now = {chat: frozenset(seat.member_id for seat in seats if seat.footing.shown) for chat, seats in sitting.items()}
    _changed.update(chat for chat in sitting if now[chat] != _written.get(chat))
    try:
        _write_down(now)
    except Busy:
        _log.info("who is in the chats is written down a second later")
    found = [change for chat, seats in sitting.items() if (change := _news(chat, seats)) is not None]
    _changed.clear()
    for gone in _sids.keys() - sitting.keys():
        again(gone)
    return found


def changed(ids: dict[str, Any]) -> None:
    """Another process says that somebody came or went there: the next look says who."""
    _changed.add(ids["stream"])


def again(chat: int) -> None:
    """What was found was not told: the next look finds it once more."""
    _told.pop(chat, None)
    _sids.pop(chat, None)


def leave() -> None:
    """This process ends: nobody is here any more."""
    _write_down({})


def forget() -> None:
    """As a process begins."""
    global _process, _renewed
    _process, _renewed = new_id(), time.monotonic()
    for kept in (_is_chat, _sids, _written, _told, _changed):
        kept.clear()


def _sitting() -> dict[int, list[Seat]]:
    """The pages in each chat here. A query only when a stream is met for the first time."""
    by_stream: dict[int, list[Seat]] = defaultdict(list)
    for seat in live.seats("stream:"):
        by_stream[int(seat.room.split(":")[1])].append(seat)
    unknown = by_stream.keys() - _is_chat.keys()
    if unknown:
        chats = set(session().scalars(select(Room.stream_id).where(Room.stream_id.in_(unknown))))
        _is_chat.update((stream_id, stream_id in chats) for stream_id in unknown)
    for gone in _is_chat.keys() - by_stream.keys():
        del _is_chat[gone]
    return {stream_id: seats for stream_id, seats in by_stream.items() if _is_chat[stream_id]}


def _write_down(now: Shown) -> None:
    """Our rows as they are to be, and that we live. Raises Busy; then nothing was written."""
    global _renewed
    differ = {chat for chat in now.keys() | _written.keys() if now.get(chat) != _written.get(chat)}
    due = bool(_written) and time.monotonic() - _renewed >= RENEW
    if not differ and not due:
        return
    with transaction(patience=PATIENCE) as s:
        all_there = not due or _renew()
        for chat in differ:
            if chat in now:
                s.merge(Present(process_id=_process, stream_id=chat, member_ids=sorted(now[chat]), seen_at=clock.now()))
            else:
                s.execute(delete(Present).where(Present.process_id == _process, Present.stream_id == chat))
        s.flush()
        elsewhere = select(Present.stream_id).where(Present.stream_id.in_(differ), Present.process_id != _process)
        for chat in s.scalars(elsewhere.distinct()).all() if differ else ():
            announce(f"stream:{chat}", "chat:here", stream=chat)
    _written.clear()
    if all_there:
        _written.update(now)
    if due:
        _renewed = time.monotonic()
        _changed.update(now)  # a process may have died meanwhile


def _renew() -> bool:
    """Say that this process lives, and clear away what dead ones left. Whether our rows were all there: one that stood
    still for long was taken for dead."""
    s, at = session(), clock.now()
    ours = s.execute(update(Present).where(Present.process_id == _process).values(seen_at=at))
    s.execute(delete(Present).where(Present.seen_at <= at - STALE))
    return bool(ours.rowcount == len(_written))  # type: ignore[attr-defined]


def _news(chat: int, seats: list[Seat]) -> Change | None:
    before, known = _told.get(chat), _sids.get(chat, set())
    fresh = frozenset(seat.sid for seat in seats) - known
    if before is not None and not fresh and chat not in _changed:
        return None
    people = present_in(chat)
    _told[chat], _sids[chat] = people, {seat.sid for seat in seats}
    moved = people ^ (before or frozenset())
    return Change(chat, people, moved, seats, fresh) if moved or fresh else None
