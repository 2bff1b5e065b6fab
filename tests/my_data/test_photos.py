"""Photos in what a member takes along: hers, and those she is in, as they may be seen at that moment."""

from __future__ import annotations

from flask import Flask

from community.photos import asking, blurring, queries
from tests.my_data.taking import Taken, taken
from tests.photos.picturing import NOBODY_IN_IT, loose, standing, with_people
from tests.pictures.looking import beside_the_pixels
from tests.world import World


def names(file: Taken) -> set[str]:
    assert all(beside_the_pixels(name, content) == set() for name, content in file.photos.items())
    assert all(name in file.pages for name in file.photos)
    return set(file.photos)


def at(*photo_ids: int) -> set[str]:
    return {f"files/photos/{photo_id}.jpg" for photo_id in photo_ids}


def test_hers_are_in_it_and_those_she_is_in(app: Flask, world: World) -> None:
    with app.app_context():
        of_her = standing(world, told=with_people(world, "ivan"))[1].id
        of_nobody = standing(world, told=NOBODY_IN_IT)[1].id
        hers = [loose(world, "ivan").id, standing(world, "ivan", told=NOBODY_IN_IT)[1].id]
    assert names(taken(app, world, "ivan")) == at(of_her, *hers)
    assert names(taken(app, world, "tuva")) == at(of_her, of_nobody)
    assert names(taken(app, world, "amina")) == set()


def test_of_one_she_is_in_there_is_nothing_once_somebody_else_said_no(app: Flask, world: World) -> None:
    with app.app_context():
        _piece, photo = standing(world, told=with_people(world, "ivan", "samir"))
        photo_id = photo.id
        asking.answer(world.viewer("samir"), photo_id, "yes")
    assert names(taken(app, world, "samir")) == at(photo_id)
    with app.app_context():
        asking.answer(world.viewer("ivan"), photo_id, "no")
    file = taken(app, world, "samir")
    assert names(file) == set()
    assert file.tables["photo_person"][0]["file"] is None


def test_who_wants_to_be_blurred_is_blurred_there_too(app: Flask, world: World) -> None:
    with app.app_context():
        cells = frozenset(range(36))
        _piece, photo = standing(world, told=with_people(world, "ivan", cells=cells))
        asking.answer(world.viewer("ivan"), photo.id, "blur")
        sight = queries.photo_for(world.viewer("tuva"), photo.id)
        assert set(sight.photo.blurred) == cells
        blurred = blurring.file_of(sight.photo, "320.jpg")
    assert list(taken(app, world, "tuva").photos.values()) == [blurred]
