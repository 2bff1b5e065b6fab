"""What comes out: right way up, in the sizes promised, and unknowable where it was blurred."""

from __future__ import annotations

import io
import itertools

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageSequence, ImageStat

from community.core import pictures
from community.core.picture_sizes import EVERYTHING, Rectangle, Size, part, sizes_of
from tests.pictures import corpus
from tests.pictures.looking import corners, files_of, like, made, opened

FACE: Rectangle = (0.5, 0.25, 0.2, 0.4)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_held_in_any_way_it_comes_out_the_right_way_up(orientation: int, form: str) -> None:
    picture = made(corpus.turned(orientation, form))
    assert (picture.width, picture.height) == (400, 300)
    for name, content in files_of(picture).items():
        if not name.startswith("veiled"):
            assert all(map(like, corners(content), corpus.CORNERS)), name


def test_an_orientation_that_means_nothing_is_left_alone() -> None:
    exif = Image.Exif()
    exif[corpus.ORIENTATION] = 77
    assert made(corpus.encoded(corpus.drawn(), "JPEG", exif=exif.tobytes())).width == 400


@pytest.mark.parametrize(
    ("width", "height", "wanted"),
    [
        (4000, 3000, [Size(320, 320, 240), Size(960, 960, 720), Size(2048, 2048, 1536)]),
        (3000, 4000, [Size(320, 240, 320), Size(960, 720, 960), Size(2048, 1536, 2048)]),
        (1000, 800, [Size(320, 320, 256), Size(960, 960, 768), Size(2048, 1000, 800)]),
        (960, 100, [Size(320, 320, 33), Size(960, 960, 100)]),
        (500, 400, [Size(320, 320, 256), Size(960, 500, 400)]),
        (320, 320, [Size(320, 320, 320)]),
        (7, 5, [Size(320, 7, 5)]),
        (1, 1, [Size(320, 1, 1)]),
        (12000, 1, [Size(320, 320, 1), Size(960, 960, 1), Size(2048, 2048, 1)]),
    ],
)
def test_sizes_are_as_promised_and_never_larger_than_what_came(width: int, height: int, wanted: list[Size]) -> None:
    picture = made(corpus.encoded(corpus.drawn(width, height), "JPEG"))
    assert sizes_of(picture.width, picture.height) == wanted
    there = {(size.side, form): opened(picture.parts[part(size.side, form)]).size for size in wanted for form in FORMS}
    assert there == {(size.side, form): (size.width, size.height) for size in wanted for form in FORMS}
    assert set(picture.parts) == {part(name, form) for name in [*(s.side for s in wanted), "veiled"] for form in FORMS}
    assert opened(picture.master["master.jpg"]).size == (picture.width, picture.height)


FORMS = ("webp", "jpg")


def test_what_one_sees_through_is_white() -> None:
    glass = Image.new("RGBA", (50, 50), (255, 0, 0, 0))
    for content in (corpus.encoded(glass, "PNG"), corpus.encoded(glass, "WEBP", lossless=True)):
        assert like(opened(made(content).parts["320.jpg"]).getpixel((25, 25)), (255, 255, 255), 3)  # type: ignore[arg-type]


def test_sixteen_bits_of_grey_stay_grey() -> None:
    picture = made(corpus.encoded(Image.new("I;16", (50, 50), 30_000), "PNG"))
    assert like(opened(picture.parts["320.jpg"]).getpixel((25, 25)), (117, 117, 117), 3)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_what_moves_is_a_still_and_a_small_moving_one(form: str) -> None:
    frames = [corpus.drawn(1000, 500), corpus.drawn(1000, 500).rotate(180), Image.new("RGB", (1000, 500), corpus.BLUE)]
    sent = corpus.encoded(frames[0], form, save_all=True, append_images=frames[1:], duration=[5, 300, 60_000], loop=3)
    picture = made(sent)
    assert picture.moves
    assert all(map(like, corners(picture.parts["960.jpg"]), corpus.CORNERS))
    with Image.open(io.BytesIO(picture.parts["moving.webp"])) as moving:
        assert (moving.format, moving.size, moving.n_frames) == ("WEBP", (480, 240), 3)  # type: ignore[attr-defined]
        middles = [frame.convert("RGB").getpixel((120, 60)) for frame in ImageSequence.Iterator(moving)]
    wanted = (corpus.RED, corpus.WHITE, corpus.BLUE)
    assert all(like(a, b, 40) for a, b in zip(middles, wanted, strict=True)), middles  # type: ignore[arg-type]


def test_what_moves_and_is_blurred_stands_still() -> None:
    """A face moves out of its rectangle."""
    frames = [corpus.drawn(), corpus.drawn().rotate(90)]
    sent = corpus.encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert not made(sent, (FACE,)).moves


