"""Places in long lists: paged by key, so that the cost of a page does not grow with the archive."""

from __future__ import annotations

from datetime import UTC, datetime

from community.core.errors import NotFound


def whole_number(value: str) -> int | None:
    """A number as our own pages write it; None for everything else (`isdigit` alone also says yes to "²")."""
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 16 else None


def place(value: str | None) -> int | None:
    """A place in a stream as an address names it; None where it names none. Raises NotFound for what was never one."""
    if value is None:
        return None
    number = whole_number(value)
    if number is None:
        raise NotFound
    return number


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
        numbers = [number for part in (seconds, micros, key) if (number := whole_number(part)) is not None]
        whole, millionths, place = numbers
        return datetime.fromtimestamp(whole, UTC).replace(microsecond=millionths), place
    except (ValueError, OverflowError, OSError) as error:
        raise NotFound from error
