"""Leaving: what she reads, her choice, thirty days, and what others see afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from community.core import clock, outbox
from community.core.audit import AuditLine
from community.core.db import session, transaction
from community.core.errors import Conflict, NotAllowed, NotFound, NotFresh
from community.core.i18n import in_language
from community.core.jobs import run_due
from community.forum import actions as forum
from community.lifecycle import leaving, leaving_letters
from community.members.contact import REFUSAL
from community.members.models import Duty, Member, SignInSession
from community.moving.models import Departure
from community.safety import cases
from community.streams import mentions
from community.streams.actions import Said
from community.streams.models import Piece, Reaction, Stream, StreamEvent
from tests.client import Browser, words_of
from tests.fixtures import Heard
from tests.lifecycle.going import gone, leave, nights
from tests.make import Make
from tests.notices.letters import has_address
from tests.reports.told import tell
from tests.talks.talking import begun, say, standing
from tests.world import NOW, World

Browsers = Callable[..., Browser]
LEFT = "En medlem som har lämnat"


def departures() -> int:
    return session().scalar(select(func.count()).select_from(Departure)) or 0


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("sv", ("Det som försvinner", "Det som stannar, och hur länge", "Vad händer med det du har skrivit")),
        ("en", ("What goes", "What stays, and until when", "What becomes of what you wrote")),
    ],
)
def test_she_reads_first_what_goes_and_what_stays(browser: Browsers, lang: str, words: tuple[str, ...]) -> None:
    tuva = browser("tuva")
    tuva.post("/language", lang=lang)
    page = tuva.get("/me/leave")
    assert page.status_code == 200 and f'lang="{lang}"' in page.text
    for each in words:
        assert each in words_of(page)
    assert "checked" not in page.text  # nothing is chosen for her


def test_it_asks_for_the_password_again_and_then_goes_on(browser: Browsers, world: World) -> None:
    tuva = browser("tuva")
    with clock.at(NOW + timedelta(minutes=16)):
        asked = tuva.post("/me/leave", choice="removed")
        assert asked.status_code == 403 and 'type="password"' in asked.text
        assert departures() == 0
    with pytest.raises(NotFresh):
        leaving.leave(replace(world.viewer("tuva"), password_at=NOW - timedelta(minutes=16)), "removed")


def test_a_choice_has_to_be_made(browser: Browsers) -> None:
    for wrong in ({}, {"choice": ""}, {"choice": "all"}):
        answer = browser("tuva").post("/me/leave", wrong)
        assert answer.status_code == 422 and "Choose what becomes" in answer.text
    assert departures() == 0


def test_thirty_whole_days_and_she_is_a_member_as_before(browser: Browsers, world: World, make: Make) -> None:
    tuva = browser("tuva")
    assert tuva.post("/me/leave", choice="removed").status_code == 303
    row = session().scalars(select(Departure)).one()
    assert row.due_at - NOW >= timedelta(days=30)
    for path in ("/", "/me", "/me/leave"):
        assert "Your membership ends on" in tuva.get(path).text
    with clock.at(row.due_at - timedelta(minutes=5)):
        nights(clock.now() - timedelta(minutes=1))
        thread = make.thread("tuva", text="still here")
        assert tuva.get(f"/t/{thread.id}").status_code == 200
    assert "slutar" not in browser("vera").get(f"/people/{world.id('tuva')}").text


def test_one_button_ends_it_and_twice_changes_nothing(browser: Browsers, world: World) -> None:
    tuva = browser("tuva")
    tuva.post("/me/leave", choice="removed")
    due = session().scalars(select(Departure.due_at)).one()
    with clock.at(NOW + timedelta(days=20)):
        fresh = browser("tuva")
        assert fresh.post("/me/leave/stay").status_code == 303
        assert fresh.post("/me/leave/stay").status_code == 303
        assert "membership ends" not in fresh.get("/").text
    nights(due, 3)
    assert world.viewer("tuva").name == "Tuva"
    acts = list(session().scalars(select(AuditLine.act).where(AuditLine.act.like("leaving.%"))))
    assert acts == ["leaving.asked", "leaving.taken_back"]


def test_another_choice_keeps_the_day(world: World) -> None:
    first = leave(world, "tuva", "removed").due_at
    with clock.at(NOW + timedelta(days=9)):
        again = leave(world, "tuva", "named")
        assert (again.due_at, again.choice) == (first, "named")
    assert departures() == 1


def test_nobody_chooses_for_her(world: World, browser: Browsers) -> None:
    for name in ("birgitta", "sara", "petra"):
        with pytest.raises(NotAllowed):
            leave(world, name, "removed")  # and whoever works here ends that first
        assert browser(name).post("/me/leave", choice="removed").status_code == 403
    page = browser("birgitta").get("/me/leave")
    assert page.status_code == 200 and "Du jobbar här." in page.text and '<form class="card form"' not in page.text
    assert departures() == 0


def test_whoever_is_closed_out_may_leave_and_stay(browser: Browsers) -> None:
    leo = browser("leo")
    assert leo.get("/me/leave").status_code == 200
    assert leo.post("/me/leave", choice="removed").status_code == 303
    assert leo.post("/me/leave/stay").status_code == 303


def test_what_is_open_explains_itself_and_says_nothing_she_does_not_know(
    browser: Browsers, world: World, make: Make
) -> None:
    before = read_by("tuva", browser)
    about_her = make.thread("tuva")
    tell(world, "vera", world.piece(_label(about_her)), reason="unkind")  # of which she knows nothing
    assert read_by("tuva", browser) == before
    mine = make.thread("vera")
    tell(world, "tuva", world.piece(_label(mine)), reason="unkind")
    page = read_by("tuva", browser)
    assert "What you told staff on" in page and "somebody still works on it" in page
    assert "somebody’s safety" in page


def read_by(name: str, browser: Browsers) -> str:
    """What stands on her page before she chooses."""
    return words_of(browser(name).get("/me/leave")).split("What goes", 1)[1].split("What becomes")[0]


def _label(stream: Stream) -> str:
    return session().get_one(Piece, stream.opening_id).client_id


def test_while_something_is_open_what_may_prove_it_waits_and_is_shown_to_nobody(
    browser: Browsers, world: World, make: Make
) -> None:
    thread = make.thread("tuva", text="cnr proof")
    opening = session().get_one(Piece, thread.opening_id)
    case_id = tell(world, "vera", opening, reason="unwanted").case_id
    departure = gone(world, "tuva", "removed", 3)
    session().expire_all()
    assert session().get_one(Piece, thread.opening_id).text == "cnr proof"
    assert "cnr proof" not in browser("amina").get(f"/t/{thread.id}").text
    assert session().get_one(Departure, departure.id).name_sealed
    _only_leads_learn_who_it_was(browser, world, departure.id)
    with clock.at(departure.due_at + timedelta(days=4)):
        case = cases.open_case_of(f"piece:{thread.opening_id}")
        assert case is not None and case.id == case_id
        with transaction():
            cases.close_case(case, world.id("birgitta"), "fine")
    nights(departure.due_at + timedelta(days=5), 15)
    session().expire_all()
    assert session().get_one(Piece, thread.opening_id).text == ""
    row = session().get_one(Departure, departure.id)
    assert row.erased_at is not None and row.name_sealed is None
    assert browser("petra").post(f"/left/{departure.id}").status_code == 404


def _only_leads_learn_who_it_was(browser: Browsers, world: World, departure_id: int) -> None:
    with transaction() as s:
        s.add(Duty(member_id=world.id("petra"), kind="safeguarding_lead", from_on=clock.today()))
    page = browser("petra").get("/left")
    assert page.status_code == 200 and "Tuva" not in page.text and f"/left/{departure_id}" in page.text
    assert browser("sara").get("/left").status_code == browser("sara").post(f"/left/{departure_id}").status_code == 403
    assert "Tuva" in words_of(browser("petra").post(f"/left/{departure_id}"))
    line = session().scalars(select(AuditLine).order_by(AuditLine.n.desc()).limit(1)).one()
    assert (line.act, line.actor_id) == ("left.opened", world.id("petra"))


def test_after_the_day_nobody_signs_in_and_no_page_shows_her(browser: Browsers, world: World) -> None:
    tuva = browser("tuva")
    departure = gone(world, "tuva", "named")
    assert tuva.get("/").status_code == 302
    assert "tuva" not in session().scalars(select(Member.sign_in_name))
    assert browser().sign_in("tuva").status_code == 422
    assert session().scalar(select(func.count()).where(SignInSession.member_id == departure.member_id)) == 0
    assert browser("vera").get(f"/people/{departure.member_id}").status_code == 404
    with pytest.raises(NotFound):
        world.viewer("tuva")
    with pytest.raises(Conflict):
        leaving.stay(replace(world.viewer("vera"), id=departure.member_id))


def test_with_her_name_her_posts_stand_as_they_stood(browser: Browsers, world: World, make: Make) -> None:
    thread = make.thread("tuva", text="about the lake")
    gone(world, "tuva", "named")
    page = browser("vera").get(f"/t/{thread.id}")
    assert "about the lake" in page.text and "Tuva" in words_of(page)
    assert f"/people/{session().get_one(Piece, thread.opening_id).author_id}" not in page.text


def test_without_her_name_they_stand_and_lead_nowhere(browser: Browsers, world: World, make: Make) -> None:
    thread = make.thread("tuva", text="about the lake")
    reply = make.reply("vera", thread, "I remember")
    departure = gone(world, "tuva", "nameless")
    page = browser("vera").get(f"/t/{thread.id}")
    assert "about the lake" in page.text and LEFT in page.text and reply.text in page.text
    assert "Tuva" not in page.text and str(departure.member_id) not in page.text
    assert "has lived here" not in page.text


def test_removed_ones_leave_their_place_and_answers_keep_theirs(browser: Browsers, world: World, make: Make) -> None:
    thread = make.thread("tuva", text="about the lake", title="The lake")
    answer = make.reply("vera", thread, "I remember")
    hers = make.reply("tuva", thread, "so do I")
    alone = make.thread("tuva", text="nobody answered")
    gone(world, "tuva", "removed")
    page = browser("vera").get(f"/t/{thread.id}").text
    assert "about the lake" not in page and "The lake" not in page and "so do I" not in page
    assert "I remember" in page and page.count("Den som skrev tog tillbaka det här") >= 2
    session().expire_all()
    assert session().get_one(Piece, answer.id).nr == 2 and session().get_one(Piece, hers.id).nr == 3
    assert session().get_one(Stream, thread.id).listed and not session().get_one(Stream, alone.id).listed


def test_quotes_and_names_in_other_texts_follow(browser: Browsers, world: World, make: Make) -> None:
    thread = make.thread("tuva", text="about the lake")
    said = Said("like @Tuva says", "naming-her-1", quote_id=thread.opening_id, excerpt="the lake")
    reply = forum.reply(world.viewer("johanna"), thread.id, said)
    assert "@Tuva" in browser("vera").get(f"/t/{thread.id}").text
    gone(world, "tuva", "removed")
    page = browser("vera").get(f"/t/{thread.id}").text
    assert "Tuva" not in page and "the lake" not in page
    assert "Ett svar som är borta" in page
    assert mentions.ids_for(reply) == []


def test_reactions_go_and_open_pages_hear_of_every_change(world: World, make: Make, heard: Heard) -> None:
    thread = make.thread("vera")
    make.reaction("tuva", thread.opening_id or 0)
    mine = make.thread("tuva")
    two = [make.reply("tuva", mine).id for _n in range(2)]
    gone(world, "tuva", "removed")
    assert (
        session().scalar(select(func.count()).select_from(Reaction).where(Reaction.piece_id == thread.opening_id)) == 0
    )
    for stream_id, count in ((thread.id, 1), (mine.id, 3)):
        rows = session().scalars(select(StreamEvent).where(StreamEvent.stream_id == stream_id)).all()
        assert [row.prev for row in rows] == [row.seq - 1 for row in rows]
        told = [ids for _room, event, ids in heard if event == "stream:piece" and ids["stream"] == stream_id]
        assert told[-1]["seq"] == rows[-1].seq == session().get_one(Stream, stream_id, populate_existing=True).seq
        assert len([row for row in rows if row.kind in ("changed", "reacted")]) >= count
    assert {session().get_one(Piece, id_, populate_existing=True).state for id_ in two} == {"removed"}


def test_a_talk_keeps_a_neutral_partner_and_nothing_is_written_to_her(browser: Browsers, world: World) -> None:
    stream_id = begun(world, "tuva", "johanna")
    say(world, "tuva", stream_id, "cnr in the talk")
    say(world, "johanna", stream_id, "an answer of mine")
    gone(world, "tuva", "nameless")
    page = browser("johanna").get(f"/messages/{stream_id}")
    assert page.status_code == 200
    assert LEFT in page.text and "Tuva" not in page.text and "an answer of mine" in page.text
    with in_language("en"), pytest.raises(NotAllowed) as refused:
        say(world, "johanna", stream_id)
    with in_language("en"):
        assert str(refused.value.sentence) == str(REFUSAL)
    assert "Tuva" not in browser("johanna").get("/messages").text


def test_letters_say_nothing_and_stop_when_she_stays(app: Flask, world: World) -> None:
    has_address(world, "tuva")
    row = leave(world, "tuva", "removed")
    letter = session().scalars(select(outbox.Letter).where(outbox.Letter.kind == "leaving")).one()
    with app.test_request_context(), in_language("en"):
        words = leaving_letters.WRITERS["leaving"](letter.facts, None)
        assert words is not None
        for told in ("leave", "member", "home", "Tuva", "post", "Solgläntan"):
            assert told not in words.subject + words.body.replace("localhost", "")
    with clock.at(row.due_at - timedelta(days=2)), app.app_context():
        run_due(leaving.JOBS)
        run_due(leaving.JOBS)
    assert session().scalar(select(func.count()).select_from(outbox.Letter).where(outbox.Letter.kind == "leaving")) == 2
    leaving.stay(world.viewer("tuva"))
    with app.test_request_context():
        assert leaving_letters.WRITERS["leaving"](letter.facts, None) is None


def test_the_wall_of_the_first_day_stands_before_it(browser: Browsers, world: World) -> None:
    """Whoever was just helped in may be somebody else: leaving waits, staying does not."""
    with transaction() as s:
        shut = {"private_shut_until": NOW + timedelta(hours=5)}
        s.execute(update(Member).where(Member.id == world.id("tuva")).values(**shut))
    assert browser("tuva").get("/me/leave").status_code == 403
    assert browser("tuva").post("/me/leave/stay").status_code == 303


def test_what_she_began_goes_on_without_her(world: World, make: Make) -> None:
    """What waited of hers is gone from the queue; what was told of stays a case."""
    world.piece("held")
    piece = world.piece("held")  # vera's, waiting
    assert cases.open_case_of(f"piece:{piece.id}") is not None
    gone(world, "vera", "nameless")
    assert cases.open_case_of(f"piece:{piece.id}") is None
    session().expire_all()
    assert session().get_one(Piece, piece.id).text == ""


def test_whoever_is_in_a_talk_with_her_reads_on(world: World) -> None:
    stream_id = begun(world, "tuva", "johanna")
    gone(world, "tuva", "removed")
    assert standing(world, stream_id, "johanna") == "in"


def test_the_page_of_who_may_be_named_has_her_no_more(browser: Browsers, world: World) -> None:
    gone(world, "tuva", "nameless")
    answer = browser("johanna").get("/mentions?q=tu&space=vardagsrummet")
    assert "Tuva" not in answer.text
    assert not re.search(r"Tuva", browser("johanna").get("/messages/new").text)
