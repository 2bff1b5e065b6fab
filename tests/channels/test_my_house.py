"""What is written to one house is there for that house and for nobody else: pages, feed, catch-up, lists and lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from community.channels import actions as channels
from community.core import clock, fanout
from community.core.db import session, transaction
from community.core.errors import Invalid
from community.core.i18n import in_language
from community.forum import feed
from community.members.models import MembershipPeriod
from community.spaces import rules
from community.spaces.models import Space
from community.spaces.queries import Readers, readable
from community.streams import kept, queries
from community.streams import sockets as stream_sockets
from community.streams.models import Piece, Stream
from tests.client import Browser, field_in, words_of
from tests.core.test_door import open_make, sockets
from tests.digest import digest
from tests.make import Make
from tests.world import CAST, NOW, World

__all__ = ["open_make", "sockets"]

Browsers = Callable[..., Browser]
TO_ONESELF = {"notices:changed", "reading:changed"}  # go to whom they concern, by name
INSIDE = ("samir", "isla", "noor", "jonna", "petra")  # of Linden
OUTSIDE = ("tuva", "vera", "amina", "johanna", "kim", "sara", "birgitta")
EVERYBODY = [name for name in CAST if name not in ("gun", "leo", "hanna")]


def kanns(world: World) -> Space:
    return session().get_one(Space, world.space("kanns"), populate_existing=True)


@pytest.mark.parametrize("name", OUTSIDE)
def test_the_other_house_and_who_has_moved_out_get_nothing(name: str, world: World, browser: Browsers) -> None:
    stream, reply, page = world.stream("whisper"), world.piece("whisper-reply"), browser(name)
    paths = ["/", "/c/kanns", "/feed/newer", f"/feed/newer?space={world.space('kanns')}", "/?sort=followed"]
    for path in paths:
        answer = page.get(path)
        assert answer.status_code == 200 and "whisper" not in answer.text, path
    unknown = words_of(page.get("/t/4711"))
    doors = [f"/t/{stream.id}", f"/streams/{stream.id}/since?after=0"]
    doors += [
        f"/pieces/{piece}/{what}" for piece in (stream.opening_id, reply.id) for what in ("more", "react", "edit")
    ]
    for path in doors:
        answer = page.get(path)
        assert answer.status_code == 404 and words_of(answer) == unknown, path
    writes = {
        f"/t/{stream.id}/replies": {"text": "x", "client_id": "from-outside"},
        f"/streams/{stream.id}/read": {"nr": 1},
        f"/streams/{stream.id}/choice": {"choice": "follow"},
        f"/pieces/{reply.id}/react": {"kind": "hug"},
        f"/pieces/{reply.id}/save": {},
    }
    for path, fields in writes.items():
        assert page.post(path, fields).status_code == 404, path


@pytest.mark.parametrize("name", INSIDE)
def test_the_house_reads_and_answers(name: str, world: World, make: Make, browser: Browsers) -> None:
    stream, page = world.stream("whisper"), browser(name)
    assert "title of whisper" in page.get("/").text
    thread = page.get(f"/t/{stream.id}")
    assert "words of whisper-reply" in thread.text
    assert ("my house alone" in thread.text) or ("bara mitt hus" in thread.text)
    assert make.reply(name, stream.id).nr


def test_the_condition_says_what_the_rule_says(world: World) -> None:
    """Each of the cast, each stream: the database and the one rule agree."""
    streams = list(session().scalars(select(Stream)))
    places = {space.id: space for space in session().scalars(select(Space))}
    apart = 0
    for name in EVERYBODY:
        viewer = world.viewer(name)
        found = set(session().scalars(select(Stream.id).where(queries.readable_in(viewer, readable(viewer)))))
        ruled = {one.id for one in streams if rules.reads(viewer, places[one.space_id], one.house_id)}
        assert found == ruled, name
        apart += sum(one.house_id is not None and one.id not in ruled for one in streams)
    assert apart > 10


def test_who_moves_out_or_to_the_other_house_loses_it_in_her_lists_too(
    world: World, make: Make, browser: Browsers
) -> None:
    samir, reply = browser("samir"), world.piece("whisper-reply")
    assert samir.post(f"/pieces/{reply.id}/save").status_code == 303
    assert "whisper-reply" in samir.get("/me/saved").text
    hers = update(MembershipPeriod).where(MembershipPeriod.member_id == world.id("samir"))
    with transaction() as s:
        s.execute(hers.values(house_id=world.house("Solgläntan")))
    assert "whisper-reply" not in samir.get("/me/saved").text
    assert kept.saved_for(world.viewer("samir")) == []
    assert samir.get(f"/t/{reply.stream_id}").status_code == 404
    assert "title of murmur" in samir.get("/").text


@pytest.mark.parametrize(
    ("name", "first"), [("vera", "house"), ("amina", "house"), ("tuva", "all"), ("sara", "all"), ("isla", "house")]
)
def test_who_is_under_eighteen_begins_with_her_house(name: str, first: str, world: World, browser: Browsers) -> None:
    page = browser(name).get("/write?space=kanns").text
    assert f'name="whom" value="{first}" checked' in page
    readers, space = Readers(world.viewer(name)), kanns(world)
    lang = world.viewer(name).language
    with browser(name).app.test_request_context(), in_language(lang):
        both = {readers.sentence(space), readers.sentence(space, rules.house_of(world.viewer(name)))}
    assert len(both) == 2
    plain = words_of(browser(name).get("/write?space=kanns"))
    assert all(sentence in plain for sentence in both), both


@pytest.mark.parametrize("name", ["johanna", "kim"])
def test_who_has_no_house_writes_to_everyone_and_is_not_asked(name: str, world: World, browser: Browsers) -> None:
    page = browser(name)
    assert 'name="whom"' not in page.get("/write?space=kanns").text
    sent = {"text": "hej", "client_id": "no-house-1", "space_id": world.space("kanns"), "mode": "tell"}
    assert page.post("/write", sent, whom="house", asked=str(world.space("kanns"))).status_code == 422
    assert page.post("/write", sent).status_code == 303
    assert session().scalar(select(Stream.house_id).join(Piece).where(Piece.client_id == "no-house-1")) is None


def test_nothing_is_published_before_it_is_said_who_reads_it(world: World, browser: Browsers, rolled_back: Any) -> None:
    amina, id_ = browser("amina"), world.space("kanns")
    sent = {"text": "känsligt", "client_id": "unsaid-0001", "space_id": id_, "mode": "tell"}
    before = digest(rolled_back)
    for more in ({}, {"whom": "all"}, {"whom": "house"}, {"asked": str(id_)}, {"asked": str(id_), "whom": "x"}):
        answer = amina.post("/write", sent, **more)
        assert answer.status_code == 422 and field_in(answer, "text") == "känsligt", more
    assert digest(rolled_back) == before
    assert str(id_) in field_in(answer, "asked").split()
    assert amina.post("/write", sent, asked=str(id_), whom="house").status_code == 303
    made = session().scalar(select(Stream.house_id).join(Piece).where(Piece.client_id == "unsaid-0001"))
    assert made == world.house("Solgläntan")


def test_what_was_meant_for_a_house_is_never_shown_to_all_because_the_channel_asks_no_more(
    world: World, browser: Browsers
) -> None:
    space, birgitta = kanns(world), world.viewer("birgitta")
    wish = channels.Wish(**{**channels.values_of(space), "asks_whom": False})
    channels.change_channel(birgitta, space.id, wish, version=space.version)
    sent = {"text": "känsligt", "client_id": "no-more-asked", "space_id": space.id, "mode": "tell"}
    answer = browser("amina").post("/write", sent, asked=str(space.id), whom="house")
    assert answer.status_code == 422 and "alla läser den" in answer.text
    # What was said to the house before stays with the house.
    assert browser("tuva").get(f"/t/{world.stream('whisper').id}").status_code == 404
    assert browser("isla").get(f"/t/{world.stream('whisper').id}").status_code == 200


def test_a_choice_made_for_one_channel_is_not_taken_for_another(world: World, browser: Browsers) -> None:
    sent = {"text": "till alla", "client_id": "to-all-0001", "space_id": world.space("minnen"), "mode": "tell"}
    answer = browser("amina").post("/write", sent, asked=str(world.space("kanns")), whom="house")
    assert answer.status_code == 303
    assert browser("samir").get(answer.location).status_code == 200


def test_the_actions_ask_too(make: Make) -> None:
    for whom in (None, "house-and-garden"):
        with pytest.raises(Invalid):
            make.thread("amina", "kanns", whom=whom)
    with pytest.raises(Invalid):
        make.thread("amina", "minnen", whom="house")
    assert make.thread("amina", "kanns", whom="all").house_id is None


def test_the_same_words_to_the_house_and_to_all_are_two_posts(make: Make) -> None:
    one, other = (make.thread("amina", "kanns", "hej", whom=whom) for whom in ("house", "all"))
    assert one.id != other.id and one.house_id is not None and other.house_id is None


@pytest.mark.parametrize("name", ["samir", "noor", "jonna"])
def test_the_thread_and_a_change_in_it_say_who_reads(name: str, world: World, make: Make, browser: Browsers) -> None:
    stream = world.stream("whisper").id
    page, reply = browser(name), make.reply(name, stream)
    expected = "3 som bor på Linden och personalen där."
    assert expected in words_of(page.get(f"/t/{stream}"))
    assert expected in words_of(page.get(f"/pieces/{reply.id}/edit"))


def test_who_is_kept_apart_from_the_reader_is_not_in_the_number(world: World, make: Make, browser: Browsers) -> None:
    make.excluded("samir", "isla")
    assert "2 som bor på Linden" in words_of(browser("samir").get(f"/t/{world.stream('whisper').id}"))


def test_what_is_said_to_a_house_moves_nothing_for_the_other(world: World, make: Make) -> None:
    before = [view.id for view in feed.feed_for(world.viewer("tuva"))]
    with clock.at(NOW):
        make.reply("isla", world.stream("whisper").id)
    assert [view.id for view in feed.feed_for(world.viewer("tuva"))] == before


class _NothingWaits(dict[Any, Any]):
    """Each hint goes out at once, as if the last one had been a second ago."""

    def get(self, *_key: Any) -> None:
        return None


@pytest.fixture
def hints_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream_sockets, "_pending", _NothingWaits())


def sid_of(page: Any) -> str:
    """The server's name for an open page's line."""
    return str(fanout.socketio.server.manager.sid_from_eio_sid(page.eio_sid, "/"))


def _hints(page: Any) -> int:
    return sum(frame["name"] == "feed:hint" for frame in page.get_received())


def test_lines_of_the_other_house_hear_nothing_and_no_hint(
    sockets: Callable[[str], Any], open_make: Make, app: Flask, hints_at_once: None
) -> None:
    world = open_make.world
    open_make.excluded("noor", "johanna")  # she listens in rooms of her own
    open_make.excluded("vera", "johanna")
    pages = {
        name: sockets(name) for name in ("samir", "isla", "noor", "petra", "tuva", "vera", "kim", "sara", "johanna")
    }
    stream = world.stream("whisper")
    for name, page in pages.items():
        assert page.emit("feed:join", {}, callback=True)["ok"]
        joined = page.emit("stream:join", {"stream": stream.id}, callback=True)
        assert joined["ok"] is (name in INSIDE), name
        page.get_received()
    with app.app_context():
        piece = open_make.reply("isla", stream.id, "bara för Linden")
        open_make.reaction("samir", piece.id)
        open_make.thread("isla", "kanns", "en ny för Linden", whom="house")
    inside = {name: page.get_received() for name, page in pages.items()}
    for name, frames in inside.items():
        names = {frame["name"] for frame in frames} - TO_ONESELF
        assert names == ({"stream:piece", "feed:hint"} if name in INSIDE else set()), (name, names)


def test_who_loses_a_channel_hears_nothing_more_in_it(
    sockets: Callable[[str], Any], open_make: Make, app: Flask, hints_at_once: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, dropped = open_make.world, []
    monkeypatch.setattr(fanout, "drop", dropped.append)
    stream = open_make.thread("sara", "minnen").id
    on_thread = {name: sockets(name) for name in ("tuva", "amina", "johanna", "petra")}
    on_feed = {name: sockets(name) for name in ("samir", "johanna")}
    elsewhere = sockets("vera")
    for page in on_thread.values():
        assert page.emit("stream:join", {"stream": stream}, callback=True)["ok"]
    for page in on_feed.values():
        assert page.emit("feed:join", {}, callback=True)["ok"]
    assert elsewhere.emit("stream:join", {"stream": world.stream("open").id}, callback=True)["ok"]
    with app.app_context():
        space = session().get_one(Space, world.space("minnen"))
        wish = channels.Wish(**{**channels.values_of(space), "audience": "moved_out"})
        channels.change_channel(world.viewer("birgitta"), space.id, wish, version=1, sure="moved_out")
        for page in (*on_thread.values(), *on_feed.values()):
            page.get_received()
        open_make.reply("sara", stream, "bara för vuxna som har flyttat")
    assert sorted(dropped) == sorted(sid_of(page) for page in (on_thread["tuva"], on_thread["amina"], on_feed["samir"]))
    assert [page.get_received() for page in (on_thread["tuva"], on_thread["amina"], on_feed["samir"])] == [[], [], []]
    assert elsewhere.emit("feed:join", {}, callback=True)["ok"]
    for name in ("johanna", "petra"):
        assert [frame["name"] for frame in on_thread[name].get_received()] == ["stream:piece"], name
    assert _hints(on_feed["johanna"]) == 1
    again = sockets("tuva")
    assert again.emit("stream:join", {"stream": stream}, callback=True)["code"] == "not_found"
