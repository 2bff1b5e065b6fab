"""What a birthday, a move, a block and a job at work do to a talk, on both sides of midnight."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from community.core import audit, clock
from community.core.db import session, transaction
from community.core.errors import Invalid, NotAllowed
from community.core.jobs import run_due
from community.members import parties
from community.members.contact import REFUSAL
from community.members.models import Duty, Member, MembershipPeriod
from community.safety.models import Case
from community.streams import pairs
from community.streams.models import Bridge
from community.talks import actions, birthdays
from tests.client import Browser
from tests.make import Make
from tests.talks.talking import begun, say
from tests.world import NOW, TODAY, World


def born(world: World, who: str, birth_on: date) -> None:
    """Somebody's birth date, as a house manager wrote it down."""
    id_ = world.id(who)
    sealed = Member(id=id_, birth_on=birth_on).birth_on_sealed
    with transaction() as s:
        s.execute(update(Member).where(Member.id == id_).values(birth_on_sealed=sealed, adult_checked_at=None))


def refused(world: World, who: str, stream_id: int) -> bool:
    try:
        say(world, who, stream_id)
    except NotAllowed as error:
        assert str(error.sentence) == str(REFUSAL)
        return True
    return False


BIRTHDAY = TODAY + timedelta(days=40)
EIGHTEEN = BIRTHDAY.replace(year=BIRTHDAY.year - 18)
BEFORE, AFTER = (clock.start_of(BIRTHDAY) + timedelta(minutes=minutes) for minutes in (-1, 1))


