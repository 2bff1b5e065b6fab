"""Blocking: both ways, from both doors, and whoever was blocked meets nothing that says so."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from community.core.audit import AuditLine
from community.core.db import session
from community.core.errors import NotAllowed, NotFound
from community.members import blocks
from community.members.models import Exclusion
from tests.client import Browser, words_of
from tests.make import Make
from tests.world import World

Browsers = Callable[..., Browser]


def test_from_her_page_without_javascript_and_back_again(world: World, make: Make, browser: Browsers) -> None:
    thread = make.thread("samir", text="canary av samir")
    mine = make.thread("tuva", text="canary av tuva")
    tuva, samir = browser("tuva"), browser("samir")
    id_ = world.id("samir")
    page = tuva.get(f"/people/{id_}")
    assert f'href="/people/{id_}/block"' in page.text
    asked = words_of(tuva.get(f"/people/{id_}/block"))
    assert "You see nothing of each other. Samir is not told." in asked
    assert tuva.post(f"/people/{id_}/block").location == "/people/blocked"
    assert "You see nothing of each other now." in words_of(tuva.get("/people/blocked"))
    assert "canary av samir" not in tuva.get("/").text and "canary av tuva" not in samir.get("/").text
    for reader, other, stream in ((tuva, "samir", thread.id), (samir, "tuva", mine.id)):
        unknown = reader.get("/people/4711")
        assert unknown.status_code == 404
        for path in (f"/people/{world.id(other)}", f"/t/{stream}", f"/people/{world.id(other)}?before=1.000001-1"):
            answer = reader.get(path)
            assert (answer.status_code, words_of(answer)) == (404, words_of(unknown))
    assert "Samir" in words_of(tuva.get("/me/blocked"))
    assert tuva.post(f"/me/blocked/{id_}/take-back").location == "/me/blocked"
    assert "Samir" not in words_of(tuva.get("/me/blocked")) and "canary av samir" in tuva.get("/").text
    assert "canary av tuva" in samir.get("/").text


def test_the_menu_of_a_piece_offers_it(world: World, browser: Browsers) -> None:
    tuva = browser("tuva")
    menu = tuva.get(f"/pieces/{world.piece('own-ivan').id}/more").text
    assert f"/people/{world.id('ivan')}/block" in menu and f"/people/{world.id('ivan')}/mute" in menu
    own = tuva.get(f"/pieces/{world.piece('own-tuva').id}/more").text
    staffs = tuva.get(f"/pieces/{world.piece('own-sara').id}/more").text
    gone = tuva.get(f"/pieces/{world.piece('own-gun').id}/more").text
    assert "/people/" not in own and "/people/" not in gone
    assert "/block" not in staffs and f"/people/{world.id('sara')}/mute" in staffs


def test_nobody_is_told_and_nothing_is_written_down(
    world: World, heard: list[tuple[str, str, object]], browser: Browsers
) -> None:
    ivan = browser("ivan")
    before, lines = ivan.get("/me").text, session().scalar(select(func.count()).select_from(AuditLine))
    heard.clear()
    blocks.block(world.viewer("tuva"), world.id("ivan"))
    assert heard == []
    assert session().scalar(select(func.count()).select_from(AuditLine)) == lines
    assert _bare(ivan.get("/me").text) == _bare(before)
    assert "Tuva" not in words_of(ivan.get("/me/blocked"))


def test_the_blocked_one_finds_no_difference_between_a_block_and_nobody(
    world: World, make: Make, browser: Browsers
) -> None:
    blocks.block(world.viewer("tuva"), world.id("ivan"))
    ivan, tuva_id = browser("ivan"), world.id("tuva")
    for method, path in (
        ("GET", ""), ("GET", "/block"), ("POST", "/block"), ("POST", "/mute"),
    ):  # fmt: skip
        ask = ivan.get if method == "GET" else ivan.post
        hers, nobodys = ask(f"/people/{tuva_id}{path}"), ask(f"/people/4711{path}")
        assert hers.status_code == nobodys.status_code == 404
        assert words_of(hers) == words_of(nobodys), path


def test_twice_is_once_and_mine_is_mine_alone(world: World, browser: Browsers) -> None:
    tuva, ivan = browser("tuva"), browser("ivan")
    for _time in range(2):
        assert tuva.post(f"/people/{world.id('ivan')}/block").location == "/people/blocked"
    rows = select(func.count()).select_from(Exclusion).where(Exclusion.made_by == world.id("tuva"))
    assert session().scalar(rows) == 1
    ivan.post(f"/me/blocked/{world.id('tuva')}/take-back")
    assert ivan.get(f"/people/{world.id('tuva')}").status_code == 404, "hers is not his to take back"
    with pytest.raises(NotFound):
        blocks.block(world.viewer("ivan"), world.id("tuva"))


def test_taking_back_leaves_what_staff_have_set(world: World) -> None:
    olle, ivan = world.viewer("olle"), world.id("ivan")
    blocks.take_back(olle, ivan)
    assert ivan in world.viewer("olle").excluded_ids


def test_who_works_here_is_reached_and_sees_everybody(world: World, browser: Browsers) -> None:
    for actor, other in (("tuva", "sara"), ("sara", "tuva"), ("sara", "jonna"), ("tuva", "tuva")):
        with pytest.raises(NotAllowed):
            blocks.block(world.viewer(actor), world.id(other))
    refused = browser("tuva").get(f"/people/{world.id('sara')}/block")
    assert refused.status_code == 403 and "You can mute them" in words_of(refused)
    assert "/block" not in browser("tuva").get(f"/people/{world.id('sara')}").text


def test_the_list_is_behind_the_private_side(world: World, browser: Browsers) -> None:
    from community.members import app_lock

    app_lock.set_pin(world.viewer("tuva"), "2580")
    for path in ("/me/blocked", "/me/muted"):
        assert browser("tuva").get(path).location.startswith("/me/open")


def _bare(page: str) -> str:
    """Without the form's token, and without the bell: what she wrote is gone for him, and so is its notice."""
    page = re.sub(r'name="csrf_token" value="[^"]+"', "", page)
    return re.sub(r'<a [^>]*href="/notifications".*?</a>', "", page, flags=re.DOTALL)
