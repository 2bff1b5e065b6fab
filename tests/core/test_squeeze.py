"""Pages travel compressed where the browser takes that, at lengths that tell nothing."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable

import pytest

from tests.client import Browser

Browsers = Callable[..., Browser]
TAKES = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.mark.parametrize("path", ["/", "/me", "/help", "/nowhere-at-all"])
def test_a_page_is_the_same_inside(path: str, browser: Browsers) -> None:
    tuva = browser("tuva")
    packed = tuva.get(path, headers=TAKES)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.data)
    assert "Accept-Encoding" in packed.headers["Vary"]
    inside = gzip.decompress(packed.data)
    assert len(packed.data) < len(inside) / 1.5 and b"</html>" in inside
    plain = tuva.get(path)
    assert "Content-Encoding" not in plain.headers and "Accept-Encoding" in plain.headers["Vary"]
    assert plain.data.split(b"<body", 1)[0] == inside.split(b"<body", 1)[0]


@pytest.mark.parametrize("wish", ["", "identity", "gzip;q=0", "br", "gzip;q=0.0, *;q=0", "\x7f;;q=,"])
def test_who_does_not_take_it_gets_it_plain(wish: str, browser: Browsers) -> None:
    answer = browser("tuva").get("/", headers={"Accept-Encoding": wish})
    assert "Content-Encoding" not in answer.headers and "</html>" in answer.text


def test_no_length_comes_twice_for_long(browser: Browsers) -> None:
    tuva = browser("tuva")
    lengths = {len(tuva.get("/help", headers=TAKES).data) for _time in range(40)}
    assert len(lengths) > 15 and max(lengths) - min(lengths) > 40


def test_catching_up_too_and_what_is_small_stays_plain(browser: Browsers, world: object) -> None:
    tuva = browser("tuva")
    stream = world.stream("open").id  # type: ignore[attr-defined]
    answer = tuva.get(f"/streams/{stream}/since?after=0", headers={**TAKES, "Accept": "application/json"})
    body = gzip.decompress(answer.data) if answer.headers.get("Content-Encoding") else answer.data
    assert json.loads(body)["pieces"]
    assert "Content-Encoding" not in tuva.get("/health", headers=TAKES).headers


def test_a_form_carried_over_the_sign_in_is_answered_readably(browser: Browsers) -> None:
    """The form is sent inside the sign-in's own request: its answer is packed once."""
    sent = {"place": "new", "fields": "{}"}
    page = browser().open("POST", "/drafts", data=sent, headers=TAKES)
    assert page.status_code == 401
    body = gzip.decompress(page.data) if page.headers.get("Content-Encoding") else page.data
    assert b"</html>" in body
