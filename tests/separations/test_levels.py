"""What each level hides, and that it hides nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from community.chat import here, queries, search, searching
from community.chat.here import here_for
from community.core import ratelimit
from community.core.errors import NotAllowed
from community.inbox import actions as team
from community.inbox import queries as inboxes
from community.inbox import waiting as inbox_waiting
from community.members import connecting, connections
from community.members.rules import NO_CONTACT
from community.streams import actions as streams
from community.streams import catching_up, messages, own, pairs
from community.streams import queries as pieces
from community.streams import sockets as stream_sockets
from community.talks import queries as talks
from tests.chat.saying import chat_of, say
from tests.chat.test_here import sit
from tests.chat.test_typing import told as heard_typing
from tests.chat.test_typing import types
from tests.client import TOKEN, Browser
from tests.inbox import saying as inbox
from tests.make import Make
from tests.notices.told import unread
from tests.separations.deciding import IN_A_YEAR, apart, lead
from tests.talks.talking import begun
from tests.talks.talking import say as say_in_talk
from tests.world import World

__all__ = ["sit"]

Browsers = Callable[..., Browser]
Sit = Callable[..., Any]


def said_to(world: World, who: str, slug: str = "vardagsrummet") -> list[str]:
    """What she reads in a chat."""
    viewer = world.viewer(who)
    found = queries.room_for(viewer, chat_of(world, slug))
    page = messages.page_for(viewer, found.stream, found.space, own.place_in(viewer, found.stream.id))
    return [view.text for view in page.pieces]


def test_not_together_in_chats_hides_what_is_said_there_both_ways(world: World, make: Make) -> None:
    first = say(world, "olle", "katten har fått ungar")
    answer = say(world, "amina", "får jag se dem")
    streams.react(world.viewer("olle"), answer.id, "heart")
    streams.react(world.viewer("olle"), say(world, "tuva", "vad fint").id, "hug")
    apart(world, "amina", "olle", "chat")
    assert said_to(world, "amina") == ["får jag se dem", "vad fint"]
    assert said_to(world, "olle") == ["katten har fått ungar", "vad fint"]
    assert said_to(world, "tuva") == ["katten har fått ungar", "får jag se dem", "vad fint"]
    viewer, stream = world.viewer("amina"), pieces.stream_for(world.viewer("amina"), first.stream_id)
    changes = catching_up.changes_since(viewer, stream, 0)
    views = [view for _id, view in changes.pieces if view is not None]
    assert first.id not in [id_ for id_, _view in changes.pieces]
    assert [view.reactions for view in views] == [(), ()], "nor that the other one was there"
    assert pieces.reaction_names(viewer, answer) == {}
    ratelimit.configure(None)
    room = queries.room_for(viewer, stream.id)
    assert search.hits_for(viewer, room, searching.wanted("katten")).found == []
    assert [room.new for room in queries.rooms_for(viewer) if room.id == stream.id] == [1]
    quoted = queries.room_for(world.viewer("tuva"), stream.id)
    assert quoted.stream.id == stream.id


def test_not_together_in_chats_leaves_everything_else(world: World, make: Make) -> None:
    thread = make.thread("olle", text="min katt")
    reply = make.reply("amina", thread, text="får jag se")
    make.reaction("olle", reply.id)
    talk = begun(world, "amina", "olle", "vera")
    say_in_talk(world, "olle", talk, "i gruppen")
    apart(world, "amina", "olle", "chat")
    viewer = world.viewer("amina")
    assert pieces.piece_for(viewer, thread.opening_id).author_id == world.id("olle")
    assert pieces.reaction_names(viewer, reply) == {"heart": ["Olle"]}
    found = talks.talk_for(viewer, talk)
    page = messages.page_for(viewer, found.stream, found.space, own.place_in(viewer, talk))
    assert [view.text for view in page.pieces] == ["i gruppen"]
    assert say_in_talk(world, "amina", talk, "ja").nr == 2
    assert talks.may_write_to(viewer, world.id("olle"))


def test_not_together_in_chats_nobody_is_told_of_the_other(world: World) -> None:
    """Named in a chat by somebody she does not meet there: no notice, no figure."""
    before = unread(world, "amina").count
    say(world, "olle", "hej @Amina")
    assert unread(world, "amina").count == before + 1
    apart(world, "amina", "olle", "chat")
    assert unread(world, "amina").count == before
    say(world, "olle", "hallå @Amina")
    assert unread(world, "amina").count == before
    say(world, "vera", "hej @Amina")
    assert unread(world, "amina").count == before + 1


def test_not_together_in_chats_hides_who_is_there_and_writes(world: World, app: Flask, sit: Sit) -> None:
    apart(world, "amina", "olle", "chat")
    chat = chat_of(world)
    lines = {who: sit(who) for who in ("amina", "olle", "tuva")}
    names = {who: {one.name for one in here_for(world.viewer(who), chat).people} for who in lines}
    assert names == {"amina": {"Amina", "Tuva"}, "olle": {"Olle", "Tuva"}, "tuva": {"Amina", "Olle", "Tuva"}}
    with app.app_context():
        here.look()
    for line in lines.values():
        line.get_received()
    types(lines["olle"], chat)
    assert heard_typing(lines["amina"]) == []
    assert [frame["name"] for frame in heard_typing(lines["tuva"])] == ["Olle"]
    lines["olle"].disconnect()
    with app.app_context():
        here.look()
    frames = {who: [frame["name"] for frame in lines[who].get_received()] for who in ("amina", "tuva")}
    assert frames == {"amina": [], "tuva": ["chat:here"]}


def test_not_together_in_chats_no_frame_comes_of_it(world: World, heard: list[Any], sit: Sit, app: Flask) -> None:
    apart(world, "amina", "olle", "chat")
    line, other = sit("amina"), sit("tuva")
    heard.clear()
    piece = say(world, "olle", "hemligt")
    ids = next(ids for _room, event, ids in heard if event == "stream:piece")
    with app.app_context():
        stream_sockets.bring_piece(ids)
    assert [frame["name"] for frame in line.get_received()] == []
    assert [frame["args"][0].get("id") for frame in other.get_received()] == [piece.id]


@pytest.mark.parametrize("level", ["total", "private"])
def test_private_contact_is_refused_with_the_one_sentence(world: World, level: str, browser: Browsers) -> None:
    talk = begun(world, "amina", "olle")
    group = begun(world, "tuva", "johanna")
    say_in_talk(world, "olle", talk, "innan")
    apart(world, "amina", "olle", level)
    assert pairs.between(world.id("amina"), world.id("olle")) == "none"
    assert world.id("olle") not in pairs.reachable(world.id("amina"), [world.id("olle"), world.id("vera")])
    with pytest.raises(NotAllowed) as refused:
        say_in_talk(world, "amina", talk, "hej")
    assert str(refused.value.sentence) == str(NO_CONTACT)
    hers = browser("amina")
    by_age, by_staff = (
        TOKEN.sub("", hers.post("/messages/new", to=str(world.id(who)), name="").text) for who in ("ivan", "olle")
    )
    assert by_age == by_staff
    assert say_in_talk(world, "tuva", group).nr == 1


def test_no_private_contact_leaves_everything_else(world: World, make: Make, browser: Browsers) -> None:
    thread = make.thread("olle", text="min katt")
    say(world, "olle", "hej alla")
    paths = ["/", "/me", "/notifications", f"/t/{thread.id}", f"/chat/{chat_of(world)}", "/chat", "/me/keep-in-touch"]
    hers = browser("amina")
    for path in paths:  # what the first look changes (a mark, a notice) has changed
        hers.get(path)
    before = [_bare(hers.get(path).text) for path in paths]
    apart(world, "amina", "olle", "private")
    assert [_bare(hers.get(path).text) for path in paths] == before
    assert hers.get(f"/people/{world.id('olle')}").status_code == 200


def test_no_private_contact_ends_what_a_lead_approved(world: World) -> None:
    lead(world)
    row = connecting.ask_for(world.viewer("vera"), world.id("johanna"), "snäll")
    connecting.agree(world.viewer("johanna"), row.id, "gärna")
    version = connections.one_for(world.viewer("sara"), row.id).row.version
    how = {"yes": True, "reason": "they know each other", "review_on": IN_A_YEAR}
    connecting.decide(world.viewer("sara"), row.id, version=version, **how)
    assert world.id("johanna") in connections.approved_with(world.id("vera"))
    apart(world, "vera", "johanna", "private", by="sara")
    assert world.id("johanna") not in connections.approved_with(world.id("vera"))
    with pytest.raises(NotAllowed) as refused:
        connecting.ask_for(world.viewer("vera"), world.id("johanna"), "igen")
    assert str(refused.value.sentence) == str(NO_CONTACT)


def test_no_private_contact_with_somebody_who_works_here_closes_the_inbox_to_her(world: World) -> None:
    """What a member and the team write is the private contact between the two."""
    inbox.write(world, "vera", "hej")
    stream_id = inbox.inbox_of(world, "vera")
    assert stream_id in [one.id for one in inboxes.open_for(world.viewer("sara"))]
    apart(world, "vera", "sara", "private")
    sara = world.viewer("sara")
    assert stream_id not in [one.id for one in inboxes.open_for(sara)]
    assert inbox_waiting.count_for(sara) == 0
    with pytest.raises(Exception) as refused:
        inboxes.team_for(sara, stream_id)
    assert refused.type.__name__ == "NotFound"
    with pytest.raises(NotAllowed):
        team.begin(sara, world.id("vera"), inbox.said("hej"))
    birgitta = world.viewer("birgitta")
    found = inboxes.team_for(birgitta, stream_id)
    assert "Sara" not in [one.name for one in inboxes.colleagues(birgitta, found)]
    assert stream_id in [one.id for one in inboxes.open_for(birgitta)]


UNCHANGED = (
    *("/me", "/me/acts", "/me/read", "/me/told", "/me/keep-in-touch", "/me/blocked", "/me/muted", "/me/settings"),
    *("/me/sessions", "/numbers", "/rules", "/about", "/help", "/inbox", "/me/notices", "/me/waiting"),
)


@pytest.mark.parametrize("level", ["total", "private", "chat"])
def test_no_page_of_the_two_tells_that_staff_decided_something(world: World, browser: Browsers, level: str) -> None:
    """Byte for byte the same before and after, and again when it has ended."""
    both = {who: browser(who) for who in ("amina", "olle")}

    def pages() -> dict[tuple[str, str], str]:
        return {(who, path): _bare(hers.get(path).text) for who, hers in both.items() for path in UNCHANGED}

    pages()
    before = pages()
    apart(world, "amina", "olle", level)
    assert pages() == before
    assert "Page not found" not in str(before)


def test_kept_apart_answers_as_a_block_does(world: World, make: Make, browser: Browsers) -> None:
    """Total: somebody's page, her posts and her name answer like what never was, whichever wall it is."""
    thread = make.thread("olle", text="min katt").id
    hers = browser("amina")
    apart(world, "amina", "olle", "total")
    olle = world.id("olle")
    for path, unknown in (
        (f"/people/{olle}", "/people/4711"),
        (f"/people/{olle}/block", "/people/4711/block"),
        (f"/t/{thread}", "/t/4711"),
    ):
        there, nowhere = hers.get(path), hers.get(unknown)
        assert (there.status_code, _bare(there.text)) == (nowhere.status_code, _bare(nowhere.text)), path
        assert there.status_code == 404


def _bare(page: str) -> str:
    """Without what differs each time a page is drawn."""
    return re.sub(r'<input[^>]*name="(csrf_token|client_id)"[^>]*>', "", page)
