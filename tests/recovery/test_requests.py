""" "I can't get in": nobody is turned away, two people of the house answer, and what was written goes afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from community.core import clock
from community.core.db import session
from community.core.errors import Conflict, Invalid, NotAllowed, NotFound
from community.members.people import Visitor
from community.members.rules import private_side_open
from community.recovery import links, queries, requests, waiting
from community.recovery.models import Request, Vouch, WayIn
from tests.client import Browser, words_of
from tests.make import Make
from tests.recovery.test_links import NEW, acts
from tests.world import NOW, World

PHONE = "070-123 45 67"


def ask(name: str = "Johanna", address: str = "192.0.2.1", **more: str) -> int:
    given = {"years": "Solgläntan 2010", "phone": PHONE, "words": "Tuva minns mig", "language": "sv", **more}
    known = set(session().scalars(select(Request.id)))
    requests.ask(Visitor(address), name=name, **given)
    return next(iter(set(session().scalars(select(Request.id))) - known), 0)


def row(request_id: int) -> Request:
    return session().get_one(Request, request_id, populate_existing=True)


def checked(world: World, request_id: int, by: str = "sara", who: str = "johanna") -> None:
    requests.choose_person(world.viewer(by), request_id, world.id(who))
    requests.check(world.viewer(by), request_id, "Birgit, som jobbade här 2012")


def test_the_whole_way(browser: Callable[..., Browser], world: World) -> None:
    sent = browser().post("/lost/call", name="Johanna", years="2010", phone=PHONE, words="ring efter fem")
    assert sent.location == "/lost/sent?by=call"
    (id_,) = session().scalars(select(Request.id))
    sara, birgitta = browser("sara"), browser("birgitta")
    assert f"/ways-in/{id_}" in sara.get("/ways-in").text and ">1<" in sara.get("/me").text
    assert PHONE in sara.get(f"/ways-in/{id_}").text
    assert sara.post(f"/ways-in/{id_}/person", member_id=world.id("johanna")).status_code == 303
    assert sara.post(f"/ways-in/{id_}/check", spoke_with="Tuva").status_code == 303
    refused = sara.post(f"/ways-in/{id_}/confirm")
    assert refused.status_code == 403 and "en till måste bekräfta" in words_of(refused)
    made = birgitta.post(f"/ways-in/{id_}/confirm")
    link = re.search(r"/back/([0-9A-Z]{26})", made.text)
    assert made.status_code == 200 and link is not None
    back = browser()
    back.get(f"/back/{link[1]}")
    assert back.post("/back/password", password=NEW).location == "/login"
    assert not private_side_open(world.viewer("johanna"))
    assert sara.get(f"/ways-in/{id_}").status_code == 404
    assert (row(id_).state, row(id_).phone_sealed, row(id_).name_sealed) == ("done", None, None)
    (seen,) = queries.ways_in_of(world.viewer("johanna"))
    assert (seen.maker, seen.checker, seen.how) == ("Birgitta", "Sara", "request")
    steps = [act for act in acts() if act.startswith("way_in.") and act != "way_in.opened"]
    assert steps == ["way_in.asked", "way_in.person", "way_in.checked", "way_in.made", "way_in.used"]
    assert "way_in.opened" in acts()


def test_known_and_unknown_names_are_answered_alike(browser: Callable[..., Browser], world: World) -> None:
    answers = set()
    for name in ("Johanna", "Tuva", "Ingen Alls", "birgitta"):
        answer = browser().post("/lost/call", name=name, years="", phone=PHONE, words="")
        headers = tuple((key, value) for key, value in answer.headers if key not in ("Set-Cookie", "Date"))
        answers.add((answer.status_code, answer.text, headers))
    assert len(answers) == 1
    assert len(list(session().scalars(select(Request.id)))) == 4


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("phone", ""), ("phone", "ring mig"), ("words", "x" * 1001)]
)
def test_what_is_missing_is_told_by_the_field_and_the_rest_is_kept(
    browser: Callable[..., Browser], world: World, field: str, value: str
) -> None:
    given = {"name": "Johanna", "years": "2010", "phone": PHONE, "words": "hej", field: value}
    answer = browser().post("/lost/call", given)
    assert answer.status_code == 422 and f'id="{field}-err"' in answer.text and "2010" in answer.text
    assert session().scalar(select(Request.id)) is None


def test_nothing_of_what_is_written_can_be_read_in_the_database(world: World) -> None:
    id_ = ask()
    kept = repr({key: value for key, value in vars(row(id_)).items() if isinstance(value, str)})
    for canary in ("Johanna", "johanna", PHONE, "Tuva", "192.0.2"):
        assert canary not in kept


def test_nobody_is_turned_away_and_what_comes_in_numbers_stands_together(
    browser: Callable[..., Browser], world: World
) -> None:
    first = ask("Johanna")
    for _time in range(30):
        ask("Johanna")
    assert row(first).times == 31
    kept = list(session().scalars(select(Request).where(Request.first_id == first)))
    assert len(kept) == requests.KEPT_TOGETHER - 1
    for number in range(12):
        ask(f"Annan {number}")
    lines = waiting.requests_for(world.viewer("birgitta"))
    assert len(lines) == requests.FROM_ONE_PLACE
    true_cry = ask("Kim", address="198.51.100.7")
    assert true_cry in [line.id for line in waiting.requests_for(world.viewer("birgitta"))]
    view = requests.open_request(world.viewer("birgitta"), first)
    assert len(view.said) == requests.KEPT_TOGETHER and view.unkept == 31 - requests.KEPT_TOGETHER


def test_a_stranger_writing_her_name_does_not_swallow_her_own_number(world: World) -> None:
    stranger = ask("Johanna", address="203.0.113.9", phone="070-000 00 00")
    own = ask("Johanna", address="198.51.100.7")
    assert row(own).first_id is None and row(stranger).first_id is None


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (datetime(2026, 3, 11, 9, 30, tzinfo=UTC), datetime(2026, 3, 12, 9, 30, tzinfo=UTC)),  # Wednesday
        (datetime(2026, 3, 13, 17, 0, tzinfo=UTC), datetime(2026, 3, 16, 17, 0, tzinfo=UTC)),  # Friday
        (datetime(2026, 3, 14, 18, 0, tzinfo=UTC), datetime(2026, 3, 17, 7, 0, tzinfo=UTC)),  # Saturday: from Monday 08
        (datetime(2026, 3, 15, 22, 59, tzinfo=UTC), datetime(2026, 3, 17, 7, 0, tzinfo=UTC)),  # Sunday
    ],
)
def test_somebody_calls_within_a_working_day(asked: datetime, due: datetime) -> None:
    assert requests.due_after(asked) == due


def test_a_request_is_seen_by_its_house_and_by_house_managers(browser: Callable[..., Browser], world: World) -> None:
    known, unknown = ask("Johanna"), ask("Ingen Alls")
    for who, sees in (("sara", {known}), ("petra", set()), ("jonna", set()), ("birgitta", {known, unknown})):
        assert {line.id for line in waiting.requests_for(world.viewer(who))} == sees
        for id_ in (known, unknown):
            expected = 200 if id_ in sees else 404
            assert browser(who).get(f"/ways-in/{id_}").status_code == expected
    assert browser("amina").get(f"/ways-in/{known}").status_code == 404


def test_two_members_who_say_yes_are_enough_and_one_no_is_not(browser: Callable[..., Browser], world: World) -> None:
    id_ = ask()
    requests.choose_person(world.viewer("sara"), id_, world.id("johanna"))
    requests.ask_members(world.viewer("sara"), id_, world.id("tuva"), world.id("amina"))
    tuva, amina = browser("tuva"), browser("amina")
    found = re.search(r"/vouch/(\d+)", tuva.get("/").text)
    assert found is not None
    page = tuva.get(found[0])
    assert "Johanna" in page.text and "Sara" in page.text
    for canary in (PHONE, "2010", "Amina", "Tuva minns"):  # they learn nothing more
        assert canary not in page.text
    assert amina.get(found[0]).status_code == 404
    assert tuva.post(found[0], answer="yes").status_code == 303
    assert tuva.post(found[0], answer="no").status_code == 404  # answered once
    with pytest.raises(Conflict):
        requests.confirm(world.viewer("birgitta"), id_, by_mail=False)
    hers = re.search(r"/vouch/(\d+)", amina.get("/").text)
    assert hers is not None
    amina.post(hers[0], answer="yes")
    with pytest.raises(NotAllowed):
        requests.confirm(world.viewer("sara"), id_, by_mail=False)
    assert requests.confirm(world.viewer("birgitta"), id_, by_mail=False)


def test_one_no_stands_in_the_way(world: World) -> None:
    id_ = ask()
    requests.choose_person(world.viewer("sara"), id_, world.id("johanna"))
    requests.ask_members(world.viewer("sara"), id_, world.id("tuva"), world.id("amina"))
    for who, yes in (("tuva", True), ("amina", False)):
        (asked,) = waiting.asked_of(world.viewer(who))
        requests.vouch(world.viewer(who), asked.id, yes=yes)
    with pytest.raises(Conflict):
        requests.confirm(world.viewer("birgitta"), id_, by_mail=False)


def test_who_can_be_asked(world: World, make: Make) -> None:
    make.excluded("johanna", "elias")
    id_ = ask()
    requests.choose_person(world.viewer("sara"), id_, world.id("johanna"))
    able = {found for found, _name in waiting.voucher_choices(world.viewer("sara"), row(id_))}
    assert world.id("tuva") in able
    assert not able & {world.id(name) for name in ("johanna", "elias", "sara", "birgitta")}
    for pair in (("tuva", "tuva"), ("tuva", "elias"), ("johanna", "tuva")):
        with pytest.raises(Invalid):
            requests.ask_members(world.viewer("sara"), id_, *(world.id(name) for name in pair))


def test_another_person_has_to_be_checked_anew(world: World) -> None:
    id_ = ask()
    checked(world, id_)
    requests.choose_person(world.viewer("birgitta"), id_, world.id("tuva"))
    with pytest.raises(Conflict):
        requests.confirm(world.viewer("birgitta"), id_, by_mail=False)
    assert session().scalar(select(Vouch.id)) is None


def test_staff_outside_the_house_and_about_staff(world: World) -> None:
    id_ = ask()
    with pytest.raises(NotFound):
        requests.choose_person(world.viewer("petra"), id_, world.id("johanna"))
    with pytest.raises(NotAllowed):
        requests.choose_person(world.viewer("sara"), id_, world.id("petra"))
    requests.choose_person(world.viewer("birgitta"), id_, world.id("petra"))
    assert waiting.requests_for(world.viewer("sara")) == []
    assert waiting.requests_for(world.viewer("petra")) == []


def test_the_link_can_be_made_anew_until_it_is_used(browser: Callable[..., Browser], world: World) -> None:
    id_ = ask()
    checked(world, id_)
    first = requests.confirm(world.viewer("birgitta"), id_, by_mail=False)
    second = requests.confirm(world.viewer("birgitta"), id_, by_mail=False)
    assert first and second
    assert browser().get(f"/back/{first.secret}").status_code == 410
    assert browser().get(f"/back/{second.secret}").status_code == 303
    with pytest.raises(Conflict):
        requests.confirm(world.viewer("birgitta"), id_, by_mail=True)  # there is no address


@pytest.mark.parametrize("how", ["refuse", "withdraw"])
def test_refused_or_not_needed_any_more_kills_the_link_and_what_was_written(
    browser: Callable[..., Browser], world: World, how: str
) -> None:
    id_ = ask()
    again = ask()
    checked(world, id_)
    made = requests.confirm(world.viewer("birgitta"), id_, by_mail=False)
    assert made
    sara = browser("sara")
    if how == "refuse":
        assert sara.post(f"/ways-in/{id_}/refuse", reason="").status_code == 422
    assert (
        sara.post(f"/ways-in/{id_}/{how}", **({"reason": "fel person"} if how == "refuse" else {})).status_code == 303
    )
    assert browser().get(f"/back/{made.secret}").status_code == 410
    for one in (id_, again):
        assert row(one).phone_sealed is None and row(one).name_sealed is None
    assert f"/ways-in/{id_}" not in sara.get("/ways-in").text


def test_what_nobody_settled_goes_after_ninety_days(world: World) -> None:
    id_ = ask()
    requests.clear_out(NOW + timedelta(days=89))
    assert row(id_).phone_sealed is not None
    requests.clear_out(NOW + timedelta(days=91))
    assert row(id_).phone_sealed is None and row(id_).state == "withdrawn"
    requests.clear_out(NOW + timedelta(days=400))
    links.clear_out(NOW + timedelta(days=400))
    assert session().scalar(select(Request.id)) is None and session().scalar(select(WayIn.id)) is None


def test_reading_the_number_is_written_down(browser: Callable[..., Browser], world: World) -> None:
    id_ = ask()
    assert "way_in.opened" not in acts()
    browser("sara").get("/ways-in")
    assert PHONE not in browser("sara").get("/ways-in").text
    browser("sara").get(f"/ways-in/{id_}")
    assert acts()[-1] == "way_in.opened"


def test_an_empty_list_says_so(browser: Callable[..., Browser], world: World) -> None:
    assert "Ingen väntar på att bli uppringd" in words_of(browser("sara").get("/ways-in"))
    late = ask()
    with clock.at(NOW + timedelta(days=4)):
        (line,) = waiting.requests_for(world.viewer("sara"))
        assert line.id == late and line.late
