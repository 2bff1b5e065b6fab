"""Whatever somebody sends becomes a harmless still, or is refused with a sentence; in time, and in little memory."""

from __future__ import annotations

import io
import random
import re
import time
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from community.core import i18n, pictures
from community.core.picture_sizes import sizes_of
from tests.pictures import corpus
from tests.pictures.looking import beside_the_pixels, corners, files_of, like, made

IN_TIME = 10.0  # seconds
MEMORY = 700_000_000  # bytes


def reason(content: bytes) -> str:
    """Why it was refused; nothing for a picture, which is then looked at."""
    try:
        picture = made(content)
    except pictures.Refused as refused:
        return refused.reason
    wanted = {f"{size.side}.{form}" for size in sizes_of(picture.width, picture.height) for form in ("webp", "jpg")}
    assert wanted < set(picture.parts)
    assert [name for name, part in files_of(picture).items() if beside_the_pixels(name, part)] == []
    return ""


def peak() -> int:
    """The most memory the process that draws has ever held, in bytes."""
    status = Path(f"/proc/{pictures._worker.pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found
    return int(found[1]) * 1024


@pytest.mark.parametrize("name", corpus.good())
def test_every_kind_that_is_taken_becomes_a_picture(name: str) -> None:
    picture = made(corpus.good()[name])
    assert (picture.width, picture.height, picture.moves) == (400, 300, False)
    within = 70 if "printing" in name else 24
    for part in ("960.webp", "960.jpg", "320.webp", "320.jpg"):
        found = corners(picture.parts[part])
        assert all(like(one, wanted, within) for one, wanted in zip(found, corpus.CORNERS, strict=True)), (part, found)


@pytest.mark.parametrize("name", corpus.other_kinds())
def test_other_kinds_are_named_as_such(name: str) -> None:
    assert reason(corpus.other_kinds()[name]) == "kind"


@pytest.mark.parametrize("name", corpus.no_pictures())
def test_what_is_no_picture_is_refused(name: str) -> None:
    assert reason(corpus.no_pictures()[name]) == "nothing"


@pytest.mark.parametrize("name", corpus.truncated())
def test_what_did_not_arrive_whole_is_refused(name: str) -> None:
    assert reason(corpus.truncated()[name]) == "damaged"


@pytest.mark.parametrize("name", corpus.polyglots())
def test_of_two_things_in_one_file_only_the_picture_stays(name: str) -> None:
    picture = made(corpus.polyglots()[name])
    for part, content in files_of(picture).items():
        assert corpus.CANARY.encode() not in content, part
        assert b"<script" not in content, part
        assert beside_the_pixels(part, content) == set()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_bombs_do_not_go_off() -> None:
    """Each in less than ten seconds and 700 MB, and the next picture is drawn as if nothing had been."""
    told, took, most = {}, {}, {}
    for name, (content, _allowed) in corpus.too_much().items():
        began = time.monotonic()
        told[name] = reason(content)
        took[name] = time.monotonic() - began
        assert reason(corpus.good()["jpeg"]) == ""
        most[name] = peak()
    wrong = {name: told[name] for name, (_content, allowed) in corpus.too_much().items() if told[name] not in allowed}
    assert wrong == {}
    assert {name: seconds for name, seconds in took.items() if seconds >= IN_TIME} == {}
    assert {name: size for name, size in most.items() if size >= MEMORY} == {}


LARGEST = {
    "jpeg": ("JPEG", {"quality": 30}),
    "jpeg, progressive": ("JPEG", {"quality": 30, "progressive": True}),
    "webp": ("WEBP", {"quality": 1, "method": 0}),
    "heic": ("HEIF", {"quality": 5, "enc_params": {"preset": "ultrafast"}}),
}


@pytest.mark.slow
@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", LARGEST)
def test_the_largest_that_is_taken_is_taken(name: str) -> None:
    """Forty megapixels with something in each of them."""
    form, how = LARGEST[name]
    pattern = corpus.Image.effect_noise((1000, 625), 80).resize((8000, 5000)).convert("RGB")
    content = corpus.encoded(pattern, form, **how)
    assert len(content) < 10 * 1024 * 1024
    pictures.close()
    began = time.monotonic()
    picture = made(content)
    assert time.monotonic() - began < IN_TIME
    assert (picture.width, picture.height) == (2048, 1280)
    assert peak() < MEMORY


@pytest.mark.slow
@pytest.mark.timeout(120)
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "LA", "I;16", "1"])
def test_the_largest_png_in_every_way_of_giving_colours(mode: str) -> None:
    pictures.close()
    began = time.monotonic()
    picture = made(corpus.encoded(corpus.Image.new(mode, (8000, 5000)), "PNG", compress_level=1))
    assert time.monotonic() - began < IN_TIME
    assert (picture.width, picture.height) == (2048, 1280)
    assert peak() < MEMORY


KINDS = st.sampled_from(sorted(corpus.good()))


@settings(max_examples=60, deadline=None)
@given(kind=KINDS, seed=st.integers(0, 2**32), count=st.integers(1, 40), cut=st.floats(0, 1))
def test_bytes_changed_anywhere_harm_nobody(kind: str, seed: int, count: int, cut: float) -> None:
    content, dice = bytearray(corpus.good()[kind]), random.Random(seed)
    for _ in range(count):
        content[dice.randrange(len(content))] = dice.randrange(256)
    length = len(content) if cut > 0.5 else int(len(content) * 2 * cut)
    assert reason(bytes(content[:length])) in {"", *pictures.SENTENCES}


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF"]))
def test_any_bytes_at_all_harm_nobody(content: bytes, head: bytes) -> None:
    assert reason(head + content) in {"", *pictures.SENTENCES}


def test_every_refusal_is_a_sentence_in_both_languages(app: Flask) -> None:
    sentences = [*pictures.SENTENCES.values(), pictures.Crowd.sentence, pictures.Off.sentence]
    with app.test_request_context():
        said = {}
        for lang in ("sv", "en"):
            with i18n.in_language(lang):
                said[lang] = {str(sentence) for sentence in sentences}
    assert len(said["sv"]) == len(said["en"]) == len(sentences)
    assert not said["sv"] & said["en"]
    assert all(one.endswith(".") for one in said["sv"] | said["en"])


def test_a_picture_too_heavy_is_not_read_at_all() -> None:
    class Untouched(io.BytesIO):
        def read(self, *_args: object) -> bytes:
            raise AssertionError

    with pytest.raises(pictures.Refused) as refused:
        pictures.made(Untouched(bytes(10 * 1024 * 1024 + 1)), whose=1)
    assert (refused.value.reason, refused.value.status) == ("bytes", 422)
