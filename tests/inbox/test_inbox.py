"""The team's inbox: always open to a member, read by everybody who works at the house and by nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from community.core import clock
from community.core.audit import AuditLine
from community.core.db import session, transaction
from community.core.errors import Conflict, Invalid, NotAllowed, NotFound
from community.inbox import actions, queries, waiting
from community.inbox.models import InboxStep
from community.members import incident
from community.members.models import MembershipPeriod
from community.members.rules import COMMAND_LINE
from community.notices.models import Notice
from community.safety.models import Case
from community.safety.word_lists import in_force
from community.streams import actions as streams
from community.streams import muting
from community.streams.actions import Said
from community.streams.models import Piece
from community.streams.sockets import may_know
from tests.chat.saying import chat_of, say
from tests.client import Browser
from tests.counting import counted
from tests.inbox.saying import answer, inbox_of, row_of, texts, views, write
from tests.make import Make
from tests.world import HOLD, NOW, World


def test_a_member_writes_and_everybody_who_works_at_the_house_reads(world: World) -> None:
    stream_id = write(world, "vera", "hej").stream_id
    for who in ("sara", "birgitta", "vera"):
        assert texts(world, who, stream_id) == ["hej"]
    for who in ("petra", "jonna", "tuva", "amina", "johanna"):
        with pytest.raises(NotFound):
            queries.found_for(world.viewer(who), stream_id)


def test_there_is_one_for_each_member_and_house(world: World) -> None:
    assert write(world, "vera", "ett").stream_id == write(world, "vera", "två").stream_id
    assert write(world, "tuva", "tre").stream_id != inbox_of(world, "vera")


def test_somebody_who_moved_out_writes_to_the_house_she_lived_in_last(world: World) -> None:
    stream_id = write(world, "johanna", "hej igen").stream_id
    assert texts(world, "sara", stream_id) == ["hej igen"]


def test_staff_sign_with_their_own_name(world: World) -> None:
    stream_id = write(world, "vera", "hej").stream_id
    piece = answer(world, "sara", stream_id, "hej Vera")
    assert piece.author_id == world.id("sara")


@pytest.mark.parametrize("who", ["mira", "leo"])
def test_whoever_is_paused_or_closed_out_writes_all_the_same(
    who: str, world: World, browser: Callable[..., Browser]
) -> None:
    hers = browser(who)
    assert hers.get("/inbox").status_code == 200
    assert hers.post("/inbox/messages", {"text": "varför?", "client_id": "inbox-0001"}).status_code == 303
    assert texts(world, "sara", inbox_of(world, who)) == ["varför?"]
    page = hers.get("/inbox")
    assert page.status_code == 200
    assert "varför?" in page.text


def test_also_on_a_break_and_while_everything_is_read_only(
    world: World, make: Make, browser: Callable[..., Browser]
) -> None:
    make.sanction("tuva", "break")
    incident.start(COMMAND_LINE, words_sv="x", words_en="x", why="x")
    assert browser("tuva").post("/inbox/messages", {"text": "hallå", "client_id": "inbox-0001"}).status_code == 303


def test_no_limit_refuses_it(world: World) -> None:
    for number in range(45):
        with clock.at(NOW + timedelta(seconds=number)):
            write(world, "vera", f"nummer {number}")
    assert row_of(world, "vera").waits_since == NOW


def test_no_list_refuses_or_holds_it(world: World) -> None:
    with in_force(HOLD):
        piece = write(world, "vera", "refusedword and heldword, ring 070-123 45 67")
    assert piece.state == "published"
    assert not session().scalars(select(Case).where(Case.piece_id == piece.id)).all()


def test_words_that_make_us_afraid_call_somebody_at_once_and_the_card_is_shown(
    world: World, browser: Callable[..., Browser]
) -> None:
    hers = browser("vera")
    sent = hers.post("/inbox/messages", {"text": "jag vill inte vakna i morgon", "client_id": "inbox-0001"})
    assert 'id="help-card"' in hers.get(sent.location).text
    piece = session().scalars(select(Piece).where(Piece.client_id == "inbox-0001")).one()
    assert piece.state == "published"
    case = session().scalars(select(Case).where(Case.piece_id == piece.id)).one()
    assert case.alert_at is not None


def test_what_staff_ask_alerts_nobody(world: World) -> None:
    stream_id = write(world, "vera", "hej").stream_id
    piece = answer(world, "sara", stream_id, "har du tänkt att du inte vill vakna i morgon?")
    assert not session().scalars(select(Case).where(Case.piece_id == piece.id)).all()


def test_what_was_sent_twice_is_there_once(world: World) -> None:
    said = Said("hej", "inbox-0001")
    first, new = actions.write(world.viewer("vera"), said)
    again, new_again = actions.write(world.viewer("vera"), said)
    assert (first.id, new, new_again) == (again.id, True, False)


def test_the_member_is_told_that_she_has_an_answer_and_nothing_of_it(
    world: World, browser: Callable[..., Browser]
) -> None:
    stream_id = write(world, "vera", "hej").stream_id
    answer(world, "sara", stream_id, "hemligt svar")
    (notice,) = session().scalars(select(Notice).where(Notice.member_id == world.id("vera"), Notice.kind == "message"))
    hers = browser("vera")
    page = hers.get("/notifications").text
    assert "Du har fått svar" in page
    assert "hemligt" not in page
    followed = hers.get(f"/notifications/{notice.id}")
    assert followed.status_code in (302, 303), followed.status_code
    assert f"/inbox/{stream_id}" in followed.location


def test_also_who_has_muted_whoever_answers_is_told(world: World) -> None:
    muting.mute_person(world.viewer("vera"), world.id("sara"))
    answer(world, "sara", write(world, "vera", "hej").stream_id, "svar")
    assert session().scalars(select(Notice).where(Notice.member_id == world.id("vera"), Notice.kind == "message")).all()


def test_the_longest_wait_comes_first(world: World) -> None:
    for hours, who in enumerate(("tuva", "vera", "johanna")):
        with clock.at(NOW + timedelta(hours=hours)):
            write(world, who, "hej")
    with clock.at(NOW + timedelta(hours=3)):
        write(world, "tuva", "hallå?")  # she waits since her first word
    names = [view.member.name for view in queries.open_for(world.viewer("sara"))]
    assert names == ["Tuva", "Vera", "Johanna"]
    with clock.at(NOW + timedelta(hours=5)):
        late = [view.member.name for view in queries.open_for(world.viewer("sara")) if view.late]
        assert late == ["Tuva", "Vera"]
        assert queries.count_late(world.viewer("sara")) == 2
        assert queries.count_late(world.viewer("petra")) == 0


def test_a_list_longer_than_a_page_is_read_to_its_end(world: World, browser: Callable[..., Browser]) -> None:
    for who in ("tuva", "vera", "johanna", "amina", "elias"):
        write(world, who, "hej")
    seen: list[str] = []
    after = None
    while True:
        views = queries.open_for(world.viewer("sara"), after)[:2]
        if not views:
            break
        seen += [view.member.name for view in views]
        after = (views[-1].waits_since or NOW, views[-1].id)
    assert sorted(seen) == ["Amina", "Elias", "Johanna", "Tuva", "Vera"]


def test_an_answer_ends_the_wait_and_whoever_answers_has_it(world: World, browser: Callable[..., Browser]) -> None:
    stream_id = write(world, "vera", "hej").stream_id
    answer(world, "sara", stream_id, "hej")
    assert row_of(world, "vera").waits_since is None
    assert queries.open_for(world.viewer("sara")) == []
    assert [view.taken_by for view in queries.open_for(world.viewer("sara"), waiting=False)] == ["Sara"]
    assert "Sara har det." in browser("vera").get("/inbox").text


def test_it_is_taken_let_go_handed_over_closed_and_opened(world: World, browser: Callable[..., Browser]) -> None:
    stream_id = write(world, "vera", "hej").stream_id
    sara, birgitta = world.viewer("sara"), world.viewer("birgitta")

    def version() -> int:
        return row_of(world, "vera").version

    with clock.at(NOW - timedelta(minutes=1)):
        actions.take_step(sara, stream_id, "take", version=version())
    assert row_of(world, "vera").taken_by == sara.id
    actions.hand_over(sara, stream_id, birgitta.id, "hon vill prata om flytten", version=version())
    assert row_of(world, "vera").taken_by == birgitta.id
    assert [step.note for step in queries.steps_of(birgitta, queries.found_for(birgitta, stream_id))] == [
        "",
        "hon vill prata om flytten",
    ]
    assert "flytten" not in browser("vera").get("/inbox").text
    actions.take_step(birgitta, stream_id, "release", version=version())
    assert row_of(world, "vera").taken_by is None
    actions.take_step(birgitta, stream_id, "close", version=version())
    assert queries.open_for(sara) == []
    assert len(queries.closed_for(sara)) == 1
    write(world, "vera", "en sak till")
    assert row_of(world, "vera").state == "open"
    acts = session().scalars(select(AuditLine.act).where(AuditLine.subject == f"stream:{stream_id}")).all()
    assert acts == ["inbox.took", "inbox.handed", "inbox.released", "inbox.closed"]


def test_the_note_is_kept_sealed(world: World) -> None:
    stream_id = write(world, "vera", "hej").stream_id
    actions.hand_over(
        world.viewer("sara"), stream_id, world.id("birgitta"), "känsligt", version=row_of(world, "vera").version
    )
    (step,) = session().scalars(select(InboxStep)).all()
    assert "känsligt" not in str(step.note_sealed)


def test_two_who_take_it_at_once_do_not_both_have_it(world: World) -> None:
    stream_id = write(world, "vera", "hej").stream_id
    version = row_of(world, "vera").version
    actions.take_step(world.viewer("sara"), stream_id, "take", version=version)
    with pytest.raises(Conflict):
        actions.take_step(world.viewer("birgitta"), stream_id, "take", version=version)


@pytest.mark.parametrize("whom", ["petra", "vera", "tuva", "gun"])
def test_it_is_handed_to_colleagues_of_the_house_alone(whom: str, world: World) -> None:
    stream_id = write(world, "vera", "hej").stream_id
    with pytest.raises(Invalid):
        actions.hand_over(world.viewer("sara"), stream_id, world.id(whom), "", version=row_of(world, "vera").version)


def test_staff_begin_with_a_member_of_their_house(world: World) -> None:
    piece, _new = actions.begin(world.viewer("sara"), world.id("vera"), Said("hur mår du?", "inbox-0001"))
    assert texts(world, "vera", piece.stream_id) == ["hur mår du?"]
    assert write(world, "vera", "bra").stream_id == piece.stream_id


@pytest.mark.parametrize(("who", "whom"), [("sara", "isla"), ("sara", "birgitta"), ("tuva", "vera"), ("leo", "vera")])
def test_and_with_nobody_else(who: str, whom: str, world: World) -> None:
    with pytest.raises(NotAllowed):
        actions.begin(world.viewer(who), world.id(whom), Said("hej", "inbox-0001"))


def test_whoever_staff_keep_apart_from_a_member_finds_nothing(
    world: World, make: Make, browser: Callable[..., Browser]
) -> None:
    stream_id = write(world, "vera", "om något").stream_id
    answer(world, "birgitta", stream_id, "jag läser")
    make.excluded("vera", "sara", "separation")
    sara = world.viewer("sara")
    with pytest.raises(NotFound):
        queries.found_for(sara, stream_id)
    assert queries.open_for(sara) == queries.open_for(sara, waiting=False) == []
    assert waiting.count_for(sara) == 0
    hers = browser("sara")
    for path in (f"/team/{stream_id}", f"/team/{stream_id}/state", f"/streams/{stream_id}/since?seq=0"):
        assert hers.get(path).status_code == 404
    assert hers.post(f"/team/{stream_id}/messages", {"text": "x", "client_id": "inbox-0002"}).status_code == 404
    birgitta = world.viewer("birgitta")
    found = queries.found_for(birgitta, stream_id)
    assert world.id("sara") not in {one.id for one in queries.colleagues(birgitta, found)}


def test_what_she_said_before_is_no_more_there_for_the_member(world: World, make: Make) -> None:
    stream_id = write(world, "vera", "hej").stream_id
    answer(world, "sara", stream_id, "svar")
    make.excluded("vera", "sara", "separation")
    assert texts(world, "vera", stream_id) == ["hej"]


def test_a_block_does_not_keep_what_the_house_says_away(world: World, make: Make) -> None:
    stream_id = write(world, "vera", "hej").stream_id
    make.excluded("vera", "sara", "block")
    answer(world, "sara", stream_id, "viktigt")
    assert texts(world, "vera", stream_id) == ["hej", "viktigt"]


def test_what_a_page_shows_it_also_catches_up_with(world: World, make: Make, browser: Callable[..., Browser]) -> None:
    """Blocked before she worked here: her answers in the inbox are there both ways, her words in a chat neither way."""
    stream_id, chat = write(world, "vera", "hej").stream_id, chat_of(world)
    make.excluded("vera", "sara", "block")
    vera = browser("vera")
    answered, told = answer(world, "sara", stream_id, "hej Vera"), say(world, "sara", "hej alla")
    assert may_know(world.id("vera"), answered, answered.author_id)
    assert not may_know(world.id("vera"), told, told.author_id)
    answered_id, told_id = answered.id, told.id
    assert "hej Vera" in vera.get(f"/inbox/{stream_id}").text
    assert _caught_up(vera, stream_id) == {answered_id}
    assert vera.get(f"/pieces/{answered_id}/more").status_code == 200
    assert "hej alla" not in vera.get(f"/chat/{chat}").text
    assert told_id not in _caught_up(vera, chat)
    assert vera.get(f"/pieces/{told_id}/more").status_code == 404


def test_what_one_may_do_to_a_message_of_the_inbox(world: World, browser: Callable[..., Browser]) -> None:
    """Its menu is there for both; nothing there is quoted."""
    hers = write(world, "vera", "hej")
    hers_id, theirs_id = hers.id, answer(world, "sara", hers.stream_id, "hej Vera").id
    for who, own in (("vera", hers_id), ("sara", theirs_id)):
        for piece_id in (hers_id, theirs_id):
            menu = browser(who).get(f"/pieces/{piece_id}/more")
            assert menu.status_code == 200, (who, piece_id)
            assert (f"/pieces/{piece_id}/delete" in menu.text) is (piece_id == own)
            assert "quote=" not in menu.text


def test_a_separation_keeps_it_away_both_ways(world: World, make: Make, browser: Callable[..., Browser]) -> None:
    stream_id = write(world, "vera", "hej").stream_id
    answered = answer(world, "sara", stream_id, "hej Vera")
    make.excluded("vera", "sara", "separation")
    assert not may_know(world.id("vera"), answered, answered.author_id)
    answered_id, vera = answered.id, browser("vera")
    assert "hej Vera" not in vera.get(f"/inbox/{stream_id}").text
    assert answered_id not in _caught_up(vera, stream_id)


def _caught_up(page: Browser, stream_id: int) -> set[int]:
    """What others said that a page would bring in."""
    found = page.get(f"/streams/{stream_id}/since?after=0").json
    return {piece["id"] for piece in found["pieces"] if not piece["gone"]} - set(found["mine"]["pieces"])


def test_whoever_leaves_or_changes_house_has_lost_it(world: World) -> None:
    stream_id = write(world, "vera", "hej").stream_id
    answer(world, "sara", stream_id, "svar")
    with transaction() as s:
        s.execute(
            update(MembershipPeriod)
            .where(MembershipPeriod.member_id == world.id("sara"))
            .values(house_id=world.house("Linden"))
        )
    with pytest.raises(NotFound):
        queries.found_for(world.viewer("sara"), stream_id)
    vera = world.viewer("vera")
    assert queries.about(vera, queries.found_for(vera, stream_id)).taken_by is None
    assert texts(world, "vera", stream_id) == ["hej", "svar"]


def test_a_member_who_moves_reads_what_was_and_writes_to_the_new_house(
    world: World, browser: Callable[..., Browser]
) -> None:
    old = write(world, "tuva", "i gamla huset").stream_id
    with transaction() as s:
        s.execute(
            update(MembershipPeriod)
            .where(MembershipPeriod.member_id == world.id("tuva"))
            .values(house_id=world.house("Linden"))
        )
    new = write(world, "tuva", "i nya huset").stream_id
    assert new != old
    assert texts(world, "petra", new) == ["i nya huset"]
    with pytest.raises(NotFound):
        queries.found_for(world.viewer("petra"), old)
    page = browser("tuva").get(f"/inbox/{old}")
    assert "i gamla huset" in page.text
    assert "disabled" in page.text.split('id="reply-send"')[1][:40]


def test_nothing_is_taken_away_by_one_alone(world: World) -> None:
    piece = write(world, "vera", "det som hände")
    streams.remove_piece(world.viewer("vera"), piece.id)
    (shown,) = views(world, "sara", piece.stream_id)
    assert shown.state == "removed"
    with clock.at(NOW + timedelta(days=60)):
        streams.clear_out_removed(clock.now())
    assert session().get_one(Piece, piece.id, populate_existing=True).text == "det som hände"


def test_nobody_removes_what_somebody_else_said(world: World) -> None:
    piece = write(world, "vera", "hej")
    with pytest.raises(NotAllowed):
        streams.remove_piece(world.viewer("sara"), piece.id)


def test_the_figure_is_of_what_waits_for_her_and_for_nobody(world: World) -> None:
    sara, birgitta = world.viewer("sara"), world.viewer("birgitta")
    stream_id = write(world, "vera", "hej").stream_id
    assert (waiting.count_for(sara), waiting.count_for(birgitta), waiting.count_for(world.viewer("petra"))) == (1, 1, 0)
    actions.take_step(sara, stream_id, "take", version=row_of(world, "vera").version)
    assert (waiting.count_for(sara), waiting.count_for(birgitta)) == (1, 0)


def test_a_page_leads_where_it_is_about_somebody_who_works_here(browser: Callable[..., Browser]) -> None:
    page = browser("vera").get("/inbox").text
    assert "/help/staff" in page or "door=staff" in page
    assert "Alla som jobbar på Solgläntan läser det" in page


@pytest.mark.parametrize(("page", "who"), [("/inbox", "vera"), ("/team", "sara"), ("/team/{id}", "sara")])
def test_pages_ask_few_questions(
    page: str, who: str, world: World, browser: Callable[..., Browser], rolled_back: Any
) -> None:
    stream_id = write(world, "vera", "hej").stream_id
    for number in range(5):
        answer(world, "sara", stream_id, f"svar {number}")
    hers = browser(who)
    hers.get(page.format(id=stream_id))
    with counted(rolled_back) as asked:
        assert hers.get(page.format(id=stream_id)).status_code == 200
    assert len(asked) <= 12, len(asked)
