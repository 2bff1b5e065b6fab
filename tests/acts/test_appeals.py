"""What staff did about me, and saying that it was wrong: read by whom it concerns, answered by somebody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from community.acts import actions, answering, queries
from community.acts.cases import visible_to
from community.acts.models import Act, Appeal
from community.acts.record import record
from community.core import clock, jobs, outbox
from community.core.audit import AuditLine
from community.core.db import session, transaction
from community.core.errors import Conflict, Invalid, NotAllowed, NotFound
from community.home import act_letters
from community.safety.models import LIFE, Case, CaseKeptFrom
from community.safety.word_lists import in_force
from community.streams.models import Piece
from tests.acts.giving import give, lead
from tests.client import Browser
from tests.fixtures import Heard
from tests.make import Make
from tests.notices.letters import DAY, HALF_HOUR, Inbox, has_address, wants
from tests.world import HOLD, NOW, World, nobody_works

Browsers = Callable[..., Browser]


def hide(world: World, make: Make, who: str = "tuva", **how: Any) -> Act:
    """Jonna hid what somebody wrote."""
    stream = make.thread(who, text="Mitt eget inlägg", **how)
    with transaction():
        return record(world.viewer("jonna"), "hidden", world.id(who), reason="unkind", piece_id=stream.opening_id)


def answer(world: World, who: str, appeal: Appeal, *, right: bool, words: str = "Läst två gånger.") -> Appeal:
    version = session().scalar(select(Case.version).where(Case.target == f"appeal:{appeal.id}"))
    return actions.decide(world.viewer(who), appeal.id, right=right, answer=words, version=version or 0)


def post_day(app: Flask, moment: datetime) -> None:
    with clock.at(moment), app.app_context():
        jobs.run_due(act_letters.JOBS)
        outbox.deliver()


def test_her_page_says_what_why_by_whom_and_until_when(world: World, browser: Browsers) -> None:
    give(world, "birgitta", "tuva", "paused", "3d", words="Tre dagars vila.")
    tuva = browser("tuva")
    page = tuva.get("/me/acts").text
    for said in (
        "Read only",
        "What was written hurt somebody.",
        "Tre dagars vila.",
        "Birgitta, house manager",
        "17 Mar",
    ):
        assert said in page, said
    assert world.viewer("tuva").acts_unseen == 0
    act = queries.own_for(world.viewer("tuva"))[0]
    one = tuva.get(f"/me/acts/{act.id}").text
    assert "Think this is wrong?" in one and "We write to others" in one and "by Wednesday" in one
    for word in ("sanction", "moderat", "report", "suspen"):
        assert word not in page.lower() + one.lower()


def test_nobody_reads_what_is_about_somebody_else(world: World, browser: Browsers) -> None:
    act = give(world, "birgitta", "tuva", "paused")
    for name in ("amina", "birgitta"):
        assert browser(name).get(f"/me/acts/{act.id}").status_code == 404
        assert queries.own_for(world.viewer(name)) == []


def test_the_piece_it_is_about_stands_there_for_its_author(world: World, make: Make, browser: Browsers) -> None:
    act = hide(world, make)
    assert "Mitt eget inlägg" in browser("tuva").get(f"/me/acts/{act.id}").text


def test_about_a_text_without_a_name_nobody_is_named(world: World, make: Make, browser: Browsers) -> None:
    act = hide(world, make)
    with transaction() as s:
        s.execute(update(Piece).where(Piece.id == act.piece_id).values(unnamed=True))
    nobody_works()  # else the page says in its head who does
    tuva = browser("tuva").get(f"/me/acts/{act.id}").text
    assert "a host" in tuva and "Jonna" not in tuva
    appeal = actions.object_to(world.viewer("tuva"), act.id, "Det var inget fel")
    case = session().scalars(select(Case).where(Case.target == f"appeal:{appeal.id}")).one()
    assert case.member_id is None
    assert session().scalars(select(AuditLine).where(AuditLine.act == "appeal.made")).one().actor_id is None
    page = browser("birgitta").get(f"/appeals/{appeal.id}").text
    assert "Someone in the group" in page or "Någon i gruppen" in page
    assert "Tuva" not in page and str(world.id("tuva")) not in page


def test_the_figure_beside_the_bell_counts_it_until_read(world: World, browser: Browsers, heard: Heard) -> None:
    tuva = browser("tuva")
    before = tuva.get("/notifications/count").json["count"]
    give(world, "birgitta", "tuva", "cooled_off")
    assert ("acts:changed", {"member": world.id("tuva")}) in [(event, ids) for _room, event, ids in heard]
    assert tuva.get("/notifications/count").json["count"] == before + 1
    assert "Read what and why" in tuva.get("/notifications").text
    tuva.get("/me/acts")
    assert tuva.get("/notifications/count").json["count"] == before


def test_one_letter_that_says_nothing(app: Flask, world: World, inbox: Inbox) -> None:
    wants(world, "tuva")
    has_address(world, "tuva")
    with clock.at(DAY):
        give(world, "birgitta", "tuva", "suspended", "3d", words="Hemliga ord")
    post_day(app, DAY + timedelta(minutes=29))
    assert inbox == []
    for _again in range(3):
        post_day(app, DAY + HALF_HOUR)
    (letter,) = inbox
    assert letter["Subject"] and "Hemliga" not in letter.as_string() and "/me/acts" in letter.get_content()


def test_no_letter_without_a_wish_or_after_reading(app: Flask, world: World, inbox: Inbox) -> None:
    has_address(world, "tuva")
    with clock.at(DAY):
        give(world, "birgitta", "tuva", "paused", "3d")
    post_day(app, DAY + HALF_HOUR)
    wants(world, "johanna")
    has_address(world, "johanna")
    with clock.at(DAY):
        give(world, "jonna", "johanna", "paused", "3d")
        actions.mark_seen(world.viewer("johanna"))
    post_day(app, DAY + HALF_HOUR)
    assert inbox == []
    assert session().scalar(select(Act.letter_at).where(Act.member_id == world.id("tuva"))) is not None


def test_closed_out_she_sees_one_page_that_says_all_of_it(world: World, browser: Browsers) -> None:
    tuva = browser("tuva")
    act = give(world, "birgitta", "tuva", "suspended", "3d", words="Vi pratar på måndag.")
    for path in ("/", "/c/minnen", "/write", "/notifications", "/people/1"):
        page = tuva.get(path)
        assert page.status_code == 403, path
        for said in (
            "Closed for now",
            "17 Mar 19:00",
            "Vi pratar på måndag.",
            "Birgitta, house manager",
            f"/me/acts/{act.id}",
        ):
            assert said in page.text, (path, said)
    for path in (
        "/help",
        "/me",
        "/me/acts",
        f"/me/acts/{act.id}",
        "/me/settings",
        "/me/sessions",
        "/me/password",
        "/rules",
    ):
        assert tuva.get(path).status_code == 200, path
    assert tuva.post("/me", display_name="Nytt", avatar="a01", colour="a").status_code == 403
    sent = tuva.post(f"/me/acts/{act.id}", words="Det var inte jag.")
    assert sent.status_code == 303
    assert tuva.post("/logout").status_code == 303


def test_with_a_pin_the_reason_waits_behind_it(world: World, browser: Browsers) -> None:
    tuva = browser("tuva")
    assert tuva.post("/me/pin", pin="2580").status_code == 303
    give(world, "birgitta", "tuva", "suspended", "3d", words="Privata ord")
    assert tuva.post("/me/pin/shut").status_code == 303
    page = tuva.get("/")
    assert "Privata ord" not in page.text and "behind your PIN" in page.text
    assert tuva.get("/me/acts").status_code == 302
    assert tuva.post("/me/open", pin="2580").status_code == 303
    assert "Privata ord" in tuva.get("/me/acts").text


def test_an_objection_goes_to_somebody_else_with_a_day(world: World) -> None:
    act = give(world, "jonna", "samir", "paused")
    appeal = actions.object_to(world.viewer("samir"), act.id, "Jag skrev inte det.")
    case = session().scalars(select(Case).where(Case.target == f"appeal:{appeal.id}")).one()
    assert (case.reasons, case.lane, case.house_id) == (["appeal"], "hosts", world.house("Linden"))
    assert session().scalars(select(CaseKeptFrom.member_id)).all() == [world.id("jonna")]
    assert clock.local(appeal.due_at).strftime("%a %H:%M") == "Wed 23:59"
    with pytest.raises(NotAllowed):
        answer(world, "jonna", appeal, right=False)
    with pytest.raises(NotAllowed):
        answering.appeal_for(world.viewer("jonna"), appeal.id)
    with pytest.raises(Conflict):
        actions.object_to(world.viewer("samir"), act.id, "En gång till.")


@pytest.mark.parametrize(
    ("sent", "due"), [("2026-03-16", "2026-03-19"), ("2026-03-19", "2026-03-24"), ("2026-03-15", "2026-03-18")]
)
def test_three_working_days(sent: str, due: str) -> None:
    moment = datetime.fromisoformat(sent).replace(hour=11, tzinfo=UTC)
    assert clock.local(actions.due_after(moment)).date().isoformat() == due


def test_not_after_thirty_days_and_not_about_what_limits_nobody(world: World) -> None:
    act = give(world, "birgitta", "tuva", "paused", "1d")
    with clock.at(NOW + timedelta(days=30)):
        assert queries.view_for(world.viewer("tuva"), act.id).may_object
    with clock.at(NOW + timedelta(days=30, seconds=1)), pytest.raises(NotAllowed):
        actions.object_to(world.viewer("tuva"), act.id, "Sent")
    with transaction():
        freed = record(world.viewer("jonna"), "shown_again", world.id("tuva"))
    with pytest.raises(NotAllowed):
        actions.object_to(world.viewer("tuva"), freed.id, "Nej")
    with pytest.raises(NotFound):
        actions.object_to(world.viewer("amina"), act.id, "Inte min")


def test_she_was_right(world: World, browser: Browsers) -> None:
    act = give(world, "jonna", "samir", "suspended", "24h")
    appeal = actions.object_to(world.viewer("samir"), act.id, "Det var inte jag.")
    answer(world, "birgitta", appeal, right=True, words="")
    assert world.viewer("samir").standing.state == "active"
    view = queries.view_for(world.viewer("samir"), act.id)
    assert view.state == "undone" and view.appeal is not None and view.appeal.right
    page = browser("samir").get(f"/me/acts/{act.id}").text
    assert "Birgitta" in page and "Du hade rätt" in page
    assert {line.act for line in session().scalars(select(AuditLine))} >= {"appeal.made", "appeal.right"}
    with pytest.raises(Conflict) as refused:
        answer(world, "birgitta", appeal, right=False)
    assert "Birgitta" in str(refused.value.sentence)


def test_it_stands_with_a_reason_that_she_reads(world: World, browser: Browsers) -> None:
    act = give(world, "jonna", "samir", "paused", "3d")
    appeal = actions.object_to(world.viewer("samir"), act.id, "Varför?")
    actions.mark_seen(world.viewer("samir"))
    with pytest.raises(Invalid) as refused:
        answer(world, "birgitta", appeal, right=False, words=" ")
    assert refused.value.field == "answer"
    answer(world, "birgitta", appeal, right=False, words="För att två till blev ledsna.")
    assert world.viewer("samir").standing.state == "paused"
    assert world.viewer("samir").acts_unseen == 1
    assert "två till blev ledsna" in browser("samir").get(f"/me/acts/{act.id}").text


def test_an_old_page_answers_nothing(world: World, browser: Browsers) -> None:
    act = give(world, "jonna", "samir", "paused")
    appeal = actions.object_to(world.viewer("samir"), act.id, "Varför?")
    birgitta = browser("birgitta")
    fields = {"right": "no", "answer": "Det står kvar.", "version": 0}
    stale = birgitta.post(f"/appeals/{appeal.id}", **fields)
    assert stale.status_code == 409 and "Det står kvar." in stale.text
    version = session().scalar(select(Case.version).where(Case.target == f"appeal:{appeal.id}"))
    assert birgitta.post(f"/appeals/{appeal.id}", **{**fields, "version": version}).status_code == 303
    again = birgitta.post(f"/appeals/{appeal.id}", **fields)
    assert again.status_code == 409 and "Birgitta" in again.text


@pytest.mark.parametrize(
    ("by", "about", "readers"),
    [("jonna", "samir", {"petra", "birgitta"}), ("birgitta", "tuva", {"petra", "sara"})],
)
def test_whoever_has_it_in_the_queue_can_answer_it_and_somebody_has(
    by: str, about: str, readers: set[str], world: World
) -> None:
    """Jonna is the only host of her house, and cannot answer what she decided; petra is a lead of the other house."""
    lead(world, "petra")
    if by == "birgitta":
        lead(world, "sara")
    act = give(world, by, about, "paused", "1d")
    appeal = actions.object_to(world.viewer(about), act.id, "Det var inte så.")
    for name in ("sara", "petra", "jonna", "birgitta"):
        viewer = world.viewer(name)
        listed = select(Case.id).where(Case.target == f"appeal:{appeal.id}", visible_to(viewer))
        assert (session().scalar(listed) is not None) == (name in readers)
        if name in readers:
            assert answering.appeal_for(viewer, appeal.id).row.id == appeal.id
        else:
            with pytest.raises((NotAllowed, NotFound)):
                answering.appeal_for(viewer, appeal.id)


def test_nobody_answers_what_both_of_two_decided(world: World) -> None:
    from community.acts import standing, steps

    act = give(world, "birgitta", "tuva", "suspended", "none")
    lead(world, "petra")
    lead(world, "sara")
    seen = steps.decided_about(world.id("tuva"))
    confirmed = standing.confirm(world.viewer("petra"), world.id("tuva"), act.id, seen=seen)
    appeal = actions.object_to(world.viewer("tuva"), confirmed.id, "Det är för hårt.")
    case = session().scalars(select(Case).where(Case.target == f"appeal:{appeal.id}")).one()
    assert case.lane == "leads"
    with pytest.raises(NotAllowed):
        answer(world, "birgitta", appeal, right=False)
    for name in ("petra", "jonna"):  # who said yes to it as well; a host
        with pytest.raises((NotFound, NotAllowed)):
            answer(world, name, appeal, right=False)
    answer(world, "sara", appeal, right=True)
    assert world.viewer("tuva").standing.state == "active"
    assert {act.state for act in queries.own_for(world.viewer("tuva")) if act.limits} == {"undone"}


def test_a_cry_for_help_in_it_is_heard(world: World, browser: Browsers) -> None:
    act = give(world, "jonna", "samir", "suspended")
    samir = browser("samir")
    sent = samir.post(f"/me/acts/{act.id}", words="Jag vill inte vakna i morgon.")
    assert sent.status_code == 303
    case = session().scalars(select(Case).where(Case.reasons.is_not(None), Case.target.like("appeal:%"))).one()
    assert case.harm == LIFE and case.alert_at is not None
    assert "help-card" in samir.get(f"/me/acts/{act.id}").text


def test_words_a_list_refuses_go_through_to_staff(world: World) -> None:
    act = give(world, "jonna", "samir", "paused")
    with in_force(HOLD):
        actions.object_to(world.viewer("samir"), act.id, "refusedword and heldword")
    assert session().scalars(select(Appeal)).one().words_sealed.find("refusedword") == -1


def test_a_rule_of_the_house_decided(world: World, browser: Browsers) -> None:
    with transaction():
        act = record(None, "hidden", world.id("samir"), reason="unkind")
    assert "en regel i huset" in browser("samir").get(f"/me/acts/{act.id}").text
    appeal = actions.object_to(world.viewer("samir"), act.id, "Fel")
    answer(world, "jonna", appeal, right=True)


def test_a_host_of_the_other_house_does_not_find_it(world: World, browser: Browsers) -> None:
    act = give(world, "birgitta", "tuva", "paused")
    appeal = actions.object_to(world.viewer("tuva"), act.id, "Fel")
    assert browser("jonna").get(f"/appeals/{appeal.id}").status_code == 404
    assert browser("sara").get(f"/appeals/{appeal.id}").status_code == 403
    assert browser("tuva").get(f"/appeals/{appeal.id}").status_code == 403


def test_opening_one_leaves_the_other_new(world: World, browser: Browsers) -> None:
    with clock.at(NOW - timedelta(minutes=1)):
        first = give(world, "birgitta", "tuva", "cooled_off")
    give(world, "birgitta", "tuva", "paused")
    tuva = browser("tuva")
    tuva.get(f"/me/acts/{first.id}")
    assert world.viewer("tuva").acts_unseen == 1
    assert [act.new for act in queries.own_for(world.viewer("tuva"))] == [True, False]


def test_of_two_limits_the_longer_one_is_told(world: World) -> None:
    longer = give(world, "birgitta", "tuva", "paused", "7d")
    give(world, "birgitta", "tuva", "paused", "1d")
    told = queries.limit_for(world.viewer("tuva"))
    assert told is not None and told.id == longer.id and told.until == world.viewer("tuva").standing.until


def test_over_is_over_and_says_so(world: World, browser: Browsers) -> None:
    give(world, "birgitta", "tuva", "paused", "1d")
    with clock.at(NOW + timedelta(days=2)):
        (act,) = queries.own_for(world.viewer("tuva"))
        assert (act.state, act.over_at) == ("over", NOW + timedelta(days=1))
