"""Cast by state of consent by place: where one may not see a picture, no page, no list, no file and no old address has
it, and no reader's own copy of everything about her either. A place is a line in PLACES."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from community.core import clock
from community.memories import actions as memories
from community.memories.happened import on
from community.photos import asking
from community.photos.actions import Told
from community.photos.models import Photo
from community.streams.models import Piece
from tests.client import Browser
from tests.photos.picturing import NOBODY_IN_IT, posted, standing, with_people
from tests.world import World

pytestmark = pytest.mark.once

READERS = ("amina", "vera", "elias", "olle", "isla", "johanna", "noor")
HOSTS = ("sara", "jonna")
CAST = ("tuva", "ivan", *READERS, *HOSTS)
FILES = ("320.webp", "320.jpg")


@dataclass(frozen=True)
class Pictured:
    """A picture of tuva's on a post, `first` as its files were addressed when it was put up."""

    piece: int
    stream: int
    photo: int
    writer: int
    first: str


Setting = Callable[[World], tuple[Piece, Photo]]


def _held(world: World) -> tuple[Piece, Photo]:
    piece, (photo,) = posted(world)
    return piece, photo


def _answered(said: str | None, **how: bool) -> Setting:
    def made(world: World) -> tuple[Piece, Photo]:
        piece, photo = standing(world, told=with_people(world, "ivan", **how))
        if said:
            asking.answer(world.viewer("ivan"), photo.id, said)
        return piece, photo

    return made


def _withdrawn(world: World) -> tuple[Piece, Photo]:
    piece, photo = _answered("yes")(world)
    asking.answer(world.viewer("ivan"), photo.id, "no")
    return piece, photo


def _claimed(world: World) -> tuple[Piece, Photo]:
    piece, photo = standing(world, told=NOBODY_IN_IT)
    asking.claim(world.viewer("ivan"), photo.id)
    return piece, photo


def _kept_apart(names: tuple[str, ...]) -> tuple[str, ...]:
    """olle and ivan are kept apart by staff."""
    return tuple(name for name in names if name != "olle")


STATES: dict[str, tuple[Setting, tuple[str, ...]]] = {
    "held for a host": (_held, ("tuva", *HOSTS)),
    "nobody has said who is in it": (lambda world: standing(world), ("tuva", *HOSTS)),
    "not answered": (_answered(None), ("tuva", "ivan", *HOSTS)),
    "yes": (_answered("yes"), _kept_apart(CAST)),
    "blurred": (_answered("blur"), _kept_apart(CAST)),
    "no": (_answered("no"), ("tuva", "ivan")),
    "yes, withdrawn": (_withdrawn, ("tuva", "ivan")),
    "unanswered are blurred": (_answered(None, blur_unanswered=True), _kept_apart(CAST)),
    "somebody says: I am in this": (_claimed, ("tuva", "ivan", *HOSTS)),
    "someone must not be seen": (
        lambda world: standing(world, told=Told("En bild", "unseen", cells=frozenset({3}))),
        CAST,
    ),
}

Place = Callable[[Browser, Pictured], str]


def _page(address: str) -> Place:
    def shown(reader: Browser, it: Pictured) -> str:
        answer = reader.get(address.format(**vars(it)))
        assert answer.status_code in (200, 404), answer.status_code
        return answer.text if answer.status_code == 200 else ""

    return shown


def _file(name: str) -> Place:
    def shown(reader: Browser, it: Pictured) -> str:
        answer = reader.get(f"/photos/{it.photo}/{name}")
        assert answer.status_code in (200, 404)
        return f"/photos/{it.photo}/" if answer.status_code == 200 else ""

    return shown


def _old(reader: Browser, it: Pictured) -> str:
    answer = reader.get(it.first)
    assert answer.status_code in (200, 404)
    return f"/photos/{it.photo}/" if answer.status_code == 200 else ""


ALONE: dict[str, Place] = {
    "its page": _page("/photos/{photo}"),
    "an old address": _old,
    **{name: _file(name) for name in FILES},
}
"""Where whoever may see it in the state it is in sees it."""
TOGETHER: dict[str, Place] = {
    "the post": _page("/t/{stream}"),
    "all of the post": _page("/photos/of/{piece}"),
    "the landing page": _page("/"),
    "the channel": _page("/c/vardagsrummet"),
    "its writer": _page("/people/{writer}"),
    "the timeline": _page("/memories"),
    "its writer's timeline": _page("/memories/person/{writer}"),
    "on this day": _page("/memories/today"),
}
"""Where it is among other things; whoever may see it need not meet it there before it is shown to all."""
ALWAYS = ("the post", "the timeline", "on this day")


@pytest.mark.parametrize("state", STATES)
def test_it_is_where_it_may_be_and_nowhere_else(state: str, world: World, browser: Callable[..., Browser]) -> None:
    setting, may = STATES[state]
    piece, photo = setting(world)
    it = Pictured(piece.id, piece.stream_id, photo.id, piece.author_id, f"/photos/{photo.id}/320.jpg?v=00000000")
    a_year_ago = clock.today().replace(year=clock.today().year - 1)
    memories.say_when(world.viewer("tuva"), piece.id, on(a_year_ago))
    to_all = "amina" in may
    wrong = []
    for name in CAST:
        reader = browser(name)
        for place, look in {**ALONE, **TOGETHER}.items():
            there = f"/photos/{it.photo}/" in look(reader, it) or (place == "its page" and bool(look(reader, it)))
            if there and name not in may:
                wrong.append((name, place, "is there"))
            if not there and name in may and (place in ALONE or (to_all and place in ALWAYS)):
                wrong.append((name, place, "is missing"))
    assert wrong == []
