"""Telling staff of a message in a talk: what is sealed, who reads it, and what opening more leaves behind."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from community.core import audit
from community.core.db import session, transaction
from community.core.errors import NotFound
from community.members.models import Duty
from community.reports import actions as reports
from community.reports import sealing
from community.reports.models import Report
from community.safety import cases
from community.safety.models import Case
from community.streams import actions as streams
from community.streams import queries as stream_queries
from community.talks import actions
from community.talks.models import Opened
from tests.client import Browser
from tests.make import Make
from tests.reports.told import state_of, tell
from tests.talks.talking import begun, say
from tests.world import NOW, World, nothing_waits

STAFF = ("jonna", "birgitta", "sara", "petra")


def linden_talk(world: World) -> int:
    """Two who are grown up, one of them of Linden, where jonna is a host."""
    return begun(world, "samir", "ivan")


def lines(act: str) -> list[audit.AuditLine]:
    found = select(audit.AuditLine).where(audit.AuditLine.act == act)
    return list(session().scalars(found))


def test_before_a_report_it_is_there_for_nobody_outside(app: Flask, world: World) -> None:
    stream_id = begun(world, "amina", "vera")
    piece = say(world, "amina", stream_id, "kanariefågel")
    for who in (*STAFF, "tuva", "isla", "johanna"):
        browser = Browser(app, world).signed_in(who)
        for path in (
            f"/messages/{stream_id}",
            f"/streams/{stream_id}/since?after=0",
            f"/pieces/{piece.id}/more",
            f"/pieces/{piece.id}/react",
            f"/pieces/{piece.id}/history",
            f"/pieces/{piece.id}/tell",
            f"/t/{stream_id}",
            f"/chat/{stream_id}",
        ):
            assert browser.get(path).status_code == 404, (who, path)


def test_eleven_are_sealed_and_no_other_is_read(app: Flask, world: World) -> None:
    nothing_waits()
    stream_id = linden_talk(world)
    said = [say(world, "ivan" if number % 2 else "samir", stream_id, f"kanarie{number:02d}x") for number in range(15)]
    told = tell(world, "samir", said[13])
    streams.remove_piece(world.viewer("ivan"), said[13].id)
    streams.edit_piece(world.viewer("samir"), said[12].id, version=1, body="ändrad efteråt", title=None)
    assert "kanarie" not in (told.talk_sealed or "")
    case_id = told.case_id
    reader = Browser(app, world).signed_in(_host_of(world, session().get_one(Case, case_id)))
    queue = reader.get("/review").text
    assert "kanarie" not in queue
    before = len(lines("review.opened"))
    page = reader.get(f"/review/{case_id}").text
    assert len(lines("review.opened")) == before + 1
    shown = [number for number in range(15) if f"kanarie{number:02d}x" in page]
    assert shown == list(range(3, 14))
    assert "ändrad efteråt" not in page
    reader.open("GET", f"/review/{case_id}", headers={"X-By-Itself": "1", "X-Part": "1"})
    assert len(lines("review.opened")) == before + 2  # no header takes the line away
    for who in ("sara", "petra"):
        assert Browser(app, world).signed_in(who).get(f"/review/{case_id}").status_code in (403, 404)


def test_what_she_may_not_see_is_not_sealed(world: World) -> None:
    group = begun(world, "amina", "vera", "olle")
    say(world, "amina", group, "kanariefågel före")
    actions.add(world.viewer("vera"), group, [world.id("mira")])
    late = say(world, "amina", group, "efter")
    report = tell(world, "mira", late)
    (sealed,) = sealing.opened(world.viewer("jonna"), [report]).values()
    assert [line.text for line in sealed] == ["efter"]


def test_opening_more_is_an_act_with_a_reason_that_those_in_it_read(app: Flask, world: World, make: Make) -> None:
    stream_id = linden_talk(world)
    first = say(world, "samir", stream_id, "kanariefågel först").id
    for _number in range(12):
        last = say(world, "ivan", stream_id)
    report = tell(world, "samir", last)
    case_id = report.case_id
    host = _host_of(world, session().get_one(Case, case_id))
    browser = Browser(app, world).signed_in(host)
    assert browser.get(f"/review/{case_id}/talk").status_code == 403  # not taken yet
    assert browser.post(f"/review/{case_id}/claim").status_code == 303
    assert browser.post(f"/review/{case_id}/talk", why="").status_code == 422
    assert lines("talk.opened") == []
    answer = browser.post(f"/review/{case_id}/talk", why="jag behöver se hur det började")
    assert answer.status_code == 200
    assert "kanariefågel först" in answer.text
    noted = lines("talk.opened")
    assert {line.actor_id for line in noted} == {world.id(host)}
    assert "kanariefågel" not in "".join(str(line.facts) for line in noted)
    assert session().scalar(select(Opened.stream_id)) == stream_id
    for who in ("samir", "ivan"):
        page = Browser(app, world).signed_in(who).get(f"/messages/{stream_id}").text
        assert "läste de här meddelandena" in page and "jag behöver se hur det började" in page
        assert "jag behöver se hur det började" in Browser(app, world).signed_in(who).get("/me/read").text
    assert browser.get(f"/messages/{stream_id}").status_code == 404  # the talk itself stays shut
    assert browser.get(f"/pieces/{first}/more").status_code == 404


def test_whoever_told_stays_unnamed_and_her_report_works_when_she_may_not_write(world: World, make: Make) -> None:
    stream_id = begun(world, "tuva", "johanna")
    piece = say(world, "johanna", stream_id)
    make.excluded("tuva", "samir")
    make.sanction("tuva", "paused")
    report = tell(world, "tuva", piece, "unwanted")
    assert report.talk_sealed
    with pytest.raises(NotFound):
        stream_queries.piece_for(world.viewer("tuva"), piece.id)  # what she told of is not there for her


def test_a_message_of_somebody_who_works_here_goes_past_her(world: World) -> None:
    stream_id = begun(world, "sara", "petra")
    report = tell(world, "sara", say(world, "petra", stream_id), "other")
    case = session().get_one(Case, report.case_id)
    assert case.lane == "leads"


def test_of_two_nothing_is_hidden_because_it_would_tell_who_told(world: World) -> None:
    """In a group it is, by the rule of all places; in a talk of two it is gone from her page alone."""
    two, group = begun(world, "amina", "vera"), begun(world, "amina", "vera", "olle")
    to_her, to_all = say(world, "amina", two), say(world, "amina", group)
    tell(world, "vera", to_her)
    tell(world, "vera", to_all)
    assert state_of(to_her) == "published"
    assert state_of(to_all) == "hidden"
    for piece in (to_her, to_all):
        with pytest.raises(NotFound):
            stream_queries.piece_for(world.viewer("vera"), piece.id)


def test_the_seal_goes_with_the_report(world: World) -> None:
    stream_id = begun(world, "tuva", "johanna")
    report = tell(world, "tuva", say(world, "johanna", stream_id))
    case = session().get_one(Case, report.case_id)
    cases.close_case(case, world.id("jonna"), "fine")
    reports.clear_out(NOW + timedelta(days=91))
    kept = session().get_one(Report, report.id, populate_existing=True)
    assert (kept.talk_sealed, kept.kept_sealed) == (None, None)


def _host_of(world: World, case: Case) -> str:
    if case.house_id in (None, world.house("Linden")):
        return "jonna"
    with transaction() as s:
        s.add(Duty(member_id=world.id("birgitta"), kind="safeguarding_lead", from_on=date(2025, 3, 1)))
        s.flush()
    return "birgitta"
