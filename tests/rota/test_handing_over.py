"""The sheet: made from what is open, signed by whoever goes, accepted by whoever comes, never by one person alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from community.core import clock
from community.core.audit import AuditLine
from community.core.db import session
from community.core.errors import Conflict, NotAllowed, NotFound
from community.home.handover import open_for
from community.members import profile
from community.members.queries import as_viewer
from community.rota import handing
from community.rota.models import Handover
from community.safety.word_lists import in_force
from tests.client import Browser, field_in, words_of
from tests.digest import digest
from tests.make import Make
from tests.world import HOLD, NOW, World

Browsers = Callable[..., Browser]
OpenHere = Callable[[str], dict[str, int]]


@pytest.fixture
def shifts(make: Make) -> None:
    make.shift("sara", "Solgläntan", -8, 0.5)
    make.shift("birgitta", "Solgläntan", 0.5, 9)
    make.shift("jonna", "Linden", -2, 5, role="host")


@pytest.fixture
def open_here(app: Flask, world: World) -> Callable[[str], dict[str, int]]:
    """What stands on somebody's sheet."""

    def asked(name: str) -> dict[str, int]:
        with app.app_context():
            return open_for(world.viewer(name))

    return asked


def test_the_sheet_counts_what_is_open(world: World, make: Make, shifts: None, open_here: OpenHere) -> None:
    before = open_here("sara")
    assert set(before) == {"concerns", "held", "profiles", "requests", "gaps"}
    assert set(open_here("jonna")) - set(before) == {"unanswered", "review"}, "hosts alone see who waits"
    with in_force(HOLD):
        make.thread("vera", text="ett heldword")
        make.thread("samir", "linden", text="ett heldword")  # not for Solgläntan
        own = profile.Own("Tuva", "a01", "a", about="ett heldword", tells_year=False)
        profile.change(world.viewer("tuva"), own)
    after = open_here("sara")
    assert after == {**before, "held": before["held"] + 1, "profiles": before["profiles"] + 1}
    assert open_here("jonna")["profiles"] == 0


def test_who_goes_signs_who_comes_accepts(world: World, browser: Browsers, shifts: None) -> None:
    sara, birgitta = browser("sara"), browser("birgitta")
    sheet = sara.get("/handover")
    assert "Skriv under och lämna över" in sheet.text and "Skriv under" not in birgitta.get("/handover").text
    assert sara.post("/handover", seen=field_in(sheet, "seen")).status_code == 303
    made = session().scalars(select(Handover)).one()
    assert "Jag tar över" not in sara.get("/handover").text
    assert "Jag tar över" in birgitta.get("/handover").text
    assert birgitta.post(f"/handover/{made.id}/accept").status_code == 303
    assert "Mottaget av Birgitta" in words_of(sara.get("/handover"))
    lines = session().scalars(select(AuditLine).where(AuditLine.act.like("handover.%")).order_by(AuditLine.n)).all()
    assert [(line.act, line.actor_id) for line in lines] == [
        ("handover.sign", world.id("sara")),
        ("handover.accept", world.id("birgitta")),
    ]
    assert lines[0].facts["open"] == made.figures


def test_nobody_accepts_alone_twice_or_from_outside(world: World, shifts: None) -> None:
    house = world.house("Solgläntan")
    made = handing.sign(world.viewer("sara"), house, {"held": 0})
    for name in ("sara", "jonna", "petra", "tuva"):
        with pytest.raises(NotAllowed):
            handing.accept(world.viewer(name), made.id)
    newer = handing.sign(world.viewer("sara"), house, {"held": 1})
    with pytest.raises(Conflict), clock.at(NOW + timedelta(minutes=1)):
        handing.accept(world.viewer("birgitta"), min(made, newer, key=lambda one: (one.signed_at, one.id)).id)
    last = max(made, newer, key=lambda one: (one.signed_at, one.id))
    handing.accept(world.viewer("birgitta"), last.id)
    with pytest.raises(Conflict):
        handing.accept(world.viewer("birgitta"), last.id)
    with pytest.raises(NotFound):
        handing.accept(world.viewer("birgitta"), 4711)


@pytest.mark.parametrize(("after", "may"), [(0, True), (0.5, True), (2.4, True), (2.6, False)])
def test_one_signs_while_working_and_two_hours_after(after: float, may: bool, world: World, shifts: None) -> None:
    with clock.at(NOW + timedelta(hours=after)):
        sara = as_viewer(world.id("sara"))
        if may:
            handing.sign(sara, world.house("Solgläntan"), {})
        else:
            with pytest.raises(NotAllowed):
                handing.sign(sara, world.house("Solgläntan"), {})


def test_what_changed_meanwhile_is_read_first(
    world: World, make: Make, browser: Browsers, shifts: None, rolled_back: Any
) -> None:
    sara = browser("sara")
    seen = field_in(sara.get("/handover"), "seen")
    with in_force(HOLD):
        make.thread("vera", text="ett heldword")
    before = digest(rolled_back)
    answer = sara.post("/handover", seen=seen)
    assert answer.status_code == 409 and "Något ändrades medan du läste" in answer.text
    assert digest(rolled_back) == before
    assert sara.post("/handover", seen=field_in(answer, "seen")).status_code == 303


def test_members_have_no_sheet(browser: Browsers, shifts: None) -> None:
    for name in ("tuva", "johanna"):
        assert browser(name).get("/handover").status_code == 403
        assert browser(name).post("/handover", seen="x").status_code == 403
