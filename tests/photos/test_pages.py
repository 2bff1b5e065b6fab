"""Sending pictures with and without JavaScript, and the pages of photos."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from community.core import picture_files
from community.core.db import session
from community.members.readings import of_mine
from community.photos import actions, asking, queries
from community.photos.models import Photo
from community.safety.models import Case
from community.streams.models import Piece
from tests.client import Browser
from tests.matrix.pictured import hidden
from tests.photos.picturing import A_PICTURE, NOBODY_IN_IT, posted, standing, with_people
from tests.world import World


def sent(*contents: bytes) -> dict[str, Any]:
    return {"pictures": [(io.BytesIO(content), f"bild-{nr}.jpg") for nr, content in enumerate(contents)]}


def writing(world: World, **more: Any) -> dict[str, Any]:
    given = {"text": "Titta här", "client_id": "pages-00001", "space_id": world.space("vardagsrummet"), "mode": "tell"}
    return {**given, **more}


def photos() -> list[Photo]:
    return list(session().scalars(select(Photo).order_by(Photo.position)))


def test_a_plain_form_sends_pictures_and_leads_to_who_is_in_them(world: World, browser: Callable[..., Browser]) -> None:
    tuva = browser("tuva")
    answer = tuva.post("/write", writing(world, **sent(A_PICTURE, A_PICTURE + b"x")))
    assert answer.status_code == 303
    assert "/photos/of/" in answer.location
    assert [photo.position for photo in photos()] == [0, 1]
    page = tuva.get(answer.location)
    assert page.text.count("Say who is in it") == 2
    again = tuva.post("/write", writing(world, **sent(A_PICTURE, A_PICTURE + b"x")))
    assert again.location == answer.location
    assert len(photos()) == 2


@pytest.mark.parametrize("bad", [b"<svg onload=alert(1)>", b"", b"\xff\xd8\xff\xe0 cut off", b"<html>"])
def test_a_file_that_is_no_picture_leaves_the_text_and_the_good_ones(
    bad: bytes, world: World, browser: Callable[..., Browser]
) -> None:
    tuva = browser("tuva")
    answer = tuva.post("/write", writing(world, **sent(A_PICTURE, bad)))
    assert answer.status_code == 422
    assert "Titta här" in answer.text
    (kept,) = photos()
    assert f'value="{kept.id}"' in answer.text
    assert kept.piece_id is None
    sent_again = tuva.post("/write", writing(world, photos=str(kept.id)))
    assert sent_again.status_code == 303
    assert session().get_one(Photo, kept.id, populate_existing=True).piece_id is not None


def test_too_many_are_refused_before_any_is_kept(world: World, browser: Callable[..., Browser]) -> None:
    answer = browser("tuva").post("/write", writing(world, **sent(*[A_PICTURE] * 7)))
    assert answer.status_code == 422
    assert photos() == []


def test_somebody_elses_photo_hangs_on_nothing_of_mine(world: World, browser: Callable[..., Browser]) -> None:
    photo = actions.add(world.viewer("amina"), io.BytesIO(A_PICTURE), "pages-others")
    assert browser("tuva").post("/write", writing(world, photos=str(photo.id))).status_code == 404
    assert session().scalar(select(func.count()).select_from(Piece).where(Piece.text == "Titta här")) == 0


def test_one_picture_by_request_is_kept_once(world: World, browser: Callable[..., Browser]) -> None:
    tuva = browser("tuva")
    for _ in range(2):
        form = {"picture": (io.BytesIO(A_PICTURE), "../../etc/passwd.jpg"), "client_id": "pages-00002"}
        form["csrf_token"] = tuva.token()
        answer = tuva.open("POST", "/photos", data=form, headers={"Accept": "application/json"})
        assert answer.status_code == 201
    (photo,) = photos()
    assert answer.json == {"ok": True, "id": str(photo.id), "url": answer.json["url"]}
    assert tuva.get(answer.json["url"]).content_type == "image/webp"


def test_the_post_shows_it_with_its_sizes_to_everybody(world: World, browser: Callable[..., Browser]) -> None:
    piece, photo = standing(world, told=NOBODY_IN_IT)
    for name in ("amina", "johanna", "sara"):
        page = browser(name).get(f"/t/{piece.stream_id}").text
        assert f"/photos/{photo.id}/320.webp" in page
        assert 'width="60" height="40"' in page
        assert 'alt="En sjö"' in page


def test_the_post_shows_nothing_of_one_that_waits_but_to_those_it_waits_for(
    world: World, browser: Callable[..., Browser]
) -> None:
    piece, photo = standing(world, told=with_people(world, "ivan"))
    for name in ("amina", "johanna", "vera"):
        assert "/photos/" not in browser(name).get(f"/t/{piece.stream_id}").text
    for name in ("tuva", "ivan", "sara"):
        page = browser(name).get(f"/t/{piece.stream_id}").text
        assert f"/photos/of/{piece.id}" in page
        assert f"/photos/{photo.id}/" not in page


def test_whoever_is_asked_has_a_card_and_answers_from_it(world: World, browser: Callable[..., Browser]) -> None:
    piece, photo = standing(world, told=with_people(world, "ivan"))
    ivan = browser("ivan")
    assert f'action="/photos/{photo.id}/answer"' in ivan.get("/").text
    page = ivan.get(f"/photos/{photo.id}").text
    assert "Tuva vill visa en bild där du är med." in page
    assert "Svarar du inte visas den inte." in page
    assert ivan.post(f"/photos/{photo.id}/answer", answer="yes").status_code == 303
    assert f'action="/photos/{photo.id}/answer"' not in ivan.get("/").text
    assert f"/photos/{photo.id}/320.webp" in browser("amina").get(f"/t/{piece.stream_id}").text
    mine = ivan.get("/me/photos").text
    assert f"/photos/{photo.id}/320.webp" in mine
    assert ivan.post(f"/photos/{photo.id}/answer", answer="no").status_code == 303
    assert "/photos/" not in browser("amina").get(f"/t/{piece.stream_id}").text


def test_nobody_is_asked_before_a_host_has_let_it_stand(world: World, browser: Callable[..., Browser]) -> None:
    piece, (photo,) = posted(world)
    piece_id = piece.id
    actions.say_who(world.viewer("tuva"), photo.id, with_people(world, "ivan"))
    assert f'action="/photos/{photo.id}/answer"' not in browser("ivan").get("/").text
    assert browser("ivan").get(f"/photos/{photo.id}").status_code == 404
    case = session().scalar(select(Case).where(Case.piece_id == piece_id))
    assert case is not None
    jonna = browser("jonna")
    assert f"/photos/{photo.id}/320.webp" in jonna.get(f"/review/{case.id}").text
    decided = jonna.post(f"/review/{case.id}/do/publish", version=case.version)
    assert decided.status_code == 303
    assert f'action="/photos/{photo.id}/answer"' in browser("ivan").get("/").text
    confirmed = session().get_one(Photo, photo.id, populate_existing=True)
    assert confirmed.confirmed_by == world.id("jonna")


def test_what_somebody_told_staff_of_is_veiled_for_them_and_opening_it_is_written_down(
    world: World, browser: Callable[..., Browser]
) -> None:
    piece, photo = standing(world, told=NOBODY_IN_IT)
    hidden(world, piece.id)
    assert browser("amina").get(f"/photos/{photo.id}/320.jpg").status_code == 404
    sara = browser("sara")
    veiled = sara.get(f"/photos/{photo.id}/320.jpg").data
    assert veiled == sara.get(f"/photos/{photo.id}/veiled.jpg").data
    assert "veiled" in sara.get(f"/photos/{photo.id}").text
    before = len(of_mine(world.viewer("tuva")))
    assert sara.post(f"/photos/{photo.id}/open").status_code == 303
    assert len(of_mine(world.viewer("tuva"))) == before + 1
    assert sara.get(f"/photos/{photo.id}/320.jpg").data != veiled


def test_taken_away_the_files_are_gone(world: World, browser: Callable[..., Browser], rolled_back: Any) -> None:
    piece, photo = standing(world, told=NOBODY_IN_IT)
    name = photo.shown_name
    tuva = browser("tuva")
    assert tuva.post(f"/photos/{photo.id}/remove").status_code == 303
    assert tuva.get(f"/photos/{photo.id}/320.jpg").status_code == 404
    assert not picture_files._place(name).exists()
    assert tuva.get(f"/t/{piece.stream_id}").status_code == 200


def test_who_is_in_it_by_the_form(world: World, browser: Callable[..., Browser]) -> None:
    _piece, photo = standing(world)
    tuva, ivan = browser("tuva"), world.id("ivan")
    where = f"/photos/{photo.id}/who"
    assert tuva.post(where, alt="", who="people").status_code == 422
    assert tuva.post(where, alt="Vid sjön", who="people", person=ivan, cell_3="y").status_code == 303
    sight = queries.photo_for(world.viewer("tuva"), photo.id)
    assert (actions.alt_of(sight.photo), sight.photo.cells) == ("Vid sjön", [3])
    assert tuva.post(f"/photos/{photo.id}/place", member_id=ivan, cell_7="y").status_code == 303
    person = queries.photo_for(world.viewer("tuva"), photo.id).person(ivan)
    assert person is not None and person.cells == [7]
    assert tuva.post(where, alt="Vid sjön", who="nobody").status_code == 303
    assert queries.photo_for(world.viewer("tuva"), photo.id).people == ()
    page = tuva.get(f"/photos/{photo.id}").text
    assert ">Ivan</option>" in page
    assert "Elias" not in page  # she may not mention him here: an adult, and he has not written


def test_staff_have_a_list_of_what_waits_for_them(world: World, browser: Callable[..., Browser]) -> None:
    _piece, photo = standing(world, "amina", told=with_people(world, "vera"))
    asking.answer(world.viewer("vera"), photo.id, "yes")
    sara = browser("sara")
    assert f"/photos/{photo.id}" in sara.get("/photos/waiting").text
    assert sara.post(f"/photos/{photo.id}/staff", member_id=world.id("vera"), said="yes").status_code == 303
    assert f"/photos/{photo.id}" not in sara.get("/photos/waiting").text


def test_of_many_pictures_one_press_says_that_nobody_is_in_them(world: World, browser: Callable[..., Browser]) -> None:
    piece, put_up = posted(world, count=3)
    piece_id, first = piece.id, put_up[0].id
    actions.say_who(world.viewer("tuva"), first, with_people(world, "ivan"))
    tuva = browser("tuva")
    page = tuva.get(f"/photos/of/{piece_id}")
    assert f'action="/photos/of/{piece_id}/nobody"' in page.text
    assert tuva.post(f"/photos/of/{piece_id}/nobody").status_code == 303
    assert [photo.who for photo in photos()] == ["people", "nobody", "nobody"]
    assert "/nobody" not in tuva.get(f"/photos/of/{piece_id}").text
    assert browser("sara").post(f"/photos/of/{piece_id}/nobody").status_code == 404