@pytest.mark.parametrize(
    ("months", "both_wrote", "kept"), [(24, True, True), (25, True, False), (24, False, False), (6, True, True)]
)
def test_the_bridge_holds_for_those_who_wrote_and_are_near(
    world: World, months: int, both_wrote: bool, kept: bool
) -> None:
    """The minute before midnight both write; the minute after, only over the bridge."""
    younger = EIGHTEEN.replace(year=EIGHTEEN.year + months // 12)
    if months % 12:
        younger = (younger + timedelta(days=31 * (months % 12))).replace(day=28)
    born(world, "amina", EIGHTEEN)
    born(world, "vera", younger)
    stream_id = begun(world, "amina", "vera")
    say(world, "amina", stream_id)
    if both_wrote:
        say(world, "vera", stream_id)
    with clock.at(BEFORE):
        assert not refused(world, "amina", stream_id)
    with clock.at(AFTER):
        assert refused(world, "amina", stream_id) is not kept
        assert refused(world, "vera", stream_id) is not kept


def test_the_bridge_keeps_its_talk_and_opens_nothing_else(world: World) -> None:
    born(world, "amina", EIGHTEEN)
    born(world, "olle", EIGHTEEN.replace(year=EIGHTEEN.year + 1))
    stream_id = begun(world, "amina", "olle")
    say(world, "amina", stream_id)
    say(world, "olle", stream_id)
    with clock.at(AFTER):
        assert pairs.judged(stream_id, parties.known([world.id("amina"), world.id("olle")])).crossed == "kept"
        with pytest.raises(NotAllowed):
            actions.begin(world.viewer("amina"), [world.id("olle")])
        with pytest.raises(Invalid):
            say(world, "amina", stream_id, "se https://example.org")  # screened as before


def test_with_no_months_there_is_no_bridge(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    born(world, "amina", EIGHTEEN)
    born(world, "olle", EIGHTEEN.replace(year=EIGHTEEN.year + 1))
    stream_id = begun(world, "amina", "olle")
    say(world, "amina", stream_id)
    say(world, "olle", stream_id)
    pairs.configure(0)
    try:
        with clock.at(AFTER):
            assert refused(world, "amina", stream_id)
    finally:
        pairs.configure(24)


def test_a_group_falls_to_read_only_when_one_pair_does(world: World) -> None:
    born(world, "amina", EIGHTEEN)
    group = begun(world, "amina", "vera", "olle")
    for who in ("amina", "vera", "olle"):
        say(world, who, group)
    with clock.at(AFTER):
        for who in ("vera", "amina", "olle"):  # vera is 14: more than the months apart
            assert refused(world, who, group)
        actions.leave(world.viewer("amina"), group)
        assert not refused(world, "vera", group)


def test_a_lead_is_told_thirty_days_before_and_may_end_it(app: Flask, world: World) -> None:
    with transaction() as s:
        s.add(Duty(member_id=world.id("birgitta"), kind="safeguarding_lead", from_on=date(2025, 3, 1)))
        s.flush()
    born(world, "amina", EIGHTEEN)
    born(world, "olle", EIGHTEEN.replace(year=EIGHTEEN.year + 1))
    stream_id = begun(world, "amina", "olle")
    say(world, "amina", stream_id)
    say(world, "olle", stream_id)
    for days, noted in ((31, False), (30, True)):
        with clock.at(clock.start_of(BIRTHDAY) - timedelta(days=days) + timedelta(hours=12)):
            run_due([birthdays.JOB])
            run_due([birthdays.JOB])
            assert (session().scalar(select(Bridge.stream_id)) is not None) is noted
    low, high = sorted((world.id("amina"), world.id("olle")))
    with clock.at(clock.start_of(BIRTHDAY) - timedelta(days=20)):
        case = session().scalars(select(Case).where(Case.target == f"bridge:{stream_id}")).one()
        assert (case.lane, case.state) == ("leads", "open")
        with pytest.raises(NotAllowed):
            actions.end_bridge(world.viewer("jonna"), stream_id, low, high, "nej")
        lead = Browser(app, world).signed_in("birgitta")
        assert "Amina" in lead.get("/messages/birthdays").text
        assert lead.post(f"/messages/birthdays/{stream_id}/{low}/{high}", why="").status_code == 422
        assert lead.post(f"/messages/birthdays/{stream_id}/{low}/{high}", why="det är inte bra").status_code == 303
        assert not refused(world, "amina", stream_id)  # until the day nothing changes
        assert session().get_one(Case, case.id, populate_existing=True).state == "closed"
    with clock.at(AFTER):
        assert refused(world, "olle", stream_id)
        page = Browser(app, world).signed_in("olle").get(f"/messages/{stream_id}").text
        assert "En trygghetsansvarig har avslutat samtalet" in page
        assert "det är inte bra" not in page
    ended = select(audit.AuditLine).where(audit.AuditLine.act == "talk.bridge_ended")
    assert [line.subject for line in session().scalars(ended)] == [f"stream:{stream_id}"]


def test_a_move_keeps_who_lived_together_and_joins_nobody(world: World) -> None:
    """Vera moves to Linden: amina and she go on; isla, there now, is met from that day."""
    stream_id = begun(world, "amina", "vera")
    say(world, "amina", stream_id)
    day = TODAY + timedelta(days=10)
    vera, linden = world.id("vera"), world.house("Linden")
    with transaction() as s:
        s.execute(update(MembershipPeriod).where(MembershipPeriod.member_id == vera).values(to_on=day))
        s.add(MembershipPeriod(member_id=vera, kind="resident", house_id=linden, from_on=day))
        s.flush()
    for moment, met in (
        (clock.start_of(day) - timedelta(minutes=1), False),
        (clock.start_of(day) + timedelta(minutes=1), True),
    ):
        with clock.at(moment):
            assert not refused(world, "vera", stream_id)
            assert bool(pairs.reachable(vera, [world.id("isla")])) is met


@pytest.mark.parametrize("cause", ["block", "separation", "protected", "left", "staff", "age"])
def test_one_refusal_whatever_the_cause(app: Flask, world: World, make: Make, cause: str) -> None:
    """Status, body and words of a refused message are the same to the byte, and nothing of the cause is in them."""
    stream_id = begun(world, "tuva", "johanna")
    say(world, "johanna", stream_id)
    johanna = world.id("johanna")
    with transaction() as s:
        if cause in ("block", "separation"):
            make.excluded("tuva", "johanna", cause)
        elif cause == "protected":
            s.execute(update(Member).where(Member.id == johanna).values(protected=True))
        elif cause == "left":
            s.execute(update(Member).where(Member.id == johanna).values(left_at=clock.now()))
        elif cause == "staff":
            period = MembershipPeriod(member_id=johanna, kind="staff", house_id=world.house("Linden"), from_on=TODAY)
            s.add(period)
        else:
            s.execute(update(Member).where(Member.id == johanna).values(adult_checked_at=None))
        s.flush()
    browser = Browser(app, world).signed_in("tuva")
    sent = {"csrf_token": browser.token(), "text": "hej", "client_id": "refused-0001", "quote": "", "picked": ""}
    answer = browser.open("POST", f"/messages/{stream_id}/messages", data=sent, headers={"Accept": "application/json"})
    wanted = {"ok": False, "code": "not_allowed", "message": REFUSED}
    assert (answer.status_code, answer.get_json()) == (403, wanted)
    line = browser.socket()
    payload = {"stream": stream_id, "client_id": "refused-0002", "text": "hej"}
    assert line.emit("talk:send", payload, callback=True) == wanted
    state = browser.get(f"/messages/{stream_id}/state").text
    assert REFUSED in state.replace("&#39;", "'")
    assert SEEN.setdefault("state", state) == state


REFUSED = "You can't write to each other here. Answer in the thread, or ask staff."
SEEN: dict[str, Any] = {}


def test_at_night_the_day_is_the_homes(world: World) -> None:
    """Midnight is Stockholm's: an hour before UTC's in winter, two in summer."""
    assert clock.start_of(date(2026, 3, 15)) == datetime(2026, 3, 14, 23, tzinfo=UTC)
    assert clock.start_of(date(2026, 3, 15)) > NOW
