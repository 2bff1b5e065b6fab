"""Incident mode: one switch, nothing can be written, what protects people goes on, and everybody reads why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import select

from community.core import live
from community.core.audit import AuditLine
from community.core.db import remove, session
from community.core.errors import Conflict, Invalid, NotAllowed
from community.forum import actions as forum
from community.members import incident, profile
from community.openness import incident_views
from community.rota import rules as rota_rules
from community.streams import actions as streams
from community.streams.actions import Said
from tests.client import Browser, words_of
from tests.world import World

Browsers = Callable[..., Browser]
WORDS = {"words_sv": "Vi lagar något. Fråga Birgitta.", "words_en": "We are mending something. Ask Birgitta."}


def start(world: World, who: str = "birgitta") -> None:
    incident.start(world.viewer(who), **WORDS, why="an account was taken over")


def test_nobody_writes_and_every_page_says_why(world: World, browser: Browsers) -> None:
    start(world)
    amina, tuva = browser("amina"), browser("tuva")
    for path in ("/", "/me", f"/t/{world.stream('common').id}", "/numbers", "/me/read", "/rules"):
        assert "Vi lagar något. Fråga Birgitta." in words_of(amina.get(path)), path
    assert "We are mending something." in words_of(tuva.get("/"))
    stream = world.stream("common").id
    refused = amina.post(f"/t/{stream}/replies", text="kan jag skriva", client_id="incident-1")
    assert refused.status_code == 403 and "kan jag skriva" in refused.text
    assert amina.post("/me", display_name="Nytt", avatar="a01", colour="a").status_code == 403
    for writes in (
        lambda who: forum.reply(who, stream, Said("nej", "incident-2")),
        lambda who: forum.start_thread(
            who, world.space("vardagsrummet"), Said("nej", "incident-3"), mode="tell", just_listen=False
        ),
        lambda who: streams.react(who, world.piece("open").id, "hug"),
        lambda who: streams.edit_piece(who, world.piece("own-sara").id, version=1, body="nej", title=None),
        lambda who: profile.change(who, profile.Own("Sara", "a01", "a")),
    ):
        with pytest.raises(NotAllowed):
            writes(world.viewer("sara"))


def test_what_protects_people_goes_on(world: World, browser: Browsers) -> None:
    start(world)
    amina, anonymous, birgitta = browser("amina"), browser(), browser("birgitta")
    for path in ("/", "/help", "/about", "/me", "/me/read", "/me/way-back", "/me/sessions", "/numbers"):
        assert amina.get(path).status_code in (200, 302), path
    assert anonymous.get("/help").status_code == 200
    assert anonymous.post("/lost/call", name="Johanna", phone="070-123 45 67").status_code in (200, 303, 404)
    assert amina.post(f"/pieces/{world.piece('own-amina').id}/delete").status_code == 303, "one's own is hers"
    assert amina.post("/drafts", place="new", fields='{"text": "half"}').status_code == 204
    assert rota_rules.CHANGE.judge(world.viewer("birgitta"), None) is None, "staff see a trouble through"
    assert birgitta.get("/audit").status_code == 200


def test_whoever_is_signed_out_reads_nothing_of_it(world: World, browser: Browsers) -> None:
    start(world)
    for path in ("/login", "/help", "/about", "/about/questions", "/about/safety"):
        page = browser().get(path)
        assert "lagar" not in page.text and "mending" not in page.text


def test_starting_and_ending_are_acts_with_a_reason(world: World, browser: Browsers) -> None:
    birgitta = browser("birgitta")
    assert birgitta.post("/incident", {**WORDS, "why": ""}).status_code == 422
    assert birgitta.post("/incident", {**WORDS, "why": "an account was taken over"}).status_code == 303
    assert "Vi lagar" in birgitta.get("/incident").text
    with pytest.raises(Conflict):
        start(world)
    assert birgitta.post("/incident/end", why="").status_code == 422
    assert birgitta.post("/incident/end", why="mended").status_code == 303
    assert birgitta.post("/incident/end", why="mended twice").status_code == 409
    lines = session().scalars(select(AuditLine).where(AuditLine.act.like("incident.%")).order_by(AuditLine.n)).all()
    assert [(line.act, line.actor_id, line.reason) for line in lines] == [
        ("incident.started", world.id("birgitta"), "an account was taken over"),
        ("incident.ended", world.id("birgitta"), "mended"),
    ]
    assert forum.reply(world.viewer("amina"), world.stream("common").id, Said("nu går det", "incident-4")).id
    start(world)  # and again: only one is open at a time
    assert world.viewer("amina").incident is not None


@pytest.mark.parametrize(("name", "may"), [("birgitta", True), ("petra", True), ("jonna", False), ("tuva", False)])
def test_house_managers_and_safety_leads_switch_it(
    name: str, may: bool, world: World, browser: Browsers, lead: None
) -> None:
    assert browser(name).get("/incident").status_code == (200 if may else 403)
    if may:
        start(world, name)
    else:
        with pytest.raises(NotAllowed):
            start(world, name)
    with pytest.raises(Invalid if may else NotAllowed):
        incident.end(world.viewer(name), " ")


def test_open_pages_are_told_and_the_very_next_event_is_refused(
    app: Flask, world: World, browser: Browsers, heard: list[Any]
) -> None:
    amina, tuva = browser("amina"), browser("tuva")
    lines = [amina.socket(), tuva.socket()]
    start(world)
    assert ("everybody", "incident:changed", {}) in heard
    with app.app_context():
        incident_views.bring_change({})
        live.deliver("everybody", "incident:changed", {})
    for line in lines:
        assert [got["name"] for got in line.get_received()].count("incident:changed") == 2
    part = amina.get("/incident/bar", headers={"X-Part": "1"})
    assert part.status_code == 200 and "Vi lagar något." in part.text and "<html" not in part.text
    incident.end(world.viewer("birgitta"), "mended")
    assert amina.get("/incident/bar", headers={"X-Part": "1"}).text.strip() == ""


def test_from_the_command_line(app: Flask, world: World) -> None:
    runner = FlaskCliRunner(app)
    said = ["incident", "on", "--sv", "Vi lagar.", "--en", "Mending.", "--why", "a test"]
    assert runner.invoke(args=said).exit_code == 0
    remove()
    assert world.viewer("amina").incident is not None
    again = runner.invoke(args=said)
    assert again.exit_code != 0 and "Traceback" not in again.output
    assert runner.invoke(args=["incident", "off", "--why", "done"]).exit_code == 0
    remove()
    assert world.viewer("amina").incident is None
