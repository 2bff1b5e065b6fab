"""Numbers for everybody, in which nobody is to be found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from community.acts.models import Act, Appeal
from community.core import clock
from community.core.db import new_id, transaction
from community.openness import numbers
from community.safety.models import Case
from tests.client import Browser, words_of
from tests.counting import counted
from tests.world import NOW, World

Browsers = Callable[..., Browser]
THIS_MONTH = NOW - timedelta(days=3)
LAST_QUARTER = NOW - timedelta(days=90)


def act(world: World, kind: str, at: datetime = THIS_MONTH, **more: Any) -> Act:
    with transaction() as s:
        row = Act(id=new_id(), kind=kind, by_id=world.id("jonna"), member_id=world.id("tuva"), at=at, **more)
        s.add(row)
        s.flush()
        return row


def case(at: datetime, lane: str = "hosts", closed_at: datetime | None = None, reason: str = "report") -> Case:
    with transaction() as s:
        row = Case(id=new_id(), target=f"piece:{new_id()}", lane=lane, reasons=[reason], harm=1, since=at)
        row.changed_at, row.closed_at, row.state = at, closed_at, "closed" if closed_at else "open"
        s.add(row)
        s.flush()
        return row


def said(world: World, stretch: int = 0) -> dict[str, str]:
    numbers.forget()
    return dict(numbers.numbers_for(world.viewer("tuva"))[stretch].figures)


def test_four_are_fewer_than_five_and_five_are_told(world: World) -> None:
    hidden = str(numbers.WORDS["hidden"])
    assert said(world)[hidden] == "färre än 5"
    for _time in range(4):
        act(world, "hidden")
    assert said(world)[hidden] == "färre än 5"
    act(world, "removed")
    assert said(world)[hidden] == "5 till 9"
    assert said(world, 1)[hidden] == "färre än 5"


def test_one_more_or_one_less_shows_only_at_a_step(world: World) -> None:
    """Whoever reads the page before and after somebody was paused learns nothing, except at every fifth."""
    paused, read = str(numbers.WORDS["paused"]), []
    for _time in range(12):
        act(world, "paused")
        read.append(said(world)[paused])
    assert read == ["färre än 5"] * 4 + ["5 till 9"] * 5 + ["10 till 14"] * 3


def test_today_does_not_count_yet(world: World) -> None:
    for _time in range(6):
        act(world, "hidden", NOW - timedelta(hours=2))
    assert said(world)[str(numbers.WORDS["hidden"])] == "färre än 5"
    with clock.at(NOW + timedelta(days=1)):
        assert said(world)[str(numbers.WORDS["hidden"])] == "5 till 9"


def test_a_matter_about_staff_counts_once_it_is_closed(world: World) -> None:
    told, paused = str(numbers.WORDS["told"]), str(numbers.WORDS["paused"])
    rows = [case(THIS_MONTH, "leads") for _time in range(5)]
    for row in rows:
        act(world, "paused", case_id=row.id)
    assert said(world)[told] == said(world)[paused] == "färre än 5"
    with transaction() as s:
        for row in rows:
            s.get_one(Case, row.id).closed_at = THIS_MONTH
            s.get_one(Case, row.id).state = "closed"
    assert said(world)[told] == said(world)[paused] == "5 till 9"


def test_a_slip_taken_back_is_none_and_one_that_was_wrong_is(world: World) -> None:
    for _time in range(5):
        act(world, "hidden", undone_at=THIS_MONTH, undone_by=world.id("jonna"))
    assert said(world)[str(numbers.WORDS["hidden"])] == "färre än 5"
    for _time in range(5):
        act(world, "hidden", undone_at=THIS_MONTH, undone_by=world.id("sara"))
    assert said(world)[str(numbers.WORDS["hidden"])] == "5 till 9"


def test_appeals_and_the_time_to_a_decision(world: World) -> None:
    names = [str(numbers.WORDS[name]) for name in ("appeals", "right", "time")]
    assert [said(world)[name] for name in names] == ["färre än 5", "färre än 5", "för få för att säga"]
    for number in range(6):
        one = act(world, "hidden", LAST_QUARTER)
        with transaction() as s:
            answered = {"decided_at": LAST_QUARTER, "right": number < 5, "words_sealed": "x"}
            s.add(Appeal(act_id=one.id, member_id=world.id("tuva"), at=NOW, due_at=NOW, **answered))
            s.flush()
        case(LAST_QUARTER, closed_at=LAST_QUARTER + timedelta(minutes=12))
    assert [said(world, 1)[name] for name in names] == ["5 till 9", "5 till 9", "20 minuter"]


@pytest.mark.parametrize(
    ("today", "month", "quarter"),
    [
        (date(2026, 3, 14), (date(2026, 3, 1), date(2026, 3, 13)), (date(2025, 10, 1), date(2025, 12, 31))),
        (date(2026, 4, 1), (date(2026, 4, 1), date(2026, 3, 31)), (date(2026, 1, 1), date(2026, 3, 31))),
        (date(2026, 12, 31), (date(2026, 12, 1), date(2026, 12, 30)), (date(2026, 7, 1), date(2026, 9, 30))),
    ],
)
def test_the_two_stretches_share_no_day(today: date, month: Any, quarter: Any, world: World) -> None:
    with clock.at(datetime(today.year, today.month, today.day, 12, tzinfo=NOW.tzinfo)):
        numbers.forget()
        found = [(one.start, one.end) for one in numbers.numbers_for(world.viewer("tuva"))]
    assert found == [month, quarter]


def test_everybody_reads_the_same_page_and_it_is_counted_once_an_hour(
    world: World, browser: Browsers, rolled_back: Any
) -> None:
    read = [words_of(browser(name).get("/numbers")) for name in ("amina", "johanna")]
    pages = {page.split("Den här månaden")[1].split("Hem Chatt")[0] for page in read}  # without her own bell
    assert len(pages) == 1
    with counted(rolled_back) as asked:
        numbers.numbers_for(world.viewer("tuva"))
    assert not [statement for statement in asked if "FROM act" in statement or "review_case" in statement]


def test_only_what_somebody_told_of_counts_as_told(world: World) -> None:
    told = str(numbers.WORDS["told"])
    for reason in ("profile", "word", "held", "appeal"):
        for _time in range(5):
            case(THIS_MONTH, reason=reason)
    assert said(world)[told] == "färre än 5"
    for reason in ("report", "person") * 3:
        case(THIS_MONTH, reason=reason)
    assert said(world)[told] == "5 till 9"
