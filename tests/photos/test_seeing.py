"""Who sees a photo: cast by state of consent by place. What is not allowed answers like what does not exist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from community.core.errors import Invalid, NotAllowed, NotFound
from community.forum import actions as forum
from community.photos import actions, asking, queries
from community.photos.actions import Told
from community.streams.actions import Said
from tests.client import Browser
from tests.photos.picturing import NOBODY_IN_IT, loose, posted, standing, with_people
from tests.world import World, exclude

EVERYBODY = ("amina", "vera", "tuva", "elias", "olle", "isla", "johanna", "sara", "jonna", "noor")


def sees(world: World, photo_id: int, *names: str) -> set[str]:
    """Who of these sees it."""
    found = set()
    for name in names or EVERYBODY:
        try:
            queries.photo_for(world.viewer(name), photo_id)
            found.add(name)
        except NotFound:
            pass
    return found


def test_one_that_hangs_on_nothing_is_its_uploaders_alone(world: World) -> None:
    assert sees(world, loose(world, "tuva").id) == {"tuva"}


def test_where_children_read_a_host_looks_first(world: World) -> None:
    piece, (photo,) = posted(world)
    assert (piece.state, piece.held_why) == ("held", "photo")
    assert sees(world, photo.id) == {"tuva", "sara", "jonna"}  # hers, and staff who read there


def test_of_another_house_staff_alone_who_read_there(world: World) -> None:
    _piece, (photo,) = posted(world, space="solglantan")
    assert sees(world, photo.id) == {"tuva", "sara"}


def test_what_a_host_let_stand_is_not_shown_before_it_is_said_who_is_in_it(world: World) -> None:
    _piece, photo = standing(world)
    assert sees(world, photo.id) == {"tuva", "sara", "jonna"}


def test_with_nobody_in_it_everybody_who_reads_sees_it(world: World) -> None:
    _piece, photo = standing(world, told=NOBODY_IN_IT)
    assert sees(world, photo.id) == set(EVERYBODY)


def test_said_afterwards_a_host_confirms_it(world: World) -> None:
    _piece, photo = standing(world)
    actions.say_who(world.viewer("tuva"), photo.id, NOBODY_IN_IT)
    assert "amina" not in sees(world, photo.id)
    asking.confirm(world.viewer("jonna"), photo.id)
    assert "amina" in sees(world, photo.id)


def test_no_answer_is_not_shown(world: World) -> None:
    _piece, photo = standing(world, told=with_people(world, "ivan"))
    assert sees(world, photo.id, *EVERYBODY, "ivan") == {"tuva", "ivan", "sara", "jonna"}


@pytest.mark.parametrize("name,staff,shown", [("ivan", None, True), ("vera", None, False), ("vera", "yes", True)])
def test_a_yes_shows_it_and_under_18_staff_say_yes_too(world: World, name: str, staff: str | None, shown: bool) -> None:
    _piece, photo = standing(world, "amina", told=with_people(world, name))
    asking.answer(world.viewer(name), photo.id, "yes")
    if staff:
        asking.answer_for(world.viewer("sara"), photo.id, world.id(name), staff)
    assert ("johanna" in sees(world, photo.id)) is shown


def test_staffs_no_for_a_child_is_a_no(world: World) -> None:
    _piece, photo = standing(world, "amina", told=with_people(world, "vera", blur_unanswered=True))
    asking.answer(world.viewer("vera"), photo.id, "yes")
    asking.answer_for(world.viewer("sara"), photo.id, world.id("vera"), "no")
    assert sees(world, photo.id) == {"amina"}


def test_after_a_no_there_are_its_uploader_and_who_said_it(world: World) -> None:
    _piece, photo = standing(world, told=with_people(world, "ivan", "samir"))
    asking.answer(world.viewer("samir"), photo.id, "yes")
    asking.answer(world.viewer("ivan"), photo.id, "no")
    assert sees(world, photo.id, *EVERYBODY, "ivan", "samir") == {"tuva", "ivan"}
    with pytest.raises(Invalid):  # taking her off the list does not undo her no
        actions.say_who(world.viewer("tuva"), photo.id, Told(who="people"))
    actions.say_who(world.viewer("tuva"), photo.id, NOBODY_IN_IT)
    assert "amina" not in sees(world, photo.id)


def test_the_unanswered_are_blurred_where_the_uploader_wants_it_so(world: World) -> None:
    _piece, photo = standing(world, told=with_people(world, "ivan", blur_unanswered=True))
    assert sees(world, photo.id, "amina") == {"amina"}
    sight = queries.photo_for(world.viewer("tuva"), photo.id)
    assert sight.photo.blurred == [0]


def test_blurred_where_nobody_knows_she_is_stays_unshown(world: World) -> None:
    _piece, photo = standing(world, told=with_people(world, "ivan", cells=frozenset()))
    asking.answer(world.viewer("ivan"), photo.id, "blur")
    assert "amina" not in sees(world, photo.id)
    asking.answer(world.viewer("ivan"), photo.id, "blur", frozenset({7, 8}))
    assert "amina" in sees(world, photo.id)


def test_withdrawn_at_any_time(world: World) -> None:
    _piece, photo = standing(world, told=with_people(world, "ivan"))
    asking.answer(world.viewer("ivan"), photo.id, "yes")
    assert "amina" in sees(world, photo.id)
    asking.answer(world.viewer("ivan"), photo.id, "blur")
    assert "amina" in sees(world, photo.id)
    assert queries.photo_for(world.viewer("amina"), photo.id).photo.blurred == [0]
    asking.answer(world.viewer("ivan"), photo.id, "no")
    assert "amina" not in sees(world, photo.id)


def test_i_am_in_this_hides_it_at_once(world: World) -> None:
    _piece, photo = standing(world, told=NOBODY_IN_IT)
    asking.claim(world.viewer("ivan"), photo.id)
    assert sees(world, photo.id, *EVERYBODY, "ivan") == {"tuva", "ivan", "sara", "jonna"}
    asking.answer(world.viewer("ivan"), photo.id, "yes")
    assert "amina" in sees(world, photo.id)


def test_staff_settle_a_claim_that_is_none(world: World) -> None:
    _piece, photo = standing(world, told=NOBODY_IN_IT)
    asking.claim(world.viewer("amina"), photo.id)
    asking.answer_for(world.viewer("jonna"), photo.id, world.id("amina"), "absent")
    assert "johanna" in sees(world, photo.id)


def test_whoever_is_kept_apart_from_somebody_in_it_has_no_such_photo(world: World) -> None:
    _piece, photo = standing(world, told=with_people(world, "ivan"))
    asking.answer(world.viewer("ivan"), photo.id, "yes")
    assert "olle" not in sees(world, photo.id)  # staff keep olle and ivan apart
    exclude("johanna", "ivan")
    assert "johanna" not in sees(world, photo.id)
    assert "amina" in sees(world, photo.id)


def test_a_protected_identity_is_never_named_and_hides_what_shows_her(world: World, rolled_back: Any) -> None:
    _piece, photo = standing(world)
    with pytest.raises(Invalid):
        actions.say_who(world.viewer("tuva"), photo.id, with_people(world, "noor"))
    with pytest.raises(NotAllowed):
        loose(world, "noor")


def test_nobody_is_named_who_does_not_read_there(world: World) -> None:
    _piece, photo = standing(world, space="solglantan", by="birgitta")
    for name in ("samir", "isla", "tuva"):
        with pytest.raises(Invalid):
            actions.say_who(world.viewer("tuva"), photo.id, with_people(world, name))


def test_without_a_name_there_are_no_pictures(world: World) -> None:
    photo = loose(world, "amina")
    said = Said("Hemligt", "pictured-x-1", unnamed=True)
    with pytest.raises(Invalid):
        forum.start_thread(
            world.viewer("amina"), world.space("minnen"), said, mode="tell", just_listen=False, photos=[photo.id]
        )


def test_among_adults_it_stands_at_once_and_asks_nobody_to_confirm(world: World) -> None:
    piece, (photo,) = posted(world, "johanna", "utflyttat")
    assert piece.state == "published"
    actions.say_who(world.viewer("johanna"), photo.id, NOBODY_IN_IT)
    assert "jonna" in sees(world, photo.id) and "amina" not in sees(world, photo.id)


def test_every_file_of_it_is_asked_for_anew(world: World, browser: Callable[..., Browser]) -> None:
    _piece, photo = standing(world, told=with_people(world, "ivan"))
    asking.answer(world.viewer("ivan"), photo.id, "yes")
    amina = browser("amina")
    for name in ("320.webp", "320.jpg", "veiled.webp", "veiled.jpg"):
        answer = amina.get(f"/photos/{photo.id}/{name}")
        assert answer.status_code == 200, name
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"].startswith("inline; filename=")
    tag = answer.headers["ETag"]
    assert amina.get(f"/photos/{photo.id}/veiled.jpg", headers={"If-None-Match": tag}).status_code == 304
    assert browser("johanna").get(f"/photos/{photo.id}/veiled.jpg", headers={"If-None-Match": tag}).status_code == 200
    for name in ("master.jpg", "960.webp", "moving.webp", "x", "../320.jpg"):
        assert amina.get(f"/photos/{photo.id}/{name}").status_code == 404, name
    assert browser().get(f"/photos/{photo.id}/320.jpg").status_code == 302
    asking.answer(world.viewer("ivan"), photo.id, "no")
    gone = amina.get(f"/photos/{photo.id}/veiled.jpg", headers={"If-None-Match": tag})
    assert gone.status_code == 404
    assert gone.headers["Cache-Control"] == "no-store"