def faces(nr: int) -> Image.Image:
    """Two that are as different as can be in FACE, dot for dot, and alike everywhere else."""
    image = corpus.drawn(1600, 1200)
    pencil = ImageDraw.Draw(image)
    for x, y in itertools.product(range(800, 1120, 8), range(300, 780, 8)):
        pencil.rectangle((x, y, x + 7, y + 7), fill="black" if (x // 8 + y // 8 + nr) % 2 else "white")
    return image


def inside(content: bytes, margin: float = 0.0) -> Image.Image:
    image, (x, y, w, h) = opened(content), FACE
    width, height = image.size
    box = (x - margin) * width, (y - margin) * height, (x + w + margin) * width, (y + h + margin) * height
    return image.crop(tuple(round(v) for v in box))  # type: ignore[arg-type]


def test_nothing_fine_is_left_where_it_is_blurred_in_any_size() -> None:
    """Next to each other the pixels hardly differ, where before they were black and white."""
    before, after = made(corpus.encoded(faces(1), "PNG")), made(corpus.encoded(faces(1), "PNG"), (FACE,))
    for name in ("960.webp", "960.jpg", "2048.webp", "2048.jpg"):
        assert _roughness(inside(before.parts[name])) > 12, name
        assert _roughness(inside(after.parts[name])) < 3, name


def test_only_where_it_is_blurred() -> None:
    before, after = made(corpus.encoded(faces(1), "PNG")), made(corpus.encoded(faces(1), "PNG"), (FACE,))
    for name in ("960.jpg", "2048.webp"):
        changed = ImageChops.difference(opened(before.parts[name]), opened(after.parts[name]))
        width, height = changed.size
        beside = changed.crop((0, 0, int(width * 0.45), height))
        assert max(ImageStat.Stat(beside).mean) < 1.0, name


def test_two_faces_blurred_can_not_be_told_apart() -> None:
    """What differed is not hidden but gone: in no size anything of it is left."""
    one, other = (made(corpus.encoded(faces(nr), "PNG"), (FACE,)) for nr in (0, 1))
    for name, content in one.parts.items():
        difference = ImageChops.difference(opened(content), opened(other.parts[name]))
        assert max(high for _low, high in difference.getextrema()) <= 20, name  # type: ignore[misc]
    assert max(ImageStat.Stat(ImageChops.difference(faces(0), faces(1))).mean) > 20


def test_many_small_rectangles_hide_as_much_as_a_large_one() -> None:
    x, y, w, h = FACE
    tiles = tuple((x + w * i / 7, y + h * j / 7, w / 7, h / 7) for i, j in itertools.product(range(7), range(7)))
    one, other = (made(corpus.encoded(faces(nr), "PNG"), tiles).parts["2048.webp"] for nr in (0, 1))
    assert _roughness(inside(one)) < 4
    difference = ImageChops.difference(opened(one), opened(other))
    assert max(high for _low, high in difference.getextrema()) <= 60  # of 255 before  # type: ignore[misc]


def test_the_master_alone_is_without_blur_and_makes_every_later_one() -> None:
    """One person says "blur me", another does, then a yes after all: none is drawn from one drawn before."""
    first = made(corpus.encoded(faces(1), "PNG"), (FACE,))
    master = first.master["master.jpg"]
    assert _roughness(inside(master)) > 12
    again = pictures.remade(master, whose=1, blur=(FACE, (0.0, 0.0, 0.2, 0.2)))
    freed = pictures.remade(master, whose=1, blur=())
    assert (again.master, freed.master) == ({}, {})
    assert (again.width, again.height) == (first.width, first.height)
    assert set(again.parts) == set(freed.parts) == set(first.parts)
    assert _roughness(inside(again.parts["2048.jpg"])) < 3
    assert _roughness(inside(freed.parts["2048.jpg"])) > 12


def test_all_of_it_blurred_and_the_veiled_one_that_is_always_there() -> None:
    hidden, plain = made(corpus.encoded(faces(1), "PNG"), EVERYTHING), made(corpus.encoded(faces(1), "PNG"))
    for content in (hidden.parts["2048.webp"], hidden.parts["320.jpg"], plain.parts["veiled.webp"]):
        assert _roughness(opened(content)) < 3
    assert opened(plain.parts["veiled.webp"]).size == (320, 240)
    assert len(plain.parts["veiled.webp"]) < 2000


@pytest.mark.parametrize("blur", [(0.99, 0.99, 0.5, 0.5), (-0.5, -0.5, 0.6, 0.6), (0.5, 0.5, 1e-9, 1e-9), (0, 0, 1, 1)])
def test_a_rectangle_partly_outside_or_tiny_still_blurs(blur: Rectangle) -> None:
    assert made(corpus.encoded(corpus.drawn(), "PNG"), (blur,)).width == 400


@pytest.mark.parametrize(
    "blur",
    [
        ((0, 0, 0, 0.5),),
        ((1.0, 0, 0.5, 0.5),),
        ((0, -1.0, 0.5, 0.5),),
        ((0, 0, 5, 5),),
        ((float("nan"), 0, 0.5, 0.5),),
        ((0, 0, float("inf"), 0.5),),
        ((0.1, 0.1, 0.1, 0.1),) * 51,
    ],
)
def test_rectangles_that_mean_nothing_are_refused(blur: tuple[Rectangle, ...]) -> None:
    with pytest.raises(pictures.Refused) as refused:
        made(corpus.encoded(corpus.drawn(), "PNG"), blur)
    assert refused.value.reason == "blur"


def _roughness(image: Image.Image) -> float:
    """How much pixels differ from the next, on average."""
    grey = image.convert("L")
    width, height = grey.size
    beside = ImageChops.difference(grey.crop((1, 0, width, height)), grey.crop((0, 0, width - 1, height)))
    return ImageStat.Stat(beside).mean[0]
