"""What a rule does to what was told of, until a person has looked: as a table, and as it happens."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from community.acts.models import Act
from community.app import JOBS
from community.core import clock, jobs, web
from community.core.db import session, transaction
from community.forum.actions import start_thread
from community.members.models import Exclusion, Sanction
from community.reports import hiding, standstill, words
from community.reports.hiding import Facts
from community.reports.models import Report
from community.safety.cases import close_case, open_case
from community.safety.models import LIFE, Case
from community.streams.actions import Said
from community.streams.models import Piece, Stream
from tests.client import Browser
from tests.make import Make
from tests.reports.told import case_of, state_of, tell
from tests.world import NOW, World, nobody_works

Browsers = Callable[..., Browser]
NIGHT = datetime(2026, 3, 14, 22, 30, tzinfo=UTC)  # half past eleven at home

# (reporters, cover, minor, minor on adult, spared, hidden tonight) -> hidden
TABLE: list[tuple[tuple[int, str, bool, bool, bool, int | None], bool]] = [
    ((1, "host", False, False, False, None), False),
    ((2, "host", False, False, False, None), True),
    ((1, "host", True, False, False, None), True),
    ((1, "night", False, False, False, None), True),
    ((1, "none", False, False, False, None), True),
    ((0, "none", True, False, False, None), False),
    ((1, "host", False, True, False, None), True),
    ((1, "night", False, False, False, 0), True),
    ((1, "night", False, False, False, 1), True),
    ((1, "night", False, False, False, 2), False),
    ((3, "host", False, False, False, 2), False),
    ((1, "night", False, True, False, 9), True),
    ((9, "none", True, True, True, None), False),
    ((9, "host", False, False, True, 0), False),
]


@pytest.mark.parametrize(("given", "hidden"), TABLE)
def test_the_table(given: tuple[Any, ...], hidden: bool) -> None:
    assert hiding.hides(Facts(*given)) is hidden


def test_over_all_facts_the_rule_says_what_it_promises() -> None:
    for reporters, cover, minor, by_minor, spared, tonight in itertools.product(
        range(4), ("host", "night", "none"), (True, False), (True, False), (True, False), (None, 0, 1, 2, 3)
    ):
        hidden = hiding.hides(Facts(reporters, cover, minor, by_minor, spared, tonight))
        if spared:
            assert not hidden
        elif by_minor:
            assert hidden
        elif (tonight or 0) >= 2:
            assert not hidden
        else:
            assert hidden is (reporters >= (2 if cover == "host" and not minor else 1))


@pytest.mark.parametrize(
    ("told", "paused"),
    [
        ([], False),
        ([(1, "a"), (2, "b")], False),
        ([(1, "a"), (1, "b"), (1, "c")], False),  # one loud member
        ([(1, "a"), (2, "a"), (3, "a")], False),  # one thing
        ([(1, "a"), (2, "a"), (3, "b")], False),
        ([(1, "a"), (2, "b"), (3, "c")], True),
        ([(1, "a"), (1, "b"), (2, "a"), (3, "c")], True),
        ([(1, "a"), (1, "b"), (2, "a"), (2, "b"), (3, "a"), (3, "b")], False),
        ([(1, "a"), (1, "b"), (2, "a"), (3, "b"), (3, "c"), (2, "b")], True),
    ],
)
def test_a_pause_needs_three_about_three(told: list[tuple[int, str]], paused: bool) -> None:
    assert hiding.pauses(told) is paused


@pytest.mark.parametrize(
    ("moment", "began"),
    [
        (datetime(2026, 3, 14, 20, 59, tzinfo=UTC), None),
        (datetime(2026, 3, 14, 21, 0, tzinfo=UTC), datetime(2026, 3, 14, 21, 0, tzinfo=UTC)),
        (datetime(2026, 3, 15, 5, 59, tzinfo=UTC), datetime(2026, 3, 14, 21, 0, tzinfo=UTC)),
        (datetime(2026, 3, 15, 6, 0, tzinfo=UTC), None),
        (datetime(2026, 3, 29, 4, 0, tzinfo=UTC), datetime(2026, 3, 28, 21, 0, tzinfo=UTC)),  # the short night
    ],
)
def test_the_night_is_22_to_07_at_home(moment: datetime, began: datetime | None) -> None:
    assert hiding.night_began(moment) == began


def host(make: Make) -> None:
    """One host, for the next hours. What is told of was written before, while the world's own was there."""
    nobody_works()
    make.shift("jonna", None, -1, 5, role="host")


def grown_up(make: Make) -> Piece:
    """A reply by somebody grown up, to nobody under 18."""
    return make.reply("johanna", make.thread("sara"))


