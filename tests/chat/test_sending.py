"""What is said in a chat stands at once or is given back at once, once, in one order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from community.chat import actions, queries
from community.core import clock
from community.core.db import session
from community.core.errors import Invalid, NotAllowed, NotFound, TooMany
from community.safety.models import Case
from community.safety.personal import KINDS
from community.safety.word_lists import in_force
from community.streams.actions import Said, edit_piece
from community.streams.models import Piece
from tests.chat.saying import chat_of, say
from tests.client import Browser
from tests.make import Make
from tests.world import HOLD, NOW, World, nobody_works


def test_it_stands_at_once_and_in_one_order(world: World) -> None:
    first, second = say(world, "amina", "hej"), say(world, "tuva", "hej hej")
    assert (first.state, second.state) == ("published", "published")
    assert second.nr == (first.nr or 0) + 1
    assert second.seq > first.seq


def test_sent_twice_is_there_once(world: World) -> None:
    first = say(world, "amina", "hej", label="one-try-0001")
    again, new = actions.send(world.viewer("amina"), chat_of(world, "vardagsrummet"), Said("hej", "one-try-0001"))
    assert (again.id, new) == (first.id, False)


def test_what_was_stored_is_acknowledged_also_when_the_chat_rests_by_then(world: World) -> None:
    first = say(world, "amina", "hej", label="one-try-0001")
    nobody_works()
    again, new = actions.send(world.viewer("amina"), chat_of(world, "vardagsrummet"), Said("hej", "one-try-0001"))
    assert (again.id, new) == (first.id, False)
    with pytest.raises(NotAllowed):
        say(world, "amina", "är ni vakna")


@pytest.mark.parametrize(
    ("words", "why"), [("refusedword", "refusedword"), ("heldword", "heldword"), ("070-123 45 67", "")]
)
def test_what_a_list_stops_is_given_back_at_once(world: World, words: str, why: str) -> None:
    with in_force(replace(HOLD, personal=frozenset(KINDS))), pytest.raises(Invalid) as refused:
        say(world, "amina", f"hej {words}")
    assert refused.value.field == "text"
    assert why in str(refused.value.sentence)


def test_words_that_make_us_afraid_are_kept_for_a_person(world: World, make: Make) -> None:
    piece = say(world, "amina", "jag vill inte vakna i morgon")
    assert (piece.state, piece.nr) == ("held", None)
    case = session().scalar(select(Case).where(Case.piece_id == piece.id))
    assert case is not None
    assert case.alert_at is not None


def test_it_rests_without_a_host_where_children_read_and_only_there(world: World) -> None:
    nobody_works()
    for slug in ("vardagsrummet", "solglantan"):
        with pytest.raises(NotAllowed):
            say(world, "amina", "någon vaken", slug)
    say(world, "johanna", "någon vaken", "utflyttat")
    say(world, "sara", "någon vaken", "personal")


def test_who_may_not_read_a_channel_has_no_chat_there(world: World) -> None:
    for who, slug in (("amina", "linden"), ("amina", "utflyttat"), ("samir", "solglantan"), ("kim", "solglantan")):
        with pytest.raises(NotFound):
            say(world, who, "hej", slug)


def test_slow_mode_asks_to_wait_and_says_how_long(world: World) -> None:
    actions.slow_down(world.viewer("jonna"), chat_of(world, "vardagsrummet"), 30)
    say(world, "amina", "ett")
    with pytest.raises(TooMany) as refused:
        say(world, "amina", "två")
    assert 0 < refused.value.wait <= 31
    with clock.at(NOW + timedelta(seconds=31)):
        say(world, "amina", "två")
    say(world, "sara", "ett")
    say(world, "sara", "två")


def test_it_lifts_no_thread_and_stands_in_no_list_of_threads(world: World, browser: Callable[..., Browser]) -> None:
    say(world, "amina", "kanariefågel")
    anna = browser("tuva")
    for page in ("/", "/c/vardagsrummet", f"/people/{world.id('amina')}", "/me/saved", "/notifications"):
        assert "kanariefågel" not in anna.get(page).text


def test_without_a_module_it_is_a_form(world: World, browser: Callable[..., Browser]) -> None:
    chat = chat_of(world, "vardagsrummet")
    amina = browser("amina")
    page = amina.get(f"/chat/{chat}")
    assert page.status_code == 200
    answer = amina.post(
        f"/chat/{chat}/messages", {"text": "hej allihop", "client_id": "form-try-0001", "picked": "", "quote": ""}
    )
    assert answer.status_code == 303
    assert "hej allihop" in browser("tuva").get(f"/chat/{chat}").text


def test_a_socket_is_answered_after_the_commit(world: World, browser: Callable[..., Browser]) -> None:
    chat = chat_of(world, "vardagsrummet")
    socket: Any = browser("amina").socket()
    answer = socket.emit("chat:send", {"stream": chat, "client_id": "sock-try-0001", "text": "hej"}, callback=True)
    assert answer["ok"]
    assert answer["state"] == "published"
    again = socket.emit("chat:send", {"stream": chat, "client_id": "sock-try-0001", "text": "hej"}, callback=True)
    assert again == answer
    assert session().scalar(select(func.count()).where(Piece.client_id == "sock-try-0001")) == 1
    refused = socket.emit(
        "chat:send", {"stream": chat, "client_id": "sock-try-0002", "text": "ring 070-123 45 67"}, callback=True
    )
    assert (refused["ok"], refused["code"]) == (False, "invalid")


def test_nobody_kept_apart_meets_in_it(world: World, browser: Callable[..., Browser]) -> None:
    say(world, "olle", "från olle")
    chat = chat_of(world, "vardagsrummet")
    assert "från olle" not in browser("ivan").get(f"/chat/{chat}").text
    assert "från olle" in browser("tuva").get(f"/chat/{chat}").text
    assert queries.rooms_for(world.viewer("tuva"))[0].new == 1
    assert queries.rooms_for(world.viewer("ivan"))[0].new == 0


def test_five_minutes_to_change_it(world: World) -> None:
    piece = say(world, "amina", "hej")
    edit_piece(world.viewer("amina"), piece.id, version=piece.version, body="hej hej", title=None)
    with clock.at(NOW + timedelta(minutes=6)), pytest.raises(NotAllowed):
        edit_piece(world.viewer("amina"), piece.id, version=piece.version, body="för sent", title=None)
