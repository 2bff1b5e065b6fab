"""Whom it is about, and everybody else, learns from nothing who told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from community.core import audit
from community.core.announcements import Announcement
from community.core.db import session
from community.forum.actions import start_thread
from community.safety.models import Case, CaseStep
from community.streams.actions import Said
from tests.client import Browser
from tests.make import Make
from tests.reports.told import tell
from tests.world import World, nobody_works

Browsers = Callable[..., Browser]


@pytest.mark.parametrize("hides", [True, False])
def test_the_authors_answers_never_hold_who_told(hides: bool, browser: Browsers, make: Make, world: World) -> None:
    """Isla wrote nothing in these threads, so she is nowhere but in what she told."""
    thread = make.thread("johanna", text="canary-piece")
    reply = make.reply("johanna", thread)
    if hides:
        nobody_works()
    reporter, words = world.id("isla"), "canary-words-of-the-reporter"
    isla = browser("isla")
    assert isla.post(f"/people/{world.id('johanna')}/tell", reason="other", words=words).status_code == 303
    told = {"reason": "unwanted" if hides else "other", "words": words, "block": "y"}
    assert isla.post(f"/pieces/{reply.id}/tell", told).status_code == 303
    pages = ("/", f"/t/{thread.id}", "/me", "/me/told", "/notifications", "/me/blocked", "/me/muted", "/me/saved")
    more = (
        f"/streams/{thread.id}/since?after=0",
        f"/pieces/{reply.id}/more",
        f"/pieces/{reply.id}/tell",
        "/feed/newer",
    )
    more += (f"/streams/{thread.id}/names?q=is", f"/people/{reporter}")
    for name in ("johanna", "tuva", "amina", "birgitta", "jonna"):
        page = browser(name)
        for path in (*pages, *more):
            text = page.get(path).text
            assert words not in text, (name, path)
            if name == "johanna":
                assert str(reporter) not in text, path


def test_nothing_stored_for_those_who_decide_names_who_told(make: Make, world: World) -> None:
    reporter = world.id("samir")
    last = session().scalar(select(func.max(Announcement.id))) or 0
    tell(world, "samir", world.piece("open"), "unwanted", words="canary")
    tell(world, "samir", person="johanna")
    tell(world, "samir", reason="other", words="canary")
    rows: list[Any] = []
    for table in (Case, CaseStep, audit.AuditLine):
        rows += session().execute(select(*table.__table__.columns)).all()
    told = [row for row in rows if "canary" in repr(row) or f"{reporter}" in repr(row)]
    mine = [row for row in told if not str(getattr(row, "act", "")).startswith(("member.", "session.", "invitation."))]
    assert mine == []
    announced = select(Announcement.room, Announcement.ids).where(
        Announcement.id > last, Announcement.event != "told:changed"
    )
    assert not any(str(reporter) in room + str(ids) for room, ids in session().execute(announced))


def test_without_a_name_the_receipt_names_nobody(browser: Browsers, make: Make, world: World) -> None:
    said = Said("utan namn", "nameless-canary", unnamed=True, at_once=True)
    piece = start_thread(world.viewer("johanna"), world.space("vardagsrummet"), said, mode="tell", just_listen=False)
    samir = browser("samir")
    answers = [samir.get(f"/pieces/{piece.id}/tell"), samir.post(f"/pieces/{piece.id}/tell", reason="private")]
    answers += [samir.get(answers[1].location), samir.get("/me/told")]
    for answer in answers:
        assert "Johanna" not in answer.text and str(world.id("johanna")) not in answer.text
