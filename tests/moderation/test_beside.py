"""What other rooms and the queue do together: an objection that was right, what members told, what the lists heard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from community.acts import actions as acts
from community.acts import answering
from community.acts.models import Act
from community.app import JOBS
from community.core import clock, jobs
from community.core.audit import AuditLine
from community.core.db import session, transaction
from community.core.jobs import run_due
from community.members.models import Duty, Exclusion
from community.moderation import actions, deciding, ways_in
from community.moderation.deciding import Decision
from community.recovery import links
from community.reports.actions import Wish, tell
from community.safety.models import Case
from community.safety.word_lists import WordLists, in_force
from community.streams.models import Piece, PieceTold, Stream
from tests.client import Browser
from tests.client import words_of as read
from tests.make import Make
from tests.moderation.conftest import MakeCase
from tests.world import NOW, World

Browsers = Callable[..., Browser]
LISTS = WordLists(check=frozenset({"checkword"}), hold=frozenset({"heldword"}))


def do(world: World, who: str, case: Case, what: str, **how: object) -> object:
    now = session().get_one(Case, case.id, populate_existing=True)
    return deciding.decide(world.viewer(who), case.id, Decision(what, now.version, **how))  # type: ignore[arg-type]


def objects(world: World, who: str, kind: str) -> None:
    """She says that an act was wrong, and another than jonna finds that she was right."""
    lead(world, "petra")
    act = session().scalar(select(Act).where(Act.member_id == world.id(who), Act.kind == kind))
    assert act is not None
    row = acts.object_to(world.viewer(who), act.id, "Det var inte så menat.")
    case = answering.appeal_for(world.viewer("birgitta"), row.id).case
    assert case is not None
    acts.decide(world.viewer("birgitta"), row.id, right=True, answer="Du hade rätt.", version=case.version)


def lead(world: World, who: str) -> None:
    with transaction() as s:
        s.add(Duty(member_id=world.id(who), kind="safeguarding_lead", from_on=date(2025, 1, 1)))
        s.flush()


@pytest.mark.parametrize("what", ["hide", "back", "remove"])
def test_a_text_stands_again_when_its_author_was_right(
    what: str, world: World, make: Make, waits: MakeCase, browser: Browsers
) -> None:
    piece = make.reply("amina", world.stream("common"), "Ett svar som försvann")
    case = waits(piece.client_id, reason="report")
    do(world, "jonna", case, what, words="Det blev fel.")
    here = f"/t/{piece.stream_id}"
    assert "Ett svar som försvann" not in browser("tuva").get(here).text
    objects(world, "amina", {"hide": "hidden", "back": "returned", "remove": "removed"}[what])
    assert "Ett svar som försvann" in browser("tuva").get(here).text
    shown = read(browser("amina").get(here))
    assert "Ett svar som försvann" in shown and "Det blev fel." not in shown


def test_what_was_sent_back_before_anybody_saw_it_takes_its_place(
    world: World, waits: MakeCase, browser: Browsers
) -> None:
    case = waits("held-reply")
    do(world, "jonna", case, "back", words="Det blev fel.")
    objects(world, "vera", "returned")
    piece = world.piece("held-reply")
    assert piece.state == "published" and piece.nr is not None


def test_a_thread_takes_replies_again_when_its_author_was_right(world: World, make: Make, waits: MakeCase) -> None:
    thread = make.thread("amina", text="Ska vi bråka")
    opening = session().get_one(Piece, thread.opening_id)
    case = waits(opening.client_id, reason="report")
    do(world, "jonna", case, "lock", words="Det räcker nu.")
    objects(world, "amina", "locked")
    assert session().get_one(Stream, thread.id, populate_existing=True).locked_at is None


def test_hosts_read_what_was_told_and_a_lead_who_told_it(world: World, make: Make, browser: Browsers) -> None:
    piece = make.reply("samir", world.stream("common"), "Ingen vill ha dig här")
    report = tell(world.viewer("tuva"), Wish("unkind", "Han skriver så hela tiden", piece=piece))
    case_id = report.case_id
    tell(world.viewer("ivan"), Wish("other", piece=world.piece(piece.client_id)))
    lead(world, "petra")
    host, safety = browser("jonna"), browser("petra")
    assert "2 medlemmar" in host.get("/review").text
    page = host.get(f"/review/{case_id}")
    assert "Han skriver så hela tiden" in page.text and "Tuva" not in page.text and "who-told" not in page.text
    assert host.post(f"/review/{case_id}/who-told", {}).status_code == 403
    named = safety.post(f"/review/{case_id}/who-told", {})
    assert named.status_code == 200 and "Tuva" in named.text
    assert session().scalar(select(func.count()).where(AuditLine.act == "told.who")) == 1


def test_what_a_rule_did_meanwhile_ends_when_somebody_has_decided_for_good(world: World, make: Make) -> None:
    """Undoing a decision must not leave a child beside whom she told of."""
    piece = make.reply("samir", world.stream("common"), "Kom hem till mig")
    report = tell(world.viewer("vera"), Wish("unwanted", "", piece=world.piece(piece.client_id)))
    pair = sorted((world.id("vera"), world.id("samir")))
    apart = select(Exclusion).where(Exclusion.low_id == pair[0], Exclusion.high_id == pair[1])
    assert session().scalar(apart) is not None
    case = session().get_one(Case, report.case_id)
    before = world.piece(piece.client_id)
    assert (before.state, before.decided_by) == ("hidden", None)
    ends = [job for job in JOBS if job.key == "standstills"]
    step = do(world, "jonna", case, "show")
    actions.undo(world.viewer("jonna"), step.id)  # type: ignore[attr-defined]
    after = world.piece(piece.client_id)
    assert (after.state, after.decided_by) == ("hidden", None), "a rule hid it, no host"
    with clock.at(NOW + timedelta(minutes=1)):
        assert jobs.run_due(ends) == 0
        assert session().scalar(apart) is not None
        do(world, "jonna", case, "show")
    with clock.at(NOW + timedelta(minutes=2)):
        assert jobs.run_due(ends) == 1
    assert session().scalar(apart) is None


@pytest.mark.parametrize("what", ["hide", "back", "remove"])
def test_what_a_rule_hid_is_so_again_when_a_decision_is_undone(what: str, world: World, make: Make) -> None:
    piece = make.reply("samir", world.stream("common"), "Kom hem till mig")
    report = tell(world.viewer("vera"), Wish("unwanted", "", piece=world.piece(piece.client_id)))
    step = do(world, "jonna", session().get_one(Case, report.case_id), what, words="Sluta.")
    actions.undo(world.viewer("jonna"), step.id)  # type: ignore[attr-defined]
    after = world.piece(piece.client_id)
    assert (after.state, after.decided_by) == ("hidden", None)
    assert session().get(PieceTold, piece.id) is None, "its author reads no reason that nobody stands by"


def test_not_this_is_remembered_for_the_phrase(world: World, make: Make, waits: MakeCase, browser: Browsers) -> None:
    with in_force(LISTS):
        piece = make.reply("amina", world.stream("common"), "ett checkword mitt i")
        case = waits(piece.client_id, reason="check")
        host = browser("jonna")
        page = host.get(f"/review/{case.id}")
        assert "checkword" in page.text and "Inte det här" in page.text
        sent = host.post(f"/review/{case.id}/not-this", {"key": "check:checkword", "right": "n"})
        assert sent.status_code == 303
        assert "var inte menat så" in host.get(f"/review/{case.id}").text
        unknown = host.post(f"/review/{case.id}/not-this", {"key": "check:annat", "right": "n"})
        assert unknown.status_code == 404
        assert host.post(f"/review/{case.id}/not-this", {"key": "check:checkword", "right": "x"}).status_code == 422


def test_a_lead_hears_when_somebody_told_of_makes_the_way_in(world: World, browser: Browsers) -> None:
    """Sara opens tuva's door, and tuva has told staff about sara: petra hears of it, and sara of nothing."""
    lead(world, "petra")
    tell(world.viewer("tuva"), Wish("staff", "Hon läser min mobil", staff_id=world.id("sara")))
    links.make_for(world.viewer("sara"), world.id("tuva"))
    links.make_for(world.viewer("birgitta"), world.id("elias"))  # of whom nobody has told
    assert run_due([ways_in.JOB]) == 1 and run_due([ways_in.JOB]) == 0
    (case,) = session().scalars(select(Case).where(Case.target.startswith("way_in:")))
    assert browser("petra").get(f"/review/{case.id}").status_code == 200
    for name in ("sara", "jonna"):
        assert browser(name).get(f"/review/{case.id}").status_code in (403, 404)
