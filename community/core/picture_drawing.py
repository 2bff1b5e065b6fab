"""Opens bytes somebody sent, and draws the picture in them anew: nothing but its pixels goes on.

Runs in a process of its own (`picture_child.py`), never in the server. What comes out is drawn onto fresh images, so
that no place, camera, name, remark, colour profile or small preview can ride along.
"""

from __future__ import annotations

import io
import time
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pillow_heif
from PIL import ExifTags, GifImagePlugin, Image, ImageCms, ImageFilter, ImageOps, ImageSequence
from PIL.Image import Resampling, Transpose

from community.core.picture_faces import faces_in
from community.core.picture_sizes import (
    EVERYTHING,
    LONG_SIDES,
    LONGEST_SIDE,
    MASTER,
    MIDDLE,
    MOST_FRAMES,
    MOST_PIXELS,
    MOVING,
    SQUARES,
    VEILED,
    Rectangle,
    part,
    sizes_of,
    square_in,
    within,
)

KINDS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
MOVING_KINDS = ("PNG", "WEBP", "GIF")
OTHERS = (b"%PDF", b"II*\0", b"MM\0*", b"BM", b"8BPS", b"%!PS", b"\0\0\1\0", b"RIFF", b"\x1a\x45\xdf\xa3", b"PK\3\4")
HEIC_BEGINNING = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
BAND = 256  # rows of the smaller picture that are drawn at once
CELLS = 4  # colours left along the longer side of what is blurred
FINEST = 64  # and never more than that many along the whole picture, however small the rectangles
MARGIN = 0.08  # how much further than asked a blur reaches, on each side
MOVING_SIDE = 480
MOVING_PIXELS = 150_000_000  # over all frames; above it there is the still alone
MOVING_SECONDS = 4.0
WEBP = {"quality": 80, "method": 2}
JPEG = {"quality": 82, "optimize": True}
MASTER_JPEG = {"quality": 92, "subsampling": 0}


class Unfit(Exception):
    """These bytes can't be made a picture; `reason` says which of the things that can be wrong it is."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass
class Drawn:
    """How large the largest is, each file by its name, and where faces seem to be."""

    width: int
    height: int
    parts: dict[str, bytes] = field(default_factory=dict)
    faces: list[Rectangle] = field(default_factory=list)


def prepare() -> None:
    """Once per process."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
    GifImagePlugin.LOADING_STRATEGY = GifImagePlugin.LoadingStrategy.RGB_ALWAYS
    Image.init()
    _try_out()


def _try_out() -> None:
    """Every way is gone once, so that what is read in on the way is read in: later nothing can be opened any more."""
    dot = Image.new("RGB", (8, 8))
    faces_in(Image.new("RGB", (200, 200)))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    moving = {"save_all": True, "append_images": [Image.new("RGB", (8, 8), "white")]}
    tried = [_encoded(dot, kind, icc_profile=profile) for kind in ("JPEG", "PNG", "WEBP")]
    tried += [_encoded(dot, kind, **moving) for kind in ("PNG", "WEBP", "GIF", "MPO")]
    for content in tried:
        draw(content, EVERYTHING, master=True)
        draw(content, (), master=True)
        draw(content, (), master=False, cut=MIDDLE)
    try:
        draw(HEIC_BEGINNING, (), master=True)
    except Unfit:
        pass


def draw(content: bytes, blur: Sequence[Rectangle], *, master: bool, cut: str | None = None) -> Drawn:
    """Every file of the picture in `content`; with `master` also what later blurs are made from, and the moving one
    where nothing is blurred (a face moves out of its rectangle), and where faces seem to be; with `cut` its squares
    alone. Raises Unfit."""
    try:
        with _opened(content) as source:
            still = _still(source)
            moving = _moving(source) if master and not blur else None
    except (Unfit, MemoryError):
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Unfit("pixels") from error
    except Exception as error:  # decoders raise whatever a byte leads them to
        raise Unfit("damaged") from error
    drawn = Drawn(*still.size)
    if cut is not None:
        _squares(drawn, still.crop(square_in(*still.size, cut)))
        return drawn
    if master:
        drawn.faces = faces_in(still)
        drawn.parts[part(MASTER, "jpg")] = _encoded(still, "JPEG", **MASTER_JPEG)
    for rectangle in blur:
        _blur(still, rectangle)
    _all_sizes(drawn, still)
    if moving:
        drawn.parts[MOVING] = moving
    return drawn


