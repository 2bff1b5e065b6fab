"""A forgotten password and a recovery code: the same answer for every name, once, and everybody else is out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from community.core import clock
from tests.client import Browser, words_of
from tests.make import Make
from tests.world import NOW, PASSWORD, World

Browsers = Callable[..., Browser]
NEW = "vinter kastanj tåg"


def test_a_code_leads_to_a_new_password_and_ends_other_sessions(browser: Browsers, make: Make) -> None:
    codes, elsewhere, tuva = make.recovery_codes("tuva"), browser("tuva"), browser()
    assert tuva.post("/recover", name=" Tuva ", code=codes[3].lower()).location == "/recover/password"
    page = tuva.get("/recover/password")
    assert "tuva" in words_of(page)
    short = tuva.post("/recover/password", password="kort")
    assert short.status_code == 422
    assert elsewhere.get("/").status_code == 200, "nothing has happened yet"
    done = tuva.post("/recover/password", password=NEW)
    assert (done.status_code, done.location) == (303, "/")
    assert tuva.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
    assert browser().sign_in("tuva", PASSWORD).status_code == 422
    assert browser().sign_in("tuva", NEW).status_code == 303
    assert browser().post("/recover", name="tuva", code=codes[3]).status_code == 422, "used"


def test_a_new_password_comes_in_a_sound_form_only(browser: Browsers, make: Make) -> None:
    tuva = browser()
    tuva.post("/recover", name="tuva", code=make.recovery_codes("tuva")[0])
    for fields in ({}, {"password": [NEW, NEW]}, {"password": NEW, "is_staff": "1"}, {"password": "x" * 100_000}):
        assert tuva.post("/recover/password", fields).status_code == 422, fields
    assert browser().sign_in("tuva", PASSWORD).status_code == 303


def test_two_browsers_with_one_code_set_one_password(browser: Browsers, make: Make) -> None:
    code, first, second = make.recovery_codes("tuva")[0], browser(), browser()
    for each in (first, second):
        assert each.post("/recover", name="tuva", code=code).status_code == 303
    assert first.post("/recover/password", password=NEW).status_code == 303
    late = second.post("/recover/password", password="annat lösenord här")
    assert late.status_code == 410
    assert browser().sign_in("tuva", NEW).status_code == 303


def test_there_is_a_quarter_of_an_hour(browser: Browsers, make: Make) -> None:
    tuva = browser()
    tuva.post("/recover", name="tuva", code=make.recovery_codes("tuva")[0])
    with clock.at(NOW + timedelta(minutes=16)):
        assert tuva.get("/recover/password").location == "/recover"
        assert tuva.post("/recover/password", password=NEW).location == "/recover"


def test_every_refusal_is_the_same_answer(browser: Browsers, make: Make) -> None:
    """Unknown name, wrong code, somebody else's, staff, somebody with a second step, somebody who left."""
    make.authenticator("amina")
    codes = {name: make.recovery_codes(name) for name in ("tuva", "vera", "sara", "amina")}
    tries = [
        ("nobody", codes["tuva"][0]),
        ("tuva", "ABCDE22222"),
        ("tuva", codes["vera"][0]),
        ("sara", codes["sara"][0]),
        ("amina", codes["amina"][0]),
        ("gun", "ABCDE22222"),
        ("\u200b", codes["tuva"][0]),
    ]
    answers = []
    for name, code in tries[:-1]:
        answer = browser().post("/recover", name=name, code=code)
        answers.append((answer.status_code, words_of(answer), sorted(answer.headers.keys())))
    assert len({(status, words) for status, words, _headers in answers}) == 1
    assert answers[0][0] == 422
    assert browser().post("/recover", name=tries[-1][0], code=tries[-1][1]).status_code == 422


def test_tries_count_as_they_do_when_signing_in(app: Flask, world: World, make: Make) -> None:
    code, near, far = make.recovery_codes("tuva")[0], Browser(app, world), Browser(app, world, address="10.0.0.9")
    for _try in range(5):
        assert near.post("/recover", name="tuva", code="ABCDE22222").status_code == 422
    assert near.post("/recover", name="tuva", code=code).status_code == 429
    assert near.sign_in("tuva").status_code == 429
    assert far.post("/recover", name="tuva", code=code).status_code == 303


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"name": "tuva"},
        {"code": "ABCDE22222"},
        {"name": "x" * 100_000, "code": "1"},
        {"name": "tuva", "code": "x" * 100_000},
    ],
)
def test_what_cannot_be_read_is_refused_with_the_form(browser: Browsers, fields: dict[str, str]) -> None:
    answer = browser().post("/recover", fields)
    assert answer.status_code == 422 and 'name="code"' in answer.text


def test_doubled_fields_are_refused(browser: Browsers, make: Make) -> None:
    code = make.recovery_codes("tuva")[0]
    assert browser().post("/recover", {"name": "tuva", "code": [code, code]}).status_code == 422
