"""Addresses nobody was given: never an error of ours, never a way out of here."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest

from community.core.web import safe_next
from tests.client import Browser, field_in
from tests.digest import digest
from tests.world import World

pytestmark = pytest.mark.once

AWAY = [
    "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example",
    "https://evil.example", "http:/evil.example", "//evil.example/@localhost", "https://localhost@evil.example",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "/\t/evil.example", "/\n/evil.example",
    "\t//evil.example", " //evil.example", "/%0d%0aSet-Cookie:x=y", "/%0D%0ALocation:%20//evil", "/%5cevil.example",
    "/%5C/evil.example", "%2f%2fevil.example", "evil.example", "", "?next=//evil.example", "/\r\nx: y",
    "/%09/evil.example",
]  # fmt: skip


@pytest.mark.parametrize("target", AWAY)
def test_next_leads_nowhere_else(target: str, browser: Callable[..., Browser]) -> None:
    assert safe_next(target) == "/"
    visitor = browser()
    page = visitor.get(f"/login?next={quote(target, safe='')}")
    assert page.status_code == 200
    assert field_in(page, "next") == "/"
    answer = visitor.sign_in("amina", next=target)
    assert (answer.status_code, answer.location) == (303, "/")
    again = visitor.get(f"/login?next={quote(target, safe='')}")
    assert (again.status_code, again.location) == (303, "/")
    language = visitor.post("/language", lang="sv", next=target)
    assert (language.status_code, language.location) == (303, "/")


@pytest.mark.parametrize("target", ["/", "/t/12?around=3#p3", "/c/minnen", "/write?space=minnen"])
def test_next_leads_on_here(target: str, browser: Callable[..., Browser]) -> None:
    assert browser().sign_in("amina", next=target).location == target


def test_the_wall_remembers_where_one_wanted_to_go(browser: Callable[..., Browser]) -> None:
    answer = browser().get("/c/minnen?before=1.0-2")
    assert answer.status_code == 302
    assert answer.location == "/login?next=/c/minnen?before%3D1.0-2" or "next=%2Fc%2Fminnen" in answer.location
    assert browser().get("/", headers={"Referer": "https://evil.example"}).location.startswith("/login")


HUGE = str(10**30)
ODD = ["/t/" + HUGE, "/t/9007199254740993", "/t/0", "/t/-1", "/pieces/" + HUGE + "/more", "/c/%00", "/c/a%00b"]
ODD += ["/t/{id}?before=%C2%B2", "/t/{id}?after=%C2%B2", "/t/{id}?around=%C2%B2", "/t/{id}?around=99999999999999999"]
ODD += ["/streams/" + HUGE + "/since?after=0", "/i/%00", "/i/" + "a" * 5000, "/c/" + "%F0%9F%98%80" * 50, "/t/%D9%A3"]
ODD += ["/?before=1.0-%C2%B2", "/?before=" + HUGE + ".0-1", "/?before=x", "/?before=1-1", "/?before=9999999999999.0-1"]


@pytest.mark.parametrize("path", ODD)
def test_odd_addresses_are_not_found(path: str, browser: Callable[..., Browser], world: World) -> None:
    tuva = browser("tuva")
    answer = tuva.get(path.replace("{id}", str(world.stream("common").id)))
    assert answer.status_code in ((303,) if path.startswith("/i/a") else (404,)), answer.status_code


@pytest.mark.parametrize("query", ["after=%C2%B2", "after=", "after=-1", "after=1.5", "after=" + HUGE, "", "after=x"])
def test_odd_cursors_of_a_stream_are_invalid(query: str, browser: Callable[..., Browser], world: World) -> None:
    answer = browser("tuva").get(f"/streams/{world.stream('common').id}/since?{query}")
    assert answer.status_code == 422


@pytest.mark.parametrize("query", ["space=%C2%B2", "space=x", "space=" + HUGE, "space=1e3"])
def test_odd_channels_of_the_feed_are_invalid(query: str, browser: Callable[..., Browser]) -> None:
    assert browser("tuva").get(f"/feed/newer?{query}").status_code == 422


def test_looking_changes_nothing(browser: Callable[..., Browser], world: World, rolled_back: object) -> None:
    common, own = world.stream("common"), world.piece("own-amina")
    browsers = {name: browser(name) for name in ("amina", "birgitta", "leo", "hanna")} | {"visitor": browser()}
    before = digest(rolled_back)  # type: ignore[arg-type]
    for each in browsers.values():
        paths = ["/", "/c/minnen", "/write", "/me", "/help", "/about", "/rules", "/login", "/invitations", "/joined"]
        paths += ["/invitations/new", "/feed/newer", f"/t/{common.id}", f"/streams/{common.id}/since?after=0"]
        paths += [f"/pieces/{own.id}/{what}" for what in ("edit", "more", "react", "history")]
        for path in paths:
            for method in ("GET", "HEAD", "OPTIONS"):
                each.open(method, path)
    assert digest(rolled_back) == before  # type: ignore[arg-type]
