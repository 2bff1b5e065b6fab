"""What a picture may be, and in what sizes it is kept: numbers alone, for the server and for the process that draws.

A blur is a rectangle (x, y, width, height) in fractions of the picture as people see it: right way up, from the upper
left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 12_000
MOST_FRAMES = 200

LONG_SIDES = (320, 960, 2048)
FORMS = ("webp", "jpg")
MASTER = "master"
"""The largest size without any blur: what a later blur is made from. Nobody is shown it."""
MOVING = "moving.webp"
VEILED = "veiled"
"""A small one with everything blurred: what stands where a picture may not be seen, or not before a tap."""

SQUARES = (96, 320)
"""The sides of a picture of one person, cut to a square."""
BEGINNING, MIDDLE, END = "beginning", "middle", "end"
CUTS = (BEGINNING, MIDDLE, END)
"""Which part of the longer side a square is cut from: of an upright picture its top, of a wide one its left, begins."""

Rectangle = tuple[float, float, float, float]
EVERYTHING: tuple[Rectangle, ...] = ((0.0, 0.0, 1.0, 1.0),)
MOST_RECTANGLES = 50


@dataclass(frozen=True)
class Size:
    """One of the sizes a picture is kept in; `side` names it, the picture itself may be smaller."""

    side: int
    width: int
    height: int


def within(width: int, height: int, side: int) -> tuple[int, int]:
    """The same picture with no side longer than `side`, never enlarged."""
    longest = max(width, height)
    if longest <= side:
        return width, height
    return max(1, round(width * side / longest)), max(1, round(height * side / longest))


def sizes_of(width: int, height: int) -> list[Size]:
    """The sizes a picture has, small to large: none larger than itself, and itself as the last (up to 2048)."""
    longest = max(width, height)
    sides = [side for nr, side in enumerate(LONG_SIDES) if nr == 0 or LONG_SIDES[nr - 1] < longest]
    return [Size(side, *within(width, height, side)) for side in sides]


def part(side: int | str, form: str) -> str:
    """What a file of a picture is called: '960.webp', 'veiled.jpg'."""
    return f"{side}.{form}"


def square_in(width: int, height: int, cut: str) -> tuple[int, int, int, int]:
    """The largest square of a picture: left, upper, right, lower."""
    side = min(width, height)
    at = {BEGINNING: 0, MIDDLE: (max(width, height) - side) // 2, END: max(width, height) - side}[cut]
    return (at, 0, at + side, side) if width > height else (0, at, side, at + side)


def sound(blur: Sequence[Rectangle]) -> bool:
    """Whether each rectangle lies in the picture, at least in part, and there are not too many."""
    return len(blur) <= MOST_RECTANGLES and all(
        0 < w <= 1 and 0 < h <= 1 and -w < x < 1 and -h < y < 1 for x, y, w, h in blur
    )
