"""Approved connections: both asked for it, a safety lead said yes with a reason and a day; either ends it at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from community.core import clock
from community.core.audit import AuditLine
from community.core.db import session, transaction
from community.core.errors import Conflict, Invalid, NotAllowed, NotFound
from community.core.jobs import run_due
from community.members import blocks, connecting, connections
from community.members.models import Connection, Duty, Member
from community.safety.models import Case
from tests.client import Browser
from tests.make import Make
from tests.notices.told import unread
from tests.world import NOW, TODAY, World

IN_A_YEAR = TODAY + timedelta(days=365)


@pytest.fixture(autouse=True)
def a_lead(world: World) -> None:
    """Birgitta is a safety lead as well; so is sara, who is amina's contact."""
    with transaction() as s:
        for name in ("birgitta", "sara"):
            s.add(Duty(member_id=world.id(name), kind="safeguarding_lead", from_on=date(2025, 3, 1)))


def steps(world: World, who: str) -> list[tuple[str, str]]:
    return [(view.step, view.name) for view in connections.own_for(world.viewer(who))]


def both_asked(world: World, minor: str = "vera", adult: str = "johanna") -> Connection:
    row = connecting.ask_for(world.viewer(minor), world.id(adult), "hon hjälpte mig")
    return connecting.agree(world.viewer(adult), row.id, "gärna")


def say_yes(world: World, row: Connection, on: date = IN_A_YEAR) -> Connection:
    version = session().get_one(Connection, row.id, populate_existing=True).version
    lead = world.viewer("birgitta")
    return connecting.decide(lead, row.id, yes=True, reason="they know each other", review_on=on, version=version)


def joined(world: World, minor: str = "vera", adult: str = "johanna") -> bool:
    one, other = world.id(minor), world.id(adult)
    joined = other in connections.approved_with(one)
    assert (one in connections.approved_with(other)) == joined
    assert bool(session().execute(connections.approved_among([one, other])).all()) == joined
    return joined


def test_both_ask_and_a_lead_says_yes(world: World) -> None:
    row = connecting.ask_for(world.viewer("vera"), world.id("johanna"), "hon hjälpte mig")
    assert not joined(world)
    assert steps(world, "vera") == [("mine", "Johanna")]
    assert steps(world, "johanna") == [("theirs", "Vera")]
    connecting.agree(world.viewer("johanna"), row.id, "gärna")
    assert not joined(world)
    assert steps(world, "vera") == [("waiting", "Johanna")]
    view = connections.one_for(world.viewer("birgitta"), row.id)
    assert [words for _who, _at, words in view.wishes] == ["hon hjälpte mig", "gärna"]
    assert view.ages[0] == 14
    say_yes(world, row)
    assert joined(world)
    assert steps(world, "johanna") == [("approved", "Vera")]
    acts = session().scalars(select(AuditLine.act).where(AuditLine.subject == f"connection:{row.id}")).all()
    assert acts == ["connection.wished", "connection.wished", "connection.approved"]


def test_words_are_kept_sealed(world: World) -> None:
    row = both_asked(world)
    assert "hjälpte" not in str(row.minor_words_sealed)


@pytest.mark.parametrize("other", ["tuva's age", "isla", "noor", "sara", "gun", "nobody", "blocked", "herself"])
def test_one_refusal_for_every_cause(other: str, world: World, make: Make, browser: Callable[..., Browser]) -> None:
    make.excluded("vera", "ivan")
    who = {"tuva's age": "amina", "nobody": None, "blocked": "ivan", "herself": "vera"}.get(other, other)
    member_id = world.id(who) if who else 4711
    asking = browser("vera")
    answers = [
        asking.get(f"/people/{member_id}/keep-in-touch"),
        asking.post(f"/people/{member_id}/keep-in-touch", {"words": "x"}),
    ]
    for answer in answers:
        assert answer.status_code == 403
        assert "Ni kan inte skriva till varandra här" in answer.text
    assert not session().scalars(select(Connection)).all()


@pytest.mark.parametrize("who", ["tuva", "johanna", "sara", "noor"])
def test_only_a_minor_asks_for_somebody_by_her_page(who: str, world: World) -> None:
    for other in ("vera", "samir"):
        with pytest.raises(NotAllowed):
            connecting.ask_for(world.viewer(who), world.id(other), "")