def _opened(content: bytes) -> Image.Image:
    """By what is in it; its size is looked at before anything is unpacked."""
    try:
        source = Image.open(io.BytesIO(content), formats=KINDS)
    except Image.UnidentifiedImageError as error:
        raise Unfit(_what_else(content)) from error
    _check_size(source)
    if source.format in MOVING_KINDS and getattr(source, "n_frames", 1) > MOST_FRAMES:
        raise Unfit("frames")
    return source


def _check_size(source: Image.Image) -> None:
    if source.width * source.height > MOST_PIXELS:
        raise Unfit("pixels")
    if max(source.size) > LONGEST_SIDE:
        raise Unfit("side")


def _what_else(content: bytes) -> str:
    """A file of a kind that is not taken, a picture that lost its beginning, or no picture at all."""
    head = content[:1024].lstrip().lower()
    if head.startswith((b"<svg", b"<?xml", b"<!doctype", b"<html")) or content.startswith(OTHERS):
        return "kind"
    if content[4:8] == b"ftyp":
        return "damaged" if content[8:12] in (b"heic", b"heix", b"mif1", b"hevc") else "kind"
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8")):
        return "damaged"
    return "nothing"


def _still(source: Image.Image) -> Image.Image:
    """The first frame: right way up, on white, in sRGB, at most 2048 pixels long."""
    largest = LONG_SIDES[-1]
    source.draft(None, within(*source.size, largest))
    source.load()
    _check_size(source)  # some say only now how large they are
    turn, profile = TURNS.get(_orientation(source)), source.info.get("icc_profile")
    small = _smaller(source, largest)
    if turn is not None:
        small = small.transpose(turn)
    return _in_srgb(small, profile)


