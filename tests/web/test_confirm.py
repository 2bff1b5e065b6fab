"""The password once more: 15 minutes after it was last typed, what matters asks for it, and then goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from community.core import carry, clock
from community.core.db import session
from community.forum import actions as forum
from community.home import views as home
from community.members import fresh
from community.streams.models import Piece
from tests.client import Browser, field_in, words_of
from tests.world import NOW, PASSWORD, World

Browsers = Callable[..., Browser]
WORDS = "lång och viktig <b>"
LATER = NOW + timedelta(minutes=16)


@pytest.fixture(autouse=True)
def guarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replying and the page about me stand for whatever asks for a fresh password: one has a text, one is a page."""
    reply, name = forum.reply, home.people.sign_in_name

    def careful_reply(viewer: Any, *args: Any) -> Any:
        fresh.require(viewer)
        return reply(viewer, *args)

    def careful_name(viewer: Any) -> str:
        fresh.require(viewer)
        return name(viewer)

    monkeypatch.setattr("community.forum.views.actions.reply", careful_reply)
    monkeypatch.setattr("community.home.views.people", _instead(home.people, sign_in_name=careful_name))


@pytest.fixture
def later(world: World) -> Iterator[None]:
    """A quarter of an hour and a minute after signing in."""
    with clock.at(LATER):
        yield


class _instead:
    def __init__(self, module: Any, **changed: Any) -> None:
        self.module, self.changed = module, changed

    def __getattr__(self, name: str) -> Any:
        return self.changed.get(name) or getattr(self.module, name)


def _stored() -> int:
    return session().scalar(select(func.count()).select_from(Piece).where(Piece.text == WORDS)) or 0


@pytest.mark.parametrize(("minutes", "asked"), [(15, False), (16, True), (-16, True)])
def test_a_quarter_of_an_hour_is_fresh(browser: Browsers, minutes: int, asked: bool) -> None:
    amina = browser("amina")
    with clock.at(NOW + timedelta(minutes=minutes)):
        assert (amina.get("/me").status_code == 302) is asked


def test_a_page_leads_to_the_question_and_back(browser: Browsers) -> None:
    amina = browser("amina")
    with clock.at(LATER):
        asked = amina.get("/me?saved=1")
        assert asked.location == "/confirm?next=/me?saved%3D1"
        form = amina.get(asked.location)
        assert form.status_code == 200
        answer = amina.post("/confirm", next=field_in(form, "next"), password=PASSWORD)
        assert (answer.status_code, answer.location) == (303, "/me?saved=1")
        assert amina.get("/me?saved=1").status_code == 200
    with clock.at(LATER + timedelta(minutes=16)):
        assert amina.get("/me").status_code == 302


def test_a_form_under_way_is_carried_and_sent_once(browser: Browsers, world: World) -> None:
    amina = browser("amina")
    with clock.at(LATER):
        asked = amina.post(f"/t/{world.stream('common').id}/replies", text=WORDS, client_id="freshly-1")
        assert asked.status_code == 403
        assert "lång och viktig &lt;b&gt;" in asked.text
        wrong = amina.post("/confirm", carried=field_in(asked, "carried"), password="not my password")
        assert wrong.status_code == 422
        assert "lång och viktig &lt;b&gt;" in wrong.text
        assert _stored() == 0
        answer = amina.post("/confirm", carried=field_in(wrong, "carried"), password=PASSWORD)
        assert answer.status_code == 303
        assert answer.location.startswith(f"/t/{world.stream('common').id}?around=")
        assert _stored() == 1


def test_what_somebody_else_was_doing_is_not_sent(browser: Browsers, world: World) -> None:
    amina, tuva = browser("amina"), browser("tuva")
    with clock.at(LATER):
        asked = amina.post(f"/t/{world.stream('common').id}/replies", text=WORDS, client_id="freshly-2")
        assert tuva.post("/confirm", carried=field_in(asked, "carried"), password=PASSWORD).status_code == 303
        assert _stored() == 0


def test_a_part_and_json_get_a_sentence_and_where_to_go(browser: Browsers, world: World) -> None:
    amina = browser("amina")
    path = f"/t/{world.stream('common').id}/replies"
    with clock.at(LATER):
        part = amina.post(path, text=WORDS, client_id="freshly-3", part=True)
        assert (part.status_code, part.headers["X-Error"]) == (403, "not_fresh")
        assert 'href="/confirm?next=/"' in part.text and "<html" not in part.text
        sent = {"text": WORDS, "client_id": "freshly-4", "csrf_token": amina.token()}
        told = amina.open("POST", path, data=sent, headers={"Accept": "application/json"})
        assert (told.status_code, told.json["code"], told.json["url"]) == (403, "not_fresh", "/confirm")  # type: ignore[index]


def test_wrong_passwords_count_as_they_do_when_signing_in(browser: Browsers, world: World) -> None:
    amina = browser("amina")
    with clock.at(LATER):
        for _try in range(5):
            assert amina.post("/confirm", password="not my password").status_code == 422
        assert amina.post("/confirm", password=PASSWORD).status_code == 429
        assert browser().sign_in("amina").status_code == 429
    assert amina.get("/").status_code == 200, "nobody is signed out by it"


@pytest.mark.parametrize("password", ["", " ", "x" * 129, "x" * 100_000, "\x00" + PASSWORD])
def test_what_is_no_password_is_refused_with_the_form(browser: Browsers, later: None, password: str) -> None:
    amina = browser("amina")
    with clock.at(LATER + timedelta(minutes=16)):
        answer = amina.post("/confirm", next="/me", password=password)
        assert answer.status_code == 422
        assert field_in(answer, "next") == "/me"


def test_a_missing_and_a_doubled_field_are_refused(browser: Browsers) -> None:
    amina = browser("amina")
    with clock.at(LATER):
        assert amina.post("/confirm").status_code == 422
        doubled = amina.post("/confirm", {"password": [PASSWORD, PASSWORD]})
        assert doubled.status_code == 422
        assert amina.post("/confirm", password=PASSWORD, is_staff="1").status_code == 422


def test_it_leads_nowhere_else(browser: Browsers) -> None:
    amina = browser("amina")
    with clock.at(LATER):
        for target in ("//evil.example/x", "https://evil.example", "/\\evil.example"):
            assert field_in(amina.get("/confirm", query_string={"next": target}), "next") == "/"


def test_whoever_has_just_typed_it_is_not_asked(browser: Browsers) -> None:
    answer = browser("amina").get("/confirm?next=/me")
    assert (answer.status_code, answer.location) == (303, "/me")


def test_the_question_speaks_both_languages(browser: Browsers) -> None:
    pages = {}
    for name in ("amina", "tuva"):
        asked = browser(name)
        with clock.at(LATER):
            pages[name] = words_of(asked.get("/confirm"))
    assert "Is it you?" in pages["tuva"] and "Is it you?" not in pages["amina"]


def test_passwords_stay_behind_when_a_form_is_carried(browser: Browsers, world: World) -> None:
    amina = browser("amina")
    with amina.app.test_request_context("/x", method="POST", data={"text": WORDS, "new_password": "hunter2hunter2"}):
        assert carry.fields_in(carry.carried(world.id("amina"))) == {"text": WORDS}
