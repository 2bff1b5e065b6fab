"""Somebody whom we remember is left in peace: no card, no letter, no notice, no birthday, and she is offered nowhere.
Each is shown beside the same without it, so that none of it is silent by chance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from community.core import clock, jobs
from community.core.db import session, transaction
from community.core.errors import NotFound
from community.home import notice_letters
from community.lifecycle import growing, leaving, leaving_work, staying
from community.members.models import Duty
from community.moving import check_ins, letters, prepared, preparing
from community.moving.models import Departure
from community.moving.prepared_models import NamedAdult
from community.notices import laying
from community.notices.models import CARDS, OwnCard
from community.recovery.queries import confirmed_address
from community.safety.models import Case
from community.talks import birthdays
from community.turns.models import NewContact
from tests.client import Browser
from tests.inbox import saying
from tests.lifecycle.going import leave, nights
from tests.lifecycle.test_remembering import remember
from tests.moving.preparing import day_comes, has_moved, letter, on_her_way
from tests.notices.letters import DAY, has_address, post_day, wants
from tests.notices.letters import Inbox as Letters
from tests.talks.talking import begun, say
from tests.talks.test_changes import BIRTHDAY, EIGHTEEN, born
from tests.world import NOW, TODAY, World

BOTH = pytest.mark.parametrize("remembered", [False, True], ids=["alive", "remembered"])


def kinds_of(member_id: int) -> set[str]:
    mine = select(OwnCard.kind).where(OwnCard.member_id == member_id, OwnCard.done_at.is_(None))
    return set(session().scalars(mine))


@BOTH
def test_no_card_of_any_kind_for_more_than_a_year(world: World, remembered: bool) -> None:
    move_id = on_her_way(world, "samir", 2, "sudden")
    letter(world, "petra", "samir", "till dig")
    seen: set[str] = set()
    with clock.at(NOW + timedelta(days=2)):
        day_comes(move_id)
        if remembered:
            remember(world, "samir")
    days = {check_ins.due_on(TODAY + timedelta(days=2), step) for step in check_ins.STEPS}
    days |= {TODAY + timedelta(days=number) for number in (3, 10, 120, 200)}
    for day in sorted(days):
        with clock.at(clock.start_of(day) + timedelta(hours=11)):
            jobs.run_due(check_ins.JOBS)
            seen |= kinds_of(world.id("samir"))
    assert seen == (set() if remembered else {"check_in", "farewell", "letters", "welcome"})
    assert seen <= set(CARDS)


@BOTH
def test_what_lay_there_already_goes_and_no_letter_tells_of_it(
    app: Flask, world: World, inbox: Letters, remembered: bool
) -> None:
    wants(world, "johanna")
    has_address(world, "johanna")
    with clock.at(DAY), transaction():
        laying.lay(world.id("johanna"), "letters", 7)
        if remembered:
            remember(world)
    with clock.at(DAY + timedelta(minutes=40)):
        assert bool(list(notice_letters.letters_due(clock.now()))) is not remembered
    post_day(app, DAY + timedelta(days=1))
    assert len(inbox) == (0 if remembered else 1)
    assert bool(kinds_of(world.id("johanna"))) is not remembered


@BOTH
def test_who_had_asked_to_leave_hears_nothing_more_and_her_wish_stands(
    app: Flask, world: World, inbox: Letters, remembered: bool
) -> None:
    has_address(world, "johanna")
    departure = leave(world, "johanna", "removed")
    if remembered:
        remember(world)
    with clock.at(departure.due_at - leaving.REMINDED + timedelta(minutes=1)):
        jobs.run_due(leaving.JOBS[:1])
        assert (confirmed_address(world.id("johanna")) is None) is remembered
        assert (leaving.letter_facts({"departure": departure.id}) is None) is remembered
    post_day(app, departure.due_at - timedelta(days=1))
    assert bool(inbox) is not remembered
    nights(departure.due_at, 3)
    assert session().get_one(Departure, departure.id, populate_existing=True).gone_at is not None


@BOTH
def test_nobody_is_told_of_her_birthday(world: World, remembered: bool) -> None:
    born(world, "amina", EIGHTEEN)
    born(world, "olle", EIGHTEEN.replace(year=EIGHTEEN.year + 1))
    stream_id = begun(world, "amina", "olle")
    say(world, "amina", stream_id)
    say(world, "olle", stream_id)
    if remembered:
        remember(world, "amina")
    with clock.at(clock.start_of(BIRTHDAY) - timedelta(days=20)):
        jobs.run_due([birthdays.JOB])
    told = session().scalar(select(Case.id).where(Case.target == f"bridge:{stream_id}"))
    assert (told is None) is remembered
    with clock.at(clock.start_of(BIRTHDAY) + timedelta(hours=1)):
        assert (world.id("amina") not in growing.grown_on(clock.now())) is remembered


@BOTH
def test_nobody_is_given_her_as_a_contact(world: World, remembered: bool) -> None:
    """Sara leaves and has named Jonna, who dies before that day."""
    on = TODAY + timedelta(days=9)
    leaving_work.plan(world.viewer("birgitta"), world.id("sara"), leaving_work.Wish(world.id("jonna"), on))
    saying.write(world, "tuva", "hej")
    saying.answer(world, "sara", saying.inbox_of(world, "tuva"), "jag har det")
    if remembered:
        remember(world, "jonna")
    with clock.at(clock.start_of(on) + timedelta(minutes=1)):
        jobs.run_due([leaving_work.JOB])
        told = session().scalars(select(NewContact).where(NewContact.member_id == world.id("amina"))).one()
        assert told.to_id == (None if remembered else world.id("jonna"))
        hers = select(Duty.id).where(Duty.member_id == world.id("jonna"), Duty.holds_on(on))
        assert bool(session().scalars(hers).all()) is not remembered


@BOTH
def test_she_is_offered_nowhere_on_the_way(world: World, browser: Callable[..., Browser], remembered: bool) -> None:
    """Whom one keeps, who is there for one, whose letter box stands open, who takes over."""
    move_id = has_moved(world, "samir", 1, "sudden")
    on_her_way(world, "isla")
    samir, jonna = world.viewer("samir"), world.id("jonna")
    preparing.keep(samir, jonna)
    with transaction() as s:
        row = NamedAdult(move_id=move_id, member_id=samir.id, adult_id=jonna, until_on=TODAY + timedelta(days=20))
        row.named_by, row.named_at = world.id("birgitta"), NOW
        s.add(row)
        s.flush()
    letter(world, "petra", "isla", "hej då")
    if remembered:
        remember(world, "jonna")
        remember(world, "isla")
    samir = world.viewer("samir")
    assert (jonna not in {view.person.id for view in prepared.kept_for(samir)}) is remembered
    assert (prepared.adult_for(samir) is None) is remembered
    assert (jonna not in staying.staying_on(TODAY)) is remembered
    assert ("Jonna" not in browser("samir").get("/me/move").text) is remembered
    if remembered:
        with pytest.raises(NotFound):
            letters.composer_for(world.viewer("petra"), world.id("isla"))
        with pytest.raises(NotFound):
            preparing.keep(samir, jonna)
    else:
        assert letters.composer_for(world.viewer("petra"), world.id("isla")).own is not None
