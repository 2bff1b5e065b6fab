"""Somebody's page: what she chose to show and what one may read of hers, and for some there is no page at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from community.core import clock
from community.core.db import session, transaction
from community.core.errors import NotFound
from community.home import profiles
from community.members import blocks, profile
from community.members.models import Member, Profile
from community.safety.word_lists import in_force
from community.streams import gating, muting
from community.streams.models import Piece
from tests.client import Browser, field_in, words_of
from tests.counting import counted
from tests.make import Make
from tests.world import HOLD, NOW, World

Browsers = Callable[..., Browser]


def tells(world: World, who: str, about: str = "", *, year: bool = False) -> Profile:
    viewer = world.viewer(who)
    own = profile.Own(viewer.name, viewer.avatar, viewer.colour, about, year)
    return profile.change(viewer, own, gating.facts_for_all(viewer))


def silence(who: str) -> None:
    """Nothing of hers stands anywhere."""
    with transaction() as s:
        s.execute(update(Piece).where(Piece.author_id == World().id(who)).values(state="hidden"))


def test_it_shows_what_she_chose_and_nothing_else(world: World, browser: Browsers) -> None:
    tells(world, "johanna", "Två barn & en <b>katt</b>")
    page = browser("tuva").get(f"/people/{world.id('johanna')}")
    words = words_of(page)
    assert "Johanna" in words and "has lived here" in words and "Två barn & en <b>katt</b>" in words
    assert "<b>katt" not in page.text
    main = page.text[page.text.index("<main") : page.text.index("</main>")]
    for secret in ("Solgläntan", "2010", "2014", "adult", "sign", "birth"):
        assert secret not in re.sub(r'href="[^"]*"', "", main), secret


def test_who_says_nothing_shows_name_picture_and_badge(world: World, browser: Browsers) -> None:
    page = browser("tuva").get(f"/people/{world.id('sara')}")
    assert "works here" in words_of(page) and 'class="about"' not in page.text and "avatars" in page.text


def test_posts_that_the_viewer_may_read_newest_first_page_by_page(
    world: World, make: Make, browser: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    silence("ivan")
    for number in range(5):
        with clock.at(NOW + timedelta(minutes=number)):
            make.thread("ivan", text=f"av ivan {number}")
    with clock.at(NOW + timedelta(minutes=9)):
        make.thread("ivan", "solglantan", text="bara i huset")
    under = make.thread("elias", text="av elias")
    make.reply("ivan", under, text="under elias")
    monkeypatch.setattr(profiles, "PAGE", 3)
    samir, found = browser("samir"), []
    page = samir.get(f"/people/{world.id('ivan')}")
    assert "bara i huset" not in page.text and "bara i huset" in browser("vera").get(f"/people/{world.id('ivan')}").text
    while True:
        found += re.findall(r"av ivan \d|under elias", words_of(page))
        older = re.search(r'href="(\?before=[^"]+)"', page.text)
        if older is None:
            break
        page = samir.get(f"/people/{world.id('ivan')}{older[1]}")
    assert [one for one in found if one != "under elias"] == [f"av ivan {number}" for number in (4, 3, 2, 1, 0)]
    assert len(found) == 6 and "under elias" in found
    assert "under elias" not in browser("amina").get(f"/people/{world.id('ivan')}").text
    assert samir.get(f"/people/{world.id('ivan')}?before=x").status_code == 404


def test_what_is_held_hidden_taken_back_or_without_a_name_is_not_there(
    world: World, make: Make, browser: Browsers
) -> None:
    with in_force(HOLD):
        make.thread("amina", text="canary heldword")
    page = browser("tuva").get(f"/people/{world.id('amina')}").text
    assert "words of own-amina" in page
    assert not [label for label in ("hidden", "hidden-reply", "removed", "undo-amina") if f"words of {label}<" in page]
    assert "canary" not in page
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Piece, "by_name", classmethod(lambda cls: cls.client_id != "own-amina"))
        assert "words of own-amina" not in browser("tuva").get(f"/people/{world.id('amina')}").text


@pytest.mark.parametrize(
    ("reader", "other"), [("amina", "elias"), ("elias", "amina"), ("olle", "ivan"), ("tuva", "gun")]
)
def test_kept_apart_or_gone_is_like_nobody(reader: str, other: str, world: World, browser: Browsers) -> None:
    page = browser(reader)
    hers, nobodys = page.get(f"/people/{world.id(other)}"), page.get("/people/4711")
    assert hers.status_code == nobodys.status_code == 404 and words_of(hers) == words_of(nobodys)


def test_who_left_is_like_nobody_and_her_name_is_no_link(world: World, browser: Browsers) -> None:
    thread, tuva = world.stream("common").id, browser("tuva")
    link = f'href="/people/{world.id("samir")}"'
    assert link in tuva.get(f"/t/{thread}").text
    with transaction() as s:
        s.execute(update(Member).where(Member.id == world.id("samir")).values(left_at=NOW))
    assert tuva.get(f"/people/{world.id('samir')}").status_code == 404
    page = tuva.get(f"/t/{thread}").text
    assert link not in page and ">Samir<" in page


@pytest.mark.parametrize("reader", ["isla", "samir", "johanna", "kim", "petra"])
def test_a_child_is_known_outside_her_house_by_what_she_wrote_alone(
    reader: str, world: World, browser: Browsers
) -> None:
    tells(world, "vera", "canary about vera")
    page = browser(reader).get(f"/people/{world.id('vera')}")
    assert page.status_code == 200 and "words of own-vera" in page.text and "canary" not in page.text
    silence("vera")
    gone, nobodys = browser(reader).get(f"/people/{world.id('vera')}"), browser(reader).get("/people/4711")
    assert gone.status_code == 404 and words_of(gone) == words_of(nobodys)
    for what in ("mute", "block"):
        assert browser(reader).post(f"/people/{world.id('vera')}/{what}").status_code == 404
    assert "canary about vera" in browser("tuva").get(f"/people/{world.id('vera')}").text
    assert "canary about vera" in browser("sara").get(f"/people/{world.id('vera')}").text


@pytest.mark.parametrize("reader", ["isla", "tuva", "jonna"])
def test_a_protected_identity_has_a_name_and_what_she_wrote(reader: str, world: World, browser: Browsers) -> None:
    tells(world, "noor", "canary about noor")
    page = browser(reader).get(f"/people/{world.id('noor')}")
    main = page.text[page.text.index("<main") : page.text.index("</main>")]
    assert "Noor" in main and "words of own-noor" in main
    assert "canary" not in main and "avatar" not in main and "badge" not in main
    silence("noor")
    assert browser(reader).get(f"/people/{world.id('noor')}").status_code == 404


def test_the_year_stands_there_if_she_wants_it_and_is_grown_up(world: World, browser: Browsers) -> None:
    tuva = browser("tuva")
    year = str(world.viewer("johanna") and profiles.year_of_move(world.viewer("johanna")))
    assert f"moved {year}" not in words_of(tuva.get(f"/people/{world.id('johanna')}"))
    tells(world, "johanna", year=True)
    assert f"has lived here, moved {year}" in words_of(tuva.get(f"/people/{world.id('johanna')}"))
    assert tells(world, "kim", year=True).tells_year is False, "not yet 18"
    assert tells(world, "tuva", year=True).tells_year is False, "lives here"
    assert "tells_year" not in browser("kim").get("/me").text and "tells_year" in browser("johanna").get("/me").text


def test_about_me_is_changed_under_me_and_read_by_the_gate(world: World, browser: Browsers) -> None:
    tuva, samir = browser("tuva"), browser("samir")
    how = {"display_name": "Tuva", "avatar": "a02", "colour": "a"}
    assert tuva.post("/me", about="Första", **how).status_code == 303
    with in_force(HOLD):
        refused = tuva.post("/me", about="Ett refusedword här", **how)
        assert refused.status_code == 422 and "refusedword" in words_of(refused)
        assert field_in(refused, "about") == "Ett refusedword här"
        assert tuva.post("/me", about="Ett heldword här", **how).status_code == 303
    assert "A host reads it first." in words_of(tuva.get("/me"))
    assert field_in(tuva.get("/me"), "about") == "Ett heldword här"
    own = words_of(tuva.get(f"/people/{world.id('tuva')}"))
    assert "A host reads it first." in own and "Ett heldword här" in own and "This is how others see you." in own
    others = samir.get(f"/people/{world.id('tuva')}").text
    assert "Första" in others and "heldword" not in others
    with transaction():
        profile.let_stand(session().get_one(Profile, world.id("tuva")))
    assert "Ett heldword här" in samir.get(f"/people/{world.id('tuva')}").text
    tuva.post("/me", about="", **how)
    assert 'class="about"' not in samir.get(f"/people/{world.id('tuva')}").text


@pytest.mark.parametrize(("about", "stays"), [("x" * 301, False), ("å" * 300, True), (" \n ", True), ("​​", True)])
def test_it_is_at_most_three_hundred_characters(about: str, stays: bool, world: World, browser: Browsers) -> None:
    answer = browser("tuva").post("/me", display_name="Tuva", avatar="a02", colour="a", about=about)
    assert answer.status_code == (303 if stays else 422)
    if not stays:
        assert field_in(answer, "about") == about and "At most 300 characters" in words_of(answer)
        assert session().get(Profile, world.id("tuva")) is None
    elif not about.strip().strip("​"):
        assert session().get_one(Profile, world.id("tuva")).about == ""


def test_names_lead_to_pages_in_feed_and_thread(world: World, browser: Browsers) -> None:
    samir = browser("samir")
    link = f'href="/people/{world.id("tuva")}" class="who"'
    assert link in samir.get("/").text and link in samir.get(f"/t/{world.stream('common').id}").text


def test_lists_cost_the_same_for_few_and_many(world: World, make: Make, browser: Browsers, rolled_back: Any) -> None:
    samir, counts = browser("samir"), []
    paths = (f"/people/{world.id('tuva')}", "/me/blocked", "/me/muted")
    for others in (("ivan",), ("johanna", "isla", "mira")):
        for other in others:
            make.thread("tuva", text=f"Hej {other}, och @Sara")
            blocks.block(world.viewer("samir"), world.id(other))
            muting.mute_person(world.viewer("samir"), world.id({"ivan": "vera"}.get(other, "jonna")))
            muting.mute_word(world.viewer("samir"), f"ord {other}")
        asked = []
        for path in paths:
            samir.get(path)
            with counted(rolled_back) as statements:
                assert samir.get(path).status_code == 200
            asked.append(len(statements))
        counts.append(asked)
    assert counts[0] == counts[1]
    assert counts[0][0] - 5 <= 16


def test_the_look_up_takes_the_viewer(world: World) -> None:
    with pytest.raises(NotFound):
        profiles.person_for(world.viewer("amina"), world.id("elias"))
    assert profiles.person_for(world.viewer("amina"), world.id("amina")).is_me
