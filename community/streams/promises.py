"""What the author of a text that waits is told: who reads it, and by when, as far as it can be said truthfully.

While a host works, how long texts have waited at this hour in the last fourteen days says it, rounded up to a word one
can rely on; when that has passed, that it takes longer. Without one, the hour at which the next shift begins with
somebody who may let it through. What both come from is read once by a process, as "working now" is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import select

from community.core import clock, i18n
from community.core.db import session
from community.members.people import Viewer
from community.rota import working
from community.rota.cover import HOST, NONE, Cover, OnShift, cover
from community.safety import house_table, publishing
from community.safety.models import Case
from community.spaces import rules as space_rules
from community.spaces.models import Space
from community.streams import gating
from community.streams.gating import OURS, house_of_place
from community.streams.models import Piece, Stream

LOOK_BACK = timedelta(days=14)
STEPS = (10, 20, 40, 60)
"""Minutes a promise is rounded up to."""
WITHOUT_FIGURES = 20
FEWEST = 5
"""Of fewer texts at an hour of the day no figure is made; then those of the whole day count."""
AFTER = timedelta(minutes=60)
"""After so long under cover, what waited only for somebody to be there takes its place (`home/letting_through.py`)."""
SLACK = timedelta(minutes=5)
"""So long the job may take to come round."""
MOST = 2_000
KEPT = timedelta(seconds=60)

_read: tuple[datetime, dict[int | None, int]] | None = None


@dataclass(frozen=True)
class Promise:
    """`kind`: usual (within `minutes`), late, soon (it takes its place within `minutes`, read or not), later (at
    `time` somebody comes), open (nobody knows yet). `reader`: a host's first name, None where she is not named.
    `change`: not a text waits, but a change of one."""

    kind: str
    reader: str | None = None
    minutes: int = 0
    time: str = ""
    change: bool = False


def promise_for(
    viewer: Viewer,
    piece: Piece,
    space: Space,
    stream: Stream,
    *,
    why: str | None,
    since: datetime,
    change: bool = False,
) -> Promise:
    """What is said to the author of a text (or a change) that has waited since a moment. At most one query, and most
    times none."""
    now, house = clock.now(), house_of_place(space, stream.house_id)
    shifts = [one for one in working.shifts_ahead(now) if one.counts_for(house)]
    here = cover(shifts, house, now)
    reading = [one for one in here.people if one.reads(now)]
    if here.kind == HOST and not reading:
        back = min(one.busy_until for one in here.people if one.busy_until is not None)
        begins = next_begin(shifts, now, anybody=False)
        return Promise("later", time=_when(min(back, begins or back)), change=change)
    if here.kind == HOST:
        reader = reading[0].first_name if len(reading) == 1 and not piece.unnamed else None
        minutes = usual_minutes(clock.local(now).hour)
        late = _waited(now, since, here) > timedelta(minutes=minutes)
        return Promise("late" if late else "usual", reader, minutes, change=change)
    # No hour lets a change through, only a person.
    anybody = not change and why in publishing.FOR_COVER and _needs_no_host(viewer, space, house)
    if anybody and here.kind != NONE and _waited(now, since, here) > AFTER + SLACK:
        anybody = False  # something has changed since: a host reads it
    elif anybody and here.kind != NONE:
        return Promise("soon", minutes=int(AFTER.total_seconds()) // 60, change=change)
    begins = next_begin(shifts, now, anybody=anybody)
    return Promise("open", change=change) if begins is None else Promise("later", time=_when(begins), change=change)


def next_begin(shifts: Iterable[OnShift], now: datetime, *, anybody: bool) -> datetime | None:
    """When the next shift begins with a host, or with anybody; None where none is planned."""
    to_come = (one.starts_at for one in shifts if one.starts_at > now and (anybody or one.role == "host"))
    return min(to_come, default=None)


def usual_minutes(hour: int) -> int:
    """How long texts that began to wait around this hour of the day waited, as it is promised. At most one query."""
    global _read
    now = clock.now()
    if _read is None or not _read[0] <= now < _read[0] + KEPT:
        _read = (now, _figures(_waits(now)))
    figures = _read[1]
    return figures.get(hour, figures.get(None, WITHOUT_FIGURES))


def rounded(waits: Sequence[timedelta]) -> int:
    """Half of these were shorter, rounded up to what is promised, in minutes."""
    half = median(one.total_seconds() for one in waits) / 60
    return next((step for step in STEPS if half <= step), STEPS[-1])


def forget() -> None:
    """Read the figures anew at the next promise."""
    global _read
    _read = None


def _figures(waits: Sequence[tuple[int, timedelta]]) -> dict[int | None, int]:
    """By hour of the day, and under None of all day, where there are enough."""
    by_hour: dict[int | None, list[timedelta]] = {None: [wait for _hour, wait in waits]}
    for hour, wait in waits:
        for near in (hour - 1, hour, hour + 1):
            by_hour.setdefault(near % 24, []).append(wait)
    return {hour: rounded(these) for hour, these in by_hour.items() if len(these) >= FEWEST}


def _waits(now: datetime) -> list[tuple[int, timedelta]]:
    """At which hour of the day texts began to wait, and how long they did until somebody decided."""
    decided = (Case.state == "closed") & (Case.lane == "hosts") & Case.piece_id.is_not(None)
    rows = session().execute(
        select(Case.since, Case.closed_at, Case.reasons, Case.outcome)
        .where(decided, Case.since >= now - LOOK_BACK)
        .order_by(Case.since.desc())
        .limit(MOST)
    )
    return [
        (clock.local(since).hour, closed_at - since)
        for since, closed_at, reasons, outcome in rows
        if closed_at is not None and outcome != "withdrawn" and OURS.intersection(reasons)
    ]


def _waited(now: datetime, since: datetime, here: Cover) -> timedelta:
    """How long a text has waited while those who work now were there."""
    return now - max(since, min(one.starts_at for one in here.people))


def _needs_no_host(viewer: Viewer, space: Space, house: int | None) -> bool:
    """Whether what waited only for somebody to be there takes its place under awake staff as well, by the table as it
    holds now. Whoever's text waits for that alone is known, or it would wait for a reader."""
    writer = publishing.Writer(viewer.kind, viewer.age_band, known=True)
    place = publishing.Place(space_rules.adults_only(space), gating.is_own(viewer, house), "night")
    return publishing.lets_through(writer, place, house_table.as_of(viewer.table_mark)) == "night"


def _when(at: datetime) -> str:
    """'07:00' (in Swedish '07'), with the day where it is neither today nor the coming morning."""
    hour = working.hour(at) if i18n.language() == "sv" else f"{clock.local(at):%H:%M}"
    return hour if at - clock.now() < timedelta(hours=18) else f"{i18n.short_day(clock.local(at).date())} {hour}"
