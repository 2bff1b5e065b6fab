"""What becomes of photos when somebody leaves, when a post is taken back, and of what nobody sent in the end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from community.core import clock, picture_files
from community.core.db import session, transaction
from community.core.erasing import Leaver
from community.my_data.tables import SAID
from community.notices.models import OwnCard
from community.photos import actions, asking, blurring, erasing, queries
from community.photos.models import Photo, PhotoPerson
from community.streams import actions as streams
from community.streams.models import Piece
from tests.photos.picturing import NOBODY_IN_IT, loose, standing, with_people
from tests.photos.test_seeing import sees
from tests.world import World


def left(world: World, name: str, choice: str) -> None:
    leaver = Leaver(world.id(name), choice, clock.now())
    with transaction():
        erasing.let_go(leaver)
    assert erasing.put_up(leaver)
    assert erasing.said(leaver)


def there(photo_id: int) -> Photo | None:
    return session().get(Photo, photo_id, populate_existing=True)


@pytest.mark.parametrize(("choice", "stays"), [("named", True), ("nameless", False), ("removed", False)])
def test_her_own_pictures_stay_only_under_her_name(world: World, choice: str, stays: bool) -> None:
    _piece, photo = standing(world, told=NOBODY_IN_IT)
    id_, name, other = photo.id, photo.shown_name, loose(world, "tuva").id
    left(world, "tuva", choice)
    assert (there(id_) is not None) is stays
    assert picture_files._place(name).exists() is stays
    assert there(other) is None


@pytest.mark.parametrize(("choice", "shown"), [("named", True), ("nameless", True), ("removed", False)])
def test_pictures_others_took_of_her_follow_what_she_said(world: World, choice: str, shown: bool) -> None:
    _piece, photo = standing(world, told=with_people(world, "ivan"))
    asking.answer(world.viewer("ivan"), photo.id, "yes")
    left(world, "ivan", choice)
    assert ("amina" in sees(world, photo.id)) is shown


def test_what_she_had_not_answered_is_a_no_for_good(world: World) -> None:
    _piece, photo = standing(world, told=with_people(world, "ivan", blur_unanswered=True))
    left(world, "ivan", "named")
    assert "amina" not in sees(world, photo.id)


def test_with_a_post_that_is_emptied_its_pictures_go(world: World) -> None:
    piece, photo = standing(world, told=NOBODY_IN_IT)
    id_, name = photo.id, photo.shown_name
    streams.remove_piece(world.viewer("tuva"), piece.id)
    assert sees(world, photo.id) == set()
    now = clock.now() + timedelta(days=31)
    assert streams.clear_out_removed(now) >= 1
    assert actions.clear_out(now) == 1
    assert there(id_) is None
    assert not picture_files._place(name).exists()
    assert actions.clear_out(now) == 0


def test_what_was_never_sent_goes_after_a_week(world: World) -> None:
    id_ = loose(world, "tuva").id
    assert actions.clear_out(clock.now() + timedelta(days=6)) == 0
    assert actions.clear_out(clock.now() + timedelta(days=8)) == 1
    assert there(id_) is None


def test_asked_twice_and_never_again(world: World) -> None:
    _piece, photo = standing(world, told=with_people(world, "ivan"))
    assert asking.ask_again(clock.now() + timedelta(days=6)) == 0
    with transaction() as s:
        card = s.scalar(select(OwnCard).where(OwnCard.kind == "picture"))
        assert card is not None and card.about_id == photo.id
        card.done_at = clock.now()
        s.flush()
    assert asking.ask_again(clock.now() + timedelta(days=8)) == 1
    assert session().scalar(select(OwnCard.done_at).where(OwnCard.kind == "picture")) is None
    assert asking.ask_again(clock.now() + timedelta(days=30)) == 0


def test_a_machine_that_was_busy_shows_nothing_until_it_is_drawn(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _piece, photo = standing(world, told=with_people(world, "ivan"))
    asking.answer(world.viewer("ivan"), photo.id, "yes")
    with transaction() as s:  # as if the process died between the answer and the drawing
        row = s.get_one(PhotoPerson, (photo.id, world.id("ivan")))
        row.answer = "blur"
        s.get_one(Photo, photo.id).stale = True
        s.flush()
    assert "amina" not in sees(world, photo.id)
    assert photo.id in blurring.due()
    assert blurring.redraw(photo.id, 0)
    assert "amina" in sees(world, photo.id)
    assert blurring.due() == []


def test_she_takes_along_what_she_put_up_and_what_she_said(world: World) -> None:
    _piece, photo = standing(world, told=with_people(world, "ivan"))
    asking.answer(world.viewer("ivan"), photo.id, "blur")
    given, said = SAID["photo"].gives, SAID["photo_person"].gives
    assert given is not None and said is not None
    (row,) = given(world.viewer("tuva"))
    assert (row["alt"], row["who"]) == ("En bild", "people")
    (answer,) = said(world.viewer("ivan"))
    assert (answer["photo_id"], answer["answer"]) == (photo.id, "blur")
    assert given(world.viewer("ivan")) == said(world.viewer("tuva")) == []


def test_a_moved_out_member_keeps_what_stood_before_her_day_alone(world: World) -> None:
    piece, photo = standing(world, space="solglantan", by="birgitta", told=NOBODY_IN_IT)
    assert "johanna" not in sees(world, photo.id)
    assert "vera" in sees(world, photo.id)
    assert session().get_one(Piece, piece.id).pictures == 1
    assert queries.of_piece(world.viewer("vera"), session().get_one(Piece, piece.id))
