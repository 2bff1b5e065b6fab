"""Faces of people who are not members are blurred unless whoever put the picture up says otherwise."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from community.core.db import session
from community.photos import actions, blurring
from community.photos.actions import Told
from community.photos.consent import SHOWN, state_of
from community.photos.models import Photo
from tests.client import Browser
from tests.photos.picturing import let_stand, loose, posted
from tests.pictures.corpus import encoded
from tests.pictures.test_faces import with_faces
from tests.world import World

STRANGER = encoded(with_faces((260, 300)), "JPEG", quality=92)


def fresh(photo_id: int) -> Photo:
    return session().scalars(select(Photo).where(Photo.id == photo_id).execution_options(populate_existing=True)).one()


def test_what_looks_like_a_face_is_ticked_on_the_page(world: World, browser: Callable[..., Browser]) -> None:
    photo = loose(world, "tuva", STRANGER)
    assert set(photo.cells) == {13, 14, 19, 20}
    _piece, (hung,) = posted(world, content=STRANGER)
    page = browser("tuva").get(f"/photos/{hung.id}").text
    assert page.count(" checked") == 4
    assert "what looks like a face" in page


def test_nobody_known_is_in_it_and_the_stranger_is_blurred(world: World) -> None:
    piece, (photo,) = posted(world, content=STRANGER)
    piece_id, photo_id = piece.id, photo.id
    before = blurring.file_of(photo, "960.jpg")
    actions.say_nobody(world.viewer("tuva"), piece_id)
    let_stand(world, piece)
    after = fresh(photo_id)
    assert state_of(after, []) == SHOWN
    assert set(after.cells) <= set(after.blurred)
    assert blurring.file_of(after, "960.jpg") != before


def test_whoever_says_otherwise_is_believed(world: World) -> None:
    piece, (photo,) = posted(world, content=STRANGER)
    actions.say_who(world.viewer("tuva"), photo.id, Told("En teckning på väggen", "nobody"))
    let_stand(world, piece)
    assert fresh(photo.id).blurred == []