def test_an_adult_asks_staff_and_never_learns_what_the_minor_answered(world: World) -> None:
    johanna = world.viewer("johanna")
    row = connecting.request(johanna, "Vera i köket", "hon var ledsen")
    as_asked = connections.own_for(johanna)
    assert [(view.step, view.name) for view in as_asked] == [("mine", "Vera i köket")]
    lead = world.viewer("birgitta")
    connecting.pass_on(lead, row.id, world.id("vera"), version=row.version)
    assert connections.own_for(johanna) == as_asked
    assert steps(world, "vera") == [("theirs", "Johanna")]
    connecting.end(world.viewer("vera"), row.id)
    assert connections.own_for(johanna) == as_asked
    assert steps(world, "vera") == []
    with pytest.raises(NotFound):
        connecting.agree(world.viewer("vera"), row.id, "ja")
    connecting.end(johanna, row.id)
    assert connections.own_for(johanna) == []


def test_also_a_yes_is_not_told_before_a_lead_has_decided(world: World) -> None:
    johanna = world.viewer("johanna")
    row = connecting.request(johanna, "Vera", "")
    as_asked = connections.own_for(johanna)
    connecting.pass_on(world.viewer("birgitta"), row.id, world.id("vera"), version=row.version)
    connecting.agree(world.viewer("vera"), row.id, "ja")
    assert connections.own_for(johanna) == as_asked
    say_yes(world, row)
    assert steps(world, "johanna") == [("approved", "Vera")]


def test_an_adults_pages_are_told_of_nothing_a_minor_answers(world: World, heard: list[Any]) -> None:
    """Not even that something changed: of her own doing, of a minor who asks for her, and once a lead has decided."""
    vera, johanna, lead = (world.viewer(name) for name in ("vera", "johanna", "birgitta"))

    def told() -> list[set[int]]:
        found = [{ids["a"], ids["b"]} - {0} for _room, event, ids in heard if event == "connection:changed"]
        heard.clear()
        return found

    first = connecting.request(johanna, "Vera", "")
    assert told() == [{johanna.id}]
    connecting.pass_on(lead, first.id, vera.id, version=first.version)
    assert told() == [{vera.id}]
    connecting.end(vera, first.id)
    assert told() == [{vera.id}]
    second = connecting.request(johanna, "Vera", "")
    put_away = connecting.request(johanna, "Nils", "")
    told()
    connecting.pass_on(lead, put_away.id, None, version=put_away.version)
    connecting.pass_on(lead, second.id, vera.id, version=second.version)
    connecting.agree(vera, second.id, "ja")
    assert told() == [set(), {vera.id}, {vera.id}]
    say_yes(world, second)
    assert told() == [{vera.id, johanna.id}]
    connecting.end(vera, second.id)
    assert told() == [{vera.id, johanna.id}]
    third = connecting.ask_for(vera, johanna.id, "")
    assert told() == [{vera.id, johanna.id}]
    connecting.agree(johanna, third.id, "")
    assert told() == [{vera.id, johanna.id}]
    connecting.end(vera, third.id)
    assert told() == [{vera.id}], "she takes it back after the adult has said yes"


def test_a_wish_that_meets_an_adults_is_told_to_nobody_but_the_minor(world: World, heard: list[Any]) -> None:
    vera, johanna = world.viewer("vera"), world.viewer("johanna")
    connecting.ask_for(vera, johanna.id, "")
    second = connecting.request(johanna, "Vera", "")
    heard.clear()
    connecting.pass_on(world.viewer("birgitta"), second.id, vera.id, version=second.version)
    assert [ids["b"] for _room, event, ids in heard if event == "connection:changed"] == [0, 0]


def test_leads_have_one_notification_as_long_as_something_waits(
    world: World, browser: Callable[..., Browser], make: Make
) -> None:
    """However many there are, without a name; nobody else has it, and nobody who is too close to one of the two."""
    lead, words = browser("birgitta"), "Någon väntar på ditt svar om att hålla kontakten."
    assert words not in lead.get("/notifications").text
    before = unread(world, "birgitta").count
    row = both_asked(world)
    amina = both_asked(world, "amina")
    assert unread(world, "birgitta").count == before + 1
    page = lead.get("/notifications").text
    assert "2 väntar på ditt svar" in page
    assert 'href="/keep-in-touch"' in page
    assert not {"Vera", "Johanna", "Amina"} & set(re.findall(r"\w+", page.partition("<main")[2].partition("<ol")[0]))
    assert words in browser("sara").get("/notifications").text, "of amina, whose contact she is, she has nothing"
    for who in ("jonna", "tuva"):
        assert "väntar på ditt svar" not in browser(who).get("/notifications").text
    assert "håll" not in browser("johanna").get("/notifications").text.partition("<main")[2]
    connecting.decide(
        world.viewer("birgitta"), amina.id, yes=False, reason="inte nu", review_on=None, version=amina.version
    )
    say_yes(world, row, TODAY + timedelta(days=10))
    assert unread(world, "birgitta").count == before
    with clock.at(NOW + timedelta(days=10)):
        assert unread(world, "birgitta").count == before + 1, "the day of review has come"
        make.excluded("birgitta", "johanna", "separation")
        assert unread(world, "birgitta").count == before


