"""The timeline: what happened, in that order, of what one reads; of a house and of a person."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from community.core import clock, db, ratelimit
from community.core.audit import AuditLine
from community.core.db import session, transaction
from community.core.errors import NotAllowed, NotFound
from community.forum import actions as forum
from community.members.models import Member
from community.memories import actions, places, timeline
from community.memories.happened import Happened
from community.memories.models import MemoryDate
from community.memories.timeline import Scope
from community.photos import asking
from community.streams import actions as streams
from community.streams import moderating
from community.streams.models import Piece
from tests.client import Browser
from tests.counting import counted
from tests.lifecycle.test_past import AFTER, moved
from tests.make import Make
from tests.memories.remembering import SUMMER, album, exactly, in_request, put_in
from tests.photos.picturing import NOBODY_IN_IT, standing, with_people
from tests.world import NOW, World, exclude

__all__ = ["moved"]

ABOUT = Happened(date(2013, 1, 1), date(2015, 12, 31), "about")


def there(world: World, who: str, scope: Scope | None = None) -> list[int]:
    """The pieces of the first page."""
    with in_request():
        page = timeline.page_for(world.viewer(who), scope or Scope())
    return [one.piece.id for one in page.memories]


def dated(world: World, make: Make, who: str, happened: Happened, space: str = "vardagsrummet", **how: Any) -> int:
    piece_id = make.thread(who, space, **how).opening_id
    assert piece_id is not None
    actions.say_when(world.viewer(who), piece_id, happened)
    return piece_id


def test_what_happened_last_stands_first_whenever_it_was_posted(world: World, make: Make) -> None:
    old, summer = dated(world, make, "tuva", exactly(2009, 2, 3)), dated(world, make, "sara", SUMMER)
    about, exact = dated(world, make, "tuva", ABOUT), dated(world, make, "tuva", exactly(2014, 6, 20))
    posted, _photo = standing(world, "johanna", told=NOBODY_IN_IT)
    assert there(world, "olle") == [posted.id, exact, summer, about, old]


def test_headings_years_and_words(world: World, make: Make, browser: Callable[..., Browser]) -> None:
    dated(world, make, "tuva", exactly(2014, 3, 15))
    dated(world, make, "tuva", SUMMER)
    dated(world, make, "tuva", exactly(2009, 2, 3))
    page = browser("tuva").get("/memories")
    text = page.get_data(as_text=True)
    assert re.findall(r'<h2 id="y(\d+)"', text) == ["2014", "2009"]
    assert re.findall(r"<h3>(.*?)</h3>", text) == ["summer 2014", "March 2014", "February 2009"]
    assert re.findall(r'href="\?year=(\d+)"', text) == ["2014", "2009"]
    later = browser("tuva").get("/memories?year=2009").get_data(as_text=True)
    assert "3 February 2009" in later and "summer 2014" not in later


def test_a_post_without_picture_or_date_is_no_memory(world: World, make: Make) -> None:
    plain = make.thread("tuva")
    assert plain.opening_id not in there(world, "tuva")


def test_a_picture_is_none_before_it_is_shown(world: World) -> None:
    piece, photo = standing(world, "johanna", told=with_people(world, "ivan"))
    assert piece.id not in there(world, "tuva")
    asking.answer(world.viewer("ivan"), photo.id, "yes")
    assert piece.id in there(world, "tuva")
    asking.answer(world.viewer("ivan"), photo.id, "no")
    assert piece.id not in there(world, "tuva")


@pytest.mark.parametrize("how", [{"mode": "ask"}, {"just_listen": True}])
def test_what_was_asked_is_one_once_its_author_says_so(how: dict[str, Any], world: World) -> None:
    piece, _photo = standing(world, "johanna", told=NOBODY_IN_IT, **how)
    assert piece.id not in there(world, "tuva")
    actions.say_when(world.viewer("johanna"), piece.id, SUMMER)
    assert piece.id in there(world, "tuva")


def test_never_what_is_hidden_taken_back_or_held(world: World, make: Make) -> None:
    hidden, back = dated(world, make, "tuva", SUMMER), dated(world, make, "tuva", SUMMER)
    with transaction():
        moderating.hide(world.viewer("jonna"), session().get_one(Piece, hidden))
    streams.remove_piece(world.viewer("tuva"), back)
    for name in ("tuva", "olle", "jonna"):
        assert not {hidden, back} & set(there(world, name))


def test_a_heads_up_folds_it(world: World, browser: Callable[..., Browser]) -> None:
    piece, photo = standing(world, "johanna", told=NOBODY_IN_IT)
    with transaction():
        session().get_one(Piece, piece.id).note = "om sjukdom"
    text = browser("tuva").get("/memories").get_data(as_text=True)
    assert "om sjukdom" in text and f"/photos/{photo.id}" not in text and "Titta här" not in text


def test_of_other_houses_and_of_whom_one_is_kept_apart_from_nothing(world: World, make: Make) -> None:
    house, hers = dated(world, make, "tuva", SUMMER, "solglantan"), dated(world, make, "amina", SUMMER)
    assert {house, hers} <= set(there(world, "olle"))
    assert house not in there(world, "samir") and hers in there(world, "samir")
    assert house in there(world, "elias") and hers not in there(world, "elias")
    exclude("olle", "tuva", "block")
    assert house not in there(world, "olle")


def test_muted_people_stay_in_their_channel(world: World, make: Make, browser: Callable[..., Browser]) -> None:
    piece = dated(world, make, "tuva", SUMMER)
    browser("olle").post(f"/people/{world.id('tuva')}/mute")
    assert piece not in there(world, "olle")
    assert piece in there(world, "olle", timeline.of_person(world.viewer("olle"), world.id("tuva")))


def test_of_a_house_those_who_live_there_and_those_who_did(world: World, make: Make) -> None:
    solglantan = world.house("Solgläntan")
    piece, elsewhere = dated(world, make, "tuva", SUMMER, "solglantan"), dated(world, make, "tuva", SUMMER)
    scope = timeline.of_house(world.viewer("olle"), solglantan)
    assert there(world, "olle", scope) == [piece] and elsewhere not in there(world, "olle", scope)
    for name in ("samir", "isla", "noor"):
        with pytest.raises(NotFound):
            timeline.of_house(world.viewer(name), solglantan)


def test_of_a_person_what_she_posted_under_her_name(world: World, make: Make) -> None:
    mine, others = dated(world, make, "tuva", SUMMER), dated(world, make, "sara", SUMMER)
    unnamed = forum.start_thread(
        world.viewer("tuva"),
        world.space("vardagsrummet"),
        streams.Said("Utan namn", "unnamed-memory", unnamed=True, at_once=True),
        mode="tell",
        just_listen=False,
    )
    actions.say_when(world.viewer("tuva"), unnamed.id, SUMMER)
    for name in ("olle", "tuva", "johanna"):
        found = there(world, name, timeline.of_person(world.viewer(name), world.id("tuva")))
        assert mine in found and others not in found and unnamed.id not in found


def test_who_is_in_a_picture_only_those_know_who_may(world: World) -> None:
    piece, photo = standing(world, "johanna", told=with_people(world, "ivan"))
    asking.answer(world.viewer("ivan"), photo.id, "yes")
    for name, knows in (("ivan", True), ("johanna", True), ("sara", True), ("tuva", False), ("samir", False)):
        scope = timeline.of_person(world.viewer(name), world.id("ivan"))
        assert (piece.id in there(world, name, scope)) is knows, name


@pytest.mark.parametrize(
    "who,whom,found",
    [
        ("tuva", "vera", True),
        ("sara", "vera", True),
        ("samir", "vera", False),
        ("johanna", "vera", False),
        ("jonna", "vera", False),
        ("tuva", "noor", False),
        ("noor", "noor", True),
        ("elias", "amina", False),
        ("samir", "johanna", True),
        ("tuva", "gun", False),
    ],
)
def test_whose_timeline_one_opens(
    who: str, whom: str, found: bool, world: World, browser: Callable[..., Browser]
) -> None:
    answer = browser(who).get(f"/memories/person/{world.id(whom)}")
    assert answer.status_code == (200 if found else 404)


def test_after_a_move_the_house_is_there_up_to_that_day(moved: None, world: World, make: Make) -> None:
    before = dated(world, make, "isla", SUMMER, "linden")
    with clock.at(AFTER):
        after = dated(world, make, "isla", SUMMER, "linden")
        for scope in (Scope(), timeline.of_house(world.viewer("samir"), world.house("Linden"))):
            assert before in there(world, "samir", scope) and after not in there(world, "samir", scope)
        with pytest.raises(NotAllowed):
            actions.say_when(world.viewer("samir"), world.piece("linden").id, SUMMER)


def test_its_author_says_when_and_a_host_with_a_line_in_the_chain(world: World, make: Make) -> None:
    piece = make.thread("tuva").opening_id
    assert piece is not None
    actions.say_when(world.viewer("tuva"), piece, SUMMER)
    for name in ("olle", "sara"):
        with pytest.raises(NotAllowed):
            actions.say_when(world.viewer(name), piece, None)
    actions.say_when(world.viewer("jonna"), piece, ABOUT)
    row = session().get_one(MemoryDate, piece, populate_existing=True)
    assert row.happened == ABOUT
    lines = session().scalars(select(AuditLine).where(AuditLine.act == "memory.dated")).all()
    assert [(line.actor_id, line.subject) for line in lines] == [(world.id("jonna"), f"piece:{piece}")]
    actions.say_when(world.viewer("tuva"), piece, None)
    assert session().get(MemoryDate, piece, populate_existing=True) is None


def test_the_form_without_javascript_in_both_languages(
    world: World, make: Make, browser: Callable[..., Browser]
) -> None:
    for name, wrong, words in (
        ("tuva", "That has not happened yet.", "summer 2014"),
        ("olle", "Det har inte hänt än.", "sommaren 2014"),
    ):
        piece = make.thread(name).opening_id
        reader, path = browser(name), f"/pieces/{piece}/when"
        assert path in reader.get(f"/pieces/{piece}/more").get_data(as_text=True)
        refused = reader.post(path, {"year": "2030", "part": "summer", "day": ""})
        assert refused.status_code == 422 and wrong in refused.text and 'value="2030"' in refused.text
        assert reader.post(path, {"year": "", "part": "3", "day": ""}).status_code == 422
        assert reader.post(path, {"year": "tjugo", "part": "", "day": ""}).status_code == 422
        assert reader.post(path, {"year": "2014", "part": "summer", "day": ""}).status_code == 303
        assert words in reader.get("/memories").get_data(as_text=True)
        again = reader.get(path).get_data(as_text=True)
        assert 'value="2014"' in again and re.search(r'<option selected value="summer"', again)
        assert reader.post(path, {"year": "", "part": "", "day": ""}).status_code == 303
        assert words not in reader.get("/memories").get_data(as_text=True)


def test_pages_by_key_show_each_once_and_cost_the_same(
    world: World, make: Make, browser: Callable[..., Browser], rolled_back: Any
) -> None:
    asked: list[int] = []
    for start in (0, 30):
        with ratelimit.ignored():
            for number in range(start, start + 30):
                dated(world, make, "sara", exactly(1990 + number % 30, 1 + number % 12, 1 + number % 28))
        browser("tuva").get("/memories")
        db.remove()
        with counted(rolled_back) as questions:
            assert browser("tuva").get("/memories").status_code == 200
        asked.append(len(questions))
    assert asked[0] == asked[1], asked
    viewer, seen, moments, before = world.viewer("tuva"), [], [], None
    while True:
        with in_request():
            page = timeline.page_for(viewer, Scope(), before)
        seen += [one.piece.id for one in page.memories]
        moments += [one.place for one in page.memories]
        before = page.after
        if before is None:
            break
    assert len(seen) == len(set(seen)) == 60
    assert moments == sorted(moments, reverse=True)


@pytest.mark.once
def test_a_cursor_names_its_place(world: World) -> None:
    for moment in (clock.start_of(date(1950, 1, 1)), NOW, NOW + timedelta(microseconds=7)):
        assert places.read_cursor(places.cursor((moment, 17))) == (moment, 17)
    for wrong in ("x", "1", "-1-2", "99999999999999999999-1", "9999999999999999-1", "1-"):
        try:
            places.read_cursor(wrong)
        except NotFound:
            continue
        assert wrong == "9999999999999999-1"


def test_somebody_remembered_has_a_timeline(world: World, make: Make) -> None:
    piece = dated(world, make, "johanna", SUMMER)
    with transaction():
        session().get_one(Member, world.id("johanna")).remembered_at = NOW
    scope = timeline.of_person(world.viewer("tuva"), world.id("johanna"))
    assert piece in there(world, "tuva", scope)


def test_an_album_begins_in_the_timeline(world: World, browser: Callable[..., Browser]) -> None:
    stream = album(world)
    put_in(world, stream, "tuva", happened=exactly(2014, 7, 1))
    text = browser("johanna").get("/memories").get_data(as_text=True)
    assert f'href="/albums/{stream}"' in text and "1 juli 2014" in text
    assert re.search(rf"/albums/{stream}\?around=\d+", text)
