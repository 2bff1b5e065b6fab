"""Where faces seem to be in a picture, for what is blurred until somebody says otherwise. It looks and knows nobody: no
face is measured, kept or compared.

Runs in the process that draws (`picture_drawing.py`). The detector is dlib's own, by gradients, for faces seen from the
front; it is part of the library, so nothing is fetched. Where the library has no build for a machine no face is found.
"""

from __future__ import annotations

from typing import Any

from PIL import Image
from PIL.Image import Resampling

from community.core.picture_sizes import Rectangle, within

try:
    import dlib  # type: ignore[import-untyped]
    import numpy
except ImportError:
    dlib = None

SIDE = 960  # looked at in this size: a face must be some 70 of these pixels wide
LEAST = -0.2  # below the library's own bar of 0: a square too many costs a press, a face too few its owner's peace
MOST = 20

_detector: Any = None


def faces_in(image: Image.Image) -> list[Rectangle]:
    """Rectangles around what looks like a face, the surest first; none on a machine without the library."""
    global _detector
    if dlib is None or max(image.size) < 40:
        return []
    if _detector is None:
        _detector = dlib.get_frontal_face_detector()
    small = image.resize(within(*image.size, SIDE), Resampling.BICUBIC) if max(image.size) > SIDE else image
    found, _sureness, _which = _detector.run(numpy.asarray(small), 0, LEAST)
    width, height = small.size
    return [_fraction(one, width, height) for one in list(found)[:MOST]]


def _fraction(one: Any, width: int, height: int) -> Rectangle:
    left, top = max(0, one.left()) / width, max(0, one.top()) / height
    right, bottom = min(width, one.right() + 1) / width, min(height, one.bottom() + 1) / height
    return left, top, right - left, bottom - top
