"""Signing in and out, and what a session is worth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from community.core import clock, crypto, ratelimit
from community.core.db import session
from community.members import actions
from community.members.models import SignInSession
from tests.client import Browser, words_of
from tests.world import NOW, PASSWORD, World

Browsers = Callable[..., Browser]


def test_right_name_and_password_open_a_session(browser: Browsers) -> None:
    amina = browser()
    answer = amina.sign_in("amina")
    assert (answer.status_code, answer.location) == (303, "/")
    assert amina.get("/").status_code == 200


@pytest.mark.parametrize("typed", ["Amina", " AMINA ", "amína"])
def test_a_name_is_found_however_it_is_typed(browser: Browsers, typed: str) -> None:
    assert browser().sign_in(typed).status_code == 303


def test_known_and_unknown_names_get_the_same_answer(browser: Browsers) -> None:
    answers = [browser().sign_in(name, "lampa moped blåbä") for name in ("amina", "nobody")]
    assert {answer.status_code for answer in answers} == {422}
    known, unknown = (words_of(answer).replace("amina", "nobody") for answer in answers)
    assert known == unknown
    assert dict(answers[0].headers).keys() == dict(answers[1].headers).keys()


def test_somebody_who_works_here_no_more_is_nobody(browser: Browsers, world: World) -> None:
    right = browser().sign_in("gun")
    wrong = browser().sign_in("gun", "something else entirely")
    assert (right.status_code, words_of(right)) == (422, words_of(wrong))
    assert _sessions_of(world.id("gun")) == 0


def test_five_wrong_tries_and_then_a_wait_for_that_name_from_that_address(app: Flask, world: World) -> None:
    near, far = Browser(app, world), Browser(app, world, address="10.0.0.9")
    for _try in range(5):
        assert near.sign_in("amina", "not her password").status_code == 422
    refused = near.sign_in("amina")
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert 'value="amina"' in refused.text
    assert near.sign_in("tuva").status_code == 303, "another account from the same address"
    assert far.sign_in("amina").status_code == 303, "the account from another address"


def test_only_failures_count(app: Flask, world: World) -> None:
    for _time in range(12):
        assert Browser(app, world).sign_in("amina").status_code == 303


def test_sixty_failures_an_hour_close_an_address(app: Flask, world: World) -> None:
    for number in range(60):
        ratelimit.note("sign_in_address", "127.0.0.1")
        assert number < 60
    assert Browser(app, world).sign_in("amina").status_code == 429


def test_a_cookie_from_before_signing_in_is_worth_nothing_after(browser: Browsers) -> None:
    amina = browser()
    amina.token()
    before = amina.cookie
    assert before
    amina.sign_in("amina")
    assert amina.cookie != before
    thief = browser()
    thief.cookie = before
    assert thief.get("/").status_code == 302


def test_signing_in_again_makes_another_session(browser: Browsers, world: World) -> None:
    tokens = set()
    for _time in range(2):
        amina = browser()
        amina.sign_in("amina")
        tokens.add(amina.facts["_user_id"])
    assert len(tokens) == 2
    assert _sessions_of(world.id("amina")) == 2


def test_only_a_hash_of_the_token_is_stored(browser: Browsers, world: World) -> None:
    token = browser("amina").facts["_user_id"]
    rows = list(session().scalars(select(SignInSession.token_hash)))
    assert crypto.fingerprint(token) in rows
    assert all(token not in row for row in rows)


def test_signing_out_kills_the_copied_cookie_too(browser: Browsers) -> None:
    amina, thief = browser("amina"), browser()
    thief.cookie = amina.cookie
    assert thief.get("/").status_code == 200
    answer = amina.post("/logout")
    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert thief.get("/").status_code == 302
    assert amina.get("/").status_code == 302


def test_leaving_fast_signs_out_on_a_shared_device_only(app: Flask, world: World) -> None:
    own = Browser(app, world).signed_in("amina", keep=True)
    shared = Browser(app, world).signed_in("amina", keep=False)
    for each in (own, shared):
        left = each.post("/leave")
        assert left.status_code == 200
        assert 'http-equiv="refresh"' in left.text
        assert "Hearth" not in left.text
    assert own.get("/").status_code == 200
    assert shared.get("/").status_code == 302


def test_keep_me_signed_in_decides_whether_the_cookie_outlives_the_browser(browser: Browsers) -> None:
    kept = browser().sign_in("amina", keep="y").headers["Set-Cookie"]
    not_kept = browser().sign_in("amina").headers["Set-Cookie"]
    assert "Expires=" in kept
    assert "Expires=" not in not_kept


@pytest.mark.parametrize(
    ("insecure", "name", "secure"), [(True, "sid", False), (False, "__Host-sid", True)], ids=["local", "behind TLS"]
)
def test_there_is_one_cookie_with_the_right_flags(
    app: Flask, world: World, insecure: bool, name: str, secure: bool, monkeypatch: Any
) -> None:
    monkeypatch.setitem(app.config, "SESSION_COOKIE_NAME", name)
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", not insecure)
    browser = Browser(app, world)
    browser.client.environ_base["wsgi.url_scheme"] = "https" if secure else "http"
    cookies = browser.get("/login", base_url="https://localhost" if secure else None).headers.getlist("Set-Cookie")
    assert len(cookies) == 1
    flags = {flag.strip() for flag in cookies[0].split(";")[1:]}
    assert cookies[0].startswith(f"{name}=")
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= flags
    assert ("Secure" in flags) is secure
    assert not any(flag.startswith("Domain") for flag in flags)


LIMITS = [
    ("sara", True, timedelta(minutes=60), True),
    ("sara", True, timedelta(minutes=61), False),
    ("sara", False, timedelta(minutes=21), False),
    ("amina", True, timedelta(days=364), True),
    ("amina", True, timedelta(days=366), False),
    ("amina", False, timedelta(minutes=20), True),
    ("amina", False, timedelta(minutes=21), False),
]


@pytest.mark.parametrize(("name", "keep", "idle", "lives"), LIMITS)
def test_how_long_an_unused_session_lives(world: World, name: str, keep: bool, idle: timedelta, lives: bool) -> None:
    token = actions.open_session(world.id(name), kept=keep)
    with clock.at(NOW + idle):
        assert (_viewer(token) is not None) is lives


@pytest.mark.parametrize(("hours", "lives"), [(11.9, True), (12.1, False)])
def test_staff_sign_in_anew_after_twelve_hours_however_busy(world: World, hours: float, lives: bool) -> None:
    token = actions.open_session(world.id("sara"), kept=True)
    for quarter in range(1, int(hours * 4) + 1):
        with clock.at(NOW + timedelta(minutes=15 * quarter)):
            viewer = _viewer(token)
            assert viewer is not None
            actions.touch_session(viewer)
    with clock.at(NOW + timedelta(hours=hours)):
        assert (_viewer(token) is not None) is lives


def test_a_session_is_touched_at_most_once_a_minute(world: World) -> None:
    token = actions.open_session(world.id("amina"), kept=True)
    for seconds, expected in ((59, NOW), (61, NOW + timedelta(seconds=61))):
        with clock.at(NOW + timedelta(seconds=seconds)):
            viewer = _viewer(token)
            assert viewer is not None
            actions.touch_session(viewer)
            again = _viewer(token)
            assert again is not None and again.last_seen_at == expected


def _viewer(token: str) -> Any:
    from community.members.queries import viewer_for

    session().expire_all()
    return viewer_for(token)


def _sessions_of(member_id: int) -> int:
    statement = select(func.count()).select_from(SignInSession)
    return session().scalar(statement.where(SignInSession.member_id == member_id)) or 0


def test_a_stored_hash_made_with_less_work_is_made_again(browser: Browsers, world: World, settings: Any) -> None:
    from community.members import passwords
    from community.members.models import Member

    passwords.configure(time_cost=2, memory_cost=16, parallelism=1)
    try:
        assert browser().sign_in("amina", PASSWORD).status_code == 303
        stored = session().scalar(select(Member.password_hash).where(Member.id == world.id("amina")))
    finally:
        passwords.configure(**settings.argon2)
    assert stored is not None and "m=16,t=2" in stored


def test_a_forged_address_is_not_believed(browser: Callable[..., Browser]) -> None:
    thief = browser()
    for number in range(6):
        forged = {"X-Forwarded-For": f"203.0.113.{number}", "Forwarded": f"for=203.0.113.{number}"}
        sent = {"name": "tuva", "password": "wrong wrong wrong", "csrf_token": thief.token()}
        answer = thief.open("POST", "/login", data=sent, headers=forged)
        assert answer.status_code == (422 if number < 5 else 429)