def _orientation(source: Image.Image) -> int:
    try:
        return int(source.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # what a camera wrote may be anything; then it stays as it is
        return 1


def _smaller(source: Image.Image, side: int) -> Image.Image:
    """In bands, because a second full copy of forty million pixels would not fit into this process's memory."""
    factor = max(1, max(source.size) // (2 * side) + (max(source.size) > 3 * side))
    rough = _rough(source, factor)
    return rough.resize(within(*source.size, side), Resampling.BICUBIC) if max(rough.size) > side else rough


def _rough(source: Image.Image, factor: int) -> Image.Image:
    width, height = source.size
    rough: Image.Image | None = None
    for top in range(0, height, BAND * factor):
        band = _on_white(source.crop((0, top, width, min(height, top + BAND * factor))))
        if rough is None:
            rough = Image.new(band.mode, (-(-width // factor), -(-height // factor)))
        rough.paste(band.reduce(factor), (0, top // factor))
    assert rough is not None
    return rough


def _on_white(band: Image.Image) -> Image.Image:
    """Without anything to see through: L, RGB or CMYK, which are what a colour profile can be about."""
    if band.mode.startswith("I"):  # 16 bits a pixel
        return band.convert("I").point(lambda value: value / 256).convert("L")
    if band.mode in ("L", "RGB", "CMYK") and "transparency" not in band.info:
        return band
    if band.mode in ("1", "F"):
        return band.convert("L")
    if band.mode in ("LAB", "HSV", "YCbCr"):
        return band.convert("RGB")
    seen = band.convert("RGBA")
    ground = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(ground, seen).convert("RGB")


def _in_srgb(image: Image.Image, profile: Any) -> Image.Image:
    """What the colours mean goes into them, because the profile itself stays behind."""
    if isinstance(profile, bytes) and profile:
        try:
            wanted, found = ImageCms.createProfile("sRGB"), ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, found, wanted, outputMode="RGB")
            if converted is not None:
                return _fresh(converted)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass  # a profile that means nothing changes nothing
    return _fresh(image.convert("RGB"))


def _fresh(image: Image.Image) -> Image.Image:
    """Its pixels and nothing else of it."""
    fresh = Image.new("RGB", image.size)
    fresh.paste(image)
    return fresh


def _blur(image: Image.Image, rectangle: Rectangle) -> None:
    """A few averages instead of the pixels, then softened: what was there is not in it any more. Done once, in the
    largest, so that no two sizes tell different things."""
    box = _reach(image.size, rectangle)
    width, height = box[2] - box[0], box[3] - box[1]
    finest = max(image.size) / FINEST
    cells = within(width, height, max(1, min(CELLS, int(max(width, height) / finest))))
    few = ImageOps.posterize(image.crop(box).resize(cells, Resampling.BOX), 4)
    soft = few.resize((width, height), Resampling.BICUBIC)
    image.paste(soft.filter(ImageFilter.BoxBlur(max(1, max(width, height) // (4 * CELLS)))), box)


def _reach(size: tuple[int, int], rectangle: Rectangle) -> tuple[int, int, int, int]:
    """The pixels a blur covers: somewhat more than was asked for, never none."""
    x, y, w, h = rectangle
    width, height = size
    left, top = int(max(0.0, x - MARGIN * w) * width), int(max(0.0, y - MARGIN * h) * height)
    right, bottom = min(1.0, x + w + MARGIN * w) * width, min(1.0, y + h + MARGIN * h) * height
    left, top = min(left, width - 1), min(top, height - 1)
    return left, top, max(left + 1, -int(-right // 1)), max(top + 1, -int(-bottom // 1))


def _all_sizes(drawn: Drawn, still: Image.Image) -> None:
    """From large to small, each from the one before: the work is in the first."""
    image = still
    for size in reversed(sizes_of(*still.size)):
        if (size.width, size.height) != image.size:
            image = image.resize((size.width, size.height), Resampling.BICUBIC)
        _both_forms(drawn, size.side, image)
    _blur(image, EVERYTHING[0])
    _both_forms(drawn, VEILED, image)


def _squares(drawn: Drawn, square: Image.Image) -> None:
    for side in SQUARES:
        _both_forms(drawn, side, square.resize((side, side), Resampling.BICUBIC))


def _both_forms(drawn: Drawn, name: int | str, image: Image.Image) -> None:
    drawn.parts[part(name, "webp")] = _encoded(image, "WEBP", **WEBP)
    drawn.parts[part(name, "jpg")] = _encoded(image, "JPEG", **JPEG)


def _encoded(image: Image.Image, form: str, **how: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


def _moving(source: Image.Image) -> bytes | None:
    """The small moving one; None for what does not move, or would take too much."""
    frames = getattr(source, "n_frames", 1) if source.format in MOVING_KINDS else 1
    if frames < 2 or frames * source.width * source.height > MOVING_PIXELS:
        return None
    times: list[int] = []
    try:
        drawn = list(_frames(source, times))
    except Exception:  # damaged further on; the still is sound
        return None
    if len(drawn) < 2:
        return None
    how = {"duration": times, "loop": 0, "quality": 60, "method": 0}
    return _encoded(drawn[0], "WEBP", save_all=True, append_images=drawn[1:], **how)


def _frames(source: Image.Image, times: list[int]) -> Iterator[Image.Image]:
    until = time.monotonic() + MOVING_SECONDS
    turn = TURNS.get(_orientation(source))
    for frame in ImageSequence.Iterator(source):
        if time.monotonic() > until:
            raise TimeoutError
        small = _smaller(frame, MOVING_SIDE)
        times.append(max(20, min(2000, int(frame.info.get("duration") or 100))))
        yield _fresh((small.transpose(turn) if turn is not None else small).convert("RGB"))
