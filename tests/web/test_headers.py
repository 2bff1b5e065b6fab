"""What every answer says beside its body, errors included."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from community.cli import surface_rows
from tests.client import Browser
from tests.make import Make
from tests.matrix.actors import scene_of
from tests.matrix.requests import TARGETS, Requests
from tests.world import World

pytestmark = pytest.mark.once

EXACT = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
NOT_SERVED = [
    *("/.env", "/.git/HEAD", "/.svn/entries", "/.DS_Store", "/backup.sql", "/hearth.db", "/install.json"),
    *("/config.py", "/wsgi.py", "/requirements.txt", "/templates/base.html", "/community/app.py"),
    *("/debug", "/_debug_toolbar", "/metrics", "/admin", "/server-status", "/actuator", "/docs", "/openapi.json"),
    *("/static/../config.py", "/static/src/js/live.js", "/static/build.mjs", "/static/dist/../../config.py"),
]
FOREVER = "public, max-age=31536000, immutable"
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "media-src": "'self' blob:",
    "connect-src": "'self' ws://localhost",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}


def test_every_route_for_everybody_has_them(app: Flask, world: World, make: Make) -> None:
    scene = scene_of(make)
    with app.app_context():
        routes = [row for row in surface_rows() if row["kind"] == "route"]
    for name in (None, "birgitta"):
        browser = Browser(app, world).signed_in(name) if name else Browser(app, world)
        requests = Requests(app, world, scene, "resident")
        for row in routes:
            for target in {TARGETS.get(row["name"], ("-",))[0], TARGETS.get(row["name"], ("-",))[-1]}:
                answer = browser.open(row["method"], requests.path(row["name"], target))
                if row["name"] in ("photos.file", "portraits.file", "book.picture") and answer.status_code == 200:
                    _is_a_file(answer)
                else:
                    _has_them(answer, f"{row['method']} {row['path']} by {name}")
                answer.get_data()
                answer.close()


def test_a_crash_answers_in_kind(app: Flask, world: World, browser: Callable[..., Browser]) -> None:
    tuva = browser("tuva")
    for path in ("/nowhere", "/t/4711", "/static/nothing", "/.git/config", "/console", "/c/%2e%2e", *NOT_SERVED):
        answer = tuva.get(path)
        assert answer.status_code == 404, path
        _has_them(answer, path)
        assert "Traceback" not in answer.text


def _is_a_file(answer: TestResponse) -> None:
    """A file for one person: nothing in it can run, and it is asked for anew each time."""
    for name, value in EXACT.items():
        assert answer.headers.get(name) == value
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, no-cache"


def _has_them(answer: TestResponse, where: str) -> None:
    found, status = dict(answer.headers), answer.status_code
    for name, value in EXACT.items():
        assert found.get(name) == value, f"{name} at {where}"
    policy = dict(part.strip().split(" ", 1) for part in found["Content-Security-Policy"].split(";") if part.strip())
    for directive, value in POLICY.items():
        assert policy.get(directive) == value, f"{directive} at {where}"
    assert "unsafe" not in found["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in found
    assert "Strict-Transport-Security" not in found, "plain http promises nothing"
    assert found["Cache-Control"] == ("no-store" if status >= 400 or "/static/" not in where else FOREVER), where
    if found.get("Content-Type", "").startswith("text/html"):
        assert found["Content-Type"] == "text/html; charset=utf-8", where


def test_built_files_are_kept_and_missing_ones_are_not(browser: Callable[..., Browser]) -> None:
    visitor = browser()
    built = re.search(r'href="(/static/dist/app-[^"]+\.css)"', visitor.get("/help").text)
    assert built
    found = visitor.get(built[1])
    assert found.headers["Cache-Control"] == FOREVER
    found.close()
    assert visitor.get("/static/dist/nothing.css").headers["Cache-Control"] == "no-store"


def test_https_is_promised_for_two_years_where_it_is_spoken(browser: Callable[..., Browser]) -> None:
    answer = browser().get("/help", base_url="https://localhost")
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_strangers_pages_may_not_read_us(browser: Callable[..., Browser]) -> None:
    tuva = browser("tuva")
    for path in ("/", "/health", "/feed/newer"):
        answer = tuva.get(path, headers={"Origin": "https://evil.example"})
        assert not [name for name, _value in answer.headers if name.startswith("Access-Control")]


def test_no_page_has_inline_script_style_or_handlers(browser: Callable[..., Browser], world: World) -> None:
    tuva = browser("tuva")
    common = world.stream("common")
    pages = ["/", f"/t/{common.id}", "/write", "/me", "/help", "/about", "/rules", "/nowhere"]
    pages += [f"/pieces/{world.piece('own-tuva').id}/{what}" for what in ("edit", "more", "react")]
    for path in pages:
        text = tuva.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), path
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", text), path


def test_every_page_of_a_member_has_the_way_out(app: Flask, world: World, make: Make) -> None:
    scene = scene_of(make)
    with app.app_context():
        routes = [row["name"] for row in surface_rows() if row["kind"] == "route" and row["method"] == "GET"]
    birgitta, requests, pages = Browser(app, world).signed_in("birgitta"), Requests(app, world, scene, "manager"), 0
    for name in routes:
        if name == "static":
            continue
        answer = birgitta.get(requests.path(name, TARGETS.get(name, ("-",))[0]))
        if (
            answer.status_code == 200
            and answer.mimetype == "text/html"
            and "<html" in answer.text
            and name not in ("design.design", "home.leave")
        ):
            pages += 1
            assert 'action="/leave"' in answer.text, name
            assert 'href="/me"' in answer.text, name
    assert pages > 20
