"""On this day: what is shown, and everything that never is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from community.core import clock, db
from community.core.db import session, transaction
from community.members.models import Member
from community.memories import actions, looking_back
from community.memories.happened import Happened
from community.photos import asking
from community.photos.models import Photo
from community.safety.cases import open_case
from community.safety.models import HARM
from community.streams import actions as streams
from community.streams import moderating
from community.streams.models import Piece, StreamChoice
from tests.client import Browser
from tests.counting import counted
from tests.make import Make
from tests.memories.remembering import exactly, in_request
from tests.photos.picturing import NOBODY_IN_IT, standing, with_people
from tests.world import NOW, World, exclude

BACK = exactly(2023, 3, 14)  # three years before NOW


def shown(world: World, who: str) -> list[int]:
    with in_request():
        return [back.memory.piece.id for back in looking_back.today_for(world.viewer(who))]


def pictured_at(world: World, moment: datetime, **how: Any) -> tuple[Piece, Photo]:
    """A picture of johanna's that was posted at a moment; the cast were not all here then."""
    piece, photo = standing(world, "johanna", **how)
    with transaction():
        session().get_one(Piece, piece.id).published_at = moment
    return piece, photo


def on_this_day(world: World, make: Make, who: str = "tuva", happened: Happened = BACK, **how: Any) -> int:
    piece_id = make.thread(who, **how).opening_id
    assert piece_id is not None
    actions.say_when(world.viewer(who), piece_id, happened)
    return piece_id


@pytest.mark.parametrize("year,found", [(2025, 1), (2024, 1), (2023, 1), (2022, 0), (2021, 1), (2016, 1), (2015, 0)])
def test_one_two_three_five_and_ten_years_ago(year: int, found: int, world: World, make: Make) -> None:
    on_this_day(world, make, happened=exactly(year, 3, 14))
    assert len(shown(world, "olle")) == len(shown(world, "tuva")) == found


@pytest.mark.parametrize(
    "happened",
    [
        exactly(2023, 3, 13),
        exactly(2023, 3, 15),
        Happened(date(2023, 3, 1), date(2023, 3, 31), "month"),
        Happened(date(2023, 1, 1), date(2023, 12, 31), "year"),
        Happened(date(2023, 3, 14), date(2023, 3, 14), "day"),
    ],
)
def test_only_what_is_known_to_the_day(happened: Happened, world: World, make: Make) -> None:
    piece = on_this_day(world, make, happened=happened)
    assert (piece in shown(world, "olle")) is (happened == BACK)


def test_without_a_date_the_day_a_shown_picture_was_posted(world: World) -> None:
    at_home = datetime(2025, 3, 13, 23, 30, tzinfo=UTC)  # the 14th at home
    piece, photo = pictured_at(world, at_home, told=with_people(world, "ivan"))
    pictured_at(world, at_home + timedelta(days=1), told=NOBODY_IN_IT)
    asked, _photo = pictured_at(world, at_home, told=NOBODY_IN_IT, mode="ask")
    assert shown(world, "tuva") == []
    asking.answer(world.viewer("ivan"), photo.id, "yes")
    assert shown(world, "tuva") == [piece.id] and asked.id not in shown(world, "tuva")
    asking.answer(world.viewer("ivan"), photo.id, "no")
    assert shown(world, "tuva") == []


def _hide(world: World, piece_id: int) -> None:
    with transaction():
        moderating.hide(world.viewer("jonna"), session().get_one(Piece, piece_id))


def _note(_world: World, piece_id: int) -> None:
    with transaction():
        session().get_one(Piece, piece_id).note = "om sjukdom"


def _unname(_world: World, piece_id: int) -> None:
    with transaction():
        session().get_one(Piece, piece_id).unnamed = True


def _remember(world: World, _piece_id: int) -> None:
    with transaction():
        session().get_one(Member, world.id("tuva")).remembered_at = NOW


def _protect(world: World, _piece_id: int) -> None:
    with transaction():
        session().get_one(Member, world.id("tuva")).protected = True


def _alarm(world: World, piece_id: int) -> None:
    with transaction():
        open_case(f"piece:{piece_id}", "word", harm=HARM, member_id=world.id("tuva"), piece_id=piece_id, alert=True)


def _mute_stream(world: World, piece_id: int) -> None:
    with transaction() as s:
        stream = s.get_one(Piece, piece_id).stream_id
        s.add(StreamChoice(member_id=world.id("olle"), stream_id=stream, choice="mute", chosen_at=NOW))


