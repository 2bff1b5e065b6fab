"""What follows from the answers about a photo. All of it is pure: whatever is not answered with yes is not shown.

A picture has 36 squares, six in a row, counted from the upper left; what is to be blurred is said in them, so that it
can be ticked without a mouse.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from itertools import groupby
from typing import Protocol

from community.core.picture_sizes import Rectangle

SIDE = 6
CELLS = range(SIDE * SIDE)

OWN, UNSAID, CLAIMED, REFUSED, WAITS = "own", "unsaid", "claimed", "refused", "waits"
UNMARKED, DRAWING, UNCONFIRMED, SHOWN = "unmarked", "drawing", "unconfirmed", "shown"


class Pictured(Protocol):
    """What is asked of a photo."""

    piece_id: int | None
    who: str | None
    cells: list[int]
    blurred: list[int]
    blur_unanswered: bool
    needs_host: bool
    confirmed_by: int | None


class Person(Protocol):
    """What is asked of a person in it."""

    claimed: bool
    minor: bool
    cells: list[int]
    answer: str | None
    staff_answer: str | None


def settled(person: Person) -> bool:
    """Whether she has said how she may be seen, and where she is under 18 staff have said yes too."""
    return person.answer in ("yes", "blur") and (not person.minor or person.staff_answer == "yes")


def refused(person: Person) -> bool:
    """Whether she, or staff for somebody under 18, said no."""
    return person.answer == "no" or (person.minor and person.staff_answer == "no")


def blurs(photo: Pictured, person: Person) -> bool:
    """Whether she is to be blurred: she said so, or it is shown with those who have not answered blurred."""
    return person.answer == "blur" or (photo.blur_unanswered and not settled(person))


def needed(photo: Pictured, people: Iterable[Person]) -> set[int] | None:
    """The squares that must be blurred before others see it; None where nobody has marked yet where they are."""
    if photo.who == "unseen" and not photo.cells:
        return None
    found = set(photo.cells)
    for person in people:
        if blurs(photo, person):
            if not person.cells:
                return None
            found |= set(person.cells)
    return found


def state_of(photo: Pictured, people: Collection[Person], *, protected: bool = False) -> str:
    """How far a photo has come. Only `shown` is for everybody who reads the piece; `protected`: somebody in it has a
    protected identity."""
    if photo.piece_id is None:
        return OWN
    if photo.who is None:
        return UNSAID
    if protected or any(map(refused, people)):
        return REFUSED
    if any(person.claimed and person.answer is None for person in people):
        return CLAIMED
    if not photo.blur_unanswered and not all(map(settled, people)):
        return WAITS
    cells = needed(photo, people)
    if cells is None:
        return UNMARKED
    if not cells <= set(photo.blurred):
        return DRAWING
    return SHOWN if photo.confirmed_by is not None or not photo.needs_host else UNCONFIRMED


def cells_of(places: Iterable[Rectangle]) -> set[int]:
    """The squares on which any of these rectangles lies."""
    found = set()
    for x, y, width, height in places:
        columns = range(int(x * SIDE), min(SIDE, math.ceil((x + width) * SIDE)))
        rows = range(int(y * SIDE), min(SIDE, math.ceil((y + height) * SIDE)))
        found |= {row * SIDE + column for row in rows for column in columns}
    return found


def rectangles(cells: Iterable[int]) -> list[Rectangle]:
    """Squares as the drawing wants them: each unbroken row of them is one."""
    found: list[Rectangle] = []
    for row, in_row in groupby(sorted(set(cells)), key=lambda cell: cell // SIDE):
        columns = [cell % SIDE for cell in in_row]
        for _run, run in groupby(enumerate(columns), key=lambda pair: pair[1] - pair[0]):
            across = [column for _nr, column in run]
            found.append((across[0] / SIDE, row / SIDE, len(across) / SIDE, 1 / SIDE))
    return found
