"""The chats' pages, without a script: what stands on them for whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask

from community.chat import actions
from community.core import clock
from tests.chat.test_sending import chat_of, say
from tests.client import Browser
from tests.world import NOW, World, nobody_works

Browsers = Callable[..., Browser]


def test_the_list_has_what_is_new_and_rests_at_night(world: World, browser: Browsers) -> None:
    say(world, "tuva", "hej")
    page = browser("amina").get("/chat").text
    assert f"/chat/{chat_of(world, 'vardagsrummet')}#end" in page
    assert '<span aria-hidden="true">1</span>' in page
    nobody_works()
    assert page.count("moon") < browser("amina").get("/chat").text.count("moon")


def test_a_day_a_name_a_badge_and_a_time_stand_once(world: World, browser: Browsers) -> None:
    for number, who in enumerate(("sara", "sara", "amina", "sara")):
        with clock.at(NOW + timedelta(minutes=number)):
            say(world, who, f"rad {number}")
    page = browser("tuva").get(f"/chat/{chat_of(world, 'vardagsrummet')}").text
    assert page.count('<p class="day">') == 1
    classes = re.findall(r'<li class="slot([^"]*)" id="p\d+"', page)
    assert [one.split() for one in classes] == [["named", "badged", "timed"], [], ["named", "badged"], ["named"]]


def test_what_one_may_do_to_a_message_is_asked_for_as_elsewhere(world: World, browser: Browsers) -> None:
    piece = say(world, "tuva", "hej")
    page = browser("amina").get(f"/pieces/{piece.id}/more").text
    chat = chat_of(world, "vardagsrummet")
    for way in (f"/pieces/{piece.id}/react", f"/chat/{chat}?quote={piece.id}", "data-copy-words"):
        assert way in page
    assert browser("amina").get(f"/chat/{chat}?quote={piece.id}").text.count("hej</blockquote>") == 1
    nobody_works()
    assert f"quote={piece.id}" not in browser("amina").get(f"/pieces/{piece.id}/more").text


def test_at_rest_the_field_is_away_and_words_in_it_are_not(world: World, browser: Browsers) -> None:
    chat, amina = chat_of(world, "vardagsrummet"), browser("amina")
    form = re.compile(r'<form class="composer chat-composer[^>]*>')

    def field() -> str:
        found = form.search(amina.get(f"/chat/{chat}").text)
        assert found
        return found[0]

    assert " hidden" not in field()
    nobody_works()
    assert " hidden" in field()
    state = amina.get(f"/chat/{chat}/state").text
    assert 'data-open="0"' in state
    assert "/help" in state
    answer = amina.post(
        f"/chat/{chat}/messages", {"text": "halva ord", "client_id": "at-rest-0001", "picked": "", "quote": ""}
    )
    assert answer.status_code == 403
    assert "halva ord" in answer.text


def test_the_way_there_stands_in_the_navigation_of_everybody_inside(world: World, browser: Browsers) -> None:
    for who in ("amina", "johanna", "sara"):
        assert 'href="/chat"' in browser(who).get("/").text


def test_before_after_and_around_lead_through_all_of_it(world: World, browser: Browsers) -> None:
    for number in range(60):
        with clock.at(NOW + timedelta(seconds=20 * number)):
            writer = ("sara", "jonna", "petra", "birgitta")[number % 4]  # nobody says more than twenty in a minute
            say(world, writer, f"rad {number:02}", "vardagsrummet", f"row-{number:08}")
    chat, page = chat_of(world, "vardagsrummet"), browser("sara")
    places = lambda text: [int(nr) for nr in re.findall(r'id="p(\d+)"', text)]  # noqa: E731
    newest = page.get(f"/chat/{chat}").text
    assert places(newest) == list(range(11, 61))
    older = page.get(f"/chat/{chat}?before=11").text
    assert places(older) == list(range(1, 11))
    assert f"/chat/{chat}?after=10" in older
    assert places(page.get(f"/chat/{chat}?after=10").text) == list(range(11, 61))
    assert page.get(f"/chat/{chat}?after=x").status_code == 404


def test_who_is_slowed_down_hears_how_long_and_keeps_her_line(app: Flask, own_database: tuple[Any, World]) -> None:
    world = own_database[1]
    chat = chat_of(world, "vardagsrummet")
    actions.slow_down(world.viewer("jonna"), chat, 30)
    tuva = Browser(app, world).signed_in("tuva").socket()
    sent = [
        tuva.emit("chat:send", {"stream": chat, "client_id": f"slow-{n:08}", "text": f"rad {n}"}, callback=True)
        for n in range(2)
    ]
    assert sent[0]["ok"]
    assert sent[1]["code"] == "too_many"
    assert 0 < sent[1]["wait"] <= 31
    assert tuva.is_connected()
    tuva.disconnect()
