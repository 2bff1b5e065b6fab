"""What a question is about: chosen when asking, changed later, shown quietly, and a list for each."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from community.core import ratelimit
from community.core.db import session
from community.core.errors import Invalid, NotAllowed, NotFound
from community.forum import feed, helped, questions
from community.forum import queries as forum
from community.forum.models import TAGS, topics_of
from community.streams.models import TOPICS, Stream
from tests.client import Browser
from tests.counting import counted
from tests.make import Make
from tests.world import World

Browsers = Callable[..., Browser]


def tags_of(world: World, stream_id: int) -> list[str]:
    return [tag.key for tag in helped.tags_of(world.viewer("birgitta"), stream_id)]


def threads_in(browser: Browser, path: str) -> list[int]:
    return [int(found) for found in re.findall(r'data-thread="(\d+)"', browser.get(path).text)]


def sent(world: World, **more: str) -> dict[str, object]:
    return {"text": "var är allt", "client_id": "tagging-1", "space_id": world.space("fraga"), **more}


def test_a_question_is_sent_with_its_tags(browser: Browsers, world: World) -> None:
    tuva = browser("tuva")
    answer = tuva.post("/write", sent(world, mode="ask", tag_whom="y", tag_money="y"))
    assert answer.status_code == 303
    stream_id = int(answer.location.rsplit("/", 1)[1])
    assert tags_of(world, stream_id) == ["money", "whom"]
    page = tuva.get(f"/t/{stream_id}").text
    assert 'href="/tags/money"><span class="tag">money</span>' in page and 'href="/tags/whom"><span' in page
    assert '<span class="tag">money</span>' in tuva.get("/").text


def test_what_is_no_question_has_none(browser: Browsers, world: World) -> None:
    answer = browser("tuva").post("/write", sent(world, mode="happy", tag_whom="y"))
    assert answer.status_code == 303
    assert tags_of(world, int(answer.location.rsplit("/", 1)[1])) == []


def test_four_are_too_many_and_the_text_is_kept(browser: Browsers, world: World) -> None:
    four = {f"tag_{key}": "y" for key in TAGS[:4]}
    answer = browser("tuva").post("/write", sent(world, mode="ask", **four))
    assert answer.status_code == 422
    assert "Choose at most three." in answer.text and "var är allt" in answer.text
    assert re.findall(r'<input[^>]*checked[^>]*name="(tag_\w+)"', answer.text) == list(four)


def test_a_draft_keeps_its_tags(browser: Browsers) -> None:
    tuva = browser("tuva")
    tuva.post("/drafts", place="new", fields='{"text": "halv", "mode": "ask", "tag_lonely": "y"}')
    assert re.findall(r'<input[^>]*checked[^>]*name="(tag_\w+)"', tuva.get("/write").text) == ["tag_lonely"]


def test_the_asker_and_hosts_change_them(make: Make, world: World, browser: Browsers) -> None:
    thread = make.thread("tuva", mode="ask", tags=["money"])
    for name in ("samir", "sara", "birgitta"):
        with pytest.raises(NotAllowed):
            questions.choose_tags(world.viewer(name), thread.id, ["work"])
        assert browser(name).get(f"/t/{thread.id}/tags").status_code == 403
    tuva = browser("tuva")
    assert "tag_money" in re.findall(r'checked[^>]*name="(\w+)"', tuva.get(f"/t/{thread.id}/tags").text)
    assert tuva.post(f"/t/{thread.id}/tags", sent="tags", tag_work="y", tag_housing="y").status_code == 303
    assert tags_of(world, thread.id) == ["housing", "work"]
    questions.choose_tags(world.viewer("jonna"), thread.id, ["lonely"])
    assert tags_of(world, thread.id) == ["lonely"]
    assert tuva.post(f"/t/{thread.id}/tags").status_code == 422  # nothing sent is not "none"
    assert tuva.post(f"/t/{thread.id}/tags", sent="tags").status_code == 303
    assert tags_of(world, thread.id) == []
    assert f"/t/{thread.id}/tags" in tuva.get(f"/pieces/{thread.opening_id}/more").text
    assert f"/t/{thread.id}/tags" not in browser("samir").get(f"/pieces/{thread.opening_id}/more").text


def test_unknown_tags_and_threads_that_ask_nothing(make: Make, world: World) -> None:
    tuva, asked, told = world.viewer("tuva"), make.thread("tuva", mode="ask"), make.thread("tuva")
    with pytest.raises(Invalid):
        questions.choose_tags(tuva, asked.id, ["love"])
    with pytest.raises(NotAllowed):
        questions.choose_tags(tuva, told.id, ["money"])
    with pytest.raises(NotFound):
        questions.choose_tags(tuva, world.stream("linden").id, ["money"])


def test_a_tags_list_holds_what_one_reads_and_nothing_else(make: Make, world: World, browser: Browsers) -> None:
    here = make.thread("tuva", "fraga", mode="ask", tags=["money"])
    house = make.thread("samir", "linden", mode="ask", tags=["money"])
    blocked = make.thread("elias", "fraga", mode="ask", tags=["money"])
    other = make.thread("tuva", "fraga", mode="ask", tags=["work"])
    assert set(threads_in(browser("vera"), "/tags/money")) == {here.id, blocked.id}
    assert set(threads_in(browser("amina"), "/tags/money")) == {here.id}
    assert set(threads_in(browser("isla"), "/tags/money")) == {here.id, house.id, blocked.id}
    assert set(threads_in(browser("vera"), "/c/fraga?tag=work")) == {other.id}
    assert set(threads_in(browser("isla"), "/c/fraga?tag=money")) == {here.id, blocked.id}
    assert browser("vera").get("/tags/love").status_code == 404
    assert browser("vera").get("/c/fraga?tag=love").status_code == 404
    newer = browser("vera").get("/feed/newer?tag=work")
    assert newer.headers["X-Count"] == "1" and f'data-thread="{other.id}"' in newer.text


def test_its_pages_lead_to_each_other(make: Make, browser: Browsers) -> None:
    with ratelimit.ignored():
        made = {make.thread("sara", "fraga", mode="ask", tags=["money"]).id for _number in range(45)}
        for _number in range(5):
            make.thread("sara", "fraga", mode="ask", tags=["work"])
    tuva = browser("tuva")
    for start in ("/tags/money", "/c/fraga?tag=money"):
        found, path = [], start
        while path:
            text = tuva.get(path).text
            found += [int(one) for one in re.findall(r'data-thread="(\d+)"', text)]
            older = re.search(r'href="(\?before=[^"]+)"', text)
            path = start.split("?")[0] + older[1].replace("&amp;", "&") if older else ""
        assert (len(found), set(found)) == (45, made), start


def test_its_list_is_read_in_its_order_however_many_there_are(
    make: Make, world: World, rolled_back: Any, database_kind: str
) -> None:
    make.thread("sara", "fraga", mode="ask", tags=["money", "work"])
    newest = feed.feed_for(world.viewer("tuva"), tag="work")[0]
    asked: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        asked.append((statement, values))

    event.listen(rolled_back, "before_cursor_execute", note)
    try:
        feed.feed_for(world.viewer("tuva"), tag="work")
        feed.feed_for(world.viewer("tuva"), tag="work", before=(newest.active_at, newest.id))
    finally:
        event.remove(rolled_back, "before_cursor_execute", note)
    lists = [(statement, values) for statement, values in asked if "topics & 4" in statement]
    assert len(lists) == 2
    if database_kind == "postgresql":  # with a handful of rows its plans say nothing
        return
    for statement, values in lists:
        plan = [row[3] for row in rolled_back.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
        assert plan[0].startswith("SEARCH stream USING INDEX ix_stream_topic_2 (listed=?"), plan
        assert not [step for step in plan if "TEMP B-TREE" in step], plan


def test_the_bits_follow_the_tags(make: Make, world: World) -> None:
    thread = make.thread("tuva", "fraga", mode="ask", tags=["money", "lonely"])
    assert thread.topics == topics_of(["money", "lonely"]) == 0b100001
    questions.choose_tags(world.viewer("tuva"), thread.id, ["housing"])
    assert session().get_one(Stream, thread.id, populate_existing=True).topics == 0b10
    questions.choose_tags(world.viewer("tuva"), thread.id, [])
    assert session().get_one(Stream, thread.id, populate_existing=True).topics == 0
    assert len(TAGS) == TOPICS


def test_an_empty_one_says_what_comes_here(browser: Browsers) -> None:
    page = browser("tuva").get("/tags/lonely").text
    assert "No question about this yet." in page and '<h1 class="">Lonely</h1>' in page


def test_the_feed_asks_once_more_for_questions_however_many(make: Make, world: World, rolled_back: object) -> None:
    viewer, counts = world.viewer("johanna"), []
    for number in (2, 10):
        with ratelimit.ignored():
            for _thread in range(number):
                thread = make.thread("sara", "minnen", mode="ask", tags=["money", "work"])
                questions.mark_helped(world.viewer("sara"), make.reply("vera", thread).id)
        space = next(one for one in forum.spaces.readable(viewer) if one.slug == "minnen")
        with counted(rolled_back) as asked:
            views = feed.feed_for(viewer, space)
        assert len(views) >= number and all(view.answered and len(view.tags) == 2 for view in views)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8
