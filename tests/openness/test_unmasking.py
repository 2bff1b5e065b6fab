"""Who wrote without a name: alone only where a life may be at risk, otherwise two; told, judged, noted, and nowhere
else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from community.acts.models import Act
from community.acts.record import words_of as words_of_act
from community.core.audit import AuditLine
from community.core.db import session, transaction
from community.core.errors import Conflict, Invalid, NotAllowed, NotFound
from community.members import readings
from community.moderation import unmasking
from community.safety.cases import open_case
from community.safety.models import HARM, LOOK, Case
from community.streams.models import Piece
from tests.client import Browser
from tests.world import World

Browsers = Callable[..., Browser]
WHY = "Hon skriver om tabletter i natt"


def case_of(asking: Any) -> Case:
    return session().scalars(select(Case).where(Case.target == f"unmask:{asking.id}")).one()


def told(world: World) -> list[Act]:
    return list(session().scalars(select(Act).where(Act.kind == "unmasked", Act.member_id == world.id("amina"))))


def test_a_lead_alone_at_once_the_author_told_and_a_second_person_judges(
    world: World, nameless: Piece, lead: None
) -> None:
    asking = unmasking.ask(world.viewer("petra"), nameless.id, WHY, alone=True)
    assert unmasking.see(world.viewer("petra"), asking.id).name == "Amina"
    act = told(world)[0]
    assert (act.reason, words_of_act(act), act.by_id) == ("life", WHY, world.id("petra"))
    case = case_of(asking)
    assert (case.state, case.lane, case.reasons, case.member_id) == ("open", "leads", ["unmasked"], None)
    for name in ("petra", "jonna", "sara", "tuva"):
        with pytest.raises((NotAllowed, NotFound)):
            unmasking.judge(world.viewer(name), asking.id, "fel", right=False)
    with pytest.raises((NotAllowed, NotFound)):
        unmasking.see(world.viewer("birgitta"), asking.id)
    unmasking.judge(world.viewer("birgitta"), asking.id, "Det kunde ha väntat", right=False)
    assert (case_of(asking).state, case_of(asking).outcome) == ("closed", "wrong")
    with pytest.raises(NotAllowed):  # and then the name is shown no more
        unmasking.see(world.viewer("petra"), asking.id)
    with pytest.raises(NotAllowed):
        unmasking.judge(world.viewer("birgitta"), asking.id, "en gång till", right=True)


def test_otherwise_two_one_of_them_a_lead(world: World, nameless: Piece, lead: None, duty: Any) -> None:
    duty("sara", "moderator")
    jonna, sara, petra = (world.viewer(name) for name in ("jonna", "sara", "petra"))
    with pytest.raises(NotAllowed):
        unmasking.ask(jonna, nameless.id, WHY, alone=True)
    asking = unmasking.ask(jonna, nameless.id, WHY, alone=False)
    assert told(world) == []
    for one in (jonna, sara):  # not herself, and two hosts are not enough
        with pytest.raises(NotAllowed):
            unmasking.agree(one, asking.id)
    with pytest.raises(NotAllowed):
        unmasking.see(jonna, asking.id)
    unmasking.agree(petra, asking.id)
    assert told(world)[0].reason == "two" and case_of(asking).state == "closed"
    assert unmasking.see(jonna, asking.id).name == unmasking.see(petra, asking.id).name == "Amina"
    for name in ("sara", "birgitta"):
        with pytest.raises((NotAllowed, NotFound)):
            unmasking.see(world.viewer(name), asking.id)


def test_a_no_ends_it_and_one_may_ask_again(world: World, nameless: Piece, lead: None) -> None:
    jonna, petra = world.viewer("jonna"), world.viewer("petra")
    asking = unmasking.ask(jonna, nameless.id, WHY, alone=False)
    with pytest.raises(Conflict):
        unmasking.ask(jonna, nameless.id, WHY, alone=False)
    with pytest.raises(Invalid):
        unmasking.refuse(petra, asking.id, " ")
    unmasking.refuse(petra, asking.id, "Fråga i tråden först")
    assert told(world) == [] and case_of(asking).outcome == "refused"
    with pytest.raises(NotAllowed):
        unmasking.see(jonna, asking.id)
    assert unmasking.ask(jonna, nameless.id, WHY, alone=False).id != asking.id


def test_whoever_holds_what_cannot_wait_may_do_it_alone(world: World, nameless: Piece) -> None:
    sara = world.viewer("sara")
    with pytest.raises(NotAllowed):
        unmasking.ask(sara, nameless.id, WHY, alone=True)
    calm = open_case(f"piece:{nameless.id}", "check", harm=LOOK, piece_id=nameless.id)
    with transaction():
        calm.claimed_by = sara.id
    with pytest.raises(NotAllowed):
        unmasking.ask(sara, nameless.id, WHY, alone=True)
    open_case(f"piece:{nameless.id}", "word", harm=HARM, piece_id=nameless.id)
    asking = unmasking.ask(sara, nameless.id, WHY, alone=True)
    assert unmasking.see(sara, asking.id).name == "Amina"


def test_every_look_is_noted_and_told_to_whoever_wrote(
    world: World, nameless: Piece, browser: Browsers, lead: None
) -> None:
    asking = unmasking.ask(world.viewer("petra"), nameless.id, WHY, alone=True)
    petra = browser("petra")
    assert "Amina" not in petra.get(f"/pieces/{nameless.id}/who").text
    for _time in range(2):
        assert "Amina" in petra.post(f"/unmaskings/{asking.id}/name").text
    seen = session().scalars(select(AuditLine).where(AuditLine.act == "who.opened")).all()
    assert [(line.actor_id, line.subject) for line in seen] == [(world.id("petra"), f"piece:{nameless.id}")] * 2
    assert [line.by for line in readings.of_mine(world.viewer("amina"))] == ["Petra", "Petra"]


def test_until_then_and_beside_it_there_is_no_name(
    world: World, nameless: Piece, browser: Browsers, lead: None
) -> None:
    """No page, list, file or chain line has id or name; also not while an asking waits and after it was agreed."""
    asking = unmasking.ask(world.viewer("jonna"), nameless.id, WHY, alone=False)
    unmasking.agree(world.viewer("petra"), asking.id)
    unmasking.see(world.viewer("jonna"), asking.id)
    for name in ("jonna", "petra", "birgitta", "sara", "tuva"):
        reader = browser(name)
        for path in (f"/pieces/{nameless.id}/who", "/unmaskings", "/audit?group=read", "/audit?group=people"):
            page = reader.get(path)
            assert "Amina" not in page.text and str(world.id("amina")) not in page.text, (name, path)
    for line in session().scalars(select(AuditLine).where(AuditLine.subject == f"piece:{nameless.id}")):
        assert str(world.id("amina")) not in f"{line.reason} {line.facts}"


def test_who_has_no_part_in_it_finds_nothing(world: World, nameless: Piece, browser: Browsers, lead: None) -> None:
    named = world.piece("open").id
    for name, status in (("tuva", 404), ("amina", 404), ("sara", 403), ("jonna", 200), ("petra", 200)):
        assert browser(name).get(f"/pieces/{nameless.id}/who").status_code == status, name
        assert browser(name).get(f"/pieces/{named}/who").status_code == 404, "what has a name"
    assert browser("tuva").get("/unmaskings").status_code == 403


def test_nobody_decides_about_her_own(world: World, nameless: Piece, lead: None) -> None:
    """She wrote it when she lived here; now she is the safety lead."""
    with transaction() as s:
        s.get_one(Piece, nameless.id).author_id = world.id("petra")
    asking = unmasking.ask(world.viewer("jonna"), nameless.id, WHY, alone=False)
    for act in (
        lambda who: unmasking.ask(who, nameless.id, WHY, alone=True),
        lambda who: unmasking.agree(who, asking.id),
        lambda who: unmasking.refuse(who, asking.id, "nej"),
    ):
        with pytest.raises(NotAllowed):
            act(world.viewer("petra"))


def test_pages_without_javascript(world: World, nameless: Piece, browser: Browsers, lead: None) -> None:
    jonna, petra = browser("jonna"), browser("petra")
    path = f"/pieces/{nameless.id}/who"
    assert f'href="{path}"' in jonna.get(f"/pieces/{nameless.id}/more").text
    assert f'href="{path}"' not in browser("sara").get(f"/pieces/{nameless.id}/more").text
    assert jonna.post(path, why="").status_code == 422
    assert jonna.post(path, why=WHY, alone="y").status_code == 403
    assert jonna.post(path, why=WHY).status_code == 303
    asking = unmasking.waiting_for(world.viewer("petra"))[0]
    assert path in petra.get("/unmaskings").text
    assert petra.post(f"/unmaskings/{asking.id}/answer", answer="no", answer_why="").status_code == 422
    assert petra.post(f"/unmaskings/{asking.id}/answer", answer="yes").status_code == 303
    assert "Amina" in jonna.post(f"/unmaskings/{asking.id}/name").text
