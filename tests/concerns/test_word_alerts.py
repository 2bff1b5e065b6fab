"""Words that tell of a plan alert whoever works now; the author is told whom, and says how she wants to be reached."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from community.concerns import alerts, handling, queries
from community.concerns.models import Concern
from community.core import clock
from community.core.db import session, transaction
from community.safety import cases
from community.safety.models import Case
from community.streams.models import Piece
from tests.client import Browser, words_of
from tests.concerns.conftest import House
from tests.world import NOW

Browsers = Callable[..., Browser]
INTENT = "jag vill inte vakna i morgon"


def alert(house: House, who: str = "amina", label: str = "open", reason: str = "word", **more: object) -> Case:
    """As the gate does it, in the transaction of her words."""
    piece = house.world.piece(label)
    given = {"piece_id": piece.id, "house_id": house.world.house("Solgläntan"), **more}
    with house.app.app_context():
        return cases.open_case(f"piece:{piece.id}", reason, harm=3, member_id=house.world.id(who), alert=True, **given)


def of(case: Case) -> Concern:
    return (
        session()
        .scalars(select(Concern).where(Concern.case_id == case.id).execution_options(populate_existing=True))
        .one()
    )


def test_an_alert_tells_whoever_works_at_once_and_only_once(night: House) -> None:
    case = alert(night)
    concern = of(case)
    assert (concern.severity, concern.member_id) == ("words", night.world.id("amina"))
    assert night.told(concern.id) == ["sara"] and night.go_round() == 0
    alert(night)  # more of the same
    assert len(session().scalars(select(Concern)).all()) == 1


def test_when_the_process_died_in_between_the_clockwork_finds_it(night: House) -> None:
    cases.alerts_go_to(lambda _id: None)
    try:
        case = alert(night)
        assert session().scalars(select(Concern)).all() == []
        night.go_round()
        assert night.told(of(case).id) == ["sara"]
    finally:
        cases.alerts_go_to(alerts.at_once)


def test_beyond_the_back_up_only_while_nobody_has_opened_it(night: House) -> None:
    concern = of(alert(night)).id
    with night.at(10):
        assert set(night.told(concern)) == {"sara", "petra"}
        handling.open_one(night.world.viewer("petra"), concern)
    with night.at(60):
        assert set(night.told(concern)) == {"sara", "petra"}


def test_unopened_it_goes_on(night: House) -> None:
    concern = of(alert(night)).id
    with night.at(25):
        assert set(night.told(concern)) == {"sara", "petra", "jonna", "birgitta"}


def test_claimed_in_the_queue_is_opened_and_decided_there_is_over(night: House) -> None:
    case = alert(night)
    with transaction() as s:
        s.execute(update(Case).where(Case.id == case.id).values(claimed_at=NOW, claimed_by=night.world.id("sara")))
    with night.at(60):
        assert "jonna" not in night.told(of(case).id)
        with transaction() as s:
            cases.close_case(s.get_one(Case, case.id, populate_existing=True), night.world.id("sara"), "published")
        night.go_round()
        assert of(case).state == "closed"


def test_the_card_says_whom_her_words_alerted_and_a_press_is_her_answer(night: House, browser: Browsers) -> None:
    amina, thread = browser("amina"), night.world.stream("open").id
    amina.post(f"/t/{thread}/replies", {"text": INTENT, "client_id": "told-card-1"})
    case = alert(night)  # the gate does this itself once it opens cases
    card = words_of(amina.get(f"/t/{thread}"))
    assert "Det du skrev gjorde oss oroliga, så Sara har fått veta det. Hur vill du att Sara hör av sig?" in card
    concern = of(case).id
    assert amina.post(f"/help/{concern}/how", how="come").status_code == 303
    assert of(case).severity == "urgent"
    with night.at(25):
        assert set(night.told(concern)) == {"sara", "petra", "jonna", "birgitta"}
    assert browser("tuva").post(f"/help/{concern}/how", how="come").status_code == 404


def test_without_a_name_it_stays_without_until_she_presses(night: House, browser: Browsers) -> None:
    piece = night.world.piece("open")
    with transaction() as s:
        s.execute(update(Piece).where(Piece.id == piece.id).values(unnamed=True))
    case, sara = alert(night), browser("sara")
    page = sara.get(f"/concerns/{of(case).id}")
    assert page.status_code == 200 and "Amina" not in page.text and "utan namn" in page.text
    listed = sara.get("/concerns").text
    assert "Amina" not in listed and str(night.world.id("amina")) not in page.text + listed
    assert browser("amina").post(f"/help/{of(case).id}/how", how="call").status_code == 303
    assert "Amina" in sara.get(f"/concerns/{of(case).id}").text


@pytest.mark.parametrize("lane", ["hosts", "leads"])
def test_a_report_nobody_opens_alerts_after_a_quarter_of_an_hour(lane: str, night: House) -> None:
    case = alert(night, "sara", reason="report", lane=lane)
    for minutes, there in ((0, 0), (14, 0), (15, 1)):
        with night.at(minutes):
            assert len(session().scalars(select(Concern)).all()) == there
    concern = of(case)
    assert (concern.severity, concern.member_id) == ("unread", None)
    with clock.at(NOW + timedelta(minutes=15)):
        told = night.told(concern.id)
    assert told == (["sara"] if lane == "hosts" else ["jonna"])
    assert queries.name_of(night.world.viewer("jonna"), concern) is None


def test_a_report_somebody_has_in_hand_does_not_and_one_left_lying_does(night: House) -> None:
    case = alert(night, "sara", reason="report")
    in_hand = {"claimed_at": NOW, "step_at": NOW, "claimed_by": night.world.id("jonna")}
    with transaction() as s:
        s.execute(update(Case).where(Case.id == case.id).values(**in_hand))
    with night.at(14), transaction() as s:
        s.execute(update(Case).where(Case.id == case.id).values(step_at=clock.now()))
    with night.at(28):
        assert session().scalars(select(Concern)).all() == []
    with night.at(30):
        assert of(case).severity == "unread", "taken and left lying is as good as not read"
