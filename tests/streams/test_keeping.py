"""Following, muting and saving: hers alone, in the feed at once, and never a way to what she may not see."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from community.core import clock
from community.core.errors import Invalid, NotAllowed, NotFound
from community.forum import feed
from community.streams import actions, keeping, own
from tests.client import Browser, words_of
from tests.make import Make
from tests.world import NOW, World

Browsers = Callable[..., Browser]


def followed(world: World, who: str) -> list[int]:
    return [thread.id for thread in feed.feed_for(world.viewer(who), followed=True)]


def test_what_one_writes_in_one_follows_and_may_leave(world: World, make: Make) -> None:
    tuva, begun, answered, other = world.viewer("tuva"), make.thread("tuva"), make.thread("sara"), make.thread("sara")
    make.reply("tuva", answered)
    assert {begun.id, answered.id} <= set(followed(world, "tuva"))
    assert other.id not in followed(world, "tuva") and not own.place_in(tuva, other.id).follows
    keeping.choose(tuva, other.id, "follow")
    keeping.choose(tuva, answered.id, "leave")
    assert {begun.id, other.id} <= set(followed(world, "tuva")) and answered.id not in followed(world, "tuva")
    make.reply("tuva", answered)
    assert not own.place_in(tuva, answered.id).follows, "what she left she has left, also when she writes there again"
    keeping.choose(tuva, answered.id, "clear")
    assert own.place_in(tuva, answered.id).follows
    assert other.id not in followed(world, "sara") or own.place_in(world.viewer("sara"), other.id).follows


def test_what_is_taken_back_binds_nobody(world: World, make: Make) -> None:
    thread = make.thread("sara")
    reply = make.reply("tuva", thread)
    actions.remove_piece(world.viewer("tuva"), reply.id)
    assert not own.place_in(world.viewer("tuva"), thread.id).follows


def test_a_muted_post_is_in_its_channel_alone_and_is_never_new(world: World, make: Make, browser: Browsers) -> None:
    thread, tuva = make.thread("sara", "minnen", text="Hör du mig"), browser("tuva")
    assert "Hör du mig" in tuva.get("/").text
    answer = tuva.post(f"/streams/{thread.id}/choice", choice="mute")
    assert answer.location == f"/t/{thread.id}"
    assert "Hör du mig" not in tuva.get("/").text and "Hör du mig" in browser("amina").get("/").text
    assert "Hör du mig" not in tuva.get("/feed/newer?since=0.000000-0").text
    channel = tuva.get("/c/minnen").text
    item = channel[channel.index("Hör du mig") :]
    assert "muted" in item[: item.index("</article>")] and "fresh" not in item[: item.index("</article>")]
    page = tuva.get(f"/t/{thread.id}").text
    assert re.search(r'value="clear" aria-pressed="true"', page)
    tuva.post(f"/streams/{thread.id}/choice", choice="clear")
    assert "Hör du mig" in tuva.get("/").text


def test_the_feed_of_what_one_follows_leads_on_and_says_when_it_is_empty(
    world: World, make: Make, browser: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    samir = browser("samir")
    for stream_id in followed(world, "samir"):
        keeping.choose(world.viewer("samir"), stream_id, "leave")
    empty = words_of(samir.get("/?sort=followed"))
    assert "Du följer inget än." in empty and "Visa allt igen" in empty
    monkeypatch.setattr(feed, "PAGE", 2)
    threads = [make.thread("sara", text=f"post {number}") for number in range(3)]
    make.thread("sara", text="not followed")
    for thread in threads:
        keeping.choose(world.viewer("samir"), thread.id, "follow")
    first = samir.get("/?sort=followed").text
    older = re.search(r'href="(\?before=[^"]+)"', first)
    assert older and "sort=followed" in older[1] and "not followed" not in first
    second = samir.get("/" + older[1].replace("&amp;", "&")).text
    shown = [number for number in range(3) if f"post {number}" in first] + [
        number for number in range(3) if f"post {number}" in second
    ]
    assert sorted(shown) == [0, 1, 2] and "not followed" not in second
    newer = samir.get("/feed/newer?since=0.000000-0&sort=followed")
    assert "post 2" in newer.text and "not followed" not in newer.text


def test_following_opens_nothing(world: World, make: Make) -> None:
    thread = make.thread("ivan")
    keeping.choose(world.viewer("tuva"), thread.id, "follow")
    with pytest.raises(NotFound):
        keeping.choose(world.viewer("olle"), thread.id, "follow")
    make.excluded("tuva", "ivan")
    assert thread.id not in followed(world, "tuva")
    with pytest.raises(Invalid):
        keeping.choose(world.viewer("sara"), thread.id, "everything")


def test_saved_is_found_again_and_hers_alone(world: World, make: Make, browser: Browsers) -> None:
    thread = make.thread("sara", text="Så ringer man")
    reply = make.reply("petra", thread, text="Tack för det")
    tuva = browser("tuva")
    assert "Nothing saved yet." in words_of(tuva.get("/me/saved"))
    for moment, piece_id in ((0, thread.opening_id), (1, reply.id), (2, reply.id)):
        with clock.at(NOW + timedelta(minutes=moment)):
            assert tuva.post(f"/pieces/{piece_id}/save").status_code == 303
    page = words_of(tuva.get("/me/saved"))
    assert page.index("Tack för det") < page.index("Så ringer man") and page.count("Tack för det") == 1
    assert "Så ringer man" not in browser("amina").get("/me/saved").text
    menu = tuva.get(f"/pieces/{reply.id}/more")
    assert f"/pieces/{reply.id}/let-go" in menu.text and f"/pieces/{reply.id}/save" not in menu.text
    assert tuva.post(f"/pieces/{reply.id}/let-go", back="list").location == "/me/saved"
    assert "Tack för det" not in tuva.get("/me/saved").text


def test_what_one_may_not_see_any_more_is_not_in_the_list(world: World, make: Make, browser: Browsers) -> None:
    saved = {name: make.thread(name, text=f"von {name}") for name in ("sara", "petra", "samir", "jonna")}
    tuva = browser("tuva")
    for thread in saved.values():
        tuva.post(f"/pieces/{thread.opening_id}/save")
    reply = make.reply("vera", saved["petra"], text="under")
    tuva.post(f"/pieces/{reply.id}/save")
    actions.remove_piece(world.viewer("jonna"), int(saved["jonna"].opening_id or 0))
    make.excluded("tuva", "samir")
    make.excluded("tuva", "petra")
    page = tuva.get("/me/saved").text
    assert "von sara" in page
    assert not [gone for gone in ("von petra", "under", "von samir", "von jonna") if gone in page]


def test_only_what_stands_in_the_group_is_saved(world: World, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    tuva, thread = world.viewer("tuva"), make.thread("sara")
    reply = make.reply("vera", thread)
    actions.remove_piece(world.viewer("vera"), reply.id)
    with pytest.raises(NotAllowed):
        keeping.save_piece(tuva, reply.id)
    monkeypatch.setattr(keeping, "MOST_SAVED", 0)
    with pytest.raises(Invalid):
        keeping.save_piece(tuva, int(thread.opening_id or 0))


def test_a_module_gets_the_part_it_pressed(world: World, make: Make, browser: Browsers) -> None:
    thread, tuva = make.thread("sara"), browser("tuva")
    part = tuva.post(f"/streams/{thread.id}/choice", choice="follow", part=True)
    assert part.status_code == 200 and 'id="following"' in part.text and "<html" not in part.text
    menu = tuva.post(f"/pieces/{thread.opening_id}/save", part=True)
    assert "let-go" in menu.text and "<html" not in menu.text
    assert tuva.post(f"/streams/{thread.id}/choice", choice="nonsense").status_code == 422
