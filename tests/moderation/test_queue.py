"""The queue itself: its order, its cards, what is opened and noted, who hears of a change, and being busy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from community.acts.cases import places, sees, visible_to
from community.core import clock
from community.core.audit import AuditLine
from community.core.db import session, transaction
from community.core.errors import Invalid
from community.forum import actions as forum
from community.members import profile
from community.members.models import Duty
from community.moderation import actions, deciding, items, queries, sockets, waiting
from community.moderation.deciding import Decision
from community.rota.busy import backed_up_by, busy_until
from community.safety.models import Case, CaseKeptFrom
from community.safety.word_lists import WordLists, in_force
from community.streams.actions import Said
from community.streams.gating import facts_for_all
from tests.client import Browser, words_of
from tests.make import Make
from tests.moderation.conftest import MakeCase, case_about
from tests.reports.told import tell
from tests.world import HOLD, NOW, World

Browsers = Callable[..., Browser]


def listed(world: World, who: str) -> list[int]:
    return [case.id for case in queries.open_for(world.viewer(who))]


def test_the_worst_comes_first_then_the_longest_wait(world: World, waits: MakeCase) -> None:
    late = waits("held-reply", "held")
    with clock.at(NOW - timedelta(hours=1)):
        early = waits("held", "held")
    harm = waits("open-reply", "report", harm=2, by_id=world.id("tuva"))
    assert listed(world, "jonna") == [harm.id, early.id, late.id]


def test_many_reasons_and_people_are_one_thing(world: World, waits: MakeCase, browser: Browsers) -> None:
    cases = {tell(world, who, world.piece("open")).case_id for who in ("tuva", "vera", "johanna")}
    assert len(cases) == 1
    page = words_of(browser("jonna").get("/review"))
    assert "3 medlemmar" in page
    for name in ("Tuva", "Vera", "Johanna"):
        assert name not in page.split("Tangenter")[0].split("Att titta på", 2)[-1], "a number, and no names"


def test_several_first_posts_of_one_author_are_one_card_but_never_what_has_no_name(
    world: World, waits: MakeCase, app: object
) -> None:
    with in_force(HOLD):
        said = [Said(f"heldword {n}", f"nameless-{n}", unnamed=True, at_once=True) for n in (1, 2)]
        for one in said:
            forum.start_thread(world.viewer("vera"), world.space("vardagsrummet"), one, mode="tell", just_listen=False)
    for label in ("held", "held-reply", "nameless-1", "nameless-2"):
        waits(label)
    with app.test_request_context():  # type: ignore[attr-defined]
        found = items.items_for(world.viewer("jonna"), queries.open_for(world.viewer("jonna")))
        assert sorted(len(group.items) for group in items.groups_of(found)) == [1, 1, 2]
        nameless = [item for item in found if item.piece and item.piece.unnamed]
        assert all(item.author and item.author.id == 0 and item.closed_words for item in nameless)


def test_opening_what_nobody_else_sees_is_noted_and_names_nobody(
    world: World, waits: MakeCase, browser: Browsers
) -> None:
    with in_force(HOLD):
        said = Said("heldword hemligt", "nameless-3", unnamed=True, at_once=True)
        forum.start_thread(world.viewer("vera"), world.space("vardagsrummet"), said, mode="tell", just_listen=False)
    case, plain = waits("nameless-3"), waits("held-reply")
    jonna = browser("jonna")
    assert "hemligt" not in jonna.get("/review").text, "its words stand on its own page"
    page = jonna.get(f"/review/{case.id}").text
    assert "hemligt" in page and "Utan namn" in page
    assert "Vera" not in page and str(world.id("vera")) not in page
    jonna.get(f"/review/{plain.id}")
    opened = select(AuditLine.actor_id, AuditLine.subject).where(AuditLine.act == "review.opened")
    assert [tuple(row) for row in session().execute(opened)] == [(world.id("jonna"), f"case:{case.id}")]
    for path in ("note", "do/publish"):  # what is refused shows the page again
        again = jonna.post(f"/review/{case.id}/{path}", data={"version": case.version + 7})
        assert "hemligt" in again.text and again.status_code in (409, 422)
    assert len(list(session().execute(opened))) == 3


def test_what_was_heard_is_marked_and_stays_in_the_page() -> None:
    with in_force(WordLists(intent=frozenset({"vill inte vakna"}))):
        marked = items.marked("jag vill inte vakna & <b>sova</b>")
    assert marked == "jag <mark>vill inte vakna</mark> &amp; &lt;b&gt;sova&lt;/b&gt;"


def test_a_change_is_heard_by_those_alone_for_whom_it_exists(world: World, waits: MakeCase, browser: Browsers) -> None:
    case = waits("held")
    leads = waits("open-reply", "report", lane="leads")
    with transaction() as s:
        kept = waits("open", "report")
        s.add(CaseKeptFrom(case_id=kept.id, member_id=world.id("jonna")))
        s.flush()
    lines = {name: browser(name).socket() for name in ("jonna", "birgitta", "sara", "tuva")}

    def heard_of(one: Case) -> set[str]:
        for line in lines.values():
            line.get_received()
        sockets.bring_change({"case": one.id})
        frames = {name: line.get_received() for name, line in lines.items()}
        assert all(frame["args"] == [{}] for found in frames.values() for frame in found), "no number of anything"
        return {name for name, found in frames.items() if found}

    assert heard_of(case) == {"jonna"}
    assert heard_of(leads) == {"birgitta"}
    assert heard_of(kept) == set()


def test_one_at_hand_and_the_database_say_the_same(world: World, waits: MakeCase) -> None:
    waits("held"), waits("linden-reply", "report"), waits("house", "report")
    waits("open-reply", "report", lane="leads"), waits("own-birgitta", "report", lane="leads")
    with transaction() as s:
        s.add(CaseKeptFrom(case_id=waits("open").id, member_id=world.id("jonna")))
        s.add(Duty(member_id=world.id("petra"), kind="safeguarding_lead", from_on=NOW.date()))
        s.flush()
    for name in ("jonna", "birgitta", "petra", "sara", "tuva"):
        viewer = world.viewer(name)
        told = set(session().scalars(select(Case.id).where(Case.state == "open", visible_to(viewer))))
        assert told == {place.id for place in places(Case.state == "open") if sees(viewer, place)}
    assert len(listed(world, "petra")) == 6, "a safety lead sees every house's and the leads'"
    assert len(listed(world, "birgitta")) == 1, "what is about herself is not there"


def test_busy_until_and_who_has_it_first(world: World, waits: MakeCase, make: Make, browser: Browsers) -> None:
    shift = make.shift("jonna", "Linden", -2, 4, role="host")
    with transaction() as s:
        s.merge(shift).back_up_id = world.id("petra")
        s.add(Duty(member_id=world.id("petra"), kind="moderator", from_on=NOW.date()))
        s.flush()
    actions.be_busy(world.viewer("jonna"), 30)
    assert busy_until(world.id("jonna")) == NOW + timedelta(minutes=30)
    with clock.at(NOW + timedelta(minutes=1)):
        waits("held")
    assert "1 new one comes to you first." in words_of(browser("petra").get("/review"))
    with clock.at(NOW + timedelta(minutes=30)):
        assert busy_until(world.id("jonna")) is None and backed_up_by(world.id("petra")) == []
    actions.be_busy(world.viewer("jonna"), 0)
    assert busy_until(world.id("jonna")) is None
    with pytest.raises(Invalid):
        actions.be_busy(world.viewer("jonna"), 7)


def test_the_figure_costs_members_nothing_and_hosts_nothing_twice(world: World, waits: MakeCase) -> None:
    assert waiting.waiting_for(world.viewer("tuva")) is None
    assert waiting.waiting_for(world.viewer("jonna")) == 0
    waits("held")
    waiting.forget()
    assert waiting.waiting_for(world.viewer("jonna")) == waiting.count_for(world.viewer("jonna")) == 1


@pytest.mark.parametrize(("do", "stands"), [("publish", "ett heldword"), ("back", "")])
def test_words_about_oneself_stand_or_come_back(do: str, stands: str, world: World) -> None:
    with in_force(HOLD):
        own = profile.Own("Samir", "a01", "a", about="ett heldword", tells_year=False)
        profile.change(world.viewer("samir"), own)
    case = session().scalars(select(Case).where(Case.target == f"profile:{world.id('samir')}")).one()
    deciding.decide(world.viewer("jonna"), case.id, Decision(do, case.version, "private" if do == "back" else None))
    found = profile.profile_of(world.viewer("samir"), world.id("samir"))
    assert (found.about, found.waiting) == (stands, "")
    assert found.returned == ("ett heldword" if do == "back" else ""), "her words are kept for her"


@pytest.mark.parametrize(("do", "stands"), [("fine", "ett checkword"), ("back", "")])
def test_words_about_oneself_that_stand_are_read_after(
    do: str, stands: str, world: World, waits: MakeCase, browser: Browsers
) -> None:
    with in_force(WordLists(check=frozenset({"checkword"}))):
        own, samir = profile.Own("Samir", "a01", "a", about="ett checkword", tells_year=False), world.viewer("samir")
        assert profile.change(samir, own, facts_for_all(samir)).about == "ett checkword"
    case = session().scalars(select(Case).where(Case.target == f"profile:{world.id('samir')}")).one()
    assert "ett checkword" in words_of(browser("jonna").get(f"/review/{case.id}"))
    sent = browser("jonna").post(f"/review/{case.id}/do/{do}", version=case.version, reason="private")
    assert sent.status_code == 303
    found = profile.profile_of(world.viewer("samir"), world.id("samir"))
    assert (found.about, found.returned) == (stands, "" if stands else "ett checkword")
    assert session().get_one(Case, case.id, populate_existing=True).state == "closed"


def test_after_a_hard_one_a_minute_is_offered_and_nothing_kept(
    world: World, waits: MakeCase, browser: Browsers
) -> None:
    case = case_about(world.piece("held-reply"), "word", harm=3)
    jonna = browser("jonna")
    answer = jonna.post(f"/review/{case.id}/do/publish", version=case.version)
    assert answer.status_code == 303
    page = words_of(jonna.get(answer.location))
    assert "Den var tung. Behöver du en stund?" in page and "Ångra" in page
    with clock.at(NOW + timedelta(seconds=11)):
        assert "Ångra" not in words_of(jonna.get(answer.location))
