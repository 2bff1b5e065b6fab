"""A talk from its ask to its end: what each of two reads, and what nobody else does."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from community.core import clock
from community.core.db import session, transaction
from community.core.errors import Invalid, NotAllowed, NotFound, TooMany
from community.members.contact import REFUSAL
from community.members.models import Member, MembershipPeriod
from community.notices import queries as notices
from community.notices.models import Notice
from community.safety.models import Case
from community.safety.personal import KINDS
from community.safety.word_lists import WordLists, in_force
from community.streams import actions as streams
from community.streams import catching_up
from community.streams import queries as stream_queries
from community.streams.models import Piece
from community.talks import actions, queries
from tests.client import Browser
from tests.make import Make
from tests.talks.talking import begun, rows, say, standing
from tests.world import NOW, World, nobody_works


def test_she_reads_no_word_before_her_yes(app: Flask, world: World) -> None:
    stream_id = actions.begin(world.viewer("tuva"), [world.id("johanna")]).id
    with pytest.raises(NotAllowed):
        say(world, "tuva", stream_id)
    page = Browser(app, world).signed_in("johanna").get(f"/messages/{stream_id}")
    assert page.status_code == 200
    assert "vill skriva till dig" in page.text
    assert 'id="composer"' not in page.text
    with pytest.raises(NotFound):
        stream_queries.stream_for(world.viewer("johanna"), stream_id)
    actions.answer(world.viewer("johanna"), stream_id, yes=True)
    assert say(world, "tuva", stream_id).nr == 1
    assert say(world, "johanna", stream_id).nr == 2


def test_a_no_is_silent_and_asked_again_once_in_thirty_days(app: Flask, world: World) -> None:
    stream_id = actions.begin(world.viewer("tuva"), [world.id("johanna")]).id
    asking = Browser(app, world).signed_in("tuva")
    before = asking.get(f"/messages/{stream_id}/state").text
    actions.answer(world.viewer("johanna"), stream_id, yes=False)
    assert asking.get(f"/messages/{stream_id}/state").text == before
    assert Browser(app, world).signed_in("johanna").get(f"/messages/{stream_id}").status_code == 404
    for days, again in ((1, "refused"), (29, "refused"), (31, "asked"), (32, "asked")):
        with clock.at(NOW + timedelta(days=days)):
            assert actions.begin(world.viewer("tuva"), [world.id("johanna")]).id == stream_id
            assert standing(world, stream_id, "johanna") == again
    with clock.at(NOW + timedelta(days=33)):
        actions.answer(world.viewer("johanna"), stream_id, yes=False)
        actions.begin(world.viewer("tuva"), [world.id("johanna")])
        assert standing(world, stream_id, "johanna") == "refused"


def test_minors_of_one_house_write_at_once_and_there_is_one_talk_of_two(world: World) -> None:
    stream_id = begun(world, "amina", "vera")
    assert say(world, "vera", stream_id).state == "published"
    assert actions.begin(world.viewer("vera"), [world.id("amina")]).id == stream_id


def test_whoever_comes_later_reads_from_then_on(app: Flask, world: World) -> None:
    group = begun(world, "amina", "vera", "olle")
    early = say(world, "amina", group, "kanariefågel före")
    actions.add(world.viewer("vera"), group, [world.id("mira")])
    late = say(world, "vera", group, "efter", quote_id=early.id)
    mira = world.viewer("mira")
    stream = stream_queries.stream_for(mira, group)
    assert [row.id for row in stream_queries.replies_before(mira, stream, None, 50)] == [late.id]
    with pytest.raises(NotFound):
        stream_queries.piece_for(world.viewer("mira"), early.id)
    streams.edit_piece(world.viewer("amina"), early.id, version=1, body="kanariefågel ändrad", title=None)
    streams.react(world.viewer("amina"), late.id, "heart")
    changes = catching_up.changes_since(mira, rows(group), 0)
    assert [id_ for id_, _view in changes.pieces] == [late.id]
    browser = Browser(app, world).signed_in("mira")
    assert "kanariefågel" not in browser.get(f"/messages/{group}").text
    assert "kanariefågel" not in browser.get(f"/streams/{group}/since?after=0").text
    line = browser.socket()
    assert line.emit("stream:join", {"stream": group}, callback=True)["ok"]


def test_leaving_always_works_and_ends_reading(app: Flask, world: World, make: Make) -> None:
    group = begun(world, "amina", "vera", "olle")
    say(world, "amina", group)
    make.sanction("olle", "paused")
    nobody_works()
    assert Browser(app, world).signed_in("olle").post(f"/messages/{group}/leave").status_code == 303
    with pytest.raises(NotFound):
        stream_queries.stream_for(world.viewer("olle"), group)
    actions.leave(world.viewer("olle"), group)
    assert say(world, "vera", group).nr == 2  # two left are judged as a pair
    actions.leave(world.viewer("amina"), group)
    with pytest.raises(NotAllowed) as refused:
        say(world, "vera", group)
    assert str(refused.value.sentence) == str(REFUSAL)


def test_two_who_are_left_are_judged_as_a_pair(world: World, make: Make) -> None:
    """The way round: let the third leave. A pair that is not lawful stops everybody, before and after."""
    group = begun(world, "tuva", "johanna", "samir")
    make.excluded("tuva", "samir")
    for who in ("tuva", "johanna", "samir"):
        with pytest.raises(NotAllowed) as refused:
            say(world, who, group)
        assert str(refused.value.sentence) == str(REFUSAL)
    actions.leave(world.viewer("johanna"), group)
    with pytest.raises(NotAllowed):
        say(world, "tuva", group)
    with pytest.raises(NotAllowed):
        actions.add(world.viewer("tuva"), group, [world.id("johanna")])


def test_the_ways_round_are_shut_where_two_may_not_write(world: World, make: Make) -> None:
    """Reacting, changing, putting back, answering, naming the group, a third who is asked."""
    group = begun(world, "tuva", "johanna", "samir")
    mine, other = say(world, "tuva", group), say(world, "johanna", group)
    gone = say(world, "tuva", group)
    streams.remove_piece(world.viewer("tuva"), gone.id)
    make.excluded("tuva", "samir")
    tries = [
        lambda: streams.react(world.viewer("tuva"), other.id, "heart"),
        lambda: streams.edit_piece(world.viewer("tuva"), mine.id, version=1, body="hej samir", title=None),
        lambda: streams.restore_piece(world.viewer("tuva"), gone.id),
        lambda: say(world, "johanna", group, quote_id=mine.id),
        lambda: actions.name_group(world.viewer("tuva"), group, "hej samir"),
        lambda: actions.begin(world.viewer("tuva"), [world.id("johanna"), world.id("samir")]),
    ]
    for number, attempt in enumerate(tries):
        with pytest.raises(NotAllowed) as refused:
            attempt()
        assert str(refused.value.sentence) == str(REFUSAL), number
    assert streams.remove_piece(world.viewer("tuva"), mine.id).state == "removed"  # taking back always works


def test_a_name_in_a_talk_names_nobody(world: World) -> None:
    stream_id = begun(world, "amina", "vera")
    piece = say(world, "amina", stream_id, "hej @Tuva och @Isla")
    assert "@Tuva" in piece.text
    assert session().scalar(select(func.count()).select_from(Notice).where(Notice.kind == "mention")) == 0


@pytest.mark.parametrize(
    "words", ["se https://example.org", "www.example.org", "instagram.com/amina", "[hej](/people/1)", "kolla bit.ly/x1"]
)
def test_no_links_where_somebody_is_under_18(world: World, words: str) -> None:
    stream_id = begun(world, "amina", "vera")
    with pytest.raises(Invalid) as refused:
        say(world, "amina", stream_id, words)
    assert refused.value.field == "text"
    piece = say(world, "amina", stream_id, "hej")
    with pytest.raises(Invalid):
        streams.edit_piece(world.viewer("amina"), piece.id, version=1, body=words, title=None)
    assert say(world, "tuva", begun(world, "tuva", "johanna"), words).state == "published"


def test_plain_words_are_no_links(world: World) -> None:
    stream_id = begun(world, "amina", "vera")
    for words in ("kom hem nu.se dig om", "kl. 18.30", "bra.Men inte nu", "han/hon", "1.5 liter"):
        assert say(world, "amina", stream_id, words).state == "published"


def test_lists_hold_back_where_a_minor_reads_and_only_offer_help_between_adults(world: World) -> None:
    young, grown = begun(world, "amina", "vera"), begun(world, "tuva", "johanna")
    lists = WordLists(hold=frozenset({"heldword"}), refuse=frozenset({"refusedword"}), personal=frozenset(KINDS))
    with in_force(lists):
        for words in ("heldword", "refusedword", "ring 070-123 45 67"):
            with pytest.raises(Invalid):
                say(world, "amina", young, words)
            assert say(world, "tuva", grown, words).state == "published"


def test_words_that_make_us_afraid_alert_where_a_minor_writes_and_offer_help_to_adults(world: World) -> None:
    young, grown = begun(world, "amina", "vera"), begun(world, "tuva", "johanna")
    held = say(world, "amina", young, "jag vill inte vakna i morgon")
    assert (held.state, held.nr) == ("held", None)
    case = session().scalar(select(Case).where(Case.piece_id == held.id))
    assert case is not None and case.alert_at is not None
    cases = session().scalar(select(func.count()).select_from(Case))
    assert say(world, "tuva", grown, "jag vill inte vakna i morgon").state == "published"
    assert say(world, "amina", young, "jag orkar inte mer").state == "published"
    assert session().scalar(select(func.count()).select_from(Case)) == cases


def test_no_night_rest(world: World) -> None:
    nobody_works()
    with clock.at(NOW + timedelta(hours=8)):
        assert say(world, "amina", begun(world, "amina", "vera")).state == "published"


def test_one_notice_a_talk_without_words_read_when_it_is_read(app: Flask, world: World) -> None:
    stream_id = begun(world, "amina", "vera")
    for _number in range(3):
        say(world, "amina", stream_id, "kanariefågel")
    vera = world.viewer("vera")
    (notice,) = [one for one in notices.page_for(vera) if one.kind == "message"]
    assert (notice.kind, notice.people, notice.opening) == ("message", (), None)
    assert notices.unread_for(vera, []).count == 1
    browser = Browser(app, world).signed_in("vera")
    page = browser.get("/notifications").text
    assert "Du har ett nytt meddelande" in page
    assert "kanariefågel" not in page and "Amina" not in page
    leads_to = browser.get(f"/notifications/{notice.id}").headers["Location"]
    assert leads_to.startswith(f"/messages/{stream_id}")
    assert browser.post(f"/streams/{stream_id}/read", nr="3").status_code == 303
    assert notices.unread_for(world.viewer("vera"), []).count == 0
    say(world, "amina", stream_id)
    actions.leave(world.viewer("vera"), stream_id)
    assert notices.unread_for(world.viewer("vera"), []).count == 0


def test_an_ask_is_told_by_the_bell(app: Flask, world: World) -> None:
    actions.begin(world.viewer("tuva"), [world.id("johanna")])
    assert notices.unread_for(world.viewer("johanna"), []).count == 1
    browser = Browser(app, world).signed_in("johanna")
    assert "vill skriva till dig" in browser.get("/notifications").text
    assert "Tuva vill skriva till dig" in browser.get("/messages").text


def test_at_most_ten_begun_a_day_and_twenty_messages_a_minute(world: World) -> None:
    if True:
        stream_id = begun(world, "amina", "vera")
        for _number in range(20):
            say(world, "amina", stream_id)
        with pytest.raises(TooMany):
            say(world, "amina", stream_id)


def test_a_group_takes_at_most_eight_and_its_name_passes_the_gate(world: World) -> None:
    adults = ("johanna", "samir", "ivan")
    group = begun(world, "tuva", *adults, name="Fikagänget")
    assert queries.talk_for(world.viewer("samir"), group).name == "Fikagänget"
    with in_force(WordLists(refuse=frozenset({"refusedword"}))), pytest.raises(Invalid) as refused:
        actions.name_group(world.viewer("tuva"), group, "refusedword")
    assert refused.value.field == "name"
    with pytest.raises(Invalid):
        actions.begin(world.viewer("tuva"), list(range(1, 9)))
    with pytest.raises(Invalid):
        actions.begin(world.viewer("tuva"), [])


def test_who_is_paused_reads_and_does_not_write(world: World, make: Make) -> None:
    stream_id = begun(world, "tuva", "johanna")
    say(world, "johanna", stream_id)
    make.sanction("tuva", "paused")
    with pytest.raises(NotAllowed):
        say(world, "tuva", stream_id)
    assert stream_queries.stream_for(world.viewer("tuva"), stream_id)


def test_sent_twice_is_there_once(world: World) -> None:
    stream_id = begun(world, "amina", "vera")
    said = streams.Said("hej", "one-try-0001")
    first, _new = actions.send(world.viewer("amina"), stream_id, said)
    again, new = actions.send(world.viewer("amina"), stream_id, said)
    assert (again.id, new) == (first.id, False)
    assert session().scalar(select(func.count()).select_from(Piece).where(Piece.stream_id == stream_id)) == 1


def test_nobody_begins_more_than_ten_a_day(world: World) -> None:
    amina, others = world.viewer("amina"), [world.id("vera"), world.id("olle")]
    for _number in range(10):
        actions.begin(amina, others)
    with pytest.raises(TooMany):
        actions.begin(amina, others)
    actions.begin(world.viewer("vera"), [world.id("amina"), world.id("olle")])


def test_nobody_is_offered_because_she_is_a_member(world: World, make: Make) -> None:
    session().execute(update(Piece).values(unnamed=True))
    tuva, johanna = world.viewer("tuva"), world.id("johanna")
    assert johanna not in {person.id for person in queries.choices_for(tuva)}
    assert queries.may_write_to(tuva, johanna)
    assert johanna in {person.id for person in queries.choices_for(tuva, also=johanna)}
    make.thread("johanna")
    assert johanna in {person.id for person in queries.choices_for(tuva)}
    assert {person.name for person in queries.choices_for(world.viewer("amina"))} >= {"Vera"}, "her own house"


def test_a_group_nobody_has_come_into_says_who_is_asked(app: Flask, world: World) -> None:
    asked = [world.id("johanna"), world.id("samir")]
    stream_id = actions.begin(world.viewer("tuva"), asked, "Klubben").id
    page = Browser(app, world).signed_in("tuva").get(f"/messages/{stream_id}").text
    assert "They are asked whether you may write: " in page and {"Johanna", "Samir"} <= set(re.findall(r"\w+", page))
    assert "Waiting for a yes" in page and "0 people" not in page


def test_where_many_can_be_chosen_one_looks_among_them_by_name(browser: Callable[..., Browser], world: World) -> None:
    """By asking for the page anew: whoever is called otherwise is not shown, whoever was chosen stays, and nobody comes
    in who would not be offered."""
    few, many = browser("vera"), browser("sara")
    with transaction():
        for number in range(1, 10):
            _colleague(world, f"Åsa Berg {number}")
    assert 'type="search"' not in few.get("/messages/new").text
    assert 'type="search"' in many.get("/messages/new").text
    assert _offered(many.get("/messages/new")) >= {"Birgitta", "Jonna", "Petra", "Åsa Berg 1"}
    assert _offered(many.get("/messages/new?q=pet")) == {"Petra"}
    assert _offered(many.get("/messages/new?q=berg+3")) == {"Åsa Berg 3"}
    assert len(_offered(many.get("/messages/new?q=asa"))) == 9
    assert _offered(many.get(f"/messages/new?q=pet&to={world.id('jonna')}")) == {"Petra", "Jonna"}
    for words in ("vera", "gun", "xyz"):
        nobody = many.get(f"/messages/new?q={words}")
        assert _offered(nobody) == set() and "Ingen du kan skriva till här heter så." in nobody.text
    sent = many.post("/messages/new?q=pet", {f"with_{world.id('petra')}": "y"})
    assert sent.status_code == 303


def _colleague(world: World, name: str) -> None:
    member = Member(
        sign_in_name=name,
        display_name=name,
        password_hash="-",
        adult_checked_at=NOW,
        joined_at=NOW,
        colour="a",
        language="sv",
    )
    session().add(member)
    session().flush()
    since = NOW.date() - timedelta(days=9)
    session().add(MembershipPeriod(member_id=member.id, kind="staff", house_id=world.house("Linden"), from_on=since))
    session().flush()


def _offered(page: TestResponse) -> set[str]:
    return set(re.findall(r'<label class="tick" data-name="([^"]+)">', page.text))
