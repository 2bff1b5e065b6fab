"""A matter of somebody who works here goes past her and whoever stands beside her: nothing of it reaches them, in no
list, number, hint or line of the audit chain; and somebody is always left to read it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from community.acts.cases import place_of, sees, visible_to
from community.core import outbox
from community.core.audit import AuditLine
from community.core.db import session, transaction
from community.core.errors import NotAllowed
from community.core.i18n import in_language
from community.members.models import Duty
from community.members.rules import oversees
from community.openness.lines import kept_from
from community.reports import independent, queries
from community.reports.passing import around, beside
from community.rota.cover import OnShift
from community.safety import outside as person_outside
from community.safety.models import Case, CaseKeptFrom
from tests.client import Browser, words_of
from tests.make import Make
from tests.reports.told import case_of, tell
from tests.world import CAST, NOW, TODAY, World, nobody_works

Browsers = Callable[..., Browser]
STAFF = [name for name, (kind, *_rest) in CAST.items() if kind == "staff" and name != "gun"]


@pytest.fixture(autouse=True)
def empty_rota(world: World) -> None:
    nobody_works()


@pytest.fixture
def lead(world: World) -> None:
    """Petra is the safety lead; birgitta is the house manager, jonna the host."""
    with transaction() as s:
        s.add(Duty(member_id=world.id("petra"), kind="safeguarding_lead", from_on=TODAY))


@pytest.fixture
def outside() -> Any:
    person_outside.configure("Ingrid Ask", "070-174 06 35, ingrid@example.com")
    yield
    person_outside.configure(None, None)


def traces(world: World, name: str, case: Case) -> list[str]:
    """Everything by which somebody could learn of a case."""
    viewer = world.viewer(name)
    found = []
    if sees(viewer, place_of(case)):
        found.append("rule")
    if session().scalar(select(Case.id).where(Case.id == case.id, visible_to(viewer))) is not None:
        found.append("list")
    lines = session().scalars(select(AuditLine).where(AuditLine.subject == f"case:{case.id}")).all()
    assert lines
    if oversees(viewer) and not all(kept_from(viewer).keeps(line) for line in lines):
        found.append("audit")
    try:
        queries.told_about(viewer, case)
        found.append("words")
    except NotAllowed:
        pass
    return found


@pytest.mark.parametrize("on_duty", STAFF)
@pytest.mark.parametrize("about", STAFF)
@pytest.mark.parametrize("by", ["person", "piece", "chosen"])
def test_whoever_is_alone_on_duty_and_whoever_it_is(
    by: str, about: str, on_duty: str, world: World, make: Make, lead: None, outside: Any
) -> None:
    make.shift(on_duty, None, -2, 6, role="host")
    if by == "person":
        report = tell(world, "vera", person=about, reason="unkind")
    elif by == "piece":
        report = tell(world, "vera", world.piece(f"own-{about}"), "unwanted")
    else:
        report = tell(world, "vera", reason="staff", staff_id=world.id(about))
    case = case_of(report)
    assert case.lane == "leads"
    assert traces(world, about, case) == []
    readers = {name for name in STAFF if traces(world, name, case)}
    assert readers == {"petra", "birgitta"} - {about}
    for name in readers:  # lines of the leads' matters are the leads' alone
        audit = {"audit"} if name == "petra" else set()
        assert set(traces(world, name, case)) == {"rule", "list", "words"} | audit
    assert not report.independent
    kept = set(session().scalars(select(CaseKeptFrom.member_id).where(CaseKeptFrom.case_id == case.id)))
    assert kept == {world.id(about)}
    assert world.id("vera") not in world.viewer(about).excluded_ids
    assert world.viewer(about).standing.state == "active"


@pytest.mark.parametrize("about", STAFF)
def test_whoever_shares_her_shift_hears_nothing_either(about: str, world: World, make: Make, lead: None) -> None:
    for name in STAFF:
        make.shift(name, None, 2, 8)
    case = case_of(tell(world, "vera", person=about))
    assert all(traces(world, name, case) == [] for name in STAFF)
    assert session().scalar(select(CaseKeptFrom.case_id).where(CaseKeptFrom.case_id == case.id).limit(1))


def test_where_nobody_is_left_the_person_outside_is_told(
    world: World, make: Make, outside: Any, browser: Browsers
) -> None:
    """Birgitta is the only one who could read it, and it is about her."""
    vera = browser("vera")
    answer = vera.post(f"/people/{world.id('birgitta')}/tell", reason="unkind", words="canary-words")
    page = words_of(vera.get(answer.location))
    assert "Ingrid Ask" in page and "070-174 06 35" in page
    letter = session().scalars(select(outbox.Letter).where(outbox.Letter.kind == "told.independent")).one()
    with browser().app.app_context(), in_language(letter.language):
        words = independent.WRITERS[letter.kind](letter.facts, None)
        assert words is not None
        said = f"{words.subject} {words.body}"
        assert str(letter.facts["case"]) in said
        for word in ("canary", "Vera", "Birgitta", "Solgläntan", "boende", "personal"):
            assert word not in said
    assert "Ingrid" not in words_of(browser("vera").get("/me"))


def test_without_a_person_outside_the_receipt_says_so(world: World, browser: Browsers) -> None:
    vera = browser("vera")
    answer = vera.post(f"/people/{world.id('birgitta')}/tell", reason="unkind")
    assert "Hjälp nu står det" in words_of(vera.get(answer.location)) or "under Hjälp nu" in words_of(
        vera.get(answer.location)
    )
    assert session().scalar(select(Case.lane)) == "leads"


def test_she_chooses_who_it_is_or_does_not_say(world: World, make: Make, browser: Browsers, outside: Any) -> None:
    make.shift("sara", "Solgläntan", -3, -1)
    vera = browser("vera")
    who = vera.post("/tell", reason="staff", words="canary-words")
    assert who.status_code == 200 and 'value="canary-words"' in who.text
    assert f'name="staff_id" value="{world.id("sara")}"' in who.text
    assert session().scalar(select(Case.id)) is None
    assert vera.post("/tell", reason="staff", staff_id=str(world.id("tuva"))).status_code == 422
    assert vera.post("/tell", reason="staff", words="canary-words", staff_id="0").status_code == 303
    case = session().scalars(select(Case)).one()
    assert (case.lane, case.member_id) == ("leads", None)
    assert traces(world, "sara", case) == []  # worked there a moment ago
    assert traces(world, "birgitta", case)
    assert session().scalar(select(outbox.Letter.kind)) == "told.independent"


def test_a_piece_where_it_is_about_staff_is_hidden_for_her_alone(world: World, browser: Browsers) -> None:
    vera, piece = browser("vera"), world.piece("own-tuva")
    path = f"/pieces/{piece.id}/tell"
    assert vera.post(path, reason="staff").status_code == 200
    sent = vera.post(path, reason="staff", staff_id=str(world.id("sara")))
    assert sent.status_code == 303
    case = session().scalars(select(Case)).one()
    assert (case.target, case.lane, case.piece_id) == (f"member:{world.id('sara')}", "leads", None)
    assert world.piece("own-tuva").state == "published"
    assert vera.get(path).location == sent.location


def test_no_page_of_hers_says_anything(world: World, browser: Browsers, make: Make) -> None:
    """Every page that staff have, before and after, word for word."""
    make.shift("sara", "Solgläntan", -1, 4)
    sara = browser("sara")
    paths = ("/", "/me", "/rota", "/handover", "/notifications", "/unanswered", "/c/personal", "/me/told")
    before = [words_of(sara.get(path)) for path in paths]
    tell(world, "vera", person="sara", reason="unkind")
    tell(world, "amina", world.piece("own-sara"), "unwanted")
    assert [words_of(sara.get(path)) for path in paths] == before


AT = datetime(2026, 3, 14, 18, tzinfo=UTC)


def shift(member: int, begins: float, ends: float, house: int | None = 1, role: str = "staff") -> OnShift:
    starts, ends_at = AT + timedelta(hours=begins), AT + timedelta(hours=ends)
    return OnShift(member, member, f"M{member}", house, role, starts, ends_at)


@pytest.mark.parametrize(
    ("others", "kept"),
    [
        ([shift(2, -2, 6)], {1, 2}),
        ([shift(2, 5, 9)], {1}),  # afterwards
        ([shift(2, 3, 9)], {1, 2}),  # an hour together
        ([shift(2, -2, 6, house=2)], {1}),
        ([shift(2, -2, 6, house=None)], {1, 2}),
        ([shift(2, -2, 6, house=None, role="on_call")], {1}),
        ([shift(2, 40, 48), shift(1, 40, 48)], {1}),  # the day after tomorrow
        ([shift(2, 20, 28), shift(1, 20, 28)], {1, 2}),
        ([shift(2, -28, -20), shift(1, -28, -20)], {1, 2}),
        ([shift(2, -40, -30), shift(1, -40, -30)], {1}),
    ],
)
def test_who_stands_beside_her(others: list[OnShift], kept: set[int]) -> None:
    assert beside(1, [shift(1, -4, 4), *others], AT) == kept


def test_around_a_house() -> None:
    shifts = [shift(1, -4, 4), shift(2, 20, 28), shift(3, -4, 4, house=2), shift(4, -4, 4, role="on_call")]
    assert around(1, shifts, AT) == {1, 2}


def test_a_second_report_adds_who_stands_beside_her_now(world: World, make: Make, lead: None) -> None:
    first = tell(world, "vera", person="sara")
    assert traces(world, "petra", case_of(first))
    make.shift("sara", "Linden", 0.5, 6)
    make.shift("petra", "Linden", 0.5, 6)
    second = tell(world, "tuva", person="sara")
    assert second.case_id == first.case_id
    assert traces(world, "petra", case_of(second)) == []
    assert traces(world, "birgitta", case_of(second))
    assert NOW
