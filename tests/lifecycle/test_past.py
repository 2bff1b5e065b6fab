"""A house somebody has moved out of: hers to read up to that day, and nothing newer by any way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from community.chat import actions as chats
from community.chat.models import Room
from community.core import clock
from community.core.db import session, transaction
from community.core.errors import NotAllowed, NotFound
from community.forum import actions as forum
from community.members.models import MembershipPeriod
from community.streams import actions as streams
from community.streams import keeping
from community.streams.actions import Said
from community.streams.models import Piece, Saved
from tests.client import Browser, words_of
from tests.counting import counted
from tests.make import Make
from tests.world import NOW, TODAY, World

Browsers = Callable[..., Browser]
AFTER = NOW + timedelta(days=1)  # a day after samir has moved out


@pytest.fixture
def moved(world: World, make: Make) -> None:
    """Samir lived in Linden and moves at midnight; what the world wrote there was before."""
    with transaction() as s:
        mine = MembershipPeriod.member_id == world.id("samir")
        s.execute(update(MembershipPeriod).where(mine).values(to_on=TODAY + timedelta(days=1)))
        s.add(
            MembershipPeriod(
                member_id=world.id("samir"),
                kind="alumnus",
                house_id=world.house("Linden"),
                from_on=TODAY + timedelta(days=1),
            )
        )
        s.flush()


def chat_of(world: World, slug: str) -> int:
    found = session().scalar(select(Room.stream_id).where(Room.standing_in == world.space(slug)))
    assert found is not None
    return found


def test_what_was_written_up_to_the_day_stays_hers_to_read(moved: None, world: World, browser: Browsers) -> None:
    with clock.at(AFTER):
        page = browser("samir").get("/c/linden")
        assert page.status_code == 200 and "title of linden" in page.text
        assert "words of whisper" in page.text  # said to the house alone in a channel of all
        thread = browser("samir").get(f"/t/{world.stream('linden').id}")
        assert "words of linden-reply" in thread.text
        assert "words of whisper-reply" in browser("samir").get(f"/t/{world.stream('whisper').id}").text


def test_nothing_newer_is_there_by_any_way(moved: None, world: World, make: Make, browser: Browsers) -> None:
    chat = chat_of(world, "linden")
    before = chats.send(world.viewer("isla"), chat, Said("before midnight", "chat-before"))[0].id
    linden = world.stream("linden").id
    with clock.at(AFTER):
        thread = make.thread("isla", "linden", "canary thread").id
        message = chats.send(world.viewer("isla"), chat, Said("canary message", "chat-canary"))[0].id
        reply = make.reply("isla", linden, "canary reply").id
        streams.react(world.viewer("isla"), world.piece("linden").id, "hug")
        samir, found = browser("samir"), f"/chat/{chat}/search?q=canary"
        for path in ("/", "/c/linden", f"/t/{linden}", f"/chat/{chat}", "/chat", found, "/notifications"):
            answer = samir.get(path)
            assert answer.status_code == 200, path
            assert not any(f"canary {what}" in answer.text for what in ("reply", "thread", "message")), path
        assert "before midnight" in samir.get(f"/chat/{chat}").text
        assert "🫂" in browser("isla").get(f"/t/{linden}").text
        assert "🫂" not in samir.get(f"/t/{linden}").text
        for piece in (reply, message):
            assert samir.get(f"/pieces/{piece}/more").status_code == 404
        assert samir.get(f"/t/{thread}").status_code == 404
        assert samir.get(f"/streams/{linden}/since?after=0").status_code == 404
        assert samir.get(f"/chat/{chat}/here").status_code == 404
        assert "Isla" in browser("petra").get(f"/streams/{linden}/names?q=is").text
        assert "Isla" not in samir.get(f"/streams/{linden}/names?q=is").text
        assert samir.get(f"/streams/{world.stream('whisper').id}/since?after=0").status_code == 404
        assert f'data-piece="{before}"' in samir.get(f"/chat/{chat}").text


def test_words_changed_later_stand_as_they_stood(moved: None, world: World, browser: Browsers) -> None:
    stream_id = world.stream("linden").id
    with clock.at(clock.start_of(TODAY + timedelta(days=1)) - timedelta(minutes=5)):
        late = forum.reply(world.viewer("isla"), stream_id, Said("first words", "late")).id
    with clock.at(clock.start_of(TODAY + timedelta(days=1)) + timedelta(minutes=5)):
        streams.edit_piece(world.viewer("isla"), late, version=1, body="second words", title=None)
        page = browser("samir").get(f"/t/{stream_id}")
        assert "first words" in page.text and "second words" not in page.text
        streams.remove_piece(world.viewer("isla"), late)
        assert "first words" not in browser("samir").get(f"/t/{stream_id}").text
        with transaction() as s:  # as a host's act leaves it
            s.execute(update(Piece).where(Piece.client_id == "linden-reply").values(state="hidden"))
        assert "words of linden-reply" not in browser("samir").get(f"/t/{stream_id}").text


def test_whoever_reads_it_can_tell_staff_of_it_and_keep_it(moved: None, world: World, browser: Browsers) -> None:
    piece = world.piece("linden-reply").id
    with clock.at(AFTER):
        samir = browser("samir")
        menu = words_of(samir.get(f"/pieces/{piece}/more"))
        assert "Säg till" in menu and "Spara" in menu and "Citera" not in menu
        assert samir.post(f"/pieces/{piece}/tell", reason="unkind").status_code == 303
        assert 'name="kind"' not in samir.get(f"/pieces/{piece}/react").text  # who did, and nothing to press
        assert samir.post(f"/pieces/{piece}/react", kind="hug").status_code in (403, 404)


def test_pages_of_the_past_ask_no_more_than_others(
    moved: None, world: World, browser: Browsers, rolled_back: Any
) -> None:
    linden, chat = world.stream("linden").id, chat_of(world, "linden")
    with clock.at(AFTER):
        samir = browser("samir")
        for path in ("/c/linden", f"/t/{linden}", f"/chat/{chat}", "/"):
            samir.get(path)
            with counted(rolled_back) as asked:
                assert samir.client.get(path).status_code == 200
            assert len(asked) <= 12, (path, [one[:150] for one in asked])


def test_nothing_can_be_said_or_changed_there(moved: None, world: World, browser: Browsers) -> None:
    linden, own = world.stream("linden").id, world.piece("linden").id
    chat = chat_of(world, "linden")
    with clock.at(AFTER):
        samir = world.viewer("samir")
        with pytest.raises(NotAllowed):
            forum.reply(samir, linden, Said("late", "late-1"))
        with pytest.raises(NotAllowed):
            forum.reply(samir, world.stream("whisper").id, Said("late", "late-2"))
        with pytest.raises(NotAllowed):
            chats.send(samir, chat, Said("late", "late-3"))
        with pytest.raises(NotAllowed):
            streams.react(samir, world.piece("linden-reply").id, "heart")
        with pytest.raises(NotFound):
            forum.start_thread(samir, world.space("linden"), Said("late", "late-4"), mode="tell", just_listen=False)
        assert "before 15 March 2026" in words_of(browser("samir").get(f"/t/{linden}")) or "15 mars 2026" in words_of(
            browser("samir").get(f"/t/{linden}")
        )
        assert streams.remove_piece(samir, own).state == "removed"


def test_what_she_saved_there_stays_in_her_list(
    moved: None, world: World, make: Make, browser: Browsers, rolled_back: Any
) -> None:
    """Also what was said to the house alone in a channel of all, and in its chat; with the words as they stood."""
    chat = chat_of(world, "linden")
    said = chats.send(world.viewer("isla"), chat, Said("before midnight", "chat-before"))[0].id
    labels = ("linden", "linden-reply", "whisper-reply", "open")
    late = clock.start_of(TODAY + timedelta(days=1)) - timedelta(minutes=5)
    with clock.at(late):
        changed = forum.reply(world.viewer("isla"), world.stream("linden").id, Said("first words", "late")).id
        for piece in (*(world.piece(label).id for label in labels), said, changed):
            keeping.save_piece(world.viewer("samir"), piece)
    with clock.at(late + timedelta(minutes=10)):
        streams.edit_piece(world.viewer("isla"), changed, version=1, body="second words", title=None)
        samir = browser("samir")
        samir.get("/me/saved")
        with counted(rolled_back) as asked:
            page = samir.client.get("/me/saved").text
        assert len(asked) <= 12
        for words in ("title of linden", "words of linden-reply", "words of whisper-reply", "before midnight"):
            assert words in page, words
        assert "first words" in page and "second words" not in page and "title of open" in page
        assert samir.get(f"/t/{world.stream('linden').id}").status_code == 200
        newer = make.reply("isla", world.stream("linden").id, "canary reply")
        with transaction() as s:  # by whatever way it came into her list: it is newer than her day
            s.add(Saved(member_id=world.id("samir"), piece_id=newer.id, saved_at=clock.now()))
            s.flush()
        assert "canary reply" not in browser("samir").get("/me/saved").text
        assert browser("samir").post(f"/pieces/{said}/let-go", back="list").status_code == 303
        assert "before midnight" not in browser("samir").get("/me/saved").text


def test_her_place_and_what_she_follows_there_do_not_break(moved: None, world: World, browser: Browsers) -> None:
    linden = world.stream("linden").id
    for choice in ("follow", "mute"):
        with clock.at(NOW):
            keeping.choose(world.viewer("samir"), linden, choice)
        with clock.at(AFTER):
            samir = browser("samir")
            for path in (f"/t/{linden}", "/", "/?show=followed", "/c/linden", "/me/saved"):
                assert samir.get(path).status_code == 200, path
            keeping.choose(world.viewer("samir"), linden, keeping.CLEAR)
            keeping.save_piece(world.viewer("samir"), world.piece("linden-reply").id)
            assert "words of linden-reply" in samir.get("/me/saved").text


def test_somebody_else_saves_nothing_of_a_house_she_never_lived_in(world: World, browser: Browsers) -> None:
    with transaction() as s:
        for label in ("linden-reply", "whisper-reply"):
            s.add(Saved(member_id=world.id("johanna"), piece_id=world.piece(label).id, saved_at=NOW))
        s.flush()
    page = browser("johanna").get("/me/saved").text
    assert "words of linden-reply" not in page and "words of whisper-reply" not in page
