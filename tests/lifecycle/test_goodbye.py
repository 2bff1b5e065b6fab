"""The goodbye of whoever leaves work this minute: written together on the page where it is decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from community.core.db import session
from community.safety.word_lists import in_force
from community.turns.models import WorkEnd
from tests.client import Browser
from tests.world import HOLD, TODAY, World

IN_20 = TODAY + timedelta(days=20)


def test_those_whose_contact_she_was_read_it(world: World, browser: Callable[..., Browser]) -> None:
    birgitta = browser("birgitta")
    path = f"/people/{world.id('sara')}/membership/leave-work"
    page = birgitta.get(path)
    assert 'name="note"' in page.text and "Amina" in page.text
    fields = {"successor_id": world.id("jonna"), "when": "now", "note": "Tack för allt te vi drack."}
    late = birgitta.post(path, **{**fields, "when": "day", "leaves_on": IN_20.isoformat()})
    assert late.status_code == 422 and "Tack för allt te vi drack." in late.text
    with in_force(HOLD):
        refused = birgitta.post(path, **{**fields, "note": "refusedword"})
    assert refused.status_code == 422 and "refusedword" in refused.text
    assert birgitta.post(path, **{**fields, "note": "x" * 1001}).status_code == 422
    assert world.viewer("sara").is_staff
    assert birgitta.post(path, **fields).status_code == 303
    amina = browser("amina").get("/me/contact").text
    assert "Tack för allt te vi drack." in amina and "Jonna" in amina
    sealed = session().scalars(select(WorkEnd.note_sealed)).one()
    assert sealed and "Tack" not in sealed


def test_without_one_nothing_stands_there(world: World, browser: Callable[..., Browser]) -> None:
    path = f"/people/{world.id('sara')}/membership/leave-work"
    assert browser("birgitta").post(path, successor_id=world.id("jonna"), when="now", note=" \n").status_code == 303
    assert "skrev till dig" not in browser("amina").get("/me/contact").text


def test_nobody_is_asked_for_one_whom_nobody_would_read(world: World, browser: Callable[..., Browser]) -> None:
    page = browser("birgitta").get(f"/people/{world.id('petra')}/membership/leave-work").text
    assert 'name="successor_id"' in page and 'name="note"' not in page
