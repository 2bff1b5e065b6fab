"""What was on this day some years ago, for the landing page and a page of its own.

Memories can hurt, so everything here leaves out rather than shows: what is folded, without a name, muted, of somebody
remembered or with a protected identity (who wrote it, or is in a picture), what made us afraid for somebody, and what
carries a picture that is not shown. One can put a single one away, or all of it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, not_, or_, select
from sqlalchemy.orm import aliased

from community.core import clock
from community.core.db import session
from community.members.models import Member
from community.members.people import Viewer
from community.memories import asked, timeline
from community.memories.happened import years_back
from community.memories.models import MemoryDate, MemoryOff, MemoryPutAway
from community.memories.timeline import Memory
from community.memories.words import ago_words
from community.photos.models import Photo, PhotoPerson
from community.streams import kept
from community.streams.models import MutedPerson, Piece

YEARS = (1, 2, 3, 5, 10)
MOST = 3
LOOKED_AT = 12  # of which at most three are shown
KEPT_FOR = 60.0  # seconds

_kept: dict[tuple[date, ...], tuple[float, bool]] = {}  # whether there is anything on these days, and until when


@dataclass(frozen=True)
class Back:
    """One memory of this day. `ago`: how long ago, in words."""

    memory: Memory
    ago: str

    @property
    def sentence(self) -> str:
        """What it was, in a line."""
        return self.memory.piece.title or self.memory.piece.excerpt


def wants(viewer: Viewer) -> bool:
    """Whether the viewer wants to look back at all. One query."""
    return session().scalar(select(MemoryOff.member_id).where(MemoryOff.member_id == viewer.id)) is None


def today_for(viewer: Viewer) -> list[Back]:
    """At most three memories of exactly 1, 2, 3, 5 or 10 years ago today at home, the latest first; none for somebody
    who wants none. One query where there are none, nine at most."""
    days = years_back(clock.today(), YEARS)
    if not _something_on(list(days)):
        return []
    rows = session().execute(_candidates(viewer, list(days)).limit(LOOKED_AT)).all()
    memories = timeline.memories_of(viewer, rows, whole=True) if rows else []
    pictures = {row.Piece.id: row.Piece.pictures for row in rows}
    shown = [one for one in memories if len(one.piece.pictures) == pictures[one.piece.id] and _says_something(one)]
    shown.sort(key=lambda one: one.place, reverse=True)
    return [Back(one, ago_words(days[clock.local(one.place[0]).date()])) for one in shown[:MOST]]


def forget() -> None:
    """Somebody has said when something was: look anew."""
    _kept.clear()


def _something_on(days: Sequence[date]) -> bool:
    """Whether anything at all was on these days, whoever may see it: mostly there is nothing, and nobody's page is to
    ask for that again within a minute. One query, mostly none."""
    key, now = tuple(days), time.monotonic()
    until, found = _kept.get(key, (0.0, False))
    if now >= until:
        dated = select(MemoryDate.piece_id).where(MemoryDate.precision == "day", MemoryDate.first_on.in_(days))
        spans = [Piece.published_at.between(*_of_day(day)) for day in days]
        posted = select(Piece.id).where(Piece.pictures > 0, or_(*spans))
        found = bool(session().scalar(select(or_(dated.exists(), posted.exists()))))
        _kept.clear()
        _kept[key] = (now + KEPT_FOR, found)
    return found


def _candidates(viewer: Viewer, days: Sequence[date]) -> Any:
    spans = [Piece.published_at.between(*_of_day(day)) for day in days]
    dated = and_(MemoryDate.precision == "day", MemoryDate.first_on.in_(days))
    posted = and_(MemoryDate.piece_id.is_(None), or_(*spans), timeline.posted_alone(viewer))
    muted = select(MutedPerson.muted_id).where(MutedPerson.member_id == viewer.id)
    away = select(MemoryPutAway.piece_id).where(MemoryPutAway.member_id == viewer.id)
    off = select(MemoryOff.member_id).where(MemoryOff.member_id == viewer.id)
    return (
        timeline.standing(viewer, before_too=False)
        .outerjoin(MemoryDate, MemoryDate.piece_id == Piece.id)
        .where(
            or_(dated, posted),
            Piece.by_name(),
            Piece.note.is_(None),
            Piece.author_id.not_in(muted),
            Piece.id.not_in(away),
            not_(off.exists()),
            kept.not_muted_by(viewer),
            not_(asked.alarmed()),
            *_nobody_to_spare(muted),
        )
        .order_by(Piece.published_at.desc(), Piece.id.desc())
    )


def _nobody_to_spare(muted: Any) -> list[Any]:
    """Neither whoever wrote it nor anybody in its pictures is remembered, or has a protected identity; nobody in them
    is muted."""
    author, pictured = aliased(Member), aliased(Member)
    spared = or_(author.remembered_at.is_not(None), author.protected)
    wrote = select(author.id).where(author.id == Piece.author_id, spared)
    seen = or_(pictured.remembered_at.is_not(None), pictured.protected, pictured.id.in_(muted))
    on_it = (
        select(pictured.id)
        .join(PhotoPerson, PhotoPerson.member_id == pictured.id)
        .join(Photo, Photo.id == PhotoPerson.photo_id)
        .where(Photo.piece_id == Piece.id, seen)
    )
    return [not_(wrote.exists()), not_(on_it.exists())]


def _of_day(day: date) -> tuple[datetime, datetime]:
    """The moments between which a day at home lies."""
    return clock.start_of(day), clock.start_of(day + timedelta(days=1)) - timedelta(microseconds=1)


def _says_something(one: Memory) -> bool:
    return bool(one.piece.pictures or one.piece.html or one.piece.title)
