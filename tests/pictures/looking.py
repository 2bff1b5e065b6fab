"""Looking into what came out: at its colours, and at everything in its files that is not a pixel."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from PIL import Image

from community.core import pictures
from community.core.picture_sizes import Rectangle

Colour = tuple[int, int, int]
# JPEG: JFIF's own head, tables, the picture. No other APP, no COM.
JPEG_SEGMENTS = {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}
WEBP_CHUNKS = {b"VP8 ", b"VP8L"}
WEBP_MOVING = {b"VP8X", b"ANIM", b"ANMF"}


def made(content: bytes, blur: tuple[Rectangle, ...] = ()) -> pictures.Made:
    return pictures.made(io.BytesIO(content), whose="somebody", blur=blur)


def files_of(picture: pictures.Made) -> dict[str, bytes]:
    return {**picture.parts, **picture.master}


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def corners(content: bytes) -> list[Colour]:
    """The colour in the middle of each quarter."""
    image = opened(content)
    width, height = image.size
    return [image.getpixel((width * x // 4, height * y // 4)) for x, y in ((1, 1), (3, 1), (1, 3), (3, 3))]  # type: ignore[misc]


def like(found: Colour, wanted: Colour, within: int = 24) -> bool:
    return all(abs(a - b) <= within for a, b in zip(found, wanted, strict=True))


def beside_the_pixels(name: str, content: bytes) -> set[object]:
    """What a file has that it need not have."""
    if name.endswith(".jpg"):
        return set(_segments(content)) - JPEG_SEGMENTS
    extra = set(_chunks(content)) - WEBP_CHUNKS
    return extra - WEBP_MOVING if name.startswith("moving") else extra


def _segments(jpeg: bytes) -> Iterator[object]:
    at = 2
    while True:
        marker, length = jpeg[at + 1], struct.unpack(">H", jpeg[at + 2 : at + 4])[0]
        yield marker
        if marker == 0xE0 and jpeg[at + 4 : at + 9] != b"JFIF\0":
            yield "an APP0 that is not JFIF's"
        if marker == 0xE0 and length != 16:
            yield "a small picture in JFIF's head"
        if marker == 0xDA:
            break
        at += 2 + length
    if not jpeg.endswith(b"\xff\xd9"):
        yield "something after the end"


def _chunks(webp: bytes) -> Iterator[object]:
    at = 12
    while at < len(webp):
        length = struct.unpack("<I", webp[at + 4 : at + 8])[0]
        yield webp[at : at + 4]
        at += 8 + length + length % 2
    if struct.unpack("<I", webp[4:8])[0] + 8 != len(webp):
        yield "something after the end"
