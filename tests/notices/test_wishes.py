"""What one wants to hear: kinds, channels of the group, letters. Kept, and kept to."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from community.notices import actions
from community.notices.chosen import chosen_by
from community.notices.models import CHANNELS, KINDS
from community.spaces.queries import readable_ids
from tests.client import Browser, words_of
from tests.make import Make
from tests.notices.told import rows, told, unread
from tests.world import World

Browsers = Callable[..., Browser]
EVERYTHING = {f"{kind}_{channel}": "y" for kind in KINDS for channel in CHANNELS} | {"letters": "y", "quiet": "y"}


def form(world: World, who: str, **changed: Any) -> dict[str, Any]:
    """Everything ticked, everything that concerns her from every channel; None takes a tick away."""
    places = {f"space_{id_}": "all" for id_ in _readable(world, who)}
    return {name: value for name, value in {**EVERYTHING, **places, **changed}.items() if value is not None}


def _readable(world: World, who: str) -> list[int]:
    return readable_ids(world.viewer(who))


def test_nobody_gets_letters_without_a_yes_and_minors_nights_are_quiet(world: World) -> None:
    for who, quiet in (("vera", True), ("kim", True), ("tuva", False), ("sara", False)):
        chosen = chosen_by(world.viewer(who))
        assert not chosen.letters and chosen.quiet is quiet, who
        assert all(chosen.kinds[kind, "app"] for kind in KINDS)
        assert not chosen.kinds["reaction", "mail"] and not chosen.kinds["reply", "mail"]


def test_the_page_shows_what_was_saved(world: World, browser: Browsers) -> None:
    vera = browser("vera")
    minnen = world.space("minnen")
    page = vera.get("/me/notifications")
    assert "Vad jag vill höra" in words_of(page) and 'id="quiet"' in page.text
    sent = form(world, "vera", reaction_app=None, reply_mail=None, quiet=None, **{f"space_{minnen}": "nothing"})
    assert vera.post("/me/notifications", **sent).location == "/me/notifications?saved=1"
    chosen = chosen_by(world.viewer("vera"))
    assert chosen.letters and not chosen.quiet and chosen.spaces == {minnen: "nothing"}
    assert not chosen.kinds["reaction", "app"] and not chosen.kinds["reply", "mail"] and chosen.kinds["reply", "app"]
    again = vera.get("/me/notifications?saved=1").text
    ticked = set(re.findall(r'<input [^>]*\bchecked\b[^>]* name="(\w+)"', again))
    assert {"letters", "reply_app"} <= ticked and not {"quiet", "reply_mail", "reaction_app"} & ticked
    assert vera.post("/me/notifications", **sent).status_code == 303, "a second time changes nothing"
    assert chosen_by(world.viewer("tuva")).spaces == {}


def test_a_channel_one_does_not_read_is_no_choice(world: World, browser: Browsers) -> None:
    vera = browser("vera")
    for bad in ({f"space_{world.space('personal')}": "nothing"}, {f"space_{world.space('minnen')}": "everything"}):
        answer = vera.post("/me/notifications", **form(world, "vera", **bad))
        assert answer.status_code == 422 and chosen_by(world.viewer("vera")).spaces == {}


def test_a_kind_one_does_not_want_is_not_told(world: World, make: Make, browser: Browsers) -> None:
    thread = make.thread("tuva")
    browser("tuva").post("/me/notifications", **form(world, "tuva", reply_app=None, reply_mail=None))
    reply = make.reply("sara", thread)
    assert rows(world, "tuva", thread) == []
    actions.tell_mentioned(reply, [world.id("tuva")])
    assert [one.kind for one in told(world, "tuva", thread)] == ["mention"]


def test_what_one_wants_by_letter_alone_is_not_on_the_page(world: World, make: Make, browser: Browsers) -> None:
    thread = make.thread("tuva")
    before = unread(world, "tuva").count
    browser("tuva").post("/me/notifications", **form(world, "tuva", reply_app=None))
    make.reply("sara", thread)
    (row,) = rows(world, "tuva", thread)
    assert row.mail_due_at is not None and told(world, "tuva", thread) == []
    assert unread(world, "tuva").count == before


def test_a_channel_says_mentions_or_nothing(world: World, make: Make, browser: Browsers) -> None:
    minnen = f"space_{world.space('minnen')}"
    for wish, kinds in (("mentions", ["mention"]), ("nothing", [])):
        thread = make.thread("tuva", "minnen")
        browser("tuva").post("/me/notifications", **form(world, "tuva", **{minnen: wish}))
        reply = make.reply("sara", thread)
        actions.react(world.viewer("sara"), int(thread.opening_id or 0), "heart")
        actions.tell_mentioned(reply, [world.id("tuva")])
        assert [one.kind for one in told(world, "tuva", thread)] == kinds
    elsewhere = make.thread("tuva")
    make.reply("sara", elsewhere)
    assert len(told(world, "tuva", elsewhere)) == 1
