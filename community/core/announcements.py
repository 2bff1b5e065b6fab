"""What must be seen live is a row, written with its cause; every server process reads the rows after its last one.

The writing process delivers at once after the commit. The others look once a second, so a command line reaches open
pages too, without Redis; where there is Redis, a knock names the rows and they are read at once (knock.py). Rows become
visible out of order when two writers overlap (PostgreSQL), so each look goes back over the last minute and skips what
was delivered already.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from community.core import clock, knock, loop
from community.core.db import Base, after_commit, remove, session, step, transaction

LOOK_BACK = timedelta(seconds=60)
KEPT = timedelta(hours=1)

_log = logging.getLogger(__name__)
_delivered: dict[int, datetime] = {}
_named: set[int] = set()  # by knocks that were heard
_called = loop.event()
_deliver: Callable[[str, str, dict[str, Any]], None] | None = None


class Announcement(Base):
    """`room` is whom it concerns ('stream:5', 'session:7'), `event` what happened, `ids` numbers only."""

    __tablename__ = "announcement"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    room: Mapped[str] = mapped_column(String(60))
    event: Mapped[str] = mapped_column(String(40))
    ids: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(index=True)


def configure(deliver: Callable[[str, str, dict[str, Any]], None] | None) -> None:
    """Hand in what brings an announcement to this process's open sockets (None: this process has none)."""
    global _deliver
    _deliver = deliver


def announce(room: str, event: str, **ids: Any) -> None:
    """Write an announcement in the present transaction; this process delivers it right after the commit."""
    with step() as s:
        row = Announcement(room=room, event=event, ids=ids, created_at=clock.now())
        s.add(row)
        s.flush()
        row_id = row.id
        after_commit(lambda: _committed(row_id, room, event, ids))


def start_from_here() -> None:
    """At server start: what was announced before concerns nobody who is connected now."""
    for row_id, created_at in session().execute(_recent()):
        _delivered[row_id] = created_at
    remove()


def look() -> None:
    """Deliver what other processes announced since the last look. A query of numbers, and another for what is new."""
    recent = session().scalars(select(Announcement.id).where(Announcement.created_at > clock.now() - LOOK_BACK))
    fresh = [row_id for row_id in recent if row_id not in _delivered]
    remove()
    bring(fresh)
    _forget()


def bring(row_ids: Collection[int]) -> None:
    """Deliver these rows in their order, those of the last minute that were not delivered yet. One query, or none."""
    fresh = [row_id for row_id in row_ids if row_id not in _delivered]
    if not fresh:
        return
    statement = select(Announcement.id, Announcement.room, Announcement.event, Announcement.ids)
    within = (Announcement.id.in_(fresh), Announcement.created_at > clock.now() - LOOK_BACK)
    rows = [tuple(row) for row in session().execute(statement.where(*within).order_by(Announcement.id))]
    remove()
    for row_id, room, event, ids in rows:
        _hand_over(row_id, room, event, ids)


def hear(row_ids: set[int]) -> None:
    """Another process has committed these rows: they are read as soon as `watch` has its turn, all in one look."""
    if len(_named) < knock.MOST:
        _named.update(row_ids)
    _called.set()


def watch(every: float = 1.0, *, also: Callable[[], None] | None = None) -> None:
    """Look once a second, and for what is named between, for as long as the process lives; a failing database is
    logged and tried again."""
    next_look = time.monotonic() + every
    while True:
        _called.wait(max(0.0, next_look - time.monotonic()))
        _called.clear()
        named, due = list(_named), time.monotonic() >= next_look
        _named.clear()
        try:
            bring(named)
            if due:
                look()
            if due and also is not None:
                also()
        except Exception:
            _log.exception("announcements could not be read")
        finally:
            remove()
        if due:
            next_look = time.monotonic() + every
        loop.sleep(0)  # whoever knocks without a pause stops nobody


def clear_out(now: datetime) -> int:
    """Delete rows nobody can still need, but never the newest: SQLite would give its number out once more, and what
    has that number would be taken for delivered. Returns how many."""
    with transaction() as s:
        newest = select(func.max(Announcement.id)).scalar_subquery()
        result = s.execute(delete(Announcement).where(Announcement.created_at < now - KEPT, Announcement.id < newest))
        return int(result.rowcount)  # type: ignore[attr-defined]


def _recent() -> Any:
    return select(Announcement.id, Announcement.created_at).where(
        Announcement.created_at > clock.now() - LOOK_BACK - LOOK_BACK
    )


def _committed(row_id: int, room: str, event: str, ids: dict[str, Any]) -> None:
    knock.send(row_id)
    _hand_over(row_id, room, event, ids)


def _hand_over(row_id: int, room: str, event: str, ids: dict[str, Any]) -> None:
    if row_id in _delivered:
        return
    _delivered[row_id] = clock.now()
    if _deliver is None:
        return
    try:
        _deliver(room, event, ids)
    except Exception:  # prompt delivery may fail: every screen can ask for what it missed
        _log.exception("announcement %s for %s was not delivered", row_id, room)


def _forget() -> None:
    horizon = clock.now() - LOOK_BACK * 3
    for row_id in [row_id for row_id, at in _delivered.items() if at < horizon]:
        del _delivered[row_id]