def test_under_a_host_two_different_members_hide(make: Make, world: World) -> None:
    piece = grown_up(make)
    host(make)
    tell(world, "samir", piece)
    tell(world, "samir", piece, "private")
    assert state_of(piece) == "published"
    tell(world, "tuva", piece)
    assert state_of(piece) == "hidden"
    acts = session().scalars(select(Act)).all()
    assert [(act.kind, act.by_id, act.member_id) for act in acts] == [("hidden", None, world.id("johanna"))]


def test_being_worried_hides_nothing(make: Make, world: World) -> None:
    piece = grown_up(make)
    nobody_works()
    for name in ("samir", "vera", "tuva"):
        tell(world, name, piece, "worried")
    assert state_of(piece) == "published"


def test_an_opening_takes_its_thread_with_it_and_open_pages_hear(make: Make, world: World, browser: Browsers) -> None:
    thread = make.thread("johanna", text="canary-hidden")
    nobody_works()
    seq = session().get_one(Stream, thread.id).seq
    tell(world, "samir", session().get_one(Piece, thread.opening_id))
    after = session().get_one(Stream, thread.id, populate_existing=True)
    assert (after.listed, after.seq) == (False, seq + 1)
    for name in ("tuva", "vera", "johanna", "sara"):
        assert "canary-hidden" not in browser(name).get("/").text


@pytest.mark.parametrize("who", ["a minor writes", "a minor is named"])
def test_where_a_minor_is_concerned_one_is_enough(who: str, make: Make, world: World) -> None:
    thread = make.thread("sara")
    make.reply("vera", thread)
    writes, text = ("vera", "x") if who == "a minor writes" else ("johanna", "hej @Vera")
    piece = make.reply(writes, thread, text)
    host(make)
    tell(world, "samir", piece)
    assert state_of(piece) == "hidden"


def test_two_items_a_night_and_the_next_ones_wait(make: Make, world: World) -> None:
    with clock.at(NIGHT):
        *pieces, another = [grown_up(make) for _number in range(5)]
        nobody_works()
        for piece in pieces:
            tell(world, "samir", piece)
        assert [state_of(piece) for piece in pieces] == ["hidden", "hidden", "published", "published"]
        assert len(session().scalars(select(Case).where(Case.state == "open")).all()) == 4
        tell(world, "tuva", pieces[2])
        assert state_of(pieces[2]) == "hidden"
    with clock.at(NIGHT + timedelta(days=1)):
        tell(world, "samir", another)
        assert state_of(another) == "hidden"


def test_never_hidden_by_a_rule(make: Make, world: World, browser: Browsers) -> None:
    asks = make.thread("johanna", "fraga", mode="ask")
    listens = make.thread("johanna", just_listen=True)
    staffs = make.reply("sara", make.thread("tuva"))
    urgent, fine = grown_up(make), grown_up(make)
    nobody_works()
    open_case(f"piece:{urgent.id}", "word", harm=LIFE, piece_id=urgent.id)
    close_case(open_case(f"piece:{fine.id}", "check", harm=0, piece_id=fine.id), world.id("jonna"), "fine")
    asking = [session().get_one(Piece, thread.opening_id) for thread in (asks, listens)]
    for piece in (*asking, staffs, urgent, fine):
        assert browser("samir").post(f"/pieces/{piece.id}/tell", reason="unkind").status_code == 303
        assert state_of(piece) == "published", piece.client_id
        assert piece.id in world.viewer("samir").told_ids


def test_what_was_changed_after_it_was_found_fine_is_another_thing(make: Make, world: World) -> None:
    piece = grown_up(make)
    nobody_works()
    close_case(open_case(f"piece:{piece.id}", "check", harm=0, piece_id=piece.id), world.id("jonna"), "fine")
    with transaction():
        session().get_one(Piece, piece.id).edited_at = NOW + timedelta(minutes=1)
    tell(world, "samir", piece)
    assert state_of(piece) == "hidden"


def test_a_minor_about_an_adult_hides_and_they_cannot_reach_each_other(make: Make, world: World) -> None:
    piece = grown_up(make)
    host(make)
    report = tell(world, "vera", piece, "unwanted")
    assert state_of(piece) == "hidden"
    assert world.id("johanna") in world.viewer("vera").separated_ids
    assert world.id("vera") in world.viewer("johanna").separated_ids
    standstill.end_standstill(case_of(report))
    standstill.end_standstill(case_of(report))
    assert world.viewer("vera").separated_ids == frozenset()


@pytest.mark.parametrize(
    ("who", "about", "reason"),
    [("vera", "johanna", "unkind"), ("tuva", "johanna", "unwanted"), ("vera", "amina", "unwanted")],
)
def test_else_nobody_is_kept_apart(who: str, about: str, reason: str, make: Make, world: World) -> None:
    before = len(session().scalars(select(Exclusion)).all())
    tell(world, who, person=about, reason=reason)
    assert len(session().scalars(select(Exclusion)).all()) == before


