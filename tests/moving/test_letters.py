"""Letters for the day of a move: who may write one, who reads it and when, and what a host decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from community.core import clock, jobs
from community.core.audit import AuditLine
from community.core.db import session
from community.core.errors import Conflict, Invalid, NotAllowed, NotFound
from community.moderation import deciding, items, queries
from community.moderation.deciding import Decision
from community.moving import check_ins, letter_writing, letters, preparing
from community.moving.models import Move
from community.moving.prepared_models import FarewellLetter
from community.notices.cards import cards_for
from community.reports.models import Report
from community.safety.models import Case
from community.safety.word_lists import in_force
from tests.client import Browser
from tests.make import Make
from tests.moving.preparing import day_comes, letter, on_her_way
from tests.world import HOLD, NOW, World

ON_THE_DAY = NOW + timedelta(days=12)


def _row(id_: int) -> FarewellLetter:
    return session().get_one(FarewellLetter, id_, populate_existing=True)


def _case(letter_id: int) -> Case:
    found = session().scalar(select(Case).where(Case.target == letters.target_of(letter_id)))
    assert found is not None
    return found


# Who may write.


@pytest.mark.parametrize("who", ["petra", "jonna", "isla", "noor", "tuva", "johanna"])
def test_her_house_and_whoever_may_write_to_her_anyway_writes(who: str, world: World) -> None:
    """Samir is 18 and moves from Linden: tuva and johanna are grown up and live elsewhere."""
    on_her_way(world, "samir")
    assert letter(world, who, "samir").to_id == world.id("samir")


@pytest.mark.parametrize("who", ["vera", "amina", "kim"])
def test_nobody_else_finds_a_box(who: str, world: World, browser: Callable[..., Browser]) -> None:
    on_her_way(world, "samir")
    with pytest.raises(NotFound):
        letter(world, who, "samir")
    assert browser(who).get(f"/people/{world.id('samir')}/letter").status_code == 404


def test_a_grown_up_outside_her_house_writes_no_child(world: World) -> None:
    on_her_way(world, "amina")
    with pytest.raises(NotFound):
        letter(world, "johanna", "amina")


def test_without_her_yes_there_is_no_box_and_a_no_shuts_it(world: World) -> None:
    move_id = on_her_way(world, "samir", letters=False)
    with pytest.raises(NotFound):
        letter(world, "petra", "samir")
    move, samir = session().get_one(Move, move_id), world.viewer("samir")
    preparing.wish(samir, move, letters=True)
    letter(world, "petra", "samir")
    preparing.wish(samir, move, letters=False)
    with pytest.raises(NotFound):
        letter(world, "isla", "samir")
    with pytest.raises(Conflict):
        letter(world, "petra", "samir", "nya ord")
    letter_writing.take_back(world.viewer("petra"), samir.id)


@pytest.mark.parametrize("kind", ["block", "separation"])
def test_who_is_kept_apart_can_not_and_notices_nothing(
    kind: str, world: World, make: Make, browser: Callable[..., Browser]
) -> None:
    on_her_way(world, "samir")
    written = letter(world, "petra", "samir", "från Petra")
    make.excluded("samir", "petra", kind)
    make.excluded("samir", "isla", kind)
    isla, petra = browser("isla"), browser("petra")
    never = isla.get("/people/1/letter")
    for reader in (isla, petra):
        answer = reader.get(f"/people/{world.id('samir')}/letter")
        assert answer.status_code == never.status_code == 404
    with clock.at(ON_THE_DAY):
        move = session().get_one(Move, written.move_id)
        day_comes(move.id)
        assert letters.letters_for(world.viewer("samir")) == []
        with pytest.raises(NotFound):
            letters.letter_for(world.viewer("samir"), written.id)


def test_letters_of_those_she_is_kept_apart_from_are_not_counted(world: World, make: Make) -> None:
    move = session().get_one(Move, on_her_way(world, "samir"))
    letter(world, "petra", "samir")
    letter(world, "isla", "samir")
    assert letters.sealed_for(world.viewer("samir"), move) == 1  # isla is under 18: a host reads hers first
    make.excluded("samir", "petra")
    assert letters.sealed_for(world.viewer("samir"), move) == 0


def test_who_is_paused_writes_none(world: World, make: Make) -> None:
    on_her_way(world, "samir")
    make.sanction("petra", "paused")
    with pytest.raises(NotAllowed):
        letter(world, "petra", "samir")


# Until the day.


def test_one_for_each_writer_changed_until_the_day_and_sealed_at_rest(world: World) -> None:
    on_her_way(world, "samir")
    first = letter(world, "petra", "samir", "hemliga ord")
    second = letter(world, "petra", "samir", "andra ord")
    assert first.id == second.id and letters.words_of(_row(first.id)) == "andra ord"
    assert "ord" not in _row(first.id).text_sealed
    with clock.at(ON_THE_DAY), pytest.raises(Conflict):
        letter(world, "petra", "samir", "för sent")


def test_nobody_reads_one_before_the_day(world: World, browser: Callable[..., Browser]) -> None:
    on_her_way(world, "samir")
    written = letter(world, "petra", "samir", "hemliga ord")
    for who in ("samir", "jonna", "birgitta", "isla"):
        reader = browser(who)
        for path in (f"/me/move/letters/{written.id}", f"/people/{world.id('samir')}/letter", "/me/move/letters"):
            assert "hemliga ord" not in reader.get(path).text
        assert reader.post(f"/me/move/letters/{written.id}", {}).status_code in (403, 404)
    page = browser("samir").get("/me/move").text
    assert "1 brev att öppna på dagen" in page and "Petra" not in page


def test_it_is_taken_back_until_it_is_opened(world: World) -> None:
    move_id = on_her_way(world, "samir")
    letter(world, "petra", "samir")
    letter_writing.take_back(world.viewer("petra"), world.id("samir"))
    assert session().scalars(select(FarewellLetter)).all() == []
    again = letter(world, "petra", "samir")
    with clock.at(ON_THE_DAY):
        day_comes(move_id)
        letter_writing.open_letter(world.viewer("samir"), again.id)
        with pytest.raises(Conflict):
            letter_writing.take_back(world.viewer("petra"), world.id("samir"))


# From the day on.


def test_she_opens_them_one_by_one(world: World, browser: Callable[..., Browser]) -> None:
    move_id = on_her_way(world, "samir")
    one, two = letter(world, "petra", "samir", "ett"), letter(world, "tuva", "samir", "två")
    with clock.at(ON_THE_DAY):
        day_comes(move_id)
        samir = browser("samir")
        assert "Petra" in samir.get("/me/move/letters").text
        assert "<article" not in samir.get(f"/me/move/letters/{one.id}").text
        assert samir.post(f"/me/move/letters/{one.id}", {}).status_code == 303
        assert ">ett<" in samir.get(f"/me/move/letters/{one.id}").text
        assert _row(two.id).opened_at is None
        for who in ("petra", "isla", "birgitta"):
            assert browser(who).get(f"/me/move/letters/{one.id}").status_code == 404


def test_after_a_move_that_was_cancelled_none_opens(world: World) -> None:
    move_id = on_her_way(world, "samir")
    written = letter(world, "petra", "samir")
    move = session().get_one(Move, move_id)
    move.is_open, move.cancelled_at = None, clock.now()
    session().commit()
    with clock.at(ON_THE_DAY), pytest.raises(NotFound):
        letters.letter_for(world.viewer("samir"), written.id)


# The gate.


def test_a_list_holds_or_refuses_and_a_host_reads_what_is_held(world: World) -> None:
    on_her_way(world, "samir")
    with in_force(HOLD):
        with pytest.raises(Invalid):
            letter(world, "petra", "samir", "ett refusedword")
        held = letter(world, "tuva", "samir", "ett heldword")
    assert _row(held.id).state == "held"
    jonna, case = world.viewer("jonna"), _case(held.id)
    (item,) = items.items_for(jonna, [queries.case_for(jonna, case.id)])
    assert item.closed_words and item.own_words == "ett heldword" and item.dos == ("publish", "back")
    deciding.decide(jonna, case.id, Decision("publish", case.version))
    assert _row(held.id).state == "sealed"


def test_opening_one_that_is_held_is_noted(world: World, browser: Callable[..., Browser]) -> None:
    on_her_way(world, "samir")
    with in_force(HOLD):
        held = letter(world, "tuva", "samir", "ett heldword i brevet")
    case_id = _case(held.id).id
    jonna = browser("jonna")
    assert "i brevet" not in jonna.get("/review").text
    assert "i brevet" in jonna.get(f"/review/{case_id}").text
    noted = select(AuditLine.act).where(AuditLine.subject == f"case:{case_id}")
    assert "review.opened" in session().scalars(noted).all()


@pytest.mark.parametrize(("by", "to"), [("petra", "noor"), ("samir", "isla"), ("isla", "samir")])
def test_between_a_grown_up_and_a_child_a_host_reads_first(by: str, to: str, world: World) -> None:
    on_her_way(world, to)
    assert letter(world, by, to, "hej då").state == "held"


def test_one_that_was_sent_back_is_changed_and_put_in_again(world: World, browser: Callable[..., Browser]) -> None:
    on_her_way(world, "samir")
    with in_force(HOLD):
        held = letter(world, "tuva", "samir", "ett heldword")
    case = _case(held.id)
    deciding.decide(world.viewer("jonna"), case.id, Decision("back", case.version, reason="private"))
    page = browser("tuva").get(f"/people/{world.id('samir')}/letter").text
    assert "heldword" in page and "was sent back" in page
    assert letter(world, "tuva", "samir", "ett annat ord").state == "sealed"


def test_a_held_one_that_is_changed_or_taken_back_waits_no_more(world: World) -> None:
    on_her_way(world, "samir")
    with in_force(HOLD):
        held = letter(world, "tuva", "samir", "ett heldword")
    case_id = _case(held.id).id
    letter(world, "tuva", "samir", "fina ord")
    assert session().get_one(Case, case_id, populate_existing=True).outcome == "withdrawn"


def test_a_held_one_is_not_hers_on_the_day_until_a_host_has_read_it(world: World) -> None:
    move_id = on_her_way(world, "samir")
    with in_force(HOLD):
        held = letter(world, "tuva", "samir", "ett heldword")
    with clock.at(ON_THE_DAY):
        day_comes(move_id)
        assert letters.letters_for(world.viewer("samir")) == []
        case = _case(held.id)
        deciding.decide(world.viewer("jonna"), case.id, Decision("publish", case.version))
        assert [one.id for one in letters.letters_for(world.viewer("samir"))] == [held.id]


def test_the_card_that_leads_to_them_is_gone_once_one_is_opened(world: World) -> None:
    move_id = on_her_way(world, "samir")
    written = [letter(world, name, "samir", "hej") for name in ("petra", "tuva")]
    with clock.at(ON_THE_DAY):
        day_comes(move_id)
        jobs.run_due((*check_ins.JOBS,))
        assert [card.kind for card in cards_for(world.viewer("samir"))] == ["letters"]
        letter_writing.open_letter(world.viewer("samir"), written[0].id)
        assert cards_for(world.viewer("samir")) == []
        jobs.run_due((*check_ins.JOBS,))
        assert cards_for(world.viewer("samir")) == []


def test_staff_can_be_told_of_an_opened_one_which_is_gone_for_her_then(
    world: World, browser: Callable[..., Browser]
) -> None:
    move_id = on_her_way(world, "samir")
    written = letter(world, "isla", "samir", "elaka ord")
    case = _case(written.id)
    deciding.decide(world.viewer("jonna"), case.id, Decision("publish", case.version))
    with clock.at(ON_THE_DAY):
        day_comes(move_id)
        samir, path = browser("samir"), f"/me/move/letters/{written.id}/tell"
        assert samir.get(path).status_code == 404  # not opened
        letter_writing.open_letter(world.viewer("samir"), written.id)
        sent = samir.post(path, {"reason": "unkind", "words": ""})
        assert sent.status_code == 303 and "/tell/sent/" in sent.location
        assert samir.get(f"/me/move/letters/{written.id}").status_code == 404
        assert samir.get(path).location == sent.location
        (report,) = session().scalars(select(Report)).all()
        assert report.target == letters.target_of(written.id) and report.about_id == world.id("isla")
        assert "elaka ord" in browser("jonna").get(f"/review/{report.case_id}").text


def test_told_of_a_letter_by_staff_it_goes_past_them(world: World, browser: Callable[..., Browser]) -> None:
    move_id = on_her_way(world, "samir")
    written = letter(world, "petra", "samir", "elaka ord")
    with clock.at(ON_THE_DAY):
        day_comes(move_id)
        letter_writing.open_letter(world.viewer("samir"), written.id)
        browser("samir").post(f"/me/move/letters/{written.id}/tell", {"reason": "unkind", "words": ""})
        (report,) = session().scalars(select(Report)).all()
        assert session().get_one(Case, report.case_id).lane == "leads"
        assert browser("petra").get(f"/review/{report.case_id}").status_code in (403, 404)


def test_somebodys_page_leads_to_a_letter_only_while_one_can_be_written(
    world: World, browser: Callable[..., Browser]
) -> None:
    path, words = f"/people/{world.id('samir')}", "/letter"
    assert words not in browser("petra").get(path).text
    on_her_way(world, "samir")
    assert words in browser("petra").get(path).text
    assert words not in browser("vera").get(path).text
    with clock.at(ON_THE_DAY):
        assert words not in browser("petra").get(path).text
