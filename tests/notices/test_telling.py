"""Who is told of what: those who follow, never oneself, never who may not see it, never across a wall or a mute."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from community.core import clock, ratelimit
from community.core.announcements import Announcement
from community.core.db import session, transaction
from community.members.models import Member, MembershipPeriod
from community.notices import actions
from community.notices.models import Notice
from community.notices.recipients import followers
from community.safety.word_lists import in_force
from community.streams import actions as streams
from community.streams import keeping, own, placing
from community.streams.models import StreamChoice
from tests.client import Browser
from tests.counting import counted
from tests.fixtures import Heard
from tests.make import Make
from tests.notices.told import names, rows, told, unread
from tests.world import CAST, HOLD, NOW, TODAY, World

Browsers = Callable[..., Browser]


def test_whoever_wrote_or_follows_is_told_and_the_writer_is_not(world: World, make: Make) -> None:
    thread = make.thread("tuva")
    make.reply("vera", thread)
    keeping.choose(world.viewer("samir"), thread.id, "follow")
    make.reply("sara", thread)
    for who in ("tuva", "vera", "samir"):
        (one,) = told(world, who, thread)
        assert (one.kind, one.unread, one.own_thread) == ("reply", True, who == "tuva")
        assert names(one)[0] == "Sara"
    assert rows(world, "sara", thread) == [] and rows(world, "petra", thread) == []


def test_ten_answers_in_one_thread_are_one_notice(world: World, make: Make) -> None:
    thread = make.thread("tuva")
    for minute, who in enumerate(("vera", "samir", "sara", "vera", "petra", "samir")):
        with clock.at(NOW + timedelta(minutes=minute)):
            make.reply(who, thread)
    (one,) = told(world, "tuva", thread)
    assert names(one) == ["Samir"] and one.others == 3  # petra, vera and sara
    assert one.at == NOW + timedelta(minutes=5)
    assert unread(world, "tuva").count >= 1 and len(rows(world, "tuva", thread)) == 1


def test_who_left_or_muted_it_is_not_told(world: World, make: Make) -> None:
    thread = make.thread("tuva")
    make.reply("vera", thread)
    keeping.choose(world.viewer("tuva"), thread.id, "mute")
    keeping.choose(world.viewer("vera"), thread.id, "leave")
    make.reply("sara", thread)
    assert [row.to_nr for row in rows(world, "tuva", thread)] == [2], "vera's alone, before"
    assert rows(world, "vera", thread) == []


def test_a_mute_also_hides_what_was_told_before(world: World, make: Make) -> None:
    thread = make.thread("tuva")
    make.reply("sara", thread)
    before = unread(world, "tuva").count
    keeping.choose(world.viewer("tuva"), thread.id, "mute")
    assert told(world, "tuva", thread) == [] and unread(world, "tuva").count == before - 1


@pytest.mark.parametrize("kind", ["block", "separation"])
def test_nobody_is_told_across_a_wall(kind: str, world: World, make: Make) -> None:
    thread = make.thread("tuva")
    for who in ("samir", "vera"):
        make.reply(who, thread)
    make.excluded("samir", "sara", kind)
    make.excluded("vera", "tuva", kind)  # kept apart from whoever opened it
    make.reply("sara", thread)
    actions.tell_mentioned(make.reply("sara", thread), [world.id("samir"), world.id("vera")])
    assert [row.to_nr for row in rows(world, "samir", thread)] == [3]  # vera's, before the wall
    assert rows(world, "vera", thread) == []
    assert [one.kind for one in told(world, "tuva", thread)] == ["reply"]


def test_a_wall_that_comes_later_hides_and_uncounts(world: World, make: Make) -> None:
    thread = make.thread("tuva")
    for who in ("sara", "samir"):
        make.reply(who, thread)
    make.excluded("tuva", "samir")
    (one,) = told(world, "tuva", thread)
    assert names(one) == ["Sara"] and one.others == 0
    before = unread(world, "tuva").count
    make.excluded("tuva", "sara")
    assert told(world, "tuva", thread) == [] and unread(world, "tuva").count == before - 1


def test_what_was_taken_back_is_neither_shown_nor_counted(world: World, make: Make, browser: Browsers) -> None:
    thread = make.thread("tuva")
    reply = make.reply("sara", thread)
    (one,) = told(world, "tuva", thread)
    before = unread(world, "tuva").count
    streams.remove_piece(world.viewer("sara"), reply.id)
    assert told(world, "tuva", thread) == [] and unread(world, "tuva").count == before - 1
    assert browser("tuva").get(f"/notifications/{one.id}").status_code == 404
    streams.restore_piece(world.viewer("sara"), reply.id)
    assert len(told(world, "tuva", thread)) == 1


def test_who_may_not_read_the_channel_any_more_hears_nothing_of_it(world: World, make: Make) -> None:
    thread = make.thread("amina", "solglantan")
    make.reply("tuva", thread)
    make.reply("sara", thread)
    assert len(told(world, "tuva", thread)) == 1
    with transaction() as s:
        period = MembershipPeriod(member_id=world.id("tuva"), kind="resident", house_id=world.house("Linden"))
        period.from_on = TODAY
        s.add(period)
        s.flush()
    assert told(world, "tuva", thread) == []
    make.reply("sara", thread)
    assert [row.to_nr for row in rows(world, "tuva", thread)] == [3], "and nothing more is written"


def test_a_reaction_is_quiet_grouped_and_for_the_writer_alone(world: World, make: Make) -> None:
    thread = make.thread("tuva")
    with transaction() as s:
        s.execute(Notice.__table__.delete())  # type: ignore[attr-defined]
    for minute, (who, kind) in enumerate((("sara", "heart"), ("vera", "hug"), ("vera", "heart"))):
        with clock.at(NOW + timedelta(minutes=minute)):
            actions.react(world.viewer(who), int(thread.opening_id or 0), kind)
    (one,) = told(world, "tuva", thread)
    assert (one.kind, names(one), one.faces) == ("reaction", ["Vera", "Sara"], ("🧡", "🫂"))
    assert (unread(world, "tuva").count, unread(world, "tuva").quiet) == (0, True)
    actions.react(world.viewer("tuva"), int(thread.opening_id or 0), "hug")
    assert names(told(world, "tuva", thread)[0]) == ["Vera", "Sara"], "never of her own"
    for who, kind in (("sara", "heart"), ("vera", "hug"), ("vera", "heart")):
        actions.react(world.viewer(who), int(thread.opening_id or 0), kind)
    assert told(world, "tuva", thread) == [] and not unread(world, "tuva").quiet, "taken back is gone"


def test_a_reaction_is_told_also_while_time_goes_on(world: World, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    thread, ticks = make.thread("tuva"), itertools.count()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(milliseconds=next(ticks)))
    actions.react(world.viewer("sara"), int(thread.opening_id or 0), "heart")
    assert [names(one) for one in told(world, "tuva", thread)] == [["Sara"]]


def test_a_mention_reaches_those_who_may_see_it_once(world: World, make: Make) -> None:
    thread = make.thread("amina", "solglantan")
    reply = make.reply("sara", thread)
    asked = [world.id(name) for name in ("tuva", "samir", "sara", "amina", "elias", "gun")]
    heard = actions.tell_mentioned(reply, asked)
    assert set(heard) == {world.id("tuva"), world.id("amina")}, "samir is elsewhere, elias kept apart, gun has left"
    assert [one.kind for one in told(world, "tuva", thread)] == ["mention"]
    assert [one.kind for one in told(world, "amina", thread)] == ["mention"], "not as an answer as well"
    assert actions.tell_mentioned(reply, asked) == []
    make.reply("sara", thread)
    assert sorted(one.kind for one in told(world, "amina", thread)) == ["mention", "reply"]


def test_a_mention_added_later_takes_nothing_of_what_came_since(world: World, make: Make) -> None:
    thread = make.thread("tuva")
    first = make.reply("sara", thread)
    make.reply("vera", thread)
    actions.tell_mentioned(first, [world.id("tuva")])
    assert sorted(one.kind for one in told(world, "tuva", thread)) == ["mention", "reply"]


def test_who_follows_is_the_same_asked_from_both_sides(world: World, make: Make) -> None:
    thread = make.thread("tuva")
    for who in ("vera", "samir", "sara"):
        make.reply(who, thread)
    choices = {"vera": "leave", "samir": "mute", "sara": "follow", "petra": "follow", "noor": "mute"}
    for who, choice in choices.items():
        keeping.choose(world.viewer(who), thread.id, choice)
    streams.remove_piece(world.viewer("isla"), make.reply("isla", thread).id)
    asked = set(session().scalars(select(Member.sign_in_name).where(followers(thread.id))))
    each = {who for who in CAST if who != "gun" and own.place_in(world.viewer(who), thread.id).follows}
    assert asked == each == {"tuva", "sara", "petra"}


def test_a_held_mention_tells_nobody(world: World, make: Make) -> None:
    thread = make.thread("tuva")
    with in_force(HOLD):
        held = make.reply("vera", thread, "a heldword for samir")
    assert actions.tell_mentioned(held, [world.id("samir")]) == []
    assert rows(world, "samir", thread) == [] and rows(world, "tuva", thread) == []


def test_what_was_held_tells_its_writer_and_the_others_when_it_takes_its_place(world: World, make: Make) -> None:
    thread = make.thread("tuva")
    with in_force(HOLD):
        held = make.reply("vera", thread, "a heldword")
    assert told(world, "tuva", thread) == []
    with transaction():
        piece = world.piece(held.client_id)
        placing.publish_held(piece, world.id("jonna"))
        actions.tell_published(piece, world.id("jonna"))
    assert [one.kind for one in told(world, "vera", thread)] == ["published"]
    assert [one.kind for one in told(world, "tuva", thread)] == ["reply"]


def test_notices_hold_ids_and_nobody_who_did_it(world: World, make: Make) -> None:
    thread = make.thread("tuva", text="hemliga ord", title="hemlig titel")
    make.reply("sara", thread, "hemligt svar")
    (row,) = rows(world, "tuva", thread)
    stored = repr({column.name: getattr(row, column.name) for column in Notice.__table__.columns})
    assert "hemlig" not in stored and "Sara" not in stored and str(world.id("sara")) not in stored
    told_of = session().scalars(select(Announcement.ids).where(Announcement.event == "notices:changed")).all()
    assert all(set(ids) == {"members"} for ids in told_of) and told_of


def test_a_cause_that_fails_tells_nobody(world: World, make: Make, heard: Heard) -> None:
    thread = make.thread("tuva")
    heard.clear()
    with pytest.raises(ZeroDivisionError), transaction():
        make.reply("sara", thread)
        raise ZeroDivisionError
    assert rows(world, "tuva", thread) == [] and heard == []


def test_telling_five_hundred_asks_as_often_as_telling_five(world: World, make: Make, rolled_back: Any) -> None:
    counts = []
    with ratelimit.ignored():
        for many in (5, 500):
            thread = make.thread("tuva")
            _follow(world, thread.id, many)
            with counted(rolled_back) as asked:
                make.reply("sara", thread)
            counts.append(len(asked))
            assert _told_of(thread.id) >= many
            with counted(rolled_back) as asked:  # and when they have one already
                make.reply("sara", thread)
            counts.append(len(asked))
            writes = [one for one in asked if "notice" in one.split("(")[0] and not one.startswith("SELECT")]
            assert len(writes) <= 2, writes
    assert counts[0] == counts[2] and counts[1] == counts[3], counts


def _follow(world: World, stream_id: int, many: int) -> None:
    people = [
        Member(
            sign_in_name=f"many-{stream_id}-{number}",
            display_name=f"Många {number}",
            password_hash="-",
            language="sv",
            joined_at=NOW,
        )
        for number in range(many)
    ]
    with transaction() as s:
        s.add_all(people)
        s.flush()
        house = world.house("Linden")
        s.add_all(MembershipPeriod(member_id=one.id, kind="resident", house_id=house, from_on=TODAY) for one in people)
        s.add_all(StreamChoice(member_id=one.id, stream_id=stream_id, choice="follow", chosen_at=NOW) for one in people)
        s.flush()


def _told_of(stream_id: int) -> int:
    return session().scalar(select(func.count()).where(Notice.stream_id == stream_id)) or 0
