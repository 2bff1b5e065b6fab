"""No byte of what rode along in a file comes out again: not where, not when, not with what, not by whom."""

from __future__ import annotations

import base64
import zlib

import pytest

from community.core import pictures
from community.core.picture_sizes import EVERYTHING
from tests.pictures import corpus
from tests.pictures.looking import beside_the_pixels, files_of, made, opened

MARKS = ("Exif", "EXIF", "ICC_PROFILE", "ICCP", "XMP ", "xmpmeta", "ns.adobe", "Photoshop", "8BIM")
FORMS = [
    *(corpus.CANARY.encode(form) for form in ("utf-8", "utf-16-le", "latin-1")),
    base64.b64encode(corpus.CANARY.encode()),
    *(mark.encode() for mark in MARKS),
]


@pytest.mark.parametrize("name", corpus.telling())
def test_the_files_do_tell_before(name: str) -> None:
    """Or there would be nothing to lose."""
    sent = corpus.telling()[name]
    words = b"".join(_unpacked(sent))
    assert corpus.CANARY.encode() in sent + words
    if not name.startswith("gif"):
        assert b"Exif" in sent or b"EXIF" in sent or b"eXIf" in sent


@pytest.mark.parametrize("name", corpus.telling())
@pytest.mark.parametrize("blur", [(), EVERYTHING])
def test_every_byte_that_comes_out_is_searched(name: str, blur: tuple[tuple[float, float, float, float], ...]) -> None:
    picture = made(corpus.telling()[name], blur)
    assert picture.moves is ("moves" in name and not blur)
    again = pictures.remade(picture.master[pictures.MASTER_PART], whose=1, blur=blur)
    for part, content in [*files_of(picture).items(), *again.parts.items()]:
        assert [form for form in FORMS if form in content] == [], part
        assert beside_the_pixels(part, content) == set(), part
        assert not dict(opened(content).getexif())


def test_a_profile_is_worked_into_the_colours() -> None:
    """The same numbers mean another colour with a profile of swapped primaries; that colour stays, the profile goes."""
    picture = made(corpus.encoded(corpus.Image.new("RGB", (80, 80), (200, 30, 30)), "PNG", icc_profile=_swapped()))
    red, green, _blue = opened(picture.parts["320.webp"]).getpixel((40, 40))  # type: ignore[misc]
    assert green > 150 > 100 > red


def test_a_profile_that_means_nothing_changes_nothing() -> None:
    picture = made(corpus.encoded(corpus.Image.new("RGB", (80, 80), (200, 30, 30)), "PNG", icc_profile=b"nonsense" * 9))
    red, green, _blue = opened(picture.parts["320.webp"]).getpixel((40, 40))  # type: ignore[misc]
    assert red > 170 > 60 > green


def _swapped() -> bytes:
    """sRGB with red and green changed over."""
    profile = corpus.ImageCms.ImageCmsProfile(corpus.ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"?XYZ").replace(b"gXYZ", b"rXYZ").replace(b"?XYZ", b"gXYZ")


def _unpacked(content: bytes) -> list[bytes]:
    """Words that lie packed in a PNG."""
    found = []
    for at in (i for i in range(len(content)) if content[i : i + 4] == b"iCCP" or content[i : i + 4] == b"zTXt"):
        packed = content[content.index(b"\0\0", at) + 2 :]
        found.append(zlib.decompressobj().decompress(packed))
    return found