def test_what_staff_set_between_the_two_stays(make: Make, world: World) -> None:
    report = tell(world, "vera", person="johanna", reason="unwanted")
    make.excluded("johanna", "vera", "separation")
    standstill.end_standstill(case_of(report))
    assert world.id("johanna") in world.viewer("vera").separated_ids


def test_the_standstill_ends_with_its_case_whoever_closes_it(make: Make, world: World) -> None:
    report = tell(world, "vera", person="johanna", reason="unwanted")
    with transaction():
        close_case(case_of(report), world.id("jonna"), "fine")
    ends = [job for job in JOBS if job.key == "standstills"]
    assert jobs.run_due(ends) == 0, "whoever closed it can still undo that"
    with clock.at(NOW + timedelta(seconds=15)):
        assert jobs.run_due(ends) == 1
    assert world.viewer("vera").separated_ids == frozenset()


def test_two_stay_apart_until_the_last_case_about_them_is_decided(make: Make, world: World) -> None:
    first = tell(world, "vera", person="johanna", reason="unwanted")
    second = tell(world, "vera", grown_up(make), "unwanted")
    assert first.case_id != second.case_id
    standstill.end_standstill(case_of(first))
    assert world.id("johanna") in world.viewer("vera").separated_ids
    standstill.end_standstill(case_of(second))
    assert world.viewer("vera").separated_ids == frozenset()


def test_without_a_name_nothing_tells_whose_it_is(make: Make, world: World) -> None:
    """Whoever vanished with it, or could only read then, would be known to have written it."""
    pieces = []
    for number in range(3):
        said = Said("utan namn", f"nameless-{number}", unnamed=True, at_once=True)
        asked = start_thread(
            world.viewer("johanna"), world.space("vardagsrummet"), said, mode="tell", just_listen=False
        )
        pieces.append(session().get_one(Piece, asked.id))
    nobody_works()
    for name, piece in zip(("vera", "samir", "tuva"), pieces, strict=True):
        tell(world, name, piece, "unwanted")
    assert world.viewer("vera").separated_ids == frozenset()
    assert world.viewer("johanna").standing.state == "active"
    assert all(state_of(piece) == "hidden" for piece in pieces)
    assert session().scalar(select(Case).where(Case.target.like("member:%"))) is None


def test_three_about_three_and_she_only_reads_until_somebody_has_looked(make: Make, world: World) -> None:
    thread = make.thread("sara")
    pieces = [make.reply("johanna", thread) for _number in range(3)]
    nobody_works()
    for name, piece in zip(("samir", "tuva"), pieces[:2], strict=True):
        tell(world, name, piece)
    assert world.viewer("johanna").standing.state == "active"
    tell(world, "ivan", pieces[2])
    assert world.viewer("johanna").standing.state == "paused"
    target = f"member:{world.id('johanna')}"
    case = session().scalars(select(Case).where(Case.target == target)).one()
    assert (case.lane, case.reasons) == ("hosts", ["person"])
    tell(world, "amina", make.reply("sara", thread))
    tell(world, "amina", person="johanna")
    assert len(session().scalars(select(Sanction).where(Sanction.member_id == world.id("johanna"))).all()) == 1
    assert [act.kind for act in session().scalars(select(Act).where(Act.kind == "paused"))] == ["paused"]
    standstill.end_standstill(case)
    assert world.viewer("johanna").standing.state == "active"


def test_the_author_is_told_until_when_and_that_nothing_is_decided(make: Make, world: World, browser: Browsers) -> None:
    with clock.at(NIGHT):
        piece = grown_up(make)
        nobody_works()
        make.shift("jonna", None, 7.5, 15, role="host")  # from 07 at home
        tell(world, "samir", piece)
        row = session().get_one(Piece, piece.id)
        said = "It is hidden until a host has looked, at the latest 07:30. Nothing is decided."
        with _english(browser):
            assert words.hidden_until(row) == said
    with clock.at(NIGHT + timedelta(hours=8, minutes=30)), _english(browser):
        assert "longer than usual" in words.hidden_until(session().get_one(Piece, piece.id))


def _english(browser: Browsers) -> Any:
    app = browser().app
    stack = ExitStack()
    stack.enter_context(app.app_context())
    stack.enter_context(web.render_context("en"))
    return stack


def test_hers_was_not_hidden_by_her_twice(make: Make, world: World) -> None:
    """What a host shows again is hidden again only by new ones."""
    piece = grown_up(make)
    nobody_works()
    report = tell(world, "samir", piece)
    with transaction() as s:
        close_case(case_of(report), world.id("jonna"), "fine")
        s.get_one(Piece, piece.id).state = "published"
    tell(world, "tuva", piece)
    assert state_of(piece) == "published"
    assert len(session().scalars(select(Report).where(Report.hid)).all()) == 1
