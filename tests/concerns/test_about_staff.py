"""What is about somebody who works here reaches neither her nor whoever works beside her: no call, no list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from community.concerns import actions, handling, providers, queries, waiting
from community.concerns.models import Call, ConcernKeptFrom
from community.core import clock
from community.core.audit import AuditLine
from community.core.db import session
from community.core.errors import NotFound
from community.core.outbox import Letter
from community.home.handover import open_for
from community.safety import outside
from tests.client import Browser
from tests.concerns.conftest import STAFF, House
from tests.world import NOW, World

WORDS = "hemligt och fel"


def letters() -> list[Letter]:
    return list(session().scalars(select(Letter).where(Letter.kind == "concern.call")))


def no_trace_for(name: str, house: House, concern: int, browser: Callable[..., Browser]) -> None:
    viewer = house.world.viewer(name)
    assert name not in [one for channel in ("app", "mail", "sms", "voice") for one in house.told(concern, channel)]
    assert [row.id for row in queries.open_for(viewer)] == [] and queries.closed_for(viewer) == []
    with pytest.raises(NotFound):
        queries.concern_for(viewer, concern)
    waiting.forget()
    assert waiting.needed(viewer) is None
    with house.app.app_context():
        assert open_for(viewer)["concerns"] == 0
    hers = browser(name)
    for path in ("/", "/concerns", "/concerns/bar", "/me", "/handover", "/rota", "/audit", "/review"):
        page = hers.get(path).text
        assert WORDS not in page and f"/concerns/{concern}" not in page
        assert 'class="needed' not in page
    assert hers.get(f"/concerns/{concern}").status_code == 404
    assert hers.get(f"/concerns/{concern}/pack").status_code == 404
    assert hers.post(f"/concerns/{concern}/take", how="call").status_code == 404


@pytest.mark.parametrize("severity", ["talk", "urgent"])
@pytest.mark.parametrize("hour", ["day", "night"])
@pytest.mark.parametrize("role", ["staff", "on_call"])
@pytest.mark.parametrize("name", STAFF)
def test_the_only_one_at_work_is_the_one(
    name: str, role: str, hour: str, severity: str, house: House, browser: Callable[..., Browser]
) -> None:
    """Each of those who work here in turn alone on the rota, a lead as well, and complained of."""
    if hour == "night":
        with clock.at(NOW + timedelta(hours=6)):
            _only_one(name, role, severity, house)
    else:
        _only_one(name, role, severity, house)
    concern = session().scalars(select(ConcernKeptFrom.concern_id)).first()
    assert concern is not None
    no_trace_for(name, house, concern, browser)


def _only_one(name: str, role: str, severity: str, house: House) -> None:
    house.make.shift(name, None, -1, 2, role=role)
    house.lead(name)
    for one in STAFF:
        house.phone(one)
    concern = house.ask("tuva", severity, WORDS, about=house.about(name))
    for minutes in (0, 10, 20, 40):
        with clock.at(clock.now() + timedelta(minutes=minutes)):
            house.go_round()
    assert house.told(concern), "it reaches somebody all the same"
    assert name not in house.told(concern)


def test_whoever_works_beside_her_learns_nothing(house: House, browser: Callable[..., Browser]) -> None:
    house.make.shift("sara", "Solgläntan", -1, 2)
    house.make.shift("petra", None, -1, 2)  # the same hours, for all houses
    house.lead("petra")
    concern = house.ask("tuva", "urgent", WORDS, about=house.about("sara"))
    with house.at(40):
        assert set(house.told(concern)) == {"birgitta"}
    for name in ("sara", "petra"):
        no_trace_for(name, house, concern, browser)


def test_when_she_does_not_want_to_say_nobody_at_work_learns_of_it(
    night: House, browser: Callable[..., Browser]
) -> None:
    concern = night.ask("tuva", "urgent", WORDS, about=frozenset())
    with night.at(25):
        assert set(night.told(concern)) == {"jonna", "birgitta"}
    no_trace_for("sara", night, concern, browser)


def test_by_day_the_lead_by_night_whoever_is_on_call(night: House) -> None:
    by_day = night.ask("tuva", "urgent", about=night.about("sara"))
    assert night.told(by_day) == ["jonna"]
    with clock.at(NOW + timedelta(hours=5)):  # midnight at home
        by_night = night.ask("tuva", "urgent", "sent late", about=night.about("sara"))
        assert night.told(by_night) == ["birgitta"]


def test_the_person_outside_is_written_to_and_what_she_takes_shows_no_words(
    night: House, browser: Callable[..., Browser]
) -> None:
    outside.configure("Ulla Berg", "ulla@example.org")
    providers.configure({}, lambda _id: None)
    for about in ("sara", "jonna"):
        night.ask("tuva", "urgent", f"{WORDS} {about}", about=night.about(about), phone="070-999 88 77")
    assert len(letters()) == 2
    night.ask("tuva", "urgent", "something else")
    assert len(letters()) == 2, "only what is about somebody who works here"
    call = session().scalars(select(Call).where(Call.member_id.is_(None))).first()
    assert call is not None
    concern = night.concern(call.concern_id)
    view = queries.status_of(night.world.viewer("tuva"), concern)
    assert "Ulla Berg" in view.alerted


@pytest.mark.parametrize("words", ["Sara är elak", "saras fel", "S A R A skriker", "det är SÁRA"])
def test_a_text_that_names_somebody_goes_past_her_until_she_may_read_it(
    words: str, night: House, browser: Callable[..., Browser]
) -> None:
    concern = night.ask("tuva", "urgent", words)
    assert night.told(concern) == ["petra"], "the next link at once"
    no_trace_for("sara", night, concern, browser)
    tuva = night.world.viewer("tuva")
    assert queries.status_of(tuva, night.concern(concern)).asked == [(night.world.id("sara"), "Sara")]
    with night.at(60):
        assert "sara" not in night.told(concern), "unanswered it stays so"
    actions.let_read(tuva, concern, night.world.id("sara"), True)
    with night.at(61):
        assert "sara" in night.told(concern)


def test_no_is_for_good(night: House) -> None:
    concern, tuva = night.ask("tuva", "urgent", "Sara är elak"), night.world.viewer("tuva")
    actions.let_read(tuva, concern, night.world.id("sara"), False)
    actions.let_read(tuva, concern, night.world.id("sara"), True)
    assert queries.status_of(tuva, night.concern(concern)).asked == []
    with night.at(60):
        assert "sara" not in night.told(concern)


def test_more_words_that_name_whoever_has_it_go_past_her(night: House) -> None:
    concern, tuva = night.ask("tuva", "urgent", "jag mår dåligt"), night.world.viewer("tuva")
    handling.take(night.world.viewer("sara"), concern, "write")
    other = actions.write_more(tuva, concern, "Sara skriker på mig", "more-words-1")
    assert other != concern and night.told(other) == ["petra"]
    assert actions.write_more(tuva, concern, "och jag sover inte", "more-words-2") == concern


def test_whom_staff_keep_apart_from_her_is_not_told(night: House) -> None:
    night.make.excluded("tuva", "sara", "separation")
    concern = night.ask("tuva")
    assert night.told(concern) == ["petra"]
    with pytest.raises(NotFound):
        queries.concern_for(night.world.viewer("sara"), concern)


def test_the_audit_chain_names_neither_her_nor_whom_it_is_about(night: House, world: World, app: Flask) -> None:
    concern = night.ask("tuva", "urgent", WORDS, about=night.about("sara"))
    jonna = night.world.viewer("jonna")
    handling.open_one(jonna, concern)
    handling.take(jonna, concern, "call")
    handling.close(jonna, concern, "talked", "all is well")
    lines = session().scalars(select(AuditLine).where(AuditLine.act.like("concern.%"))).all()
    assert {line.subject for line in lines} == {f"concern:{concern}"}
    known: set[Any] = {world.id("sara"), world.id("tuva")}
    assert not known & {line.actor_id for line in lines}
    assert not any(str(id_) in str(line.facts) for line in lines for id_ in known)
