"""Who is in a chat: whoever a reader may meet there by name, and nobody else in any name, figure or hint."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, template_rendered
from sqlalchemy import select, update

from community.chat import here, presence
from community.chat.here import here_for
from community.chat.models import Present
from community.core import clock, live
from community.core.db import new_id, session, transaction
from community.core.errors import Busy
from community.members.look import be_shown_here
from community.members.models import Member, MembershipPeriod
from tests.chat.test_sending import chat_of
from tests.client import Browser, hang_up, words_of
from tests.fixtures import Heard
from tests.make import Make
from tests.world import NOW, World

Chat = Callable[..., Any]
Look = Callable[[], None]


@pytest.fixture
def sit(world: World, browser: Callable[..., Browser]) -> Chat:
    """`sit("amina")`: her page of the chat for everybody (or of a space's) is open."""

    def opened(who: str, slug: str = "vardagsrummet") -> Any:
        socket = browser(who).socket()
        answer = socket.emit("stream:join", {"stream": chat_of(world, slug)}, callback=True)
        assert answer["ok"], answer
        socket.get_received()
        return socket

    return opened


@pytest.fixture
def look(app: Flask) -> Callable[[], None]:
    """What a server does once a second."""

    def once() -> None:
        with app.app_context():
            here.look()

    return once


def names(world: World, viewer: str, slug: str = "vardagsrummet") -> set[str]:
    found = here_for(world.viewer(viewer), chat_of(world, slug))
    assert found.count == len(found.people) + found.others
    return {person.name.lower() for person in found.people}


def told(socket: Any, event: str = "chat:here") -> list[Any]:
    return [frame["args"][0] for frame in socket.get_received() if frame["name"] == event]


def named_in(html: str) -> set[str]:
    return set(re.findall(r'class="who"[^>]*>(\w+)<', html))


def test_who_is_there_is_named_and_counted(world: World, sit: Chat, browser: Callable[..., Browser]) -> None:
    for who in ("amina", "tuva", "johanna", "vera", "sara"):
        sit(who)
    sit("tuva")  # on another device, too
    assert names(world, "tuva") == {"amina", "tuva", "johanna", "vera", "sara"}
    assert names(world, "johanna") == names(world, "tuva"), "who shares a chat sees who is in it"
    page = words_of(browser("petra").get(f"/chat/{chat_of(world, 'vardagsrummet')}"))
    assert "5 here now" in page
    assert page.index("Sara") < page.index("Amina"), "whoever works here comes first"
    assert names(world, "tuva", "solglantan") == set()


def test_two_who_are_kept_apart_are_nowhere_to_each_other(world: World, look: Look, sit: Chat) -> None:
    """Both ways, by name, in the figure and in what comes by itself."""
    pairs = (("amina", "elias"), ("olle", "ivan"))
    for pair in pairs:
        for one, other in (pair, pair[::-1]):
            line = sit(one)
            look()
            assert told(line) == [{"stream": chat_of(world, "vardagsrummet")}], "a hint when she has come in"
            came = sit(other)
            look()
            assert told(line) == [], f"{one} is told nothing when {other} comes"
            assert names(world, one) == {one}
            assert names(world, "tuva") == {one, other}
            sit("tuva")
            look()
            assert len(told(line)) == 1
            came.disconnect()
            look()
            assert told(line) == []
            for open_ in (line, came):
                if open_.is_connected():
                    open_.disconnect()
            hang_up()
            look()


def test_a_frame_for_everybody_is_made_once_and_holds_all_names(
    app: Flask, world: World, look: Look, sit: Chat
) -> None:
    crowd = ("sara", "vera", "petra", "isla")
    _lines, tuva, johanna = [sit(who) for who in crowd], sit("tuva"), sit("johanna")
    everybody = {"Tuva", "Johanna", *(who.capitalize() for who in crowd)}
    made: list[Any] = []
    with template_rendered.connected_to(lambda _app, template, **_more: made.append(template.name), app):
        look()
    assert made.count("parts/chat_who.html") == 2, "one for each language"
    first, second = told(tuva), told(johanna)
    assert len(first) == len(second) == 1
    assert named_in(first[0]["html"]) == named_in(second[0]["html"]) == everybody
    assert "here now" in first[0]["html"]
    assert "här nu" in second[0]["html"]
    look()
    assert told(tuva) == [], "nothing changed"
    third = sit("tuva")
    look()
    assert told(tuva) == told(johanna) == [], "she was there already"
    assert named_in(told(third)[0]["html"]) == everybody, "a page that has come knows nothing yet"


@pytest.mark.parametrize("who", ["noor", "vera"])
def test_protected_or_not_shown_is_in_no_name_and_no_figure(world: World, look: Look, sit: Chat, who: str) -> None:
    if who == "vera":
        be_shown_here(world.viewer("vera"), False)
    tuva = sit("tuva")
    look()
    told(tuva)
    hers = sit(who)
    look()
    assert told(tuva) == []
    assert len(told(hers)) == 1, "she sees the others"
    for viewer in ("tuva", "sara", who):
        assert names(world, viewer) == {"tuva"}
    assert session().scalars(select(Present.member_ids)).all() == [[world.id("tuva")]]


def test_the_wish_not_to_be_shown_holds_within_a_look(world: World, sit: Chat, browser: Callable[..., Browser]) -> None:
    settings = {"lang": "sv", "text_size": "normal", "theme": "device"}
    amina = browser("amina")
    assert re.search(r"<input[^>]*\bchecked\b[^>]*shown_here", amina.get("/me/settings").text)
    sit("amina")
    assert names(world, "tuva") == {"amina"}
    assert amina.post("/me/settings", settings).status_code == 303
    live.sweep()
    assert names(world, "tuva") == set()
    assert "shown_here" not in browser("noor").get("/me/settings").text
    amina.post("/me/settings", {**settings, "shown_here": "y"})
    assert world.viewer("amina").shown


@pytest.mark.parametrize("how", ["leaves", "closes", "signs out", "is suspended", "moves", "ends her membership"])
def test_whoever_is_no_longer_there_is_gone_at_the_next_look(
    world: World, look: Look, sit: Chat, make: Make, browser: Callable[..., Browser], how: str
) -> None:
    amina = browser("amina")
    line, tuva = amina.socket(), sit("tuva", "solglantan")
    chat = chat_of(world, "solglantan")
    line.emit("stream:join", {"stream": chat}, callback=True)
    look()
    assert named_in(told(tuva)[-1]["html"]) == {"Amina", "Tuva"}
    if how == "leaves":
        line.emit("stream:leave", {"stream": chat}, callback=True)
    elif how == "closes":
        line.disconnect()
    elif how == "signs out":
        amina.post("/logout")
    elif how == "is suspended":
        make.sanction("amina", "suspended")
    elif how == "moves":
        _write(
            update(MembershipPeriod), MembershipPeriod.member_id == world.id("amina"), house_id=world.house("Linden")
        )
    else:
        _write(update(Member), Member.id == world.id("amina"), left_at=clock.now())
    live.sweep()
    look()
    assert named_in(told(tuva)[-1]["html"]) == {"Tuva"}
    assert names(world, "tuva", "solglantan") == {"tuva"}


def _write(statement: Any, which: Any, **values: Any) -> None:
    with transaction() as s:
        s.execute(statement.where(which).values(**values))


def elsewhere(world: World, *who: str, slug: str = "vardagsrummet", process: int = 7) -> None:
    """Another server process has written down who is there at it."""
    ids = [world.id(name) for name in who]
    with transaction() as s:
        row = Present(process_id=process, stream_id=chat_of(world, slug), member_ids=ids, seen_at=clock.now())
        s.merge(row)
        s.flush()


def test_people_at_another_process_are_there_until_it_says_nothing_for_a_minute(
    world: World, look: Look, sit: Chat
) -> None:
    elsewhere(world, "amina", "elias")
    tuva = sit("tuva")
    look()
    assert named_in(told(tuva)[0]["html"]) == {"Amina", "Elias", "Tuva"}
    assert names(world, "amina") == {"amina", "tuva"}
    elsewhere(world, "amina")
    presence.changed({"stream": chat_of(world, "vardagsrummet")})
    look()
    assert named_in(told(tuva)[0]["html"]) == {"Amina", "Tuva"}
    with clock.at(NOW + timedelta(seconds=61)):  # it was killed
        presence._renewed -= presence.RENEW
        look()
        assert named_in(told(tuva)[0]["html"]) == {"Tuva"}
        assert session().scalars(select(Present.process_id)).all() == [presence._process]


def test_others_are_told_only_of_chats_they_have_people_in(world: World, look: Look, sit: Chat, heard: Heard) -> None:
    """One process alone writes a row when somebody comes or goes, and nothing while people talk."""
    line = sit("tuva")
    heard.clear()
    look()
    assert heard == []
    assert len(session().scalars(select(Present)).all()) == 1
    elsewhere(world)
    sit("amina")
    look()
    chat = chat_of(world, "vardagsrummet")
    assert heard == [(f"stream:{chat}", "chat:here", {"stream": chat})]
    line.emit("chat:send", {"stream": chat, "client_id": "here-try-0001", "text": "hej"}, callback=True)
    before = session().execute(select(Present.seen_at, Present.member_ids)).all()
    heard.clear()
    look()
    assert session().execute(select(Present.seen_at, Present.member_ids)).all() == before
    assert heard == []


def test_a_process_that_ends_takes_its_people_along(world: World, look: Look, sit: Chat) -> None:
    sit("tuva")
    look()
    presence.leave()
    assert session().scalars(select(Present)).all() == []


def test_a_process_that_stood_still_writes_itself_down_anew(world: World, look: Look, sit: Chat) -> None:
    sit("tuva")
    look()
    with transaction() as s:
        s.execute(update(Present).values(process_id=new_id()))
    presence._renewed -= presence.RENEW
    look()
    look()
    assert presence._process in session().scalars(select(Present.process_id)).all()


def test_a_busy_database_is_written_to_a_second_later(
    world: World, look: Look, sit: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    tuva = sit("tuva")
    said = presence.announce
    elsewhere(world)

    def busy(*_how: Any, **_ids: Any) -> None:
        raise Busy

    monkeypatch.setattr(presence, "announce", busy)
    look()
    assert len(told(tuva)) == 1, "pages here hear of it in any case"
    monkeypatch.setattr(presence, "announce", said)
    look()
    assert [world.id("tuva")] in session().scalars(select(Present.member_ids)).all()


def test_what_could_not_be_told_is_told_at_the_next_look(
    world: World, look: Look, sit: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    tuva = sit("tuva")
    shown = here._shown

    def fails(_ids: Any) -> Any:
        raise RuntimeError("the database has gone for a moment")

    monkeypatch.setattr(here, "_shown", fails)
    look()
    assert told(tuva) == []
    monkeypatch.setattr(here, "_shown", shown)
    look()
    assert len(told(tuva)) == 1


def test_of_many_the_first_are_named(world: World, sit: Chat) -> None:
    crowd = ("amina", "vera", "tuva", "olle", "mira", "samir", "isla", "johanna", "kim", "birgitta", "sara", "jonna")
    elsewhere(world, *crowd, "petra", "ivan", "elias")
    found = here_for(world.viewer("tuva"), chat_of(world, "vardagsrummet"))
    assert (len(found.people), found.count, found.others) == (12, 15, 3)
    assert [person.kind for person in found.people[:4]] == ["staff"] * 4


@pytest.mark.parametrize(
    ("who", "line"),
    [("tuva", "Jonna keeps an eye until"), ("johanna", "Personalen håller ett öga på chatten till"), ("kim", "Staff")],
)
def test_who_keeps_an_eye_on_it(world: World, browser: Callable[..., Browser], who: str, line: str) -> None:
    """First name; no name for whoever has moved out."""
    part = words_of(browser(who).get(f"/chat/{chat_of(world, 'vardagsrummet')}/state"))
    assert line in part
    assert ("Jonna" in part) is (who == "tuva")


def test_whoever_is_kept_apart_from_the_host_reads_no_name(
    world: World, make: Make, browser: Callable[..., Browser]
) -> None:
    make.excluded("tuva", "jonna", "separation")
    assert "Jonna" not in browser("tuva").get(f"/chat/{chat_of(world, 'vardagsrummet')}/state").text


def test_a_chat_of_adults_says_nothing_of_an_eye(world: World, browser: Callable[..., Browser]) -> None:
    assert "eye" not in browser("petra").get(f"/chat/{chat_of(world, 'utflyttat')}/state").text


def test_nothing_is_shown_of_a_chat_outside_it(world: World, sit: Chat, browser: Callable[..., Browser]) -> None:
    sit("vera")
    johanna = browser("johanna")
    for page in ("/", "/chat", f"/people/{world.id('amina')}", f"/chat/{chat_of(world, 'utflyttat')}"):
        assert "Vera" not in johanna.get(page).text
        assert "här nu" not in johanna.get(page).text
    assert johanna.get(f"/chat/{chat_of(world, 'solglantan')}/here").status_code == 404


def test_a_thread_that_is_read_live_is_no_chat(world: World, look: Look, browser: Callable[..., Browser]) -> None:
    line = browser("tuva").socket()
    line.emit("stream:join", {"stream": world.stream("common").id}, callback=True)
    look()
    assert told(line) == []
    assert session().scalars(select(Present)).all() == []
