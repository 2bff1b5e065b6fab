"""Names in what somebody reads for good: none of them leads to a page that is not there for her."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from community.chat import actions as chats
from community.core import clock
from community.core.db import transaction
from community.forum import actions as forum
from community.home import profiles
from community.streams.actions import Said
from community.streams.models import Piece, Stream
from tests.client import Browser
from tests.lifecycle.test_past import AFTER, chat_of, moved  # noqa: F401
from tests.make import Make
from tests.world import World

Browsers = Callable[..., Browser]
LINK = re.compile(r'href="(/people/\d+)"')


@pytest.fixture
def quiet(world: World) -> None:
    """Isla, who is 15, has written nothing that everybody reads."""
    common = select(Stream.id).where(Stream.space_id != world.space("linden"), Stream.house_id.is_(None))
    hers = (Piece.author_id == world.id("isla")) & Piece.stream_id.in_(common)
    with transaction() as s:
        s.execute(update(Piece).where(hers).values(state="removed"))


def dead_links(browser: Browser, path: str) -> list[str]:
    page = browser.get(path)
    assert page.status_code == 200, path
    links = sorted(set(LINK.findall(page.text)))
    assert links, path
    return [link for link in links if browser.get(link).status_code != 200]


@pytest.mark.usefixtures("moved", "quiet")
def test_no_name_in_the_past_leads_nowhere(world: World, make: Make, browser: Browsers) -> None:
    """Isla is 15 and lives there on; she wrote in its channel, to the house alone, and in its chat."""
    chat = chat_of(world, "linden")
    chats.send(world.viewer("isla"), chat, Said("before midnight", "chat-before"))
    make.reply("isla", world.stream("linden").id, "by isla")
    with clock.at(AFTER):
        samir = browser("samir")
        for path in (f"/t/{world.stream('linden').id}", f"/chat/{chat}", "/c/linden"):
            assert dead_links(samir, path) == [], path


@pytest.mark.usefixtures("moved")
def test_her_page_has_what_stood_then_and_nothing_newer(world: World, browser: Browsers) -> None:
    linden, isla = world.stream("linden").id, world.viewer("isla")
    forum.reply(isla, linden, Said("words of then", "then"))
    with clock.at(AFTER):
        forum.reply(isla, linden, Said("canary of today", "today"))
        page = browser("samir").get(f"/people/{isla.id}").text
        assert "words of then" in page and "canary of today" not in page
        assert "canary of today" in browser("petra").get(f"/people/{isla.id}").text


@pytest.mark.usefixtures("moved", "quiet")
def test_who_wrote_only_later_has_no_page_for_her(world: World, browser: Browsers) -> None:
    before = (Piece.author_id == world.id("isla")) & (Piece.state == "published")
    with transaction() as s:
        s.execute(update(Piece).where(before).values(state="removed"))
    with clock.at(AFTER):
        forum.reply(world.viewer("isla"), world.stream("linden").id, Said("canary of isla", "isla-late"))
        for who in ("samir", "johanna"):
            assert browser(who).get(f"/people/{world.id('isla')}").status_code == 404
        assert browser("petra").get(f"/people/{world.id('isla')}").status_code == 200


@pytest.mark.usefixtures("quiet")
def test_a_child_who_only_chats_has_a_page_for_those_who_read_the_chat(world: World, browser: Browsers) -> None:
    common = chat_of(world, "vardagsrummet")
    chats.send(world.viewer("isla"), common, Said("hej alla", "chat-all"))
    johanna = browser("johanna")
    assert dead_links(johanna, f"/chat/{common}") == []
    assert "hej alla" not in johanna.get(f"/people/{world.id('isla')}").text  # its list is of threads


@pytest.mark.usefixtures("quiet")
def test_the_walk_finds_a_dead_link(world: World, browser: Browsers, monkeypatch: pytest.MonkeyPatch) -> None:
    common = chat_of(world, "vardagsrummet")
    with clock.at(clock.now() + timedelta(minutes=1)):
        chats.send(world.viewer("isla"), common, Said("hej alla", "chat-all"))
    monkeypatch.setattr(profiles, "_reads_of", lambda viewer, id_: bool(profiles.wrote_for(viewer, id_, limit=1)))
    assert dead_links(browser("johanna"), f"/chat/{common}") == [f"/people/{world.id('isla')}"]
