"""The list of chats on open pages: who is told that something is new, what the list then says, and at what cost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from community.chat import hosting
from community.chat import sockets as chat_sockets
from community.core import clock, db
from community.core.db import session
from community.spaces.models import Space
from community.streams import actions as streams
from community.streams import sockets as stream_sockets
from tests.chat.saying import chat_of, say
from tests.client import Browser
from tests.counting import counted
from tests.fixtures import Heard
from tests.world import NOW, World, exclude

Browsers = Callable[..., Browser]
DELIVER = {"stream:piece": chat_sockets.bring_piece, "chat:listed": chat_sockets.bring_listed}


class _NothingWaits(dict[Any, Any]):
    """Every hint goes at once, as after a calm second."""

    def get(self, *_key: Any) -> None:
        return None

    def __setitem__(self, *_pair: Any) -> None:
        return None


@pytest.fixture
def lists(world: World, browser: Browsers, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """`lists("amina")`: her list of chats is open."""
    monkeypatch.setattr(stream_sockets, "_pending", _NothingWaits())
    monkeypatch.setattr(stream_sockets.loop, "spawn", lambda *_work: None)

    def opened(who: str) -> Any:
        socket = browser(who).socket()
        assert socket.emit("chats:join", {}, callback=True) == {"ok": True}
        socket.get_received()
        return socket

    return opened


def hints(socket: Any) -> list[Any]:
    return [frame["args"][0] for frame in socket.get_received() if frame["name"] == "chat:hint"]


def brought(heard: Heard) -> None:
    """What was announced reaches the open pages."""
    told, heard[:] = list(heard), []
    for _room, event, ids in told:
        if event in DELIVER:
            DELIVER[event](ids)


def test_who_is_told_that_something_is_new(world: World, lists: Callable[[str], Any], heard: Heard) -> None:
    pages = {who: lists(who) for who in ("tuva", "johanna", "amina", "elias", "sara", "samir")}
    heard.clear()
    say(world, "elias", "hej")
    brought(heard)
    hint = [{"space": world.space("vardagsrummet")}]
    told = {who: hints(page) for who, page in pages.items()}
    assert told == {**dict.fromkeys(pages, hint), "amina": []}, "elias and amina are kept apart"
    say(world, "tuva", "i huset", "solglantan")
    brought(heard)
    told = {who: hints(page) for who, page in pages.items()}
    assert {who for who, frames in told.items() if frames} == {"tuva", "amina", "elias", "sara"}


def test_a_thread_is_no_news_for_it(world: World, lists: Callable[[str], Any], heard: Heard, make: Any) -> None:
    page = lists("tuva")
    heard.clear()
    make.reply("sara", make.thread("sara"))
    brought(heard)
    assert hints(page) == []


def test_a_chat_for_an_evening_comes_moves_and_ends(world: World, lists: Callable[[str], Any], heard: Heard) -> None:
    tuva, johanna, amina = lists("tuva"), lists("johanna"), lists("amina")
    heard.clear()
    wish = hosting.Wish(
        "Spel", "Games", world.space("vardagsrummet"), NOW + timedelta(hours=1), NOW + timedelta(hours=2)
    )
    stream = hosting.open_chat(world.viewer("jonna"), wish)
    brought(heard)
    assert len(hints(tuva)) == len(hints(johanna)) == len(hints(amina)) == 1
    changed = hosting.Wish("Spel", "Games", world.space("utflyttat"), wish.opens_at, wish.closes_at)
    hosting.change_chat(world.viewer("jonna"), stream.id, changed, version=1)
    brought(heard)
    assert len(hints(tuva)) == 1 and len(hints(johanna)) == 2
    hosting.end_chat(world.viewer("jonna"), stream.id)
    brought(heard)
    assert len(hints(tuva)) == 0 and len(hints(johanna)) == 1


def test_who_loses_a_channel_comes_in_anew(world: World, lists: Callable[[str], Any], monkeypatch: Any) -> None:
    lost: list[Any] = []
    monkeypatch.setattr(stream_sockets.live, "drop_lines", lost.append)
    lists("tuva")
    space = session().get_one(Space, world.space("solglantan"))
    stream_sockets.bring_space({"space": space.id})
    assert lost[0](world.id("johanna"), {f"chats:{space.id}:all"})
    assert not lost[0](world.id("tuva"), {f"chats:{space.id}:all"})


def test_the_part_alone_says_what_is_new_and_when_to_look_again(world: World, browser: Browsers) -> None:
    page = browser("tuva")
    whole = page.get("/chat").text
    assert 'id="chat-list"' in whole and "room" in whole and "<h1>" in whole
    piece = say(world, "sara", "hej")
    part = page.get("/chat", headers={"X-Part": "1"}).text
    assert "<h1>" not in part and '<span aria-hidden="true">1</span>' in part
    assert int(re.findall(r'data-again="(\d+)"', part)[0]) > 0
    streams.mark_read(world.viewer("tuva"), streams.session().get_one(streams.Stream, piece.stream_id), piece.nr or 0)
    assert '<span aria-hidden="true">1</span>' not in page.get("/chat", headers={"X-Part": "1"}).text


def test_it_says_again_when_a_chat_begins(world: World, browser: Browsers) -> None:
    wish = hosting.Wish(
        "Spel", "Games", world.space("vardagsrummet"), NOW + timedelta(seconds=90), NOW + timedelta(hours=2)
    )
    hosting.open_chat(world.viewer("jonna"), wish)
    part = browser("tuva").get("/chat", headers={"X-Part": "1"}).text
    assert re.findall(r'data-again="(\d+)"', part) == ["91"]
    with clock.at(NOW + timedelta(seconds=92)):
        assert "Open until 21:00" in browser("tuva").get("/chat", headers={"X-Part": "1"}).text


@pytest.mark.parametrize("who", ["tuva", "amina", "birgitta", "johanna"])
def test_it_costs_the_same_however_many_chats_there_are(
    world: World, browser: Browsers, rolled_back: Any, who: str
) -> None:
    page, found = browser(who), []
    for number in range(2):
        for _ in range(4 * number):
            wish = hosting.Wish("Spel", "Games", world.space("vardagsrummet"), NOW, NOW + timedelta(hours=2))
            hosting.open_chat(world.viewer("jonna"), wish)
        page.get("/chat")
        db.remove()
        with counted(rolled_back) as asked:
            page.get("/chat")
        found.append(len(asked))
    assert found[0] == found[1] <= 12


def test_of_whom_one_is_kept_apart_from_nothing_is_new(world: World, browser: Browsers) -> None:
    exclude("samir", "tuva")
    say(world, "tuva", "hej")
    assert '<span aria-hidden="true">1</span>' not in browser("samir").get("/chat").text
    assert chat_of(world)