@pytest.mark.parametrize(
    "what",
    [
        _hide,
        _note,
        _unname,
        _remember,
        _protect,
        _alarm,
        _mute_stream,
        lambda world, _piece: exclude("olle", "tuva", "block"),
        lambda world, _piece: exclude("olle", "tuva", "separation", "birgitta"),
        lambda world, piece: streams.remove_piece(world.viewer("tuva"), piece),
        lambda world, piece: actions.put_away(world.viewer("olle"), piece),
        lambda world, _piece: actions.look_back(world.viewer("olle"), False),
    ],
)
def test_what_may_hurt_is_never_met_unasked(what: Callable[[World, int], Any], world: World, make: Make) -> None:
    piece = on_this_day(world, make)
    assert shown(world, "olle") == [piece]
    what(world, piece)
    assert shown(world, "olle") == []


@pytest.mark.parametrize("whose", ["remembered_at", "protected"])
def test_nothing_with_somebody_remembered_or_protected_in_the_picture(whose: str, world: World) -> None:
    piece, photo = pictured_at(world, datetime(2025, 3, 14, 12, 0, tzinfo=UTC), told=with_people(world, "ivan"))
    asking.answer(world.viewer("ivan"), photo.id, "yes")
    assert shown(world, "tuva") == [piece.id]
    with transaction():
        setattr(session().get_one(Member, world.id("ivan")), whose, NOW if whose == "remembered_at" else True)
    assert shown(world, "tuva") == []


def test_nothing_with_somebody_in_it_whom_one_is_kept_apart_from_or_has_muted(
    world: World, browser: Callable[..., Browser]
) -> None:
    piece, photo = pictured_at(world, datetime(2025, 3, 14, 12, 0, tzinfo=UTC), told=with_people(world, "ivan"))
    asking.answer(world.viewer("ivan"), photo.id, "yes")
    assert shown(world, "samir") == [piece.id] and shown(world, "olle") == []  # staff keep olle and ivan apart
    browser("samir").post(f"/people/{world.id('ivan')}/mute")
    assert shown(world, "samir") == []


def test_where_a_picture_is_not_shown_there_is_nothing(world: World, make: Make) -> None:
    piece, _photo = standing(world, "johanna", told=with_people(world, "ivan"))
    actions.say_when(world.viewer("johanna"), piece.id, BACK)
    assert piece.id not in shown(world, "tuva")


def test_the_29th_of_february_is_shown_on_the_28th(world: World, make: Make) -> None:
    piece = on_this_day(world, make, happened=exactly(2024, 2, 29))
    with clock.at(datetime(2027, 2, 28, 12, 0, tzinfo=UTC)):
        assert shown(world, "tuva") == [piece]
    with clock.at(datetime(2029, 2, 28, 12, 0, tzinfo=UTC)):
        assert shown(world, "tuva") == [piece]


def test_not_this_one_again_and_none_at_all_without_javascript(
    world: World, make: Make, browser: Callable[..., Browser]
) -> None:
    first, second = on_this_day(world, make), on_this_day(world, make, happened=exactly(2021, 3, 14))
    olle = browser("olle")
    home = olle.get("/").get_data(as_text=True)
    assert "Den här dagen, för tre år sedan." in home and f"/memories/today/{first}/away" in home
    assert olle.post(f"/memories/today/{first}/away", {"back": "home"}).location.endswith("/")
    home = olle.get("/").get_data(as_text=True)
    assert f"/memories/today/{first}/away" not in home and f"/memories/today/{second}/away" in home
    assert olle.post("/memories/look-back", {"wanted": "no"}).status_code == 303
    assert "looking-back" not in olle.get("/").get_data(as_text=True)
    assert "Du ville inte ha några tillbakablickar." in olle.get("/memories/today").get_data(as_text=True)
    olle.post("/memories/look-back", {"wanted": "yes"})
    assert "looking-back" in olle.get("/").get_data(as_text=True)
    assert first in shown(world, "tuva")  # hers alone


def test_three_at_most_and_a_fixed_cost(
    world: World, make: Make, browser: Callable[..., Browser], rolled_back: Any
) -> None:
    reader, asked = browser("olle"), []
    for more in (1, 7):
        for _number in range(more):
            on_this_day(world, make, "sara")
        reader.get("/")
        db.remove()
        with counted(rolled_back) as questions:
            page = reader.get("/")
        asked.append(len(questions))
    assert page.get_data(as_text=True).count("/away") == 3
    assert asked[0] == asked[1], asked
    assert asked[0] <= 18, asked
