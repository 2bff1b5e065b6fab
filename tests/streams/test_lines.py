"""How messages stand under each other: names at a change of speaker, badges once a day, the clock once in a quarter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from community.members.people import AuthorView
from community.streams.lines import Line, lines

HOME = ZoneInfo("Europe/Stockholm")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=HOME).astimezone(UTC)
AMINA, CALLUM = AuthorView(1, "Amina", "resident", None, "a"), AuthorView(2, "Callum", "alumnus", None, "b")


@dataclass(frozen=True)
class Message:
    id: int
    author: AuthorView
    posted_at: datetime
    state: str = "published"


def said(*rows: tuple[AuthorView, int], gone: tuple[int, ...] = ()) -> list[Message]:
    """Who and how many minutes after noon."""
    return [
        Message(number, who, NOON + timedelta(minutes=minutes), "removed" if number in gone else "published")
        for number, (who, minutes) in enumerate(rows, 1)
    ]


def marks(found: dict[int, Line]) -> list[str]:
    """n named, b badged, t timed, D a new day."""
    return [
        "".join(mark for mark, is_ in zip("nbtD", (one.named, one.badged, one.timed, one.day), strict=True) if is_)
        for one in found.values()
    ]


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        ((), []),
        (((AMINA, 0), (AMINA, 1), (CALLUM, 2), (AMINA, 3)), ["nbtD", "", "nb", "n"]),
        (((AMINA, 0), (AMINA, 14), (AMINA, 15), (AMINA, 16)), ["nbtD", "", "t", ""]),
        (((AMINA, 0), (AMINA, 60)), ["nbtD", "t"]),
        (((AMINA, 0), (AMINA, 24 * 60)), ["nbtD", "nbtD"]),
        (((AMINA, 0), (AMINA, 11 * 60 + 59), (AMINA, 12 * 60)), ["nbtD", "t", "nbtD"]),
    ],
    ids=["nobody", "two people", "a quarter", "the same minute of another hour", "another day", "midnight at home"],
)
def test_what_stands_at_each(messages: tuple[tuple[AuthorView, int], ...], expected: list[str]) -> None:
    assert marks(lines(said(*messages))) == expected


def test_what_was_taken_back_has_nothing_and_ends_nothing() -> None:
    messages = said((AMINA, 0), (CALLUM, 1), (AMINA, 2), gone=(2,))
    assert marks(lines(messages)) == ["nbtD", "", ""]
    assert marks(lines(said((AMINA, 0), (AMINA, 1), gone=(1,)))) == ["", "nbtD"]


def test_after_a_fold_the_speaker_is_named_anew() -> None:
    assert marks(lines(said((AMINA, 0), (AMINA, 1), (AMINA, 2)), folded={2})) == ["nbtD", "", "n"]