def test_open_pages_look_again_by_their_part_alone(world: World, browser: Callable[..., Browser]) -> None:
    row = both_asked(world)
    connection_id = row.id
    part = {"X-Part": "1"}
    for who, path in (
        ("vera", "/me/keep-in-touch"),
        ("johanna", "/me/keep-in-touch"),
        ("birgitta", "/keep-in-touch"),
        ("birgitta", f"/keep-in-touch/{connection_id}"),
    ):
        whole, alone = browser(who).get(path).text, browser(who).get(path, headers=part).text
        assert 'id="connections"' in whole
        assert "data-holds" in alone and "<!doctype" not in alone


def test_a_wish_that_meets_one_joins_it(world: World) -> None:
    first = connecting.ask_for(world.viewer("vera"), world.id("johanna"), "")
    second = connecting.request(world.viewer("johanna"), "Vera", "")
    connecting.pass_on(world.viewer("birgitta"), second.id, world.id("vera"), version=second.version)
    assert session().get_one(Connection, first.id, populate_existing=True).state == "waiting"
    assert session().get_one(Connection, second.id, populate_existing=True).is_open is None


def test_a_wish_put_away_looks_the_same_to_who_asked(world: World) -> None:
    row = connecting.request(world.viewer("johanna"), "Vera", "")
    before = connections.own_for(world.viewer("johanna"))
    connecting.pass_on(world.viewer("birgitta"), row.id, None, version=row.version)
    assert connections.own_for(world.viewer("johanna")) == before


def test_a_no_has_a_reason_both_read(world: World) -> None:
    row = both_asked(world)
    connecting.decide(
        world.viewer("birgitta"), row.id, yes=False, reason="inte nu", review_on=None, version=row.version
    )
    assert not joined(world)
    for who in ("vera", "johanna"):
        (view,) = connections.own_for(world.viewer(who))
        assert (view.step, view.reason) == ("refused", "inte nu")


@pytest.mark.parametrize("day", [None, TODAY, TODAY + timedelta(days=366)])
def test_a_yes_needs_a_day_within_twelve_months(day: date | None, world: World) -> None:
    row = both_asked(world)
    with pytest.raises(Invalid):
        connecting.decide(world.viewer("birgitta"), row.id, yes=True, reason="x", review_on=day, version=row.version)
    assert not joined(world)


def test_two_leads_do_not_decide_at_once(world: World) -> None:
    row = both_asked(world)
    version = row.version
    say_yes(world, row)
    with pytest.raises(Conflict):
        connecting.decide(world.viewer("sara"), row.id, yes=False, reason="x", review_on=None, version=version)
    assert joined(world)


def test_nobody_decides_about_whose_contact_she_is(world: World) -> None:
    row = both_asked(world, "amina")
    with pytest.raises(NotAllowed):
        connecting.decide(world.viewer("sara"), row.id, yes=True, reason="x", review_on=IN_A_YEAR, version=row.version)
    assert connections.waiting_for(world.viewer("sara")) == 0
    assert connections.waiting_for(world.viewer("birgitta")) == 1


@pytest.mark.parametrize("who", ["vera", "johanna", "jonna", "petra", "tuva"])
def test_nobody_else_decides_or_reads(who: str, world: World) -> None:
    row = both_asked(world)
    for ask in (connections.desk_for, lambda viewer: connections.one_for(viewer, row.id)):
        with pytest.raises(NotAllowed):
            ask(world.viewer(who))


@pytest.mark.parametrize("who", ["vera", "johanna"])
def test_either_ends_it_at_once(who: str, world: World) -> None:
    say_yes(world, row := both_asked(world))
    connecting.end(world.viewer(who), row.id)
    assert not joined(world)
    assert {view.step for name in ("vera", "johanna") for view in connections.own_for(world.viewer(name))} == {"ended"}


def test_also_whoever_may_only_read_or_is_closed_out_ends_it(
    world: World, make: Make, browser: Callable[..., Browser]
) -> None:
    say_yes(world, row := both_asked(world))
    make.sanction("vera", "suspended")
    assert browser("vera").post(f"/me/keep-in-touch/{row.id}/end").status_code == 303
    assert not joined(world)


