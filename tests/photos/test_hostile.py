"""Whatever is sent as a picture, through the form as people send it: refused by the field with the post's text kept, or
a harmless still; and no byte that is served tells anything but the picture."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse as Answer

from community.core import picture_files, ratelimit
from community.core.db import session
from community.photos import actions, asking
from community.photos.models import Photo
from community.streams.models import Piece
from tests.client import Browser
from tests.photos.picturing import NOBODY_IN_IT, let_stand
from tests.pictures import corpus
from tests.pictures.looking import beside_the_pixels, opened
from tests.pictures.test_metadata import FORMS
from tests.world import World

pytestmark = pytest.mark.once

WORDS = "Det här skrev jag först, och det tog en stund."
IN_TIME = 10.0
NAMES = (
    "../../etc/passwd",
    "a.jpg\r\nSet-Cookie: a=b",
    "bild.jpg\x00.php",
    "<img src=x onerror=alert(1)>.jpg",
    "å" * 500,
)


@pytest.fixture(autouse=True)
def _as_many_as_one_likes() -> Iterator[None]:
    with ratelimit.ignored():
        yield


def send(browser: Browser, world: World, content: bytes, name: str = "bild.jpg", nr: int = 1) -> Answer:
    """A post with this file, as a plain form sends it."""
    given: dict[str, Any] = {"text": WORDS, "client_id": f"hostile-{nr:05d}", "mode": "tell"}
    given |= {"space_id": world.space("vardagsrummet"), "pictures": [(io.BytesIO(content), name)]}
    answer = browser.post("/write", given)
    answer.request.environ["wsgi.input"].close()  # what a test's client sends lies in a file where it is long
    return answer


def on_disk() -> int:
    return len([path for path in picture_files._folder.rglob("*") if path.is_file()])


def refused_whole(answer: Answer, before: int) -> bool:
    kept = WORDS in answer.text and 'id="photos-err"' in answer.text
    return answer.status_code == 422 and kept and on_disk() == before and session().scalar(count_of(Photo)) == 0


def count_of(table: Any) -> Any:
    return select(func.count()).select_from(table)


@pytest.mark.parametrize("group", ["other_kinds", "no_pictures", "truncated"])
def test_what_is_no_picture_is_refused_by_the_field_and_the_words_stay(
    group: str, world: World, browser: Callable[..., Browser]
) -> None:
    tuva, before = browser("tuva"), on_disk()
    pieces = session().scalar(count_of(Piece))
    wrong = {}
    for nr, (name, content) in enumerate(getattr(corpus, group)().items()):
        began = time.monotonic()
        answer = send(tuva, world, content, nr=nr)
        fine = refused_whole(answer, before) or (not content and answer.status_code == 422)
        if not fine or time.monotonic() - began > IN_TIME:
            wrong[name] = answer.status_code
    assert wrong == {}
    assert session().scalar(count_of(Piece)) == pieces


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_bombs_through_the_form_are_refused_or_become_a_harmless_still(
    world: World, browser: Callable[..., Browser]
) -> None:
    tuva, wrong = browser("tuva"), {}
    for nr, (name, (content, allowed)) in enumerate(corpus.too_much().items()):
        began = time.monotonic()
        answer = send(tuva, world, content, nr=nr)
        expected = {303, 422} if "" in allowed else {422, 413}
        if answer.status_code not in expected or time.monotonic() - began > IN_TIME:
            wrong[name] = answer.status_code, time.monotonic() - began
        elif answer.status_code == 422 and WORDS not in answer.text:
            wrong[name] = "the words are gone"
    assert wrong == {}


@pytest.mark.parametrize("name", NAMES)
def test_what_a_file_is_called_is_never_used(name: str, world: World, browser: Callable[..., Browser]) -> None:
    answer = send(browser("tuva"), world, corpus.encoded(corpus.drawn(), "PNG"), name)
    assert answer.status_code in (303, 422)  # a name with a line break in it ends the part of the body it heads
    assert "Set-Cookie: a=b" not in str(answer.headers)
    names = [str(path.relative_to(picture_files._folder)) for path in picture_files._folder.rglob("*")]
    assert not [one for one in names if "passwd" in one or "php" in one or "img" in one or "å" in one]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_held_in_any_way_it_is_served_the_right_way_up(
    orientation: int, world: World, browser: Callable[..., Browser]
) -> None:
    tuva = browser("tuva")
    send(tuva, world, corpus.turned(orientation))
    (photo,) = session().scalars(select(Photo)).all()
    image = opened(tuva.get(f"/photos/{photo.id}/320.jpg").data)
    (red, green, blue) = image.getpixel((image.width // 4, image.height // 4))  # type: ignore[misc]
    assert red > 150 > 90 > max(green, blue)


@pytest.mark.parametrize("kind", corpus.telling())
def test_every_byte_that_is_served_is_searched_for_what_rode_along(
    kind: str, world: World, browser: Callable[..., Browser]
) -> None:
    """As its uploader and as a reader: the picture in every size and form, its pages, and what heads the answers."""
    send(browser("tuva"), world, corpus.telling()[kind], "Ylva-Björkvik.jpg")
    (photo,) = session().scalars(select(Photo)).all()
    actions.say_who(world.viewer("tuva"), photo.id, NOBODY_IN_IT)
    piece = session().get_one(Piece, photo.piece_id)
    let_stand(world, piece)
    asking.confirm(world.viewer("jonna"), photo.id)
    served = 0
    for name in ("tuva", "amina", "sara"):
        reader = browser(name)
        parts = [f"{side}.{form}" for side in (320, 960, 2048, "veiled") for form in ("webp", "jpg")]
        for part in [*parts, "moving.webp"]:
            answer = reader.get(f"/photos/{photo.id}/{part}")
            if answer.status_code != 200:
                continue
            served += 1
            head = str(answer.headers).encode()
            assert [one for one in FORMS if one in answer.data or one in head] == [], part
            assert beside_the_pixels(part, answer.data) == set(), part
        for page in (f"/t/{piece.stream_id}", f"/photos/{photo.id}", f"/photos/of/{piece.id}"):
            text = reader.get(page)
            assert text.status_code in (200, 404)
            assert b"Ylva-" not in text.data
    assert served >= 15
