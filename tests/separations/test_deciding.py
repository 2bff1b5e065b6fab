"""Who keeps two people apart, what has to be said, and that it is looked at again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from community.acts.cases import visible_to
from community.core import clock
from community.core.audit import AuditLine
from community.core.db import session
from community.core.errors import Conflict, NotAllowed, NotFound
from community.core.jobs import run_due
from community.members.models import Exclusion
from community.members.separation_models import Separation
from community.safety.models import Case
from community.separations import actions, queries
from tests.client import Browser, field_in, words_of
from tests.make import Make
from tests.separations.deciding import IN_A_YEAR, apart, as_it_is, lead
from tests.world import NOW, TODAY, World

Browsers = Callable[..., Browser]


def test_a_manager_decides_about_her_own_house_and_a_lead_about_every_one(world: World) -> None:
    lead(world)
    apart(world, "vera", "samir")  # one of the two lives at Solgläntan
    with pytest.raises(NotAllowed):
        apart(world, "isla", "samir")
    apart(world, "isla", "samir", by="sara")
    for who in ("jonna", "petra", "tuva", "johanna"):
        with pytest.raises(NotAllowed):
            apart(world, "vera", "tuva", by=who)


def test_nobody_decides_about_herself_nor_learns_of_it(world: World, browser: Browsers) -> None:
    lead(world)
    with pytest.raises(NotAllowed):
        apart(world, "birgitta", "petra")
    hers_too = apart(world, "birgitta", "vera", "private", by="sara").id
    assert [view.id for view in queries.list_for(world.viewer("sara"))] == [hers_too]
    assert queries.list_for(world.viewer("birgitta")) == []
    for step in (
        lambda: queries.one_for(world.viewer("birgitta"), hers_too),
        lambda: actions.end(world.viewer("birgitta"), hers_too, "no", version=1),
    ):
        with pytest.raises(NotFound):
            step()
    hers = browser("birgitta")
    unknown = hers.get("/separations/4711")
    there = hers.get(f"/separations/{hers_too}")
    assert (there.status_code, words_of(there)) == (404, words_of(unknown))
    assert hers.get(f"/separations/new?one_id={world.id('birgitta')}&other_id={world.id('vera')}").status_code != 200


def test_a_second_one_is_a_conflict_that_shows_the_first(world: World, browser: Browsers) -> None:
    known = apart(world, "vera", "ivan", "chat").id
    with pytest.raises(Conflict):
        apart(world, "ivan", "vera", "chat")
    hers = browser("birgitta")
    pair = {"one_id": world.id("ivan"), "other_id": world.id("vera"), "level": "chat", "reason": "x"}
    answer = hers.post("/separations/new", pair, review_on=str(IN_A_YEAR))
    assert answer.status_code == 409
    assert "they hurt each other" in answer.text
    look = hers.get(f"/separations/new?one_id={pair['one_id']}&other_id={pair['other_id']}")
    assert look.location.endswith(f"/separations/{known}")
    assert len(session().scalars(select(Separation)).all()) == 1


def test_what_is_missing_is_asked_for_and_the_words_are_kept(world: World, browser: Browsers) -> None:
    hers, vera, ivan = browser("birgitta"), world.id("vera"), world.id("ivan")
    assert hers.get(f"/separations/new?one_id={vera}&other_id={vera}").status_code == 422
    same = {"one_id": vera, "other_id": vera, "level": "total", "reason": "because", "review_on": str(IN_A_YEAR)}
    assert hers.post("/separations/new", same).status_code == 422
    wrong = [{"level": ""}, {"reason": ""}, {"review_on": ""}, {"review_on": str(TODAY)}, {"level": "somehow"}]
    wrong.append({"review_on": str(IN_A_YEAR + timedelta(days=1))})
    for one in wrong:
        answer = hers.post("/separations/new", {**same, "other_id": ivan, **one})
        assert answer.status_code == 422, one
        assert field_in(answer, "reason") == (one.get("reason", "because")), one
    assert session().scalar(select(Separation.id)) is None


def test_looking_is_written_down_and_shows_no_word(world: World, make: Make, browser: Browsers) -> None:
    make.reply("ivan", make.thread("vera", text="a secret of veras"), text="ivans secret")
    answer = browser("birgitta").get(f"/separations/new?one_id={world.id('vera')}&other_id={world.id('ivan')}")
    said = words_of(answer)
    assert "samma hus" in said and "inlägg" in said, said
    assert "ivans secret" not in answer.text
    line = session().scalars(select(AuditLine).order_by(AuditLine.n.desc())).first()
    assert line is not None and (line.act, line.actor_id) == ("separation.looked", world.id("birgitta"))


def test_why_is_sealed_and_the_chain_has_ids_alone(world: World) -> None:
    row = apart(world, "vera", "ivan")
    assert "hurt" not in row.reason_sealed
    actions.end(world.viewer("birgitta"), row.id, "they made up", version=1)
    assert "made up" not in (as_it_is(row).ended_why_sealed or "")
    lines = session().scalars(select(AuditLine).where(AuditLine.subject == f"separation:{row.id}")).all()
    assert [line.act for line in lines] == ["separation.made", "separation.ended"]
    assert "hurt" not in str([line.facts for line in lines])


def test_ended_they_meet_again_and_what_else_stands_between_them_stays(
    world: World, make: Make, browser: Callable[..., Browser]
) -> None:
    make.excluded("vera", "ivan")
    row = apart(world, "vera", "ivan")
    kinds = select(Exclusion.kind).where(Exclusion.low_id == row.low_id, Exclusion.high_id == row.high_id)
    assert set(session().scalars(kinds)) == {"block", "separation"}
    ended = actions.end(world.viewer("birgitta"), row.id, "they made up", version=1)
    assert set(session().scalars(kinds)) == {"block"}
    assert ended.is_open is None
    with pytest.raises(Conflict):
        actions.end(world.viewer("birgitta"), row.id, "again", version=2)
    first = row.id
    again = apart(world, "vera", "ivan")
    assert again.id != first
    assert [view.id for view in queries.list_for(world.viewer("birgitta"))] == [again.id, first]
    late = browser("birgitta").post(f"/separations/{first}/end", {"why": "again", "version": "2"})
    assert late.status_code == 409 and "redan över" in words_of(late)


def test_of_two_who_decide_at_once_the_second_is_told(world: World) -> None:
    row = apart(world, "vera", "ivan")
    how = {"level": "chat", "reason": "enough", "review_on": IN_A_YEAR}
    actions.change(world.viewer("birgitta"), row.id, version=1, **how)
    with pytest.raises(Conflict):
        actions.change(world.viewer("birgitta"), row.id, version=1, **how)
    with pytest.raises(Conflict):
        actions.end(world.viewer("birgitta"), row.id, "no", version=1)
    assert world.id("ivan") not in world.viewer("vera").excluded_ids
    assert world.id("ivan") in world.viewer("vera").not_in_chat_ids


def test_when_its_day_comes_those_who_decide_are_told_once(world: World) -> None:
    lead(world)
    row = apart(world, "sara", "vera", "private", until=TODAY + timedelta(days=30))
    wanted = select(Case).where(Case.target == f"separation:{row.id}")
    with clock.at(NOW + timedelta(days=29)):
        run_due([actions.JOB])
        assert session().scalar(wanted) is None
    with clock.at(NOW + timedelta(days=30)):
        run_due([actions.JOB])
        run_due([actions.JOB])
        (case,) = session().scalars(wanted).all()
        for who, sees in (("birgitta", True), ("sara", False), ("jonna", False)):
            found = session().scalar(wanted.where(visible_to(world.viewer(who))))
            assert (found is not None) is sees, who
        assert queries.waiting_for(world.viewer("birgitta")) == 1
        assert queries.waiting_for(world.viewer("sara")) == 0
        how = {"level": "private", "reason": "still", "review_on": TODAY + timedelta(days=90)}
        actions.change(world.viewer("birgitta"), row.id, version=as_it_is(row).version, **how)
        assert session().get_one(Case, case.id, populate_existing=True).state == "closed"
        assert queries.waiting_for(world.viewer("birgitta")) == 0
    with clock.at(NOW + timedelta(days=31)):
        run_due([actions.JOB])
        assert len(session().scalars(wanted).all()) == 1


def test_the_case_leads_to_its_page(world: World, browser: Browsers) -> None:
    row = apart(world, "ivan", "vera", "private", until=TODAY + timedelta(days=1))
    with clock.at(NOW + timedelta(days=1)):
        run_due([actions.JOB])
        hers = browser("birgitta")
        case = session().scalars(select(Case).where(Case.target == f"separation:{row.id}")).one()
        assert f"/separations/{row.id}" in hers.get(f"/review/{case.id}").text
        assert hers.get("/review").status_code == 200
        assert "Ivan" in hers.get(f"/separations/{row.id}").text
