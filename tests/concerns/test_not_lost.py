"""Words that tell of a plan reach somebody at once wherever they are written, and again when they are written again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from community.acts import actions as acts
from community.acts.record import record
from community.concerns import handling
from community.concerns.models import Concern, ConcernKeptFrom
from community.core import clock
from community.core.db import session, transaction
from community.core.errors import Gone
from community.forum import actions as forum
from community.members import profile
from community.members.models import MembershipPeriod, Sanction
from community.members.people import Visitor
from community.moderation import actions as review
from community.moderation import deciding
from community.moderation.deciding import Decision
from community.notices import actions as notices
from community.safety.models import Case
from community.streams.actions import Said
from tests.client import Browser
from tests.concerns.conftest import House
from tests.world import NOW

Browsers = Callable[..., Browser]
INTENT = "jag vill inte vakna i morgon"


@pytest.fixture(autouse=True)
def nothing_waits(house: House) -> None:
    with transaction() as s:
        s.execute(update(Case).where(Case.state == "open").values(state="closed", alert_at=None))


def concerns() -> list[Concern]:
    return list(session().scalars(select(Concern).execution_options(populate_existing=True)))


def cry(night: House) -> None:
    said = Said(INTENT, "cry-nameless", unnamed=True, at_once=True)
    with night.app.test_request_context():
        forum.start_thread(
            night.world.viewer("amina"), night.world.space("vardagsrummet"), said, mode="tell", just_listen=False
        )


def test_without_a_name_at_once_and_nobody_learns_whose_it_is(night: House, browser: Browsers) -> None:
    cry(night)
    night.go_round()
    (concern,) = concerns()
    assert (concern.severity, concern.member_id, concern.unnamed) == ("words", night.world.id("amina"), True)
    who = night.told(concern.id)
    assert who
    for name in who:
        reader = browser(name)
        said = reader.get(f"/concerns/{concern.id}").text + reader.get("/concerns").text
        assert "Amina" not in said and str(night.world.id("amina")) not in said
    case = session().scalars(select(Case).where(Case.state == "open")).one()
    assert case.member_id is None
    assert browser("amina").get(f"/help/{concern.id}").status_code == 200, "she reads herself how far it is"


def test_in_words_about_oneself_at_once(night: House) -> None:
    amina = night.world.viewer("amina")
    with night.app.test_request_context():
        profile.change(amina, profile.Own(amina.name, "a01", "a", INTENT))
    night.go_round()
    (concern,) = concerns()
    assert (concern.severity, concern.member_id) == ("words", amina.id)


def test_in_an_objection_at_once(night: House) -> None:
    amina = night.world.viewer("amina")
    with night.app.test_request_context():
        act = record(night.world.viewer("jonna"), "hidden", amina.id, reason="unkind")
        acts.object_to(amina, act.id, INTENT)
    night.go_round()
    (concern,) = concerns()
    assert (concern.severity, concern.member_id) == ("words", amina.id)
    assert night.told(concern.id), "somebody is told"


def test_said_again_after_it_was_over_it_begins_again(night: House) -> None:
    with night.app.test_request_context():
        piece = night.make.thread("amina", text=INTENT)
    night.go_round()
    (concern,) = concerns()
    taker = night.told(concern.id)[0]
    handling.open_one(night.world.viewer(taker), concern.id)
    handling.take(night.world.viewer(taker), concern.id, "write")
    handling.close(night.world.viewer(taker), concern.id, "talked", "vi pratade")
    opening = session().scalars(select(Case).where(Case.state == "open")).one().piece_id
    assert opening is not None and piece.opening_id == opening
    before = len(night.told(concern.id))
    with clock.at(NOW + timedelta(minutes=5)), night.app.test_request_context():
        amina = night.world.viewer("amina")
        notices.edit_piece(amina, opening, version=1, body=f"{INTENT} heller", title=None)
        night.go_round()
        (again,) = concerns()
        assert (again.state, again.severity, again.taken_by) == ("open", "words", None)
        assert len(night.told(again.id)) > before


def test_deciding_and_taking_it_back_does_not_still_the_alarm(night: House) -> None:
    with night.app.test_request_context():
        night.make.thread("amina", text=INTENT)
        night.go_round()
        case = session().scalars(select(Case).where(Case.state == "open")).one()
        jonna = night.world.viewer("jonna")
        step = deciding.decide(jonna, case.id, Decision("back", case.version, "unkind")).id
        night.go_round()
        (concern,) = concerns()
        assert concern.state == "closed"
        review.undo(jonna, step)
        night.go_round()
        (concern,) = concerns()
        assert concern.state == "open" and session().get_one(Case, case.id, populate_existing=True).alert_at


@pytest.mark.parametrize("gone", ["suspended", "left", "about"])
def test_a_link_kept_by_somebody_who_may_not_act_stops_nothing(gone: str, night: House) -> None:
    night.phone("sara")
    concern = night.ask("tuva")
    night.go_round()
    token = night.sent("sms")[0]["link"].rsplit("/", 1)[-1]
    sara = night.world.id("sara")
    with transaction() as s:
        if gone == "suspended":
            s.add(Sanction(member_id=sara, kind="suspended", starts_at=NOW))
        elif gone == "left":
            s.execute(update(MembershipPeriod).where(MembershipPeriod.member_id == sara).values(to_on=clock.today()))
        else:
            s.add(ConcernKeptFrom(concern_id=concern, member_id=sara, why="about"))
        s.flush()
    with pytest.raises(Gone):
        handling.answer(Visitor("127.0.0.1"), token, "take")
    assert night.concern(concern).state == "open"
