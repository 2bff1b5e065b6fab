"""The help card: at once, once, on her own screen, with JavaScript and without, on every surface."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import delete, select

from community.core.db import session, transaction
from community.safety.models import Heard
from tests.client import Browser
from tests.make import Make
from tests.world import World

Browsers = Callable[..., Browser]
CARD = 'id="help-card"'
HEAVY, INTENT = "jag orkar inte mer", "jag vill inte vakna i morgon"


@pytest.fixture(autouse=True)
def nothing_heard_yet(world: World) -> None:
    """The world's own people have written words the gate held."""
    with transaction() as s:
        s.execute(delete(Heard))


def test_without_javascript_it_is_on_the_next_page_and_then_gone(world: World, make: Make, browser: Browsers) -> None:
    amina, thread = browser("amina"), make.thread("amina")
    answer = amina.post(f"/t/{thread.id}/replies", {"text": HEAVY, "client_id": "helpcard-1"})
    assert (answer.status_code, answer.location.endswith("#help-card")) == (303, True)
    page = amina.get(answer.location).text
    assert page.count(CARD) == 1 and "tel:112" in page and HEAVY in page
    assert CARD not in amina.get(answer.location).text
    assert CARD not in browser("tuva").get(f"/t/{thread.id}").text


@pytest.mark.parametrize(("text", "waits"), [(HEAVY, False), (INTENT, True)])
def test_with_javascript_it_comes_with_the_empty_field(
    text: str, waits: bool, world: World, make: Make, browser: Browsers
) -> None:
    amina, thread = browser("amina"), make.thread("amina")
    sent = {"text": text, "client_id": "helpcard-2", "csrf_token": amina.token()}
    answer = amina.open("POST", f"/t/{thread.id}/replies", data=sent, headers={"X-Part": "1"})
    assert answer.status_code == 200 and answer.text.count(CARD) == 1
    assert ("note held" in answer.text) is waits
    assert CARD not in amina.get(f"/t/{thread.id}").text
    assert session().scalars(select(Heard.outcome)).all() == ["hold" if waits else "publish"]


def test_ordinary_words_bring_none(world: World, make: Make, browser: Browsers) -> None:
    amina, thread = browser("amina"), make.thread("amina")
    answer = amina.post(f"/t/{thread.id}/replies", {"text": "jag dör 😂", "client_id": "helpcard-3"})
    assert CARD not in amina.get(answer.location).text
    assert session().scalars(select(Heard)).all() == []


def test_a_change_that_waits_is_kept_as_heard(world: World, make: Make, browser: Browsers) -> None:
    amina, piece = browser("amina"), make.reply("amina", world.stream("common"))
    answer = amina.post(f"/pieces/{piece.id}/edit", {"text": INTENT, "version": 1})
    page = amina.get(answer.location)
    assert (answer.status_code, page.text.count(CARD)) == (303, 1)
    assert INTENT in page.text and INTENT not in browser("tuva").get(f"/t/{piece.stream_id}").text
    row = session().scalars(select(Heard)).one()
    assert (row.piece_id, row.alert) == (piece.id, True)


def test_somebody_else_at_the_same_device_does_not_meet_it(world: World, make: Make, browser: Browsers) -> None:
    amina, thread = browser("amina"), make.thread("amina")
    amina.post(f"/t/{thread.id}/replies", {"text": HEAVY, "client_id": "helpcard-4"})
    amina.post("/logout", {})
    assert CARD not in amina.get("/login").text
