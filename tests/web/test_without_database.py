"""Help now, About, robots and health answer with the database gone; everything else says so kindly."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import create_engine

from community.core import db
from tests.client import Browser


@pytest.fixture
def gone(app: Flask) -> Iterator[Browser]:
    dead = create_engine("sqlite:////nowhere/at/all/hearth.db")
    db.bind(dead)
    try:
        yield Browser(app)
    finally:
        db.bind(db.engine())
        dead.dispose()


@pytest.mark.parametrize(("path", "words"), [("/help", "112"), ("/about", "112"), ("/robots.txt", "Disallow: /")])
@pytest.mark.parametrize("cookie", ["none", "of somebody"])
def test_these_pages_answer(gone: Browser, path: str, words: str, cookie: str) -> None:
    if cookie == "of somebody":
        with gone.client.session_transaction() as session:
            session["_user_id"] = "a token of a session nobody can look up"
    answer = gone.get(path)
    assert answer.status_code == 200
    assert words in answer.text


@pytest.mark.parametrize(("lang", "words"), [("sv", "Hjälp nu"), ("en", "Help now")])
def test_help_speaks_both_languages(gone: Browser, lang: str, words: str) -> None:
    answer = gone.get(f"/help?lang={lang}")
    assert words in answer.text
    assert f'<html lang="{lang}">' in answer.text


def test_health_says_no(gone: Browser) -> None:
    answer = gone.get("/health")
    assert (answer.status_code, answer.json) == (503, {"ok": False})


def test_other_pages_say_crowded_and_show_nothing_of_the_machine(gone: Browser) -> None:
    with gone.client.session_transaction() as session:
        session["_user_id"] = "a token of a session nobody can look up"
    for path in ("/", "/t/1", "/me"):
        answer = gone.get(path)
        assert answer.status_code == 503, path
        assert "sqlite" not in answer.text.lower()
        assert "/help" in answer.text


def test_a_text_sent_meanwhile_is_kept_on_the_page(gone: Browser) -> None:
    token = gone.token()
    with gone.client.session_transaction() as session:
        session["_user_id"] = "a token of a session nobody can look up"
    sent = {"text": "mine, unsent", "client_id": "unsent-01", "csrf_token": token}
    answer = gone.open("POST", "/t/1/replies", data=sent)
    assert answer.status_code == 503
    assert "mine, unsent" in answer.text


def test_health_says_yes_otherwise(app: Flask, rolled_back: object) -> None:
    assert Browser(app).get("/health").json == {"ok": True}
