"""Every form carries its session's token: without it, with a wrong one or another session's, nothing happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from community.cli import surface_rows
from tests.client import Browser, field_in
from tests.digest import digest
from tests.make import Make
from tests.matrix.actors import scene_of
from tests.matrix.requests import TARGETS, Requests
from tests.world import World

pytestmark = pytest.mark.once

AS_VISITOR = {"members.login", "members.join", "members.code"}
KEEPS_TEXT = {"forum.write": "a new one", "forum.reply": "an answer", "streams.edit": "other words"}


# They harm nobody whoever sends them: leaving must never fail for the page being old (tests/test_found.py), and mail
# programs press for letters to stop (tests/notices/test_letters.py).
NEEDS_NO_TOKEN = {"home.leave", "notices.stop_letters"}


def _post_endpoints(app: Flask) -> list[str]:
    with app.app_context():
        return sorted({row["name"] for row in surface_rows() if row["method"] == "POST"} - NEEDS_NO_TOKEN)


@pytest.mark.parametrize("token", ["missing", "empty", "wrong", "of another session", "of another session of hers"])
def test_no_form_is_taken_with_a_token_that_is(
    token: str, app: Flask, world: World, make: Make, rolled_back: Any
) -> None:
    scene = scene_of(make)
    requests = Requests(app, world, scene, "resident")
    member, other, hers = (Browser(app, world).signed_in(name) for name in ("tuva", "samir", "tuva"))
    visitor = Browser(app, world)
    visitor.token()
    sent = {
        "missing": {},
        "empty": {"csrf_token": ""},
        "wrong": {"csrf_token": "abc.def.ghi"},
        "of another session": {"csrf_token": other.token()},
        "of another session of hers": {"csrf_token": hers.token()},
    }[token]
    before = digest(rolled_back)
    for endpoint in _post_endpoints(app):
        target = "own" if endpoint.startswith("streams.") and endpoint != "streams.mark_read" else "open"
        target = target if target in TARGETS.get(endpoint, ()) else TARGETS.get(endpoint, ("-",))[0]
        browser = visitor if endpoint in AS_VISITOR else member
        fields = {**requests.fields(endpoint, target), **sent}
        answer = browser.open("POST", requests.path(endpoint, target), data=fields)
        assert answer.status_code == 400, endpoint
        if endpoint in KEEPS_TEXT:
            assert KEEPS_TEXT[endpoint] in answer.text, endpoint
        part = browser.open("POST", requests.path(endpoint, target), data=fields, headers={"X-Part": "1"})
        assert part.status_code == 400, endpoint
        assert "<html" not in part.text
    assert digest(rolled_back) == before


def test_a_json_body_is_no_form(app: Flask, world: World, rolled_back: Any) -> None:
    tuva = Browser(app, world).signed_in("tuva")
    before = digest(rolled_back)
    sent = {"csrf_token": tuva.token(), "text": "as JSON", "client_id": "as-json-1", "space_id": 1}
    assert tuva.open("POST", "/write", json=sent).status_code == 400
    assert digest(rolled_back) == before


def test_the_token_of_the_page_is_the_one_that_works(app: Flask, world: World) -> None:
    tuva = Browser(app, world).signed_in("tuva")
    page = tuva.get("/me")
    sent = {"csrf_token": field_in(page, "csrf_token"), "display_name": "Tuva T", "avatar": "a02", "colour": "b"}
    assert tuva.open("POST", "/me", data=sent).status_code == 303


def test_a_form_of_another_site_signs_nobody_out(browser: Callable[..., Browser]) -> None:
    amina = browser("amina")
    kept, amina.cookie = amina.cookie, ""  # what SameSite=Lax does to it
    for path in ("/write", "/language", "/leave", "/login"):
        answer = amina.open("POST", path, data={"lang": "en"}, headers={"Sec-Fetch-Site": "cross-site"})
        assert "Set-Cookie" not in answer.headers, path
    amina.cookie = kept
    assert amina.get("/").status_code == 200
