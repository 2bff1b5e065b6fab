"""Remembrance: two people, locked and kept, offered and counted nowhere, no notices, and a quiet line on the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from community.core import clock
from community.core.audit import AuditLine
from community.core.db import session, transaction
from community.core.errors import NotAllowed, NotFound
from community.lifecycle import leaving_work, membership, remembering, two_people
from community.members import named
from community.members.models import Connection, Duty, Member
from community.members.queries import authors, everybody
from community.notices.models import Notice
from community.spaces.models import Space
from community.streams import mentions
from community.talks import queries as talks
from tests.client import Browser
from tests.inbox import saying
from tests.make import Make
from tests.notices.letters import DAY, Inbox, has_address, post_day, wants
from tests.world import TODAY, World


def lead(world: World, who: str = "petra") -> None:
    with transaction() as s:
        s.add(Duty(member_id=world.id(who), kind="safeguarding_lead", from_on=TODAY))
        s.flush()


def remember(world: World, who: str = "johanna") -> None:
    lead(world)
    row = remembering.ask(world.viewer("birgitta"), world.id(who), "systern ringde")
    remembering.agree(world.viewer("petra"), row.id)


def test_two_people_one_of_them_a_safety_lead(world: World) -> None:
    row = remembering.ask(world.viewer("birgitta"), world.id("johanna"), "systern ringde")
    assert world.viewer("johanna").kind == "alumnus"
    with transaction() as s:
        s.add(Duty(member_id=world.id("sara"), kind="house_manager", from_on=TODAY))
        s.flush()
    for name in ("birgitta", "sara", "jonna", "tuva"):  # who asked, two managers, a host, a member
        with pytest.raises(NotAllowed):
            remembering.agree(world.viewer(name), row.id)
    lead(world)
    remembering.agree(world.viewer("petra"), row.id)
    found = session().get_one(Member, world.id("johanna"), populate_existing=True)
    assert found.remembered_at is not None and found.left_at is None
    acts = list(session().scalars(select(AuditLine.act).where(AuditLine.act.like("remembrance.%"))))
    assert acts == ["remembrance.asked", "remembrance.done"]
    assert "systern" not in str(list(session().scalars(select(AuditLine.facts))))


def test_a_lead_asks_and_a_manager_agrees(world: World) -> None:
    lead(world)
    row = remembering.ask(world.viewer("petra"), world.id("johanna"), "x")
    remembering.agree(world.viewer("birgitta"), row.id)
    with pytest.raises(NotFound):
        world.viewer("johanna")
    with pytest.raises(NotAllowed):
        remembering.ask(world.viewer("petra"), world.id("petra"), "x")


def test_nobody_comes_in_and_nobody_learns_why(world: World, browser: Callable[..., Browser]) -> None:
    johanna = browser("johanna")
    remember(world)
    assert johanna.get("/").location.startswith("/login")
    hers, nobodys = browser().sign_in("johanna"), browser().sign_in("somebodyelse")
    assert (hers.status_code, _bare(hers.text, "johanna")) == (nobodys.status_code, _bare(nobodys.text, "somebodyelse"))


def test_recovery_answers_as_always_and_makes_no_way_in(
    world: World, browser: Callable[..., Browser], app: Flask, inbox: Inbox
) -> None:
    has_address(world, "johanna")
    remember(world)
    asked = browser().post("/lost/mail", said="johanna")
    other = browser().post("/lost/mail", said="nobody at all")
    assert (asked.status_code, asked.location) == (other.status_code, other.location)
    post_day(app, clock.now() + timedelta(minutes=5))
    assert inbox == []
    sara = browser("sara")
    assert sara.post("/ways-in/new", member_id=world.id("johanna")).status_code in (403, 404, 422)


def _bare(page: str, name: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page).replace(name, "")


def test_offered_and_counted_nowhere(world: World, browser: Callable[..., Browser]) -> None:
    tuva = world.viewer("tuva")
    counted = len(everybody(tuva))
    remember(world)
    tuva = world.viewer("tuva")
    assert world.id("johanna") not in {person.id for person in everybody(tuva)}
    assert len(everybody(tuva)) == counted - 1
    assert world.id("johanna") not in {person.id for person in named.others(tuva)}
    space = session().get_one(Space, world.space("vardagsrummet"))
    assert mentions.names_for(tuva, "joh", space, None) == []
    assert not talks.may_write_to(tuva, world.id("johanna"))
    choosers = ("/messages/new", "/invitations/new", "/rota/new", "/ways-in/new")
    for path in choosers:
        assert "Johanna" not in browser("birgitta").get(path).text, path
    assert "Johanna" not in browser("tuva").get("/messages/new").text


def test_what_she_said_stays_with_her_name_and_the_page_says_it_quietly(
    world: World, make: Make, browser: Callable[..., Browser]
) -> None:
    piece = make.reply("tuva", world.stream("open"), "Tack @Johanna")
    remember(world)
    shown = authors([world.id("johanna")])[world.id("johanna")]
    assert (shown.name, shown.kind, shown.here, shown.remembered) == ("Johanna", "alumnus", False, True)
    tuva = browser("tuva")
    assert "@Johanna" in tuva.get(f"/t/{world.stream('open').id}").text and piece.id
    page = tuva.get(f"/people/{world.id('johanna')}").text
    assert "We remember Johanna." in page and "words of own-johanna" in page
    for offer in ("/block", "/mute", "/messages/new", "/tell"):
        assert f"/people/{world.id('johanna')}{offer}" not in page
    assert "messages/new?to" not in page


def test_who_lived_here_when_she_died_has_no_badge(world: World) -> None:
    remember(world, "tuva")
    shown = authors([world.id("tuva")])[world.id("tuva")]
    assert shown.badge is None and shown.remembered


def test_no_notices_and_no_letters(app: Flask, world: World, make: Make, inbox: Inbox) -> None:
    wants(world, "johanna")
    has_address(world, "johanna")
    with clock.at(DAY):
        stream = make.thread("johanna")
        make.reply("tuva", stream)
        remember(world)
        make.reply("tuva", stream)
    post_day(app, DAY + timedelta(days=2))
    assert inbox == []
    assert session().scalar(select(func.count()).where(Notice.member_id == world.id("johanna"))) == 0


def test_nobody_is_her_contact_any_more(world: World) -> None:
    remember(world, "amina")
    assert world.viewer("sara").key_worker_of == frozenset()
    open_ones = select(func.count()).where(Connection.is_open.is_(True), Connection.minor_id == world.id("amina"))
    assert session().scalar(open_ones) == 0


def test_who_worked_here_leaves_nothing_waiting(world: World) -> None:
    saying.write(world, "tuva", "hej")
    saying.answer(world, "sara", saying.inbox_of(world, "tuva"), "jag har det")
    leaving_work.plan(
        world.viewer("birgitta"), world.id("sara"), leaving_work.Wish(world.id("jonna"), TODAY + timedelta(days=9))
    )
    remember(world, "sara")
    assert saying.row_of(world, "tuva").taken_by is None
    assert leaving_work.planned_for(world.id("sara")) is None
    assert authors([world.id("sara")])[world.id("sara")].kind == "staff"


def test_the_team_keeps_what_was_written_to_it(world: World, browser: Callable[..., Browser]) -> None:
    saying.write(world, "johanna", "till teamet")
    remember(world)
    jonna = browser("sara")
    stream_id = saying.inbox_of(world, "johanna")
    assert "till teamet" in jonna.get(f"/team/{stream_id}").text


def test_the_pages(world: World, browser: Callable[..., Browser]) -> None:
    lead(world)
    birgitta, petra = browser("birgitta"), browser("petra")
    path = f"/people/{world.id('johanna')}/membership"
    assert birgitta.post(f"{path}/remembrance", remember_why=" ").status_code == 422
    assert birgitta.post(f"{path}/remembrance", remember_why="systern ringde").status_code == 303
    assert birgitta.post(f"{path}/remembrance", remember_why="igen").status_code == 409
    (waits,) = two_people.waiting_for(world.viewer("petra"))
    assert petra.post(f"/membership/turns/{waits.row.id}", do="yes", answer="").status_code == 303
    assert "We remember Johanna." in petra.get(path).text
    assert birgitta.get(f"{path}/remembrance").status_code == 404
    assert membership.membership_for(world.viewer("petra"), world.id("johanna")).here is False


def test_what_waits_for_a_second_person_is_not_offered_again(world: World, browser: Callable[..., Browser]) -> None:
    birgitta, path = browser("birgitta"), f"/people/{world.id('johanna')}/membership"
    doors = {f'href="{path}/remembrance"', f'href="{path}/start-work"'}
    before = birgitta.get(path).text
    assert all(door in before for door in doors)
    remembering.ask(world.viewer("birgitta"), world.id("johanna"), "systern ringde")
    now = birgitta.get(path).text
    assert [door in now for door in sorted(doors)] == [False, True]
