"""The line "working now" on every page: who can be reached, never that nobody is there.

What it is made of is the same for everybody, so a process reads it once and keeps it for `KEPT`; whose line it is and
what time it is are asked at each showing. A change of the rota made here shows at once, one made by another process
within `KEPT`. Alerts and publishing never ask here, but `queries.cover_at`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from community.core import clock
from community.members.people import Viewer
from community.rota import queries
from community.rota.cover import OnShift, cover

KEPT = timedelta(seconds=20)
AHEAD = timedelta(days=3)

_read: tuple[datetime, list[OnShift]] | None = None


@dataclass(frozen=True)
class Working:
    """`name` None: for those who have moved out, staff answer."""

    name: str | None
    until: str
    ends_at: datetime

    @property
    def left(self) -> int:
        """In how many seconds it is no longer true; an open page takes the line away then."""
        return int((self.ends_at - clock.now()).total_seconds())


def working_now(viewer: Viewer) -> Working | None:
    """Whom the viewer can reach, and until when; None where the line is left out: nobody is awake, or it would name
    somebody she is kept apart from. At most one query, and most times none."""
    now = clock.now()
    own = viewer.house_id if viewer.kind in ("resident", "staff") else None
    awake = [one for one in _running(now) if one.awake]
    if viewer.kind == "alumnus":
        ends_at = max((one.ends_at for one in awake if one.holds(now) and one.counts), default=None)
        return None if ends_at is None else Working(None, hour(ends_at), ends_at)
    people = cover([one for one in awake if one.member_id not in viewer.excluded_ids], own, now).people
    return Working(people[0].first_name, hour(people[0].ends_at), people[0].ends_at) if people else None


def shifts_ahead(now: datetime) -> list[OnShift]:
    """The shifts that run, and those of the next three days, from the same reading; for saying when somebody comes."""
    return list(_running(now))


def hour(at: datetime) -> str:
    """'22' or '22:30', on the clock at home."""
    local = clock.local(at)
    return f"{local:%H:%M}" if local.minute else f"{local:%H}"


def forget() -> None:
    """The rota has changed: read it anew at the next page."""
    global _read
    _read = None


def _running(now: datetime) -> list[OnShift]:
    global _read
    if _read is None or not _read[0] <= now < _read[0] + KEPT:
        _read = (now, queries.shifts_between(now, now + AHEAD))
    return _read[1]
