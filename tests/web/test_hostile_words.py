"""Words that would like to be code, in every field a person can fill, read on every page: they stay words."""

from __future__ import annotations

import json
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from flask import Flask

from tests.client import Browser
from tests.make import Make
from tests.matrix.actors import scene_of
from tests.matrix.requests import TARGETS, Requests
from tests.web.test_headers import surface_rows
from tests.world import World

SHORT = '"><svg/onload=x>{{7*7}}'
LONG = f"{SHORT}'</script></textarea><img src=x onerror=x>{{% raw %}}'); DROP TABLE piece;--"
SEEN = "onload=x&gt;{{7*7}}"


class Code(HTMLParser):
    """What on a page would run, or come from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        self.found += [f"<{tag} {name}>" for name in names if name.startswith("on") or name == "style"]
        if tag == "script" and not str(names.get("src", "")).startswith("/static/"):
            self.found.append("<script>")
        if tag in ("iframe", "object", "embed", "base", "style") or (tag == "img" and names.get("src") == "x"):
            self.found.append(f"<{tag}>")
        for name in ("href", "src", "action"):
            value = (names.get(name) or "").strip().lower()
            if value.startswith(("javascript:", "//", "http:")) and "localhost" not in value:
                self.found.append(f"{name}={value}")
        if names.get("data-mine"):
            json.loads(str(names["data-mine"]))


def _written_everywhere(world: World, make: Make, browser: Callable[..., Browser]) -> Browser:
    """A member who has filled every field of hers with it."""
    tuva = browser("tuva")
    assert tuva.post("/me", display_name=SHORT, avatar="a02", colour="b").status_code == 303
    thread = make.thread("tuva", text=LONG, title=LONG[:110])
    reply = make.reply("tuva", thread, LONG)
    edited = {"text": f"{LONG} again", "version": reply.version}
    assert tuva.post(f"/pieces/{reply.id}/edit", edited).status_code == 303
    make.reply("amina", thread, "an answer")
    noted = {"text": LONG, "note": SHORT, "quote": reply.id, "client_id": "hostile-note"}
    assert tuva.post(f"/t/{thread.id}/replies", noted).status_code == 303
    key = make.passkey("tuva")
    assert tuva.post(f"/me/passkeys/{key.id}/rename", name=SHORT).status_code == 303
    fields = json.dumps({"text": LONG, "title": SHORT})
    assert tuva.post("/drafts", place="new", fields=fields).status_code == 204
    make.invitation("birgitta", preset_name=SHORT)
    lost = {"name": SHORT, "years": SHORT, "phone": "070-123 45 67 " + SHORT, "words": LONG}
    assert browser().post("/lost/call", lost).status_code == 303
    return tuva


@pytest.mark.once
def test_they_are_shown_as_typed_and_do_nothing(
    app: Flask, world: World, make: Make, browser: Callable[..., Browser]
) -> None:
    _written_everywhere(world, make, browser)
    scene = scene_of(make)
    with app.app_context():
        routes = [row for row in surface_rows() if row["kind"] == "route" and row["method"] == "GET"]
    seen, wrong = 0, {}
    for name in ("tuva", "amina", "birgitta", None):
        reader = browser(name) if name else browser()
        requests = Requests(app, world, scene, "resident")
        paths = {requests.path(row["name"], target) for row in routes for target in TARGETS.get(row["name"], ("-",))}
        paths -= {path for path in paths if path.startswith(("/static", "/design"))}
        for path in sorted(paths | _more(reader)):
            answer = reader.get(path)
            if not answer.content_type.startswith("text/html"):
                continue
            code = Code()
            code.feed(answer.text)
            if code.found or "49" in _around(answer.text):
                wrong[f"{path} by {name}"] = code.found or "7*7 was worked out"
            seen += SEEN in answer.text
            assert answer.status_code < 500, path
    assert wrong == {}
    assert seen >= 12, "the words are read on many pages, or this test looks at the wrong ones"


def test_the_same_words_signing_in_and_looking_for_a_way_back(browser: Callable[..., Browser]) -> None:
    for path, fields in (
        ("/login", {"name": LONG, "password": LONG}),
        ("/join/code", {"code": LONG}),
        ("/lost/mail", {"said": SHORT}),
        ("/back", {"secret": SHORT}),
        ("/recover", {"name": SHORT, "code": SHORT}),
    ):
        answer = browser().post(path, fields)
        code = Code()
        code.feed(answer.text)
        assert answer.status_code < 500 and code.found == [], path


def _more(reader: Browser) -> set[str]:
    """Pages the routes alone do not lead to: the newest post as a list shows it."""
    newest = reader.get("/").text.partition('href="/t/')[2].partition('"')[0]
    return {f"/t/{newest}"} if newest else set()


def _around(page: str) -> str:
    """What stands where the sum would."""
    return page.partition("onload=x&gt;")[2][:4]
