"""Where faces seem to be: drawn ones, of nobody."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw, ImageFilter

from community.demo.drawings import DRAWINGS
from community.photos.consent import cells_of
from tests.pictures.corpus import drawn, encoded, turned
from tests.pictures.looking import made

Colour = tuple[int, int, int]
SKINS: tuple[tuple[Colour, Colour], ...] = (((224, 180, 150), (70, 45, 30)), ((150, 105, 80), (30, 25, 20)))


def with_faces(*middles: tuple[int, int], size: tuple[int, int] = (960, 640), wide: int = 160) -> Image.Image:
    """A wall, and before it somebody made up at each of these places, `wide` pixels from ear to ear."""
    image = Image.new("RGB", size, (150, 170, 160))
    for nr, middle in enumerate(middles):
        _face(image, middle, wide, *SKINS[nr % 2])
    return image.filter(ImageFilter.GaussianBlur(2))


def _face(image: Image.Image, middle: tuple[int, int], wide: int, skin: Colour, hair: Colour) -> None:
    pencil = ImageDraw.Draw(image)
    dark, shade, light = (tuple(min(255, int(part * by)) for part in skin) for by in (0.62, 0.8, 1.08))

    def at(x: float, y: float) -> tuple[float, float]:
        return middle[0] + x * wide, middle[1] + y * wide

    def dot(x: float, y: float, across: float, down: float, colour: object) -> None:
        pencil.ellipse((*at(x - across / 2, y - down / 2), *at(x + across / 2, y + down / 2)), fill=colour)

    dot(0, -0.12, 1.25, 1.55, hair)
    dot(0, 0.05, 1, 1.35, skin)
    for side in (-1, 1):
        dot(side * 0.22, -0.1, 0.3, 0.2, shade)
        dot(side * 0.22, -0.08, 0.24, 0.11, (245, 242, 238))
        dot(side * 0.22, -0.08, 0.11, 0.11, (50, 35, 30))
        pencil.line([at(side * 0.22 - 0.15, -0.2), at(side * 0.22 + 0.15, -0.22)], fill=hair, width=wide // 20)
        dot(side * 0.33, 0.15, 0.2, 0.2, light)
    pencil.polygon([at(-0.03, -0.05), at(0.03, -0.05), at(0.1, 0.2), at(-0.1, 0.2)], fill=light)
    pencil.line([at(-0.09, 0.22), at(0.09, 0.22)], fill=dark, width=wide // 33)
    dot(0, 0.4, 0.38, 0.13, (170, 80, 80))
    pencil.line([at(-0.19, 0.4), at(0.19, 0.4)], fill=(110, 45, 45), width=wide // 50)
    dot(0, 0.52, 0.25, 0.05, shade)


def holds(rectangle: tuple[float, float, float, float], x: float, y: float) -> bool:
    left, top, width, height = rectangle
    return left <= x <= left + width and top <= y <= top + height


def test_faces_are_found_where_they_are() -> None:
    faces = made(encoded(with_faces((260, 300), (640, 320)), "JPEG", quality=92)).faces
    assert len(faces) == 2
    for x, y in ((260 / 960, 310 / 640), (640 / 960, 330 / 640)):
        assert sum(holds(face, x, y) for face in faces) == 1


def test_in_a_large_photo_too() -> None:
    image = with_faces((260, 300)).resize((3840, 2560))
    (face,) = made(encoded(image, "JPEG", quality=92)).faces
    assert holds(face, 260 / 960, 310 / 640)


def test_of_a_picture_that_lies_on_its_side_the_places_are_those_one_sees() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = with_faces((260, 300)).transpose(Image.Transpose.ROTATE_90)
    (face,) = made(encoded(lying, "JPEG", quality=92, exif=exif.tobytes())).faces
    assert holds(face, 260 / 960, 310 / 640)


@pytest.mark.parametrize("content", [encoded(drawn(), "PNG"), turned(3), encoded(Image.new("RGB", (20, 9)), "PNG")])
def test_where_nobody_is_nobody_is_found(content: bytes) -> None:
    assert made(content).faces == ()


def test_nobody_is_found_in_what_the_demo_shows() -> None:
    assert [name for name, draw in DRAWINGS.items() if made(draw().jpeg()).faces] == []


@pytest.mark.parametrize(
    ("places", "cells"),
    [
        ([], set()),
        ([(0.0, 0.0, 0.1, 0.1)], {0}),
        ([(0.1, 0.1, 0.3, 0.1)], {0, 1, 2, 6, 7, 8}),
        ([(0.99, 0.99, 0.01, 0.01)], {35}),
        ([(0.0, 0.0, 1.0, 1.0)], set(range(36))),
    ],
)
def test_the_squares_a_place_lies_on(places: list[tuple[float, float, float, float]], cells: set[int]) -> None:
    assert cells_of(places) == cells
