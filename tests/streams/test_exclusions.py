"""Two people kept apart meet nothing of each other, whichever kind it is and whoever made it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from community.core.db import session
from community.forum import feed
from community.forum import queries as forum
from community.spaces.models import Space
from community.spaces.queries import Readers
from community.streams import actions, queries, stretches
from tests.client import Browser, words_of
from tests.make import Make
from tests.world import World

Browsers = Callable[..., Browser]
PAIRS = [("amina", "elias"), ("elias", "amina"), ("olle", "ivan"), ("ivan", "olle")]


@pytest.mark.parametrize(("reader", "other"), PAIRS)
def test_feed_thread_newer_and_catch_up_show_nothing(
    reader: str, other: str, browser: Browsers, make: Make, world: World
) -> None:
    mine = make.thread(other, text=f"canary-thread-of-{other}", title=f"canary-title-of-{other}").id
    shared = make.thread("sara", text="gemensam").id
    make.reply(other, shared, f"canary-reply-of-{other}")
    make.reply("tuva", shared, "svar av tuva")
    page = browser(reader)
    for path in ("/", "/feed/newer", "/c/vardagsrummet", f"/t/{shared}", f"/streams/{shared}/since?after=0"):
        answer = page.get(path)
        assert answer.status_code == 200
        assert "canary" not in answer.text, path
        assert f'"who" dir="auto">{other.capitalize()}<' not in answer.text, path
    assert page.get(f"/t/{mine}").status_code == 404
    assert "svar av tuva" in page.get(f"/t/{shared}").text


@pytest.mark.parametrize(("reader", "other"), PAIRS)
def test_counts_are_made_without_the_other(reader: str, other: str, make: Make, world: World) -> None:
    shared = make.thread("sara")
    make.reply("tuva", shared)
    actions.mark_read(world.viewer(reader), _fresh(shared.id), 2)
    make.reply(other, shared)
    seen = _in_feed(world, reader, shared.id)
    assert (seen.reply_count, seen.new_count) == (1, 0)
    plain = _in_feed(world, "vera", shared.id)
    assert plain.reply_count == 2


def test_a_page_in_the_middle_does_not_tell_how_far_the_other_wrote(
    browser: Browsers, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stretches, "PAGE", 2)
    shared = make.thread("sara").id
    for who in ("tuva", "tuva", "tuva", "elias"):
        make.reply(who, shared)
    newest = {who: browser(who).get(f"/t/{shared}?after=1").text for who in ("amina", "vera")}
    assert 'data-tail="0" data-last="4"' in newest["amina"]
    assert 'data-tail="0" data-last="5"' in newest["vera"]


@pytest.mark.parametrize(("reader", "other"), PAIRS)
def test_a_reply_of_the_other_moves_nothing_up(reader: str, other: str, make: Make, world: World) -> None:
    first, second = make.thread("sara"), make.thread("tuva")
    before = [view.id for view in feed.feed_for(world.viewer(reader))]
    make.reply(other, first)
    assert [view.id for view in feed.feed_for(world.viewer(reader))] == before
    assert {first.id, second.id} <= set(before)


@pytest.mark.parametrize(("reader", "other"), PAIRS)
def test_reactions_and_names_of_the_other_are_not_there(
    reader: str, other: str, browser: Browsers, make: Make, world: World
) -> None:
    thread = make.thread("sara")
    assert thread.opening_id
    make.reaction(other, thread.opening_id, "strong")
    piece = queries.piece_for(world.viewer(reader), thread.opening_id)
    assert queries.views(world.viewer(reader), [piece])[0].reactions == ()
    assert queries.reaction_names(world.viewer(reader), piece) == {}
    page = browser(reader).get(f"/pieces/{thread.opening_id}/react")
    assert other.capitalize() not in words_of(page)
    assert [view.kind for view in queries.views(world.viewer("tuva"), [piece])[0].reactions] == ["strong"]


@pytest.mark.parametrize(("reader", "other"), PAIRS)
def test_the_readers_told_are_counted_without_the_other(reader: str, other: str, world: World) -> None:
    space = session().get_one(Space, world.space("solglantan"))
    mine = Readers(world.viewer(reader)).counts(space)
    everybody = Readers(world.viewer("vera")).counts(space)
    assert mine["resident"] == everybody["resident"] - 1


@pytest.mark.parametrize(("reader", "other"), PAIRS)
def test_every_door_to_the_others_piece_is_shut(reader: str, other: str, browser: Browsers, world: World) -> None:
    piece, page = world.piece(f"own-{other}"), browser(reader)
    unknown = page.get("/pieces/4711/more")
    for what in ("more", "react", "edit", "history"):
        answer = page.get(f"/pieces/{piece.id}/{what}")
        assert answer.status_code == 404
        assert words_of(answer) == words_of(unknown)
    for what, fields in (("react", {"kind": "hug"}), ("delete", {}), ("restore", {}), ("edit", {"text": "x"})):
        assert page.post(f"/pieces/{piece.id}/{what}", fields).status_code == 404


def test_a_block_made_now_holds_from_now_on(browser: Browsers, make: Make, world: World) -> None:
    thread = make.thread("samir", text="canary before the block")
    isla = browser("isla")
    assert "canary before" in isla.get("/").text
    make.excluded("isla", "samir")
    assert "canary before" not in isla.get("/").text
    assert isla.get(f"/t/{thread.id}").status_code == 404


def _in_feed(world: World, name: str, stream_id: int) -> forum.ThreadView:
    return next(view for view in feed.feed_for(world.viewer(name), limit=50) if view.id == stream_id)


def _fresh(stream_id: int) -> Any:
    from community.streams.models import Stream

    return session().get_one(Stream, stream_id, populate_existing=True)
