"""Telling staff of anything and anybody: two presses, never refused, a receipt that lives, and kept for the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from community.core import clock
from community.core.audit import AuditLine
from community.core.db import session, transaction
from community.core.errors import NotAllowed
from community.forum.actions import start_thread
from community.members.models import Duty, Sanction
from community.reports import actions, queries
from community.reports.actions import Wish
from community.reports.models import REASONS, Report
from community.safety.cases import close_case
from community.safety.models import HARM, LOOK, Case
from community.streams import actions as stream_actions
from community.streams import queries as streams
from community.streams.actions import Said
from tests.client import Browser, words_of
from tests.counting import counted
from tests.make import Make
from tests.reports.told import case_of, state_of, tell
from tests.world import NOW, World

Browsers = Callable[..., Browser]


def count(table: Any) -> int:
    return session().scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize("reason", [reason for reason in REASONS if reason != "staff"])
def test_two_presses_and_a_receipt(reason: str, browser: Browsers, make: Make) -> None:
    """The link in the menu, a reason, the receipt; no words are asked for."""
    thread = make.thread("tuva")
    vera, path = browser("vera"), f"/pieces/{thread.opening_id}/tell"
    assert f'href="{path}"' in vera.get(f"/pieces/{thread.opening_id}/more").text
    assert f'name="reason" value="{reason}"' in vera.get(path).text
    answer = vera.post(path, reason=reason)
    assert answer.status_code == 303
    receipt = vera.get(answer.location)
    assert receipt.status_code == 200
    assert "Tack för att du sa till" in receipt.text
    assert ('href="tel:112"' in receipt.text) and ("Är det brådskande" in receipt.text) is (reason == "worried")
    report = session().scalars(select(Report)).one()
    case = case_of(report)
    assert (case.target, case.lane, case.reasons) == (f"piece:{thread.opening_id}", "hosts", ["report"])
    assert case.harm == (HARM if reason in ("worried", "unwanted") else LOOK)
    assert (case.alert_at is not None) is (case.harm == HARM)


def test_a_person_and_nothing_in_particular(browser: Browsers, world: World) -> None:
    vera = browser("vera")
    tuva = world.id("tuva")
    assert f'href="/people/{tuva}/tell"' in vera.get(f"/people/{tuva}").text
    assert vera.post(f"/people/{tuva}/tell", reason="unkind").status_code == 303
    assert 'href="/tell"' in vera.get("/help").text
    assert vera.post("/tell", reason="other", words="någon står utanför").status_code == 303
    cases = {case.target.split(":")[0]: case for case in session().scalars(select(Case))}
    assert set(cases) == {"member", "told"}
    assert (cases["member"].member_id, cases["told"].member_id) == (tuva, None)
    with pytest.raises(NotAllowed):
        queries.told_about(world.viewer("jonna"), cases["told"])  # of another house than vera's
    with transaction() as s:
        s.add(Duty(member_id=world.id("petra"), kind="safeguarding_lead", from_on=NOW.date()))
    said = queries.told_about(world.viewer("petra"), cases["told"]).said
    assert [one.words for one in said] == ["någon står utanför"]


def test_her_own_is_refused_with_a_sentence_and_what_she_cannot_see_is_not_there(
    browser: Browsers, world: World
) -> None:
    amina = browser("amina")
    for path in (f"/pieces/{world.piece('open').id}/tell", f"/people/{world.id('amina')}/tell"):
        assert amina.get(path).status_code == 403
        assert amina.post(path, reason="other").status_code == 403
    tuva = browser("tuva")
    for label in ("linden", "held", "hidden", "hidden-reply"):
        path = f"/pieces/{world.piece(label).id}/tell"
        assert (tuva.get(path).status_code, tuva.post(path, reason="other").status_code) == (404, 404)
    assert f"/pieces/{world.piece('open').id}/tell" not in amina.get(f"/pieces/{world.piece('open').id}/more").text


def test_paused_closed_out_and_owing_a_yes_may_tell(browser: Browsers, world: World) -> None:
    assert browser("mira").post(f"/pieces/{world.piece('open').id}/tell", reason="unkind").status_code == 303
    for name in ("leo", "hanna"):
        page = browser(name)
        answer = page.post("/tell", reason="worried")
        assert answer.status_code == 303
        assert page.get(answer.location).status_code == 200
        assert page.get("/me/told").status_code == 200


def test_twice_the_same_is_one_and_new_words_join_it(browser: Browsers, make: Make, world: World) -> None:
    thread = make.thread("tuva")
    vera, path = browser("vera"), f"/pieces/{thread.opening_id}/tell"
    first = vera.post(path, reason="unkind", words="hej")
    second = vera.post(path, reason="unkind", words="hej")
    assert first.location == second.location
    assert vera.get(path).location == first.location
    assert vera.post(first.location, words="och en sak till").status_code == 303
    report = session().scalars(select(Report)).one()
    assert queries.words_of(report) == "hej\n\noch en sak till"
    for _again in range(2):
        vera.post("/tell", reason="other", words="samma")
    assert count(Report) == 2


def test_telling_is_never_refused_and_many_are_taken_together(make: Make, world: World) -> None:
    thread = make.thread("sara")
    pieces = [make.reply("tuva" if number % 2 else "ivan", thread) for number in range(20)]
    more = [make.reply("samir", thread) for _number in range(19)]
    reports = [tell(world, "johanna", piece, "other") for piece in [*pieces, *more]]
    assert count(Report) == 39
    assert [report.grouped for report in reports] == [False] * 30 + [True] * 9
    together = {report.case_id for report in reports[30:]}
    assert len(together) == 1
    case = session().get_one(Case, together.pop(), populate_existing=True)
    assert case.version == 1 + 9, "whoever decides just then sees first that one more has come"
    assert len(queries.receipts_for(world.viewer("johanna"))) == 39
    assert not any(piece.id in {view.id for view in _read(world, "johanna", thread.id)} for piece in [*pieces, *more])


def _read(world: World, who: str, stream_id: int) -> list[Any]:
    viewer = world.viewer(who)
    return streams.replies_before(viewer, streams.stream_for(viewer, stream_id), None, 100)


def test_the_receipt_says_where_it_is(browser: Browsers, make: Make, world: World) -> None:
    thread = make.thread("tuva")
    vera = browser("vera")
    make.shift("jonna", None, -1, 4, role="host")
    sent = vera.post(f"/pieces/{thread.opening_id}/tell", reason="unkind").location
    assert "Jonna jobbar nu och läser det" in words_of(vera.get(sent))
    assert "mottaget" in words_of(vera.get("/me/told"))
    case = session().scalars(select(Case)).one()
    with transaction():
        case = session().get_one(Case, case.id)
        case.claimed_by, case.claimed_at = world.id("jonna"), clock.now()
    assert "Jonna läser. Du får veta när det är klart." in words_of(vera.get(sent))
    assert "Jonna läser" in words_of(vera.get("/me/told"))
    with transaction():
        close_case(session().get_one(Case, case.id), world.id("jonna"), "fine")
    assert "Det jag sagt till om klart: 1" in words_of(vera.get("/me"))
    assert "Vi kan inte berätta allt" in words_of(vera.get("/me/told"))
    assert "Det jag sagt till om klart: 1" not in words_of(vera.get("/me"))
    assert "Någon har bestämt" in words_of(vera.get(sent))


def test_without_a_name_whoever_reads_has_none(browser: Browsers, world: World, make: Make) -> None:
    said = Said("utan namn", "nameless-1", unnamed=True, at_once=True)
    piece = start_thread(world.viewer("tuva"), world.space("vardagsrummet"), said, mode="tell", just_listen=False)
    make.shift("jonna", None, -1, 4, role="host")
    vera = browser("vera")
    page = vera.get(f"/pieces/{piece.id}/tell")
    assert "Tuva" not in words_of(page) and 'name="block"' not in page.text
    sent = vera.post(f"/pieces/{piece.id}/tell", reason="unkind", block="y").location
    with transaction():
        session().scalars(select(Case)).one().claimed_by = world.id("jonna")
    text = words_of(vera.get(sent)) + words_of(vera.get("/me/told"))
    assert "Tuva" not in text and "Jonna" not in text.replace("Jonna, till", "").replace("jobbar nu: Jonna", "")
    assert world.id("tuva") not in world.viewer("vera").excluded_ids


def test_block_in_the_same_step(browser: Browsers, make: Make, world: World) -> None:
    thread = make.thread("tuva")
    vera, path = browser("vera"), f"/pieces/{thread.opening_id}/tell"
    assert 'name="block"' in vera.get(path).text
    first = vera.post(path, reason="unkind", block="y")
    assert world.id("tuva") in world.viewer("vera").excluded_ids
    assert vera.post(path, reason="unkind", block="y").location == first.location
    assert 'name="block"' not in browser("vera").get(f"/pieces/{world.piece('open-reply').id}/tell").text


def test_somebody_elses_receipt_does_not_exist(browser: Browsers, world: World) -> None:
    report = tell(world, "vera", world.piece("open"))
    tuva = browser("tuva")
    unknown = words_of(tuva.get("/tell/sent/4711"))
    assert words_of(tuva.get(f"/tell/sent/{report.id}")) == unknown
    assert tuva.post(f"/tell/sent/{report.id}", words="x").status_code == 404
    assert tuva.post(f"/me/told/{report.id}/show").status_code == 404


def test_what_was_told_is_kept_for_the_case_and_goes_90_days_after_it(make: Make, world: World) -> None:
    make.shift("jonna", None, -1, 4, role="host")  # so that nothing is hidden by one
    thread = make.thread("tuva", text="det elaka", title="rubriken")
    reply = make.reply("tuva", thread, "elakt svar")
    opening = session().get_one(type(reply), thread.opening_id)
    report, other = tell(world, "samir", opening, words="hon är elak"), tell(world, "samir", reply)
    stream_actions.remove_piece(world.viewer("tuva"), reply.id)
    stream_actions.edit_piece(world.viewer("tuva"), opening.id, version=1, body="snällt nu", title="rubriken")
    case = case_of(report)
    said = queries.told_about(world.viewer("jonna"), case).said[0]
    assert said.kept == {"title": "rubriken", "text": "det elaka"}
    assert queries.told_about(world.viewer("jonna"), case_of(other)).said[0].kept == {"text": "elakt svar"}
    assert b"elaka" not in (session().get_one(Report, report.id).kept_sealed or "").encode()
    with transaction():
        close_case(session().get_one(Case, case.id), world.id("jonna"), "fine")
    assert actions.clear_out(NOW + timedelta(days=89)) == 0
    assert actions.clear_out(NOW + timedelta(days=91)) == 1
    told = session().get_one(Report, report.id, populate_existing=True)
    assert (told.kept_sealed, told.words_sealed) == (None, None)
    assert session().get_one(Report, other.id, populate_existing=True).kept_sealed


def test_who_told_is_in_no_query_for_hosts_and_its_reading_is_written_down(world: World, make: Make) -> None:
    report = tell(world, "vera", world.piece("open"))
    case = case_of(report)
    told = queries.told_about(world.viewer("jonna"), case)
    assert (told.members, told.reasons) == (1, ("unkind",))
    assert str(world.id("vera")) not in repr(told)
    for name in ("jonna", "sara", "birgitta", "amina"):
        with pytest.raises(NotAllowed):
            actions.open_tellers(world.viewer(name), case)
    for name in ("sara", "amina", "tuva"):
        with pytest.raises(NotAllowed):
            queries.told_about(world.viewer(name), case)
    with transaction() as s:
        s.add(Duty(member_id=world.id("petra"), kind="safeguarding_lead", from_on=NOW.date()))
    assert actions.open_tellers(world.viewer("petra"), case) == ["Vera"]
    lines = session().scalars(select(AuditLine).order_by(AuditLine.n)).all()
    assert [(line.act, line.actor_id) for line in lines if line.facts.get("case") == case.id] == [
        ("told.made", None),
        ("act.hidden", None),
        ("told.who", world.id("petra")),
    ]


def test_said_more_after_it_was_done_waits_anew(world: World) -> None:
    report = tell(world, "vera", world.piece("open"))
    with transaction():
        close_case(case_of(report), world.id("jonna"), "fine")
    actions.add_words(world.viewer("vera"), report.id, "det hände igen")
    again = session().get_one(Report, report.id, populate_existing=True)
    assert case_of(again).state == "open"
    assert queries.receipt_for(world.viewer("vera"), report.id).state == "received"


def test_pages_of_nobody_cost_a_question_more(browser: Browsers, rolled_back: Any, world: World, make: Make) -> None:
    """Only her own list of what she told asks, and she who told asks no more for reading."""
    tuva, thread = browser("tuva"), make.thread("sara")
    tuva.get(f"/t/{thread.id}")
    with counted(rolled_back) as asked:
        tuva.get(f"/t/{thread.id}")
    tell(world, "vera", world.piece("open"))
    vera = browser("vera")
    vera.get(f"/t/{thread.id}")
    with counted(rolled_back) as hers:
        vera.get(f"/t/{thread.id}")
    assert len(asked) <= 12 and len(hers) <= 12


def test_a_pause_by_hand_changes_nothing_about_telling(world: World) -> None:
    with transaction() as s:
        s.add(Sanction(member_id=world.id("tuva"), kind="paused", starts_at=NOW))
    assert actions.tell(world.viewer("tuva"), Wish("worried", "hjälp")).id
    assert state_of(world.piece("open")) == "published"
