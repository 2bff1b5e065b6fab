"""The feed and the thread in pages: in order, nothing twice, nothing missing, in a fixed number of queries."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.core import clock, db, ratelimit
from community.core.db import session
from community.forum import feed
from community.streams import own
from community.streams.models import Stream
from tests.client import Browser
from tests.counting import counted
from tests.make import Make
from tests.world import NOW, World

Browsers = Callable[..., Browser]


@pytest.mark.parametrize("name", ["tuva", "amina", "birgitta"])
def test_the_feed_asks_as_often_for_two_threads_as_for_twenty(
    name: str, make: Make, browser: Browsers, rolled_back: Any, world: World
) -> None:
    reader, counts = browser(name), []
    with ratelimit.ignored():
        for number in (2, 18):
            for _thread in range(number):
                thread = make.thread("sara", "minnen")
                make.reply("vera", thread)
                assert thread.opening_id
                make.reaction("samir", thread.opening_id)
            reader.get("/c/minnen")  # what a process keeps for a while is read once
            db.remove()
            with counted(rolled_back) as asked:
                page = reader.get("/c/minnen")
            assert page.text.count('class="feed-item"') >= number
            counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["tuva", "amina"])
def test_a_thread_asks_as_often_for_two_replies_as_for_fifty(
    name: str, make: Make, browser: Browsers, rolled_back: Any
) -> None:
    reader, counts, thread = browser(name), [], make.thread("sara")
    with ratelimit.ignored():
        for number in (2, 48):
            for reply in range(number):
                piece = make.reply(("vera", "samir", "olle", "isla")[reply % 4], thread)
                make.reaction("tuva", piece.id)
            reader.get(f"/t/{thread.id}")
            db.remove()
            with counted(rolled_back) as asked:
                assert reader.get(f"/t/{thread.id}").status_code == 200
            counts.append(len(asked))
    assert counts[0] == counts[1]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(("thread", "reply", "page")), st.integers(0, 30)), max_size=25))
def test_pages_of_the_feed_while_others_write(make: Make, rolled_back: Any, steps: list[tuple[str, int]]) -> None:
    """Older pages never repeat a thread and never skip one that stayed where it was."""
    with ratelimit.ignored(), rolled_back.begin_nested() as undo:
        try:
            viewer, old = make.world.viewer("vera"), [make.thread("sara", "minnen").id for _number in range(6)]
            page = feed.feed_for(viewer, limit=2)
            seen, moved = [view.id for view in page], set()
            for number, (what, which) in enumerate(steps, 1):
                with clock.at(NOW + timedelta(seconds=number)):
                    if what == "thread":
                        make.thread("tuva", "minnen")
                    elif what == "reply":
                        make.reply("tuva", old[which % len(old)])
                        moved.add(old[which % len(old)])
                    elif page:
                        page = feed.feed_for(viewer, before=(page[-1].active_at, page[-1].id), limit=2)
                        seen += [view.id for view in page]
            while page:
                page = feed.feed_for(viewer, before=(page[-1].active_at, page[-1].id), limit=2)
                seen += [view.id for view in page]
            assert len(seen) == len(set(seen))
            assert set(old) - moved <= set(seen)
        finally:
            db.remove()
            undo.rollback()


def test_the_pages_of_the_feed_lead_to_each_other(make: Make, browser: Browsers) -> None:
    with ratelimit.ignored():
        made = {str(make.thread("sara", "minnen").id) for _number in range(45)}
    tuva, path, found = browser("tuva"), "/c/minnen", []
    while path:
        text = tuva.get(path).text
        found += re.findall(r'data-thread="(\d+)"', text)
        older = re.search(r'href="(\?before=[^"]+)"', text)
        path = f"/c/minnen{older[1]}" if older else ""
    assert (len(found), set(found)) == (45, made)


def test_newer_tells_what_came_after(make: Make, browser: Browsers, world: World) -> None:
    tuva = browser("tuva")
    newest = re.search(r'data-newest="([^"]+)"', tuva.get("/").text)
    assert newest
    assert tuva.get(f"/feed/newer?since={newest[1]}").headers["X-Count"] == "0"
    with clock.at(NOW + timedelta(seconds=5)):
        thread = make.thread("sara")
        answer = tuva.get(f"/feed/newer?since={newest[1]}")
    assert answer.headers["X-Count"] == "1"
    assert f'data-thread="{thread.id}"' in answer.text
    assert tuva.get(f"/feed/newer?since={answer.headers['X-Newest']}").headers["X-Count"] == "0"


def test_the_pages_of_a_thread_hold_every_reply_once(make: Make, browser: Browsers) -> None:
    thread = make.thread("sara")
    with ratelimit.ignored():
        replies = [make.reply("vera", thread).nr for _number in range(120)]
    tuva, path, found = browser("tuva"), f"/t/{thread.id}", []
    while path:
        text = tuva.get(path).text
        found = [int(nr) for nr in re.findall(r'data-nr="(\d+)"', text) if nr != "1"] + found
        older = re.search(rf'href="(/t/{thread.id}\?before=\d+)"', text)
        path = older[1] if older else ""
    assert found == replies
    first = browser("tuva").get(f"/t/{thread.id}?after=1").text
    assert [int(nr) for nr in re.findall(r'data-nr="(\d+)"', first) if nr != "1"] == replies[:50]


def test_a_page_says_what_is_new_since_the_last_visit(make: Make, browser: Browsers, world: World) -> None:
    thread, tuva = make.thread("sara"), browser("tuva")
    make.reply("vera", thread)
    stream = session().get_one(Stream, thread.id, populate_existing=True)
    assert tuva.post(f"/streams/{thread.id}/read", nr=stream.last_nr).status_code == 303
    assert 'id="new"' not in tuva.get(f"/t/{thread.id}").text
    make.reply("samir", thread)
    make.reply("vera", thread)
    text = tuva.get(f"/t/{thread.id}").text
    assert text.count('id="new"') == 1
    assert text.index('id="new"') < text.index('data-nr="3"')
    assert next(view for view in feed.feed_for(world.viewer("tuva")) if view.id == thread.id).new_count == 2
    assert own.place_in(world.viewer("tuva"), thread.id).read_nr == 2


def test_hidden_and_taken_back_threads_are_not_in_the_feed(browser: Browsers, world: World) -> None:
    for name in ("amina", "tuva", "sara", "birgitta"):
        text = browser(name).get("/").text
        for label in ("hidden", "held", "removed"):
            assert f'data-thread="{world.stream(label).id}"' not in text, (name, label)


def test_a_post_never_opened_is_marked_new_until_it_is_read_or_old(browser: Browsers, make: Make, world: World) -> None:
    thread = make.thread("sara", "minnen")

    def marked(name: str) -> bool:
        feed = browser(name).get("/c/minnen").text
        item = re.search(rf'<article class="feed-item" data-thread="{thread.id}">.*?</article>', feed, re.DOTALL)
        assert item is not None
        return 'class="fresh"' in item[0]

    assert marked("tuva")
    assert not marked("sara")  # her own
    assert browser("tuva").post(f"/streams/{thread.id}/read", nr="1", part=True).status_code == 204
    assert not marked("tuva")
    assert marked("samir")
    with clock.at(NOW + timedelta(days=31)):
        assert not marked("samir")
