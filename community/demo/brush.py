"""A brush for the demo's pictures: shapes on paper, in the colours of the house, with a little grain."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Iterable

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDE, HIGH = 1200, 900
FINE = 2  # drawn so much larger, so that edges are soft
Point = tuple[float, float]
Colour = str | tuple[int, int, int]


class Sheet:
    """A sheet of paper of 100 by 75; every place and length is said in these."""

    def __init__(self, seed: str, above: Colour, below: Colour) -> None:
        self.by_chance = random.Random(seed)
        self.size = (WIDE * FINE, HIGH * FINE)
        fade = Image.linear_gradient("L").resize(self.size)
        self.image = Image.composite(Image.new("RGB", self.size, below), Image.new("RGB", self.size, above), fade)
        self._draw = ImageDraw.Draw(self.image)

    def shape(self, points: Iterable[Point], colour: Colour) -> None:
        """A shape between these corners."""
        self._draw.polygon([self._at(point) for point in points], fill=colour)

    def box(self, x: float, y: float, wide: float, high: float, colour: Colour, *, round: float = 0) -> None:
        """A rectangle from its upper left, perhaps with round corners."""
        (left, top), (right, foot) = self._at((x, y)), self._at((x + wide, y + high))
        self._draw.rounded_rectangle((left, top, right, foot), radius=round * self._unit, fill=colour)

    def dot(self, x: float, y: float, wide: float, colour: Colour, high: float | None = None) -> None:
        """A circle or an ellipse around its middle; `wide` and `high` from edge to edge."""
        high = wide if high is None else high
        (left, top), (right, foot) = self._at((x - wide / 2, y - high / 2)), self._at((x + wide / 2, y + high / 2))
        self._draw.ellipse((left, top, right, foot), fill=colour)

    def line(self, points: Iterable[Point], colour: Colour, wide: float = 0.6) -> None:
        """A line along these points, with round ends."""
        places = [self._at(point) for point in points]
        self._draw.line(places, fill=colour, width=max(1, int(wide * self._unit)), joint="curve")
        half = wide * self._unit / 2
        for x, y in (places[0], places[-1]):
            self._draw.ellipse((x - half, y - half, x + half, y + half), fill=colour)

    def arc(
        self, x: float, y: float, wide: float, high: float, start: float, end: float, colour: Colour, thick: float
    ) -> None:
        """A part of an ellipse's line, in degrees from the right."""
        (left, top), (right, foot) = self._at((x - wide / 2, y - high / 2)), self._at((x + wide / 2, y + high / 2))
        self._draw.arc((left, top, right, foot), start, end, fill=colour, width=max(1, int(thick * self._unit)))

    def hill(self, height: float, swing: float, colour: Colour, waves: float = 1.5, shift: float = 0.0) -> None:
        """Land from its line down to the foot of the sheet."""
        line = [(x, height + swing * math.sin(shift + x / 100 * waves * math.tau)) for x in range(-2, 104, 2)]
        self.shape([*line, (102, 77), (-2, 77)], colour)

    def glow(self, x: float, y: float, wide: float, colour: tuple[int, int, int], strength: float = 0.6) -> None:
        """Light around a place."""
        small = Image.new("L", (WIDE // 4, HIGH // 4), 0)
        scale = WIDE / 400
        box = ((x - wide / 2) * scale, (y - wide / 2) * scale, (x + wide / 2) * scale, (y + wide / 2) * scale)
        ImageDraw.Draw(small).ellipse(box, fill=int(255 * strength))
        soft = small.filter(ImageFilter.GaussianBlur(wide * scale / 5)).resize(self.size)
        self.image.paste(Image.new("RGB", self.size, colour), mask=soft)
        self._draw = ImageDraw.Draw(self.image)

    def jpeg(self) -> bytes:
        """What is drawn so far, on grainy paper."""
        drawn = self.image.resize((WIDE, HIGH), Image.Resampling.LANCZOS)
        grain = Image.frombytes("L", (WIDE // 3, HIGH // 3), self.by_chance.randbytes(WIDE * HIGH // 9))
        paper = grain.point(lambda value: 244 + value * 11 // 255).resize((WIDE, HIGH), Image.Resampling.BICUBIC)
        target = io.BytesIO()
        ImageChops.multiply(drawn, Image.merge("RGB", (paper, paper, paper))).save(target, "JPEG", quality=88)
        return target.getvalue()

    @property
    def _unit(self) -> float:
        return WIDE * FINE / 100

    def _at(self, point: Point) -> Point:
        return point[0] * self._unit, point[1] * self._unit
