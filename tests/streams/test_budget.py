"""How much the main pages ask of the database: at most twelve questions, who is asking included."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from community.chat import actions as chats
from community.chat.models import Present
from community.core import clock, db, ratelimit
from community.core.db import session
from community.forum import questions
from community.members.models import Member
from community.notices import actions as notices
from community.streams import actions as streams
from community.streams.actions import Said
from community.streams.models import Piece, Stream
from tests.chat.saying import chat_of, say
from tests.client import Browser
from tests.counting import counted
from tests.make import Make
from tests.world import World

MOST = 12
READERS = ("tuva", "amina", "birgitta", "johanna")  # a resident, one kept apart from somebody, staff, somebody outside


@pytest.fixture
def threads(make: Make, world: World) -> dict[str, Stream]:
    """A plain thread, one in which people name each other, and a question with everything beside it."""
    vera, sara = world.viewer("vera"), world.viewer("sara")
    plain, naming = make.thread("sara"), make.thread("sara", text="Fråga @Tuva om det")
    asked = make.thread("sara", "fraga", mode="ask")
    for thread in (plain, naming, asked):
        first = make.reply("vera", thread)
        make.reaction("samir", first.id)
        quoting = Said("Det stämmer", str(uuid.uuid4()), quote_id=first.id, excerpt="")
        streams.reply(vera, session().get_one(Stream, thread.id), quoting)
    helpful = make.reply("vera", asked)
    questions.mark_helped(sara, helpful.id)
    questions.choose_tags(sara, asked.id, ["money", "housing"])
    return {"plain": plain, "naming": naming, "question": asked}


@pytest.mark.parametrize("name", READERS)
def test_home_threads_and_chats_ask_at_most_twelve_times(
    name: str, threads: dict[str, Stream], browser: Callable[..., Browser], rolled_back: Any, world: World
) -> None:
    reader, found = browser(name), {}
    paths = {"home": "/", "followed": "/?sort=followed", "channel": "/c/fraga"}
    chat = chat_of(world)
    said = say(world, "sara", "Fråga @Tuva om det")
    answer = Said("Det stämmer", str(uuid.uuid4()), quote_id=said.id)
    chats.send(world.viewer("vera"), chat, answer)
    notices.react(world.viewer("samir"), said.id, "heart")
    paths |= {"chats": "/chat", "chat": f"/chat/{chat}", "chat, around": f"/chat/{chat}?around={said.nr}"}
    paths |= {"looking in a chat": f"/chat/{chat}/search?q=fråga", "told": "/notifications"}
    paths |= {f"thread: {about}": f"/t/{thread.id}" for about, thread in threads.items()}
    for what, path in paths.items():
        reader.get(path)
        db.remove()
        with counted(rolled_back) as asked:
            assert reader.get(path).status_code == 200
        found[what] = len(asked)
    assert {what: count for what, count in found.items() if count > MOST} == {}


@pytest.mark.parametrize("name", ("tuva", "amina", "birgitta"))
@pytest.mark.parametrize("slug", ("vardagsrummet", "solglantan"))
def test_a_chat_in_which_others_sit_asks_at_most_twelve_times(
    name: str, slug: str, browser: Callable[..., Browser], world: World, rolled_back: Any
) -> None:
    """More than a page of it, somebody named, and what is quoted stands further up."""
    chat = chat_of(world, slug)
    with ratelimit.ignored():
        first = say(world, "sara", "Hej på er, @Tuva", slug)
        for number in range(60):
            say(world, ("vera", "sara", "tuva")[number % 3], f"ord {number}", slug)
        chats.send(world.viewer("vera"), chat, Said("Det stämmer", str(uuid.uuid4()), quote_id=first.id))
    there = [world.id(who) for who in ("vera", "sara", "tuva")]
    session().add(Present(process_id=1, stream_id=chat, member_ids=there, seen_at=clock.now()))
    session().commit()
    reader = browser(name)
    reader.get(f"/chat/{chat}")
    db.remove()
    with counted(rolled_back) as asked:
        page = reader.get(f"/chat/{chat}")
    assert "Vera" in page.text
    assert len(asked) <= MOST, "\n".join(" ".join(one.split())[:150] for one in asked)


def test_home_with_the_offer_to_say_hello_asks_no_more(
    browser: Callable[..., Browser], world: World, rolled_back: Any
) -> None:
    session().get_one(Member, world.id("johanna")).hello_asked = 0
    session().commit()
    reader = browser("johanna")
    reader.get("/")
    with counted(rolled_back) as asked:
        assert 'id="hello-title"' in reader.get("/").text
    assert len(asked) <= MOST


def test_her_own_that_waits_costs_one_more(
    threads: dict[str, Stream], world: World, browser: Callable[..., Browser], rolled_back: Any
) -> None:
    reader, path = browser("tuva"), f"/t/{threads['plain'].id}"
    reader.get(path)
    with counted(rolled_back) as before:
        reader.get(path)
    streams.reply(world.viewer("tuva"), session().get_one(Stream, threads["plain"].id), Said("Ett svar", "waits-1"))
    session().query(Piece).filter(Piece.client_id == "waits-1").update({"state": "held", "nr": None})
    session().commit()
    with counted(rolled_back) as first:
        assert "Ett svar" in reader.get(path).text
    with counted(rolled_back) as asked:
        reader.get(path)
    assert len(first) == len(before) + 2 <= MOST + 1  # once a minute: how long such texts wait
    assert len(asked) == len(before) + 1
