"""Saying something: once, within limits, kept when it cannot be taken, and back as typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from community.core import clock
from community.core.db import session
from community.streams.models import Piece
from tests.client import Browser, field_in, words_of
from tests.make import Make
from tests.world import NOW, World

Browsers = Callable[..., Browser]


def _pieces() -> int:
    return session().scalar(select(func.count()).select_from(Piece)) or 0


def test_the_same_words_within_ten_seconds_are_stored_once(browser: Browsers, world: World) -> None:
    amina, path, before = browser("amina"), f"/t/{world.stream('common').id}/replies", _pieces()
    places = {amina.post(path, text="hej", client_id=f"twice-00{number}").location for number in (1, 2)}
    assert (_pieces(), len(places)) == (before + 1, 1)
    with clock.at(NOW + timedelta(seconds=9.9)):
        amina.post(path, text="hej", client_id="twice-003")
    assert _pieces() == before + 1
    with clock.at(NOW + timedelta(seconds=10.1)):
        amina.post(path, text="hej", client_id="twice-004")
    assert _pieces() == before + 2


def test_one_try_is_stored_once_however_late_it_comes_again(browser: Browsers, world: World) -> None:
    amina, path, before = browser("amina"), f"/t/{world.stream('common').id}/replies", _pieces()
    first = amina.post(path, text="hej", client_id="same-try-1")
    with clock.at(NOW + timedelta(hours=3)):
        again = amina.post(path, text="hej, ändrat", client_id="same-try-1")
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.location == again.location
    assert _pieces() == before + 1


def test_two_members_may_say_the_same_at_once(browser: Browsers, world: World) -> None:
    path, before = f"/t/{world.stream('common').id}/replies", _pieces()
    for name in ("amina", "tuva"):
        browser(name).post(path, text="grattis", client_id="the-same-id")
    assert _pieces() == before + 2


def test_a_thread_sent_twice_is_one_thread(browser: Browsers, world: World) -> None:
    amina, before = browser("amina"), _pieces()
    sent = {"text": "en tråd", "space_id": world.space("minnen"), "mode": "tell"}
    places = {amina.post("/write", sent, client_id=f"thread-00{number}").location for number in (1, 2)}
    assert (_pieces(), len(places)) == (before + 1, 1)


def test_twenty_a_minute_and_then_a_wait_with_the_text_kept(browser: Browsers, world: World) -> None:
    amina, path = browser("amina"), f"/t/{world.stream('common').id}/replies"
    for number in range(20):
        assert amina.post(path, text=f"nummer {number}", client_id=f"many-{number:04d}").status_code == 303
    refused = amina.post(path, text="nummer tjugoett", client_id="many-0021")
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert field_in(refused, "text") == "nummer tjugoett"
    assert amina.post(path, part=True, text="nummer tjugoett", client_id="many-0021").status_code == 429
    assert browser("tuva").post(path, text="en annan", client_id="another-1").status_code == 303


EMPTY = ["", "   ", "\n\n\t", "\u200b\u200b", "\ufeff", "\u2060 \u200d", "\u3164", "\u2800\u2800", "\u034f", "\xad"]


@pytest.mark.parametrize("text", EMPTY)
def test_nothing_is_not_something(browser: Browsers, world: World, text: str) -> None:
    amina, before = browser("amina"), _pieces()
    for path, more in _writing(world):
        assert amina.post(path, more, text=text, client_id="nothing-01").status_code == 422, path
    assert _pieces() == before


def test_ten_thousand_characters_and_no_more(browser: Browsers, world: World) -> None:
    amina = browser("amina")
    path = f"/t/{world.stream('common').id}/replies"
    assert amina.post(path, text="å" * 10_000, client_id="long-0001").status_code == 303
    refused = amina.post(path, text="å" * 10_001, client_id="long-0002")
    assert refused.status_code == 422
    assert field_in(refused, "text") == "å" * 10_001
    assert "10000" in words_of(refused).replace("\xa0", "").replace(" ", "")
    title = {"space_id": world.space("minnen"), "mode": "tell", "text": "text", "title": "t" * 121}
    refused = amina.post("/write", title, client_id="long-0003")
    assert (refused.status_code, field_in(refused, "title")) == (422, "t" * 121)


@pytest.mark.parametrize("size", [100_000, 900_000])
def test_far_too_long_is_kept_too(browser: Browsers, world: World, size: int) -> None:
    amina = browser("amina")
    for path, more in _writing(world):
        refused = amina.post(path, more, text="b" * size, client_id="long-0004")
        assert (refused.status_code, field_in(refused, "text")) == (422, "b" * size), path


@pytest.mark.parametrize("where", ["write", "reply", "edit"])
def test_sixty_thousand_characters_of_unfinished_links_are_refused_and_kept(
    where: str, browser: Browsers, make: Make, world: World
) -> None:
    amina, typed, piece = browser("amina"), "<a " * 20_000, make.reply("amina", world.stream("common"), "orört")
    before = _pieces()
    path = {"write": "/write", "edit": f"/pieces/{piece.id}/edit"}.get(where, f"/t/{piece.stream_id}/replies")
    more: dict[str, Any] = {"version": 1} if where == "edit" else {"client_id": "sixty-0001"}
    more |= {"space_id": world.space("minnen"), "mode": "tell"} if where == "write" else {}
    for part in (False, True):
        refused = amina.post(path, text=typed, part=part, **more)
        assert (refused.status_code, field_in(refused, "text")) == (422, typed.strip())
        assert re.search(r'id="text(-\d+)?-err"', refused.text)
    assert _pieces() == before
    assert session().get_one(Piece, piece.id, populate_existing=True).text == "orört"


def test_as_many_as_fit_are_words_like_others(browser: Browsers, world: World) -> None:
    typed = "<a " * 3_300 + "slut"
    sent = browser("amina").post(f"/t/{world.stream('common').id}/replies", text=typed, client_id="fits-00001")
    page = browser("tuva").get(sent.location)
    assert page.text.count("&lt;a ") >= 3_300 and "slut" in words_of(page)


def test_over_a_megabyte_is_too_big(browser: Browsers, world: World) -> None:
    amina, before = browser("amina"), _pieces()
    for path, more in _writing(world):
        assert amina.post(path, more, text="b" * 1_100_000, client_id="long-0005").status_code == 413, path
    assert _pieces() == before


def test_a_character_that_cannot_be_stored_is_refused(browser: Browsers, world: World) -> None:
    amina, before = browser("amina"), _pieces()
    for path, more in _writing(world):
        refused = amina.post(path, more, text="a\x00b", client_id="nul-00001")
        assert refused.status_code == 422, path
        assert "a" in field_in(refused, "text")
    assert _pieces() == before


BAD_TRIES = ["", "short", "a" * 37, "sql'; drop", "åäöåäöåäö", "tab\tinside1", "\x00" * 8]


@pytest.mark.parametrize("client_id", BAD_TRIES)
def test_a_try_needs_a_proper_name_and_the_text_stays(browser: Browsers, world: World, client_id: str) -> None:
    amina = browser("amina")
    for path, more in _writing(world):
        refused = amina.post(path, more, text="kvar här", client_id=client_id)
        assert (refused.status_code, field_in(refused, "text")) == (422, "kvar här"), path


AS_TYPED = [
    "<b>fet</b>", "a<b && c>d", "{{7*7}}", "{% raw %}", "${7*7} #{7*7}", "&amp; &lt; &nbsp; &#x27;", "🧡👩‍👩‍👧 🇸🇪",
    "שלום עולם", "مرحبا بكم", "\u202eomvänd\u202c", "noll\u200bbredd", "rad ett\nrad två", '"citat" och \'apostrof\'',
    "';DROP TABLE piece;--", "%s %d %(x)s", "\\n \\u0041", "<!--", "]]>", "日本語", "Z̸a̷l̵g̶o̷", "-1e309 NaN null",
    "<script>alert(1)</script>", "</textarea><b>ut</b>", "http://exempel.se/?a=1&b=2", "ﬁ ligatur",
    "a" * 300, "\ttab i mitten\tda", "../../etc",
]  # fmt: skip


@pytest.mark.parametrize("text", AS_TYPED)
def test_words_come_back_as_typed(browser: Browsers, world: World, make: Make, text: str) -> None:
    piece = make.reply("amina", world.stream("common"), text)
    edit = browser("amina").get(f"/pieces/{piece.id}/edit")
    assert field_in(edit, "text").strip() == text.strip()
    page = browser("tuva").get(f"/t/{piece.stream_id}?around={piece.nr}")
    shown = " ".join(words_of(page).split())
    if not set(text) & set("\\*_`~[]#") and "\n" not in text:
        assert " ".join(text.split()) in shown


@pytest.mark.parametrize(("typed", "kept"), [("a\r\nb\rc", "a\nb\nc"), ("  kant \n", "kant"), ("e\u0301", "é")])
def test_line_ends_edges_and_accents_are_tidied(world: World, make: Make, typed: str, kept: str) -> None:
    assert make.reply("amina", world.stream("common"), typed).text == kept


def _writing(world: World) -> list[tuple[str, dict[str, Any]]]:
    """The two forms that say something new, with whatever else they need. (Changing: test_changing.py.)"""
    return [
        (f"/t/{world.stream('common').id}/replies", {}),
        ("/write", {"space_id": world.space("minnen"), "mode": "tell"}),
    ]
