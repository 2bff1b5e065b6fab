"""Limits: who may set which, a reason always, live at once, ended by themselves, and without an end only by two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from community.acts import standing, steps
from community.acts.models import Act
from community.acts.standing import Wish
from community.core import clock
from community.core.audit import AuditLine
from community.core.db import session, transaction
from community.core.errors import Conflict, Invalid, NotAllowed, NotFound
from community.members.models import Duty, Exclusion, Sanction
from tests.acts.giving import give, lead
from tests.client import Browser
from tests.fixtures import Heard
from tests.make import Make
from tests.world import NOW, World

HOUR = timedelta(hours=1)


def lines(act: str) -> list[AuditLine]:
    return list(session().scalars(select(AuditLine).where(AuditLine.act == act)))


@pytest.mark.parametrize(("kind", "length"), [("cooled_off", "2h"), ("paused", "3d"), ("suspended", "24h")])
def test_every_limit_has_its_act_its_reason_and_its_audit_line(kind: str, length: str, world: World) -> None:
    act = give(world, "birgitta", "tuva", kind, length, words="Det gick för fort.")
    row = session().get_one(Sanction, act.sanction_id)
    assert (row.kind, row.given_by, row.ends_at) == (kind, world.id("birgitta"), act.until)
    (line,) = lines(f"act.{kind}")
    assert (line.actor_id, line.reason, line.subject) == (world.id("birgitta"), "unkind", f"member:{world.id('tuva')}")
    assert "fort" not in str(line.facts) and act.words_sealed and "fort" not in act.words_sealed
    assert world.viewer("tuva").acts_unseen == 1


def test_something_else_has_to_be_said(world: World) -> None:
    before = len(session().scalars(select(Sanction)).all())
    with pytest.raises(Invalid) as refused:
        give(world, "birgitta", "tuva", "paused", "1d", reason="other")
    assert refused.value.field == "words"
    assert len(session().scalars(select(Sanction)).all()) == before


ALLOWED = [
    ("birgitta", "tuva", "paused", True),  # a house manager: everybody
    ("birgitta", "samir", "paused", True),
    ("birgitta", "sara", "suspended", True),
    ("birgitta", "birgitta", "paused", False),  # nobody herself
    ("jonna", "samir", "paused", True),  # a host: her own house
    ("jonna", "tuva", "paused", False),
    ("jonna", "johanna", "paused", True),  # whoever has moved out
    ("jonna", "petra", "paused", False),  # nobody who works here
    ("jonna", "tuva", "cooled_off", True),  # in a channel for all houses
    ("sara", "tuva", "paused", False),  # no duty for it
    ("tuva", "samir", "paused", False),
]


@pytest.mark.parametrize(("actor", "whom", "kind", "allowed"), ALLOWED)
def test_who_may_limit_whom(actor: str, whom: str, kind: str, allowed: bool, world: World) -> None:
    if allowed:
        give(world, actor, whom, kind)
    else:
        with pytest.raises(NotAllowed):
            give(world, actor, whom, kind)
        assert lines(f"act.{kind}") == []


def test_a_host_closes_for_a_day_and_a_lead_for_longer(world: World) -> None:
    give(world, "jonna", "samir", "suspended", "24h")
    for length in ("3d", "none"):
        with pytest.raises(NotAllowed):
            give(world, "jonna", "noor", "suspended", length)
    lead(world, "petra")
    assert give(world, "petra", "noor", "suspended", "30d").until == NOW + timedelta(days=30)


def test_a_short_break_is_in_one_channel_and_ends_by_itself(world: World, make: Make) -> None:
    stream = make.thread("sara")
    give(world, "birgitta", "tuva", "cooled_off", "30m")
    with pytest.raises(NotAllowed) as refused:
        make.reply("tuva", stream)
    assert "19:30" in str(refused.value.sentence)
    make.reply("tuva", make.thread("sara", "minnen"))
    with clock.at(NOW + timedelta(minutes=31)):
        make.reply("tuva", stream)


def test_a_channel_she_does_not_read_is_no_choice(world: World) -> None:
    for slug in ("linden", "personal"):
        with pytest.raises(Invalid) as refused:
            give(world, "birgitta", "tuva", "cooled_off", space=slug)
        assert refused.value.field == "space_id"


def test_read_only_means_reading(world: World, make: Make, browser: Callable[..., Browser]) -> None:
    stream = make.thread("sara")
    give(world, "birgitta", "tuva", "paused", "1d")
    tuva = browser("tuva")
    page = tuva.get(f"/t/{stream.id}")
    assert page.status_code == 200 and "What was written hurt somebody." in page.text
    assert tuva.post(f"/t/{stream.id}/replies", text="ändå", client_id="still-here").status_code == 403


def test_closing_cuts_open_lines_with_its_commit(world: World, heard: Heard) -> None:
    give(world, "birgitta", "tuva", "suspended", "24h")
    assert ("member:closed", {"member": world.id("tuva")}) in [(event, ids) for _room, event, ids in heard]
    with clock.at(NOW + timedelta(hours=25)):
        assert world.viewer("tuva").standing.state == "active"


def test_without_an_end_it_takes_two_one_of_them_a_lead(world: World) -> None:
    act = give(world, "birgitta", "tuva", "suspended", "none")
    assert act.until == NOW + timedelta(hours=72)
    seen = steps.decided_about(world.id("tuva"))
    for name in ("birgitta", "jonna", "sara"):
        with pytest.raises((NotAllowed, NotFound)):
            standing.confirm(world.viewer(name), world.id("tuva"), act.id, seen=seen)
    assert world.viewer("tuva").standing.until == NOW + timedelta(hours=72)
    lead(world, "petra")  # of the other house: there need not be one in each
    assert steps.waiting_for(world.viewer("petra")) == 1
    assert steps.waiting_for(world.viewer("jonna")) == 0
    with pytest.raises(Conflict):
        standing.confirm(world.viewer("petra"), world.id("tuva"), act.id, seen=seen - 1)
    confirmed = standing.confirm(world.viewer("petra"), world.id("tuva"), act.id, seen=seen)
    assert confirmed.reason == act.reason and confirmed.until is None
    assert world.viewer("tuva").standing.state == "suspended" and world.viewer("tuva").standing.until is None
    with pytest.raises(NotFound):
        standing.confirm(world.viewer("petra"), world.id("tuva"), act.id, seen=seen + 1)
    with clock.at(NOW + timedelta(days=400)):
        assert world.viewer("tuva").suspended


def test_without_a_second_yes_it_opens_after_72_hours(world: World) -> None:
    act = give(world, "birgitta", "tuva", "suspended", "none")
    lead(world, "petra")
    with clock.at(NOW + timedelta(hours=73)):
        assert not world.viewer("tuva").suspended
        with pytest.raises(NotFound):
            standing.confirm(world.viewer("petra"), world.id("tuva"), act.id, seen=1)


def test_two_managers_are_not_enough(world: World) -> None:
    with transaction() as s:
        s.add(Duty(member_id=world.id("petra"), kind="house_manager", from_on=date(2025, 1, 1)))
        s.flush()
    act = give(world, "birgitta", "tuva", "suspended", "none")
    with pytest.raises(NotAllowed):
        standing.confirm(world.viewer("petra"), world.id("tuva"), act.id, seen=steps.decided_about(world.id("tuva")))


def test_ending_early_needs_who_could_have_set_it(world: World) -> None:
    act = give(world, "birgitta", "samir", "suspended", "7d")
    with pytest.raises(NotAllowed):
        standing.lift(world.viewer("jonna"), world.id("samir"), act.id, seen=steps.decided_about(world.id("samir")))
    lead(world, "petra")
    standing.lift(world.viewer("petra"), world.id("samir"), act.id, seen=steps.decided_about(world.id("samir")))
    assert world.viewer("samir").standing.state == "active"
    assert len(lines("act.lifted")) == 1
    with pytest.raises(NotFound):
        standing.lift(world.viewer("petra"), world.id("samir"), act.id, seen=2)


def test_who_decides_on_an_old_page_sees_first_what_happened(world: World, browser: Callable[..., Browser]) -> None:
    birgitta, path = browser("birgitta"), f"/people/{world.id('tuva')}/steps/paused"
    page = birgitta.get(path)
    assert page.status_code == 200
    give(world, "birgitta", "tuva", "cooled_off")
    form = {"length": "1d", "reason": "quarrel", "words": "Vila lite.", "seen": 0}
    answer = birgitta.post(path, **form)
    assert answer.status_code == 409 and "Vila lite." in answer.text
    assert world.viewer("tuva").standing.state == "active"
    assert birgitta.post(path, **{**form, "seen": 1}).status_code == 303


def test_nothing_of_a_person_one_is_kept_apart_from(world: World) -> None:
    low, high = sorted((world.id("birgitta"), world.id("tuva")))
    with transaction() as s:
        s.add(Exclusion(low_id=low, high_id=high, kind="separation", made_by=low, made_at=clock.now()))
        s.flush()
    with pytest.raises(NotFound):
        give(world, "birgitta", "tuva", "paused")


def test_of_another_house_a_host_sees_no_history(world: World) -> None:
    give(world, "birgitta", "tuva", "paused")
    page = steps.steps_for(world.viewer("jonna"), world.id("tuva"))
    assert (page.limits, page.waiting, page.before) == ([], [], [])
    assert {channel.name for channel in page.channels if not channel.shared} == set()
    assert steps.limited_for(world.viewer("jonna")) == []
    assert [one.person.name for one in steps.limited_for(world.viewer("birgitta"))] == ["Tuva"]


def test_no_act_about_a_text_without_a_name_leads_to_its_author(world: World, make: Make) -> None:
    """Staff who look at a person read her limits alone, never what was decided about her texts."""
    from community.acts.record import record

    piece = make.thread("tuva")
    with transaction():
        record(world.viewer("jonna"), "hidden", world.id("tuva"), reason="unkind", piece_id=piece.opening_id)
    assert steps.steps_for(world.viewer("birgitta"), world.id("tuva")).before == []


def test_the_command_line_still_closes_and_opens(world: World, browser: Callable[..., Browser]) -> None:
    from community.members import actions
    from community.members.rules import COMMAND_LINE

    tuva = browser("tuva")
    actions.suspend(COMMAND_LINE, "tuva")
    page = tuva.get("/")
    assert page.status_code == 403 and "look after the server" in page.text
    actions.restore(COMMAND_LINE, "tuva")
    assert tuva.get("/").status_code == 200


def test_a_case_of_somebody_else_is_no_case_of_hers(world: World) -> None:
    from community.safety.cases import open_case

    with transaction():
        hers = open_case("member:tuva", "person", harm=1, member_id=world.id("tuva"))
        other = open_case("member:samir", "person", harm=1, member_id=world.id("samir"))
    assert give(world, "birgitta", "tuva", "paused", case_id=hers.id).case_id == hers.id
    with pytest.raises(Invalid):
        give(world, "birgitta", "tuva", "paused", case_id=other.id)


def count(kind: type[Any]) -> int:
    return len(session().scalars(select(kind)).all())


def test_refused_means_nothing_was_written(world: World) -> None:
    before = count(Act), count(Sanction), count(AuditLine)
    with pytest.raises(Conflict):
        standing.take_step(world.viewer("birgitta"), world.id("tuva"), Wish("paused", "1d", "unkind", "", seen=7))
    assert (count(Act), count(Sanction), count(AuditLine)) == before
