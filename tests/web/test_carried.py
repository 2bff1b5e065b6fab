"""A form sent after its session has ended: asked to sign in with the text on the page, then sent once, by the same
person only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from community.core import clock
from community.core.db import session
from community.members import actions
from community.members.rules import COMMAND_LINE
from community.streams.models import Piece
from tests.client import Browser, field_in
from tests.world import NOW, PASSWORD, World

Browsers = Callable[..., Browser]
WORDS = "långt och viktigt <b>\nandra raden"


def _ended(browser: Browsers, world: World) -> Browser:
    amina = browser("amina")
    amina.token()
    actions.sign_out_everywhere(COMMAND_LINE, "amina")
    return amina


def _stored(text: str = WORDS) -> int:
    return session().scalar(select(func.count()).select_from(Piece).where(Piece.text == text)) or 0


def test_the_sign_in_form_carries_the_text_and_sends_it_once(browser: Browsers, world: World) -> None:
    amina = _ended(browser, world)
    path = f"/t/{world.stream('common').id}/replies"
    asked = amina.post(path, text=WORDS, client_id="carried-1")
    assert asked.status_code == 401
    assert "långt och viktigt &lt;b&gt;" in asked.text
    assert _stored() == 0
    carried = field_in(asked, "carried")
    again = amina.sign_in("amina", "a wrong password", carried=carried)
    assert again.status_code == 422
    assert "långt och viktigt &lt;b&gt;" in again.text
    answer = amina.sign_in("amina", carried=field_in(again, "carried"))
    assert answer.status_code == 303
    assert answer.location.startswith(f"/t/{world.stream('common').id}?around=")
    assert _stored() == 1
    assert amina.get(answer.location).status_code == 200
    assert browser().sign_in("amina", carried=carried).status_code == 303
    assert _stored() == 1, "the same form sent again stores nothing"


def test_another_person_sends_nothing(browser: Browsers, world: World) -> None:
    amina = _ended(browser, world)
    asked = amina.post(f"/t/{world.stream('common').id}/replies", text=WORDS, client_id="carried-2")
    answer = amina.sign_in("tuva", carried=field_in(asked, "carried"))
    assert answer.status_code == 303
    assert _stored() == 0


@pytest.mark.parametrize("carried", ["", "garbage", "eyJwYXRoIjogIi8ifQ.aaaaaa.bbbbbb"])
def test_what_we_did_not_sign_is_not_sent(browser: Browsers, carried: str) -> None:
    before = session().scalar(select(func.count()).select_from(Piece))
    assert browser().sign_in("amina", carried=carried).status_code == 303
    assert session().scalar(select(func.count()).select_from(Piece)) == before


def test_the_thread_itself_is_carried_too(browser: Browsers, world: World) -> None:
    amina = _ended(browser, world)
    fields = {"text": WORDS, "title": "rubrik", "client_id": "carried-3", "mode": "ask", "just_listen": "y"}
    asked = amina.post("/write", fields, space_id=world.space("minnen"))
    assert asked.status_code == 401
    answer = amina.post("/login", name="amina", password=PASSWORD, carried=field_in(asked, "carried"))
    assert answer.status_code == 303
    assert world.piece("carried-3").title == "rubrik"


def test_a_session_that_ran_out_answers_alike(browser: Browsers, world: World) -> None:
    amina = browser("amina", keep=False)
    amina.token()
    with clock.at(NOW + timedelta(minutes=21)):
        asked = amina.post(f"/t/{world.stream('common').id}/replies", text=WORDS, client_id="carried-4")
        assert asked.status_code == 401
        assert amina.sign_in("amina", carried=field_in(asked, "carried")).status_code == 303
        assert _stored() == 1


def test_whoever_is_closed_out_meanwhile_sends_nothing(browser: Browsers, world: World) -> None:
    amina = _ended(browser, world)
    asked = amina.post(f"/t/{world.stream('common').id}/replies", text=WORDS, client_id="carried-5")
    actions.suspend(COMMAND_LINE, "amina")
    answer = amina.sign_in("amina", carried=field_in(asked, "carried"))
    assert answer.status_code == 403
    assert "långt och viktigt" in answer.text
    assert _stored() == 0


def test_no_password_rides_along(browser: Browsers, world: World) -> None:
    amina = _ended(browser, world)
    asked = amina.post("/write", text=WORDS, client_id="carried-6", password="hunter2hunter2")
    assert "hunter2hunter2" not in asked.text


def test_signed_out_elsewhere_meanwhile_one_is_asked_to_sign_in_and_keeps_the_text(
    browser: Browsers, world: World
) -> None:
    """Signing out in another tab gives this browser another cookie: the token in the open page is no longer its own."""
    amina = browser("amina")
    old = amina.token()
    amina.post("/logout")
    path = f"/t/{world.stream('common').id}/replies"
    asked = amina.open("POST", path, data={"csrf_token": old, "text": WORDS, "client_id": "carried-6"})
    assert asked.status_code == 401
    assert WORDS.splitlines()[1] in asked.text
    amina._token = None
    # Nothing proves that the form came from our own page, so nobody sends it by itself; its writer has it before her.
    answer = amina.sign_in("amina", carried=field_in(asked, "carried"))
    assert "was not sent by itself" in answer.text or "skickades inte av sig" in answer.text
    assert WORDS.splitlines()[1] in answer.text
    assert _stored() == 0
