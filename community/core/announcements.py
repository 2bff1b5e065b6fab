"""What must be seen live is a row, written with its cause; every server process reads the rows after its last one.

The writing process delivers at once after the commit. The others look once a second, so a command line reaches open
pages too, without Redis. Rows become visible out of order when two writers overlap (PostgreSQL), so each look goes
back over the last minute and skips what was delivered already.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from community.core import clock, loop
from community.core.db import Base, after_commit, remove, session, transaction

LOOK_BACK = timedelta(seconds=60)
KEPT = timedelta(hours=1)

_log = logging.getLogger(__name__)
_delivered: dict[int, datetime] = {}
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
    with transaction() as s:
        row = Announcement(room=room, event=event, ids=ids, created_at=clock.now())
        s.add(row)
        s.flush()
        row_id = row.id
        after_commit(lambda: _hand_over(row_id, room, event, ids))


def start_from_here() -> None:
    """At server start: what was announced before concerns nobody who is connected now."""
    for row_id, created_at in session().execute(_recent()):
        _delivered[row_id] = created_at
    remove()


def look() -> None:
    """Deliver what other processes announced since the last look."""
    statement = select(Announcement.id, Announcement.room, Announcement.event, Announcement.ids)
    rows = session().execute(
        statement.where(Announcement.created_at > clock.now() - LOOK_BACK).order_by(Announcement.id)
    )
    fresh = [tuple(row) for row in rows if row[0] not in _delivered]
    remove()
    for row_id, room, event, ids in fresh:
        _hand_over(row_id, room, event, ids)
    _forget()


def watch(every: float = 1.0, *, also: Callable[[], None] | None = None) -> None:
    """Look once a second for as long as the process lives; a failing database is logged and tried again."""
    while True:
        loop.sleep(every)
        try:
            look()
            if also is not None:
                also()
        except Exception:
            _log.exception("announcements could not be read")
        finally:
            remove()


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
