"""Who stands in the directory, for whom, and how much of her: closed until she opens it, closed again in one step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from community.core import clock
from community.core.db import transaction
from community.core.errors import NotAllowed
from community.directory import actions, queries
from community.directory.queries import Asked
from community.members.incident import start
from community.members.models import Member, MembershipPeriod
from tests.client import Browser, words_of
from tests.counting import counted
from tests.make import Make
from tests.separations.deciding import apart
from tests.world import CAST, NOW, World

Browsers = Callable[..., Browser]
ALL = {"picture": True, "house": True, "years": True}
HERE = sorted(set(CAST) - {"gun"})


def opened(world: World, *names: str, **shown: bool) -> None:
    for name in names:
        actions.open_entry(world.viewer(name), **{**ALL, **shown})


def listed(world: World, viewer: str, **asked: object) -> list[str]:
    found = queries.page_for(world.viewer(viewer), Asked(**asked))  # type: ignore[arg-type]
    assert found.count == len(found.people)
    return [one.author.name.lower() for one in found.people]


def test_nobody_stands_there_before_she_says_so(world: World, browser: Browsers) -> None:
    for viewer in HERE:
        assert listed(world, viewer) == []
    answer = browser("johanna").get("/people")
    assert answer.status_code == 200
    assert "Ingen än." in words_of(answer)


WHO_SEES = {
    "tuva": set(HERE) - {"tuva"},
    "johanna": set(HERE) - {"johanna"},
    "sara": set(HERE) - {"sara"},
    "vera": {"amina", "tuva", "elias", "olle", "ivan", "mira", "leo", "hanna", "sara", "birgitta"},
    "isla": {"samir", "noor", "jonna", "petra"},
    "noor": {"samir", "isla", "jonna", "petra"},
    "kim": set(),  # moved out before she was grown up: she lives in no house
}


@pytest.mark.parametrize("who", WHO_SEES)
def test_a_child_is_listed_in_her_house_alone(world: World, who: str) -> None:
    opened(world, who)
    assert {viewer for viewer in HERE if who in listed(world, viewer)} == WHO_SEES[who]


def test_grown_up_she_is_listed_for_everybody(world: World) -> None:
    opened(world, "kim")
    with clock.at(NOW + timedelta(days=310)):  # she has turned 18 in January
        assert "kim" in listed(world, "johanna") and "kim" in listed(world, "isla")


def test_it_shows_what_she_chose_and_nothing_is_found_by_what_she_did_not(world: World) -> None:
    sol = world.house("Solgläntan")
    lived = Asked(house_id=sol), Asked(year=2012), Asked(mine=True)
    _lived_with_johanna(world, "ivan")
    shown = {
        (): (None, (), [False, False, False]),
        ("house",): (None, (("Solgläntan", None),), [True, False, False]),
        ("years",): (None, ((None, "2010–2014"),), [False, True, False]),
        ("house", "years"): (None, (("Solgläntan", "2010–2014"),), [True, True, True]),
        ("picture",): ("a01", (), [False, False, False]),
    }
    for chosen, (picture, stays, found_by) in shown.items():
        opened(world, "johanna", **{what: what in chosen for what in ALL})
        (one,) = queries.page_for(world.viewer("ivan"), Asked()).people
        assert (one.author.name, one.author.avatar) == ("Johanna", picture), chosen
        assert tuple((stay.house, stay.years) for stay in one.lived) == stays, chosen
        assert [bool(queries.page_for(world.viewer("ivan"), asked).people) for asked in lived] == found_by, chosen


def _lived_with_johanna(world: World, who: str) -> None:
    stay = MembershipPeriod(kind="resident", house_id=world.house("Solgläntan"), member_id=world.id(who))
    stay.from_on, stay.to_on = date(2013, 1, 1), date(2013, 2, 1)
    with transaction() as s:
        s.add(stay)
        s.flush()


def test_my_years_are_those_in_which_we_lived_there_together(world: World) -> None:
    opened(world, "johanna", "samir", "tuva")
    assert listed(world, "amina", mine=True) == ["tuva"], "samir lives at Linden, johanna had left"
    assert listed(world, "johanna", mine=True) == []
    assert listed(world, "sara", mine=True) == []


def test_names_are_found_by_the_beginnings_of_their_words(world: World) -> None:
    with transaction() as s:
        s.get_one(Member, world.id("johanna")).display_name = "Johanna Åkesdotter"
        s.flush()
    opened(world, "johanna", "tuva", "samir")
    for words in ("johanna", "JOH", "åkes", "akes joh"):
        assert listed(world, "amina", words=words) == (["johanna åkesdotter"] if words != "akes joh" else []), words
    assert listed(world, "amina", words="ohanna") == []
    assert listed(world, "amina", words="%") == ["johanna åkesdotter", "samir", "tuva"], "no word at all"


def test_a_protected_identity_is_her_name_and_nothing_else(world: World, browser: Browsers) -> None:
    with transaction() as s:
        s.get_one(Member, world.id("johanna")).protected = True
        s.flush()
    opened(world, "johanna")
    (one,) = queries.page_for(world.viewer("tuva"), Asked()).people
    assert (one.author.name, one.author.avatar, one.author.badge) == ("Johanna", None, None)
    assert (one.lived, one.works_at, one.url) == ((), None, None)
    sol = world.house("Solgläntan")
    assert listed(world, "tuva", house_id=sol) == listed(world, "tuva", year=2012) == []
    page = browser("tuva").get("/people").text
    assert f"/people/{world.id('johanna')}" not in page
    assert "har bott här" not in page.split('class="card kept-people"')[1].split("</ul>")[0]


@pytest.mark.parametrize("wall", ["block", "blocked", "total"])
def test_kept_apart_neither_is_there_for_the_other(world: World, make: Make, wall: str, browser: Browsers) -> None:
    opened(world, "tuva", "johanna", "samir")
    if wall == "total":
        apart(world, "tuva", "johanna")
    else:
        make.excluded(*(("tuva", "johanna") if wall == "block" else ("johanna", "tuva")))
    assert listed(world, "tuva") == ["samir"]
    assert listed(world, "johanna") == ["samir"]
    assert listed(world, "amina") == ["johanna", "samir", "tuva"]
    assert "1 person" in words_of(browser("tuva").get("/people"))
    assert listed(world, "tuva", words="johanna") == listed(world, "tuva", mine=True) == []


@pytest.mark.parametrize("level", ["private", "chat"])
def test_a_lesser_wall_leaves_the_list_as_it_was(world: World, level: str) -> None:
    opened(world, "tuva", "johanna")
    apart(world, "tuva", "johanna", level)
    assert listed(world, "tuva") == ["johanna"]


def test_closed_again_in_one_step(world: World, browser: Browsers) -> None:
    hers = browser("johanna")
    assert hers.post("/me/directory", sent="entry", picture="y", years="y").status_code == 303
    assert hers.post("/me/directory").status_code == 422, "no form is no choice"
    page = words_of(hers.get("/me/directory"))
    assert "Så här står du i listan" in page and "2010–2014" in page
    assert listed(world, "tuva") == ["johanna"]
    assert hers.post("/me/directory/close").status_code == 303
    assert listed(world, "tuva") == []
    entry = queries.own_entry(world.viewer("johanna"))
    assert entry is None, "what she had chosen is forgotten"
    assert hers.post("/me/directory/close").status_code == 303


def test_who_has_left_is_not_there(world: World) -> None:
    opened(world, "johanna", "samir")
    with transaction() as s:
        s.get_one(Member, world.id("johanna")).left_at = NOW
        s.flush()
    assert listed(world, "tuva") == ["samir"]


def test_while_everything_is_read_only_one_can_close_and_not_open(world: World) -> None:
    opened(world, "johanna")
    start(world.viewer("birgitta"), "Vi lagar.", "Mending.", "a test")
    with pytest.raises(NotAllowed):
        opened(world, "tuva")
    actions.close_entry(world.viewer("johanna"))
    assert listed(world, "amina") == []


def test_nobody_opens_it_for_somebody_else(world: World, browser: Browsers) -> None:
    assert browser("sara").post("/me/directory", picture="y", member_id=str(world.id("tuva"))).status_code == 422
    assert listed(world, "amina") == []


def test_pages_go_on_from_a_name_and_not_from_whom_one_may_not_see(
    world: World, monkeypatch: pytest.MonkeyPatch, browser: Browsers
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    opened(world, "tuva", "johanna", "samir", "ivan", "isla")
    viewer = world.viewer("amina")
    first = queries.page_for(viewer, Asked())
    second = queries.page_for(viewer, Asked(), first.after)
    assert [one.author.name for one in [*first.people, *second.people]] == ["Ivan", "Johanna", "Samir", "Tuva"]
    assert (first.count, second.count, second.after) == (4, 4, None)
    hidden = queries.page_for(viewer, Asked(), world.id("isla"))
    assert hidden.people == first.people, "an unlisted person has no place in it"
    assert queries.page_for(viewer, Asked(), 4711).people == first.people
    page = browser("amina").get("/people?house=4711&when=99999&q=").text
    assert "Ivan" in page


def test_it_costs_the_same_however_many(world: World, rolled_back: Any) -> None:
    opened(world, "johanna")
    viewer = world.viewer("amina")
    with counted(rolled_back) as few:
        queries.page_for(viewer, Asked(mine=True))
    opened(world, "tuva", "samir", "ivan", "sara", "petra", "leo")
    with counted(rolled_back) as many:
        queries.page_for(viewer, Asked(mine=True))
    assert len(few) == len(many) <= 4
