"""An unsent text is sealed, its writer's alone, and gone when it is sent."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from community.core.db import session
from community.streams.models import Draft
from tests.client import Browser, field_in
from tests.digest import digest
from tests.world import World

Browsers = Callable[..., Browser]
CANARY = "canary-unsent-words"


def _save(browser: Browser, place: str, **fields: str) -> int:
    return browser.post("/drafts", place=place, fields=json.dumps(fields)).status_code


def test_it_comes_back_and_nobody_else_meets_it(browser: Browsers, world: World, rolled_back: object) -> None:
    amina, place = browser("amina"), f"reply:{world.stream('common').id}"
    assert _save(amina, place, text=CANARY) == 204
    assert field_in(amina.get(f"/t/{world.stream('common').id}"), "text") == CANARY
    for name in ("tuva", "sara", "birgitta"):
        assert CANARY not in browser(name).get(f"/t/{world.stream('common').id}").text
    assert CANARY not in str(digest(rolled_back))  # type: ignore[arg-type]


def test_a_thread_under_way_keeps_every_field(browser: Browsers, world: World) -> None:
    amina = browser("amina")
    fields = {"text": CANARY, "title": "rubrik", "mode": "happy", "just_listen": "y"}
    assert _save(amina, "new", space_id=str(world.space("minnen")), **fields) == 204
    page = amina.get("/write")
    assert (field_in(page, "text"), field_in(page, "title")) == (CANARY, "rubrik")
    assert 'value="happy" checked' in page.text
    assert f'value="{world.space("minnen")}" checked' in page.text


@pytest.mark.parametrize("place", ["new", "reply"])
def test_it_is_gone_when_it_is_sent(browser: Browsers, world: World, place: str) -> None:
    amina, stream = browser("amina"), world.stream("common")
    _save(amina, "new" if place == "new" else f"reply:{stream.id}", text=CANARY)
    path = "/write" if place == "new" else f"/t/{stream.id}/replies"
    more = {"space_id": world.space("minnen"), "mode": "tell"} if place == "new" else {}
    assert amina.post(path, more, text=CANARY, client_id="sent-draft-1").status_code == 303
    assert _drafts(world.id("amina")) == 0


def test_saving_again_replaces_and_nothing_throws_away(browser: Browsers, world: World) -> None:
    amina = browser("amina")
    for words in ("ett", "ett två", "ett två tre"):
        assert _save(amina, "new", text=words) == 204
    assert _drafts(world.id("amina")) == 1
    assert field_in(amina.get("/write"), "text") == "ett två tre"
    assert _save(amina, "new", text=" \u200b") == 204
    assert _drafts(world.id("amina")) == 0


BAD = ["", "[]", "null", "1", '"x"', '{"text": 1}', '{"text": null}', '{"text": {"a": "b"}}', "{", "NaN"]
BAD += ["[" * 5000, '{"text": "' + "x" * 41_000 + '"}', '{"text": "\\ud800 a"}', "{'text': 'x'}"]


@pytest.mark.parametrize("fields", BAD, ids=[f"{number}" for number in range(len(BAD))])
def test_what_is_no_draft_is_refused(browser: Browsers, world: World, fields: str) -> None:
    assert browser("amina").post("/drafts", place="new", fields=fields).status_code == 422
    assert _drafts(world.id("amina")) == 0


@pytest.mark.parametrize("place", ["", "other", "reply:", "reply:x", "reply:" + "1" * 17, "new\n", "reply:²"])
def test_a_place_nobody_knows_is_refused(browser: Browsers, place: str) -> None:
    assert browser("amina").post("/drafts", place=place, fields='{"text": "x"}').status_code == 422


@pytest.mark.parametrize("space_id", ["²", "9" * 30, "-1", "", "x"])
def test_a_draft_with_an_odd_channel_does_not_lock_its_writer_out(browser: Browsers, space_id: str) -> None:
    amina = browser("amina")
    assert _save(amina, "new", text=CANARY, space_id=space_id) == 204
    page = amina.get("/write")
    assert (page.status_code, field_in(page, "text")) == (200, CANARY)


def _drafts(member_id: int) -> int:
    return session().scalar(select(func.count()).select_from(Draft).where(Draft.member_id == member_id)) or 0