def test_a_lead_ends_it_with_a_reason(world: World) -> None:
    row = say_yes(world, both_asked(world))
    connecting.stop(world.viewer("birgitta"), row.id, "not good for her", version=row.version)
    assert not joined(world)


def test_a_block_ends_it_and_taking_that_back_does_not_bring_it_back(world: World) -> None:
    say_yes(world, both_asked(world))
    blocks.block(world.viewer("vera"), world.id("johanna"))
    assert not joined(world)
    blocks.take_back(world.viewer("vera"), world.id("johanna"))
    assert not joined(world)


def test_a_separation_holds_at_once_whoever_wrote_it(world: World, make: Make) -> None:
    say_yes(world, both_asked(world))
    make.excluded("vera", "johanna", "separation")
    assert not joined(world)
    with clock.at(NOW + timedelta(days=1)):
        run_due((connecting.JOB,))
    assert not session().scalars(select(Connection).where(Connection.is_open.is_(True))).all()


def test_leads_are_told_when_it_is_due_and_it_lapses_after_thirty_days(world: World) -> None:
    row = say_yes(world, both_asked(world), TODAY + timedelta(days=10))
    lead = world.viewer("birgitta")
    assert connections.waiting_for(lead) == 0
    with clock.at(NOW + timedelta(days=10)):
        run_due((connecting.JOB,))
        assert session().get_one(Connection, row.id, populate_existing=True).review_told_at is not None
        assert connections.waiting_for(lead) == 1
        assert joined(world)
    with clock.at(NOW + timedelta(days=39)):
        assert joined(world)
    with clock.at(NOW + timedelta(days=40)):
        assert not joined(world)  # also before the job has run
        run_due((connecting.JOB,))
        assert steps(world, "vera") == [("ended", "Johanna")]


def test_a_yes_renews_it(world: World) -> None:
    row = say_yes(world, both_asked(world), TODAY + timedelta(days=10))
    with clock.at(NOW + timedelta(days=20)):
        say_yes(world, row, TODAY + timedelta(days=200))
    with clock.at(NOW + timedelta(days=150)):
        assert joined(world)


def test_it_ends_when_both_are_grown_up(world: World) -> None:
    say_yes(world, row := both_asked(world, "amina"))
    with transaction():
        session().get_one(Member, world.id("amina")).adult_checked_at = NOW
        session().get_one(Member, world.id("amina")).birth_on_sealed = None
    with clock.at(NOW + timedelta(days=1)):
        run_due((connecting.JOB,))
    row = session().get_one(Connection, row.id, populate_existing=True)
    assert (row.is_open, row.ended_why) == (None, "grown_up")


def test_words_that_make_us_afraid_reach_a_person(world: World, browser: Callable[..., Browser]) -> None:
    asking = browser("vera")
    sent = {"words": "jag vill inte vakna i morgon"}
    answer = asking.post(f"/people/{world.id('johanna')}/keep-in-touch", sent)
    assert answer.status_code == 303
    assert 'id="help-card"' in asking.get(answer.location).text
    case = session().scalars(select(Case).where(Case.target.like("connection:%"))).one()
    assert case.alert_at is not None


def test_the_pages_of_a_whole_story(world: World, browser: Callable[..., Browser]) -> None:
    vera, johanna, lead = browser("vera"), browser("johanna"), browser("birgitta")
    assert f"/people/{world.id('johanna')}/keep-in-touch" in vera.get(f"/people/{world.id('johanna')}").text
    assert "keep-in-touch" not in johanna.get(f"/people/{world.id('vera')}").text.split("<main")[1]
    assert vera.post(f"/people/{world.id('johanna')}/keep-in-touch", {"words": "snäll"}).status_code == 303
    row = session().scalars(select(Connection)).one()
    connection_id = row.id
    assert "snäll" not in johanna.get("/me/keep-in-touch").text
    assert johanna.get(f"/me/keep-in-touch/{connection_id}/yes").status_code == 200
    assert johanna.post(f"/me/keep-in-touch/{connection_id}/yes", {"words": "gärna"}).status_code == 303
    page = lead.get(f"/keep-in-touch/{connection_id}").text
    assert "snäll" in page and "gärna" in page and "14 år" in page
    sent = {"answer": "yes", "reason": "bra", "review_on": IN_A_YEAR.isoformat(), "version": 2}
    assert lead.post(f"/keep-in-touch/{connection_id}/decide", {**sent, "version": 99}).status_code == 409
    version = session().get_one(Connection, connection_id, populate_existing=True).version
    assert lead.post(f"/keep-in-touch/{connection_id}/decide", {**sent, "version": version}).status_code == 303
    assert "Birgitta" in vera.get("/me/keep-in-touch").text
    assert joined(world)
