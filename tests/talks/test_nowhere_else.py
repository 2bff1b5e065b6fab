"""Nothing of a talk is anywhere but in it: not in the feed, lists, other pages, figures or texts of notices."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from community.chat import queries as chats
from community.core.announcements import Announcement
from community.core.db import session
from community.spaces import queries as spaces
from community.spaces.models import Space
from community.streams.models import StreamEvent
from tests.client import Browser
from tests.talks.talking import begun, say
from tests.world import World

CANARY = "kanariefågel"
PAGES = (
    *("/", "/notifications", "/me", "/me/acts", "/saved", "/channels", "/channels/new", "/questions", "/unanswered"),
    *("/review", "/unchecked", "/safety", "/numbers", "/audit", "/publishing", "/chat", "/messages", "/handover"),
    *("/me/notifications", "/me/waits", "/figures", "/about", "/write", "/rota", "/word-lists", "/concerns"),
)


def test_no_page_of_anybody_holds_a_word_of_it(app: Flask, world: World) -> None:
    stream_id = begun(world, "amina", "vera")
    for who in ("amina", "vera"):
        say(world, who, stream_id, f"{CANARY} {who} @Tuva")
    for who in ("amina", "vera", "tuva", "johanna", "isla", "sara", "jonna", "birgitta"):
        browser = Browser(app, world).signed_in(who)
        people = [f"/people/{world.id(name)}" for name in ("amina", "vera")]
        for path in (*PAGES, *people, "/c/-talks", "/c/-team"):
            answer = browser.get(path)
            assert CANARY not in answer.text, (who, path)
        for slug in ("-talks", "-team"):
            assert browser.get(f"/c/{slug}").status_code == 404


def test_the_two_places_are_in_no_list_of_channels(world: World) -> None:
    for who in ("amina", "johanna", "sara", "jonna", "birgitta"):
        viewer = world.viewer(who)
        assert not [space for space in spaces.readable(viewer) if space.audience in ("named", "team")]
        assert not [room for room in chats.rooms_for(viewer) if room.name in ("Meddelanden", "Messages")]
    hidden = session().scalars(select(Space).where(Space.audience.in_(("named", "team")))).all()
    assert len(hidden) == 2


def test_what_travels_and_what_is_kept_holds_no_words(world: World) -> None:
    stream_id = begun(world, "amina", "vera")
    say(world, "amina", stream_id, CANARY)
    rows = session().scalars(select(Announcement)).all()
    assert CANARY not in "".join(f"{row.room}{row.event}{row.ids}" for row in rows)
    assert session().scalars(select(StreamEvent).where(StreamEvent.stream_id == stream_id)).all()


def test_no_hint_of_it_goes_to_the_feed(world: World) -> None:
    stream_id = begun(world, "amina", "vera")
    say(world, "amina", stream_id)
    hints = session().scalars(select(Announcement).where(Announcement.event == "feed:hint")).all()
    place = session().scalars(select(Space.id).where(Space.audience == "named")).one()
    assert not [hint for hint in hints if hint.ids.get("space") == place]
