"""Places in long lists: paged by key, so that the cost of a page does not grow with the archive."""

from __future__ import annotations

from datetime import UTC, datetime

from community.core.errors import NotFound


def cursor(moment: datetime, key: int) -> str:
    """A place in a list ordered by moment, then key."""
    return f"{int(moment.timestamp())}.{moment.microsecond:06d}-{key}"


def read_cursor(value: str | None) -> tuple[datetime, int] | None:
    """The place a cursor names; None where there is none. Raises NotFound for one that was never given out."""
    if not value:
        return None
    try:
        stamp, _, key = value.partition("-")
        seconds, _, micros = stamp.partition(".")
        if not (seconds.isdecimal() and micros.isdecimal() and key.isdecimal() and len(value) < 50):
            raise ValueError
        moment = datetime.fromtimestamp(int(seconds), UTC).replace(microsecond=int(micros))
        return moment, min(int(key), 2**53)
    except (ValueError, OverflowError, OSError) as error:
        raise NotFound from error
