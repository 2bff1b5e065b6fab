"""What time it is: the only caller of datetime.now, so that time can be moved in demo and test mode.

Stored moments are aware UTC; days are days in the home's zone (`HOME_ZONE`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, Integer, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from community.core.model_base import Base

NIGHT_FROM, NIGHT_TO = 22, 7  # o'clock at home

_zone = ZoneInfo("Europe/Stockholm")
_offset = timedelta(0)
_fixed: ContextVar[datetime | None] = ContextVar("fixed_moment", default=None)


class ClockOffset(Base):
    """One row: how far demo and test time stands from real time. Every process rereads it within a second."""

    __tablename__ = "clock_offset"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    microseconds: Mapped[int] = mapped_column(BigInteger, default=0)


def set_zone(name: str) -> None:
    """The home's zone; days begin and end there."""
    global _zone
    _zone = ZoneInfo(name)


def zone() -> ZoneInfo:
    return _zone


def now() -> datetime:
    """This moment, aware UTC, moved by the stored offset."""
    fixed = _fixed.get()
    return fixed if fixed is not None else datetime.now(UTC) + _offset


def today() -> date:
    """The day it is at home."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """A stored moment as the clock on the wall at home shows it."""
    return moment.astimezone(_zone)


def is_night(moment: datetime) -> bool:
    """Whether it is night at home: quiet hours, from 22 to 07."""
    return not NIGHT_TO <= local(moment).hour < NIGHT_FROM


def start_of(day: date) -> datetime:
    """Midnight at home on that day, as aware UTC."""
    return datetime.combine(day, time.min, tzinfo=_zone).astimezone(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Everything inside happens at that moment (demo people's past, tests)."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)


def reread(session: Session) -> None:
    """Take over the stored offset; called at start and once a second."""
    global _offset
    stored = session.scalar(select(ClockOffset.microseconds).where(ClockOffset.id == 1))
    _offset = timedelta(microseconds=stored or 0)


def store(session: Session, wish: str) -> datetime:
    """Move time to an ISO moment, by a step like '+90d' or '-2h', or back to 'real'. Returns the new now.

    Raises ValueError when the wish cannot be read.
    """
    offset = _wished_offset(wish)
    row = session.get(ClockOffset, 1) or ClockOffset(id=1)
    row.microseconds = offset // timedelta(microseconds=1)
    session.add(row)
    session.flush()
    reread(session)
    return now()


def _wished_offset(wish: str) -> timedelta:
    if wish == "real":
        return timedelta(0)
    step = re.fullmatch(r"([+-]\d+)([dhm])", wish)
    if step:
        unit = {"d": "days", "h": "hours", "m": "minutes"}[step[2]]
        return _offset + timedelta(**{unit: int(step[1])})
    return parsed(wish) - datetime.now(UTC)


def parsed(iso: str) -> datetime:
    """An ISO moment as aware UTC; without a zone it is meant at home. Raises ValueError."""
    moment = datetime.fromisoformat(iso)
    return (moment if moment.tzinfo else moment.replace(tzinfo=_zone)).astimezone(UTC)
