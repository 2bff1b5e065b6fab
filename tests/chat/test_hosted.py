"""A chat for an evening: who opens it, for whom, when one may write in it, and how long it stands in the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from community.chat import actions, hosting, queries
from community.chat.hosting import Wish
from community.chat.models import Room
from community.core import clock
from community.core.db import session, transaction
from community.core.errors import Conflict, Invalid, NotAllowed, NotFound
from community.members.models import Duty
from community.safety.word_lists import in_force
from community.spaces.models import Space
from community.streams.actions import Said
from tests.client import Browser, words_of
from tests.fixtures import Heard
from tests.world import HOLD, NOW, World, nobody_works

HOUR = timedelta(hours=1)
OVER = "It is over. You can still read it."


def wish(world: World, begins: timedelta = HOUR, lasts: timedelta = 2 * HOUR, **other: Any) -> Wish:
    given = {"name_sv": "Spelkväll", "name_en": "Games night", "space_id": world.space("vardagsrummet")}
    given |= {"opens_at": NOW + begins, "closes_at": NOW + begins + lasts}
    return Wish(**{**given, **other})


def opened(world: World, who: str = "jonna", **how: Any) -> int:
    return hosting.open_chat(world.viewer(who), wish(world, **how)).id


def say(world: World, who: str, chat: int, words: str = "hej") -> None:
    actions.send(world.viewer(who), chat, Said(words, f"hosted-{who}-{clock.now():%H%M%S}"))


def in_list(world: World, who: str, chat: int) -> str | None:
    """What the list says of its hours; None where it is not in it."""
    return next((room.hours for room in queries.rooms_for(world.viewer(who)) if room.id == chat), None)


def facilitator(world: World, who: str) -> None:
    with transaction() as s:
        s.add(Duty(member_id=world.id(who), kind="facilitator", from_on=date(2025, 1, 1)))
        s.flush()


def test_it_is_written_in_between_its_hours_and_read_before_and_after(world: World) -> None:
    chat = opened(world)
    for passed, allowed in ((0, False), (59, False), (60, True), (179, True), (180, False), (3000, False)):
        with clock.at(NOW + timedelta(minutes=passed)):
            found = queries.room_for(world.viewer("tuva"), chat)
            assert (found.name, found.space.slug) == ("Spelkväll", "vardagsrummet")
            if allowed:
                say(world, "tuva", chat)
            else:
                with pytest.raises(NotAllowed):
                    say(world, "tuva", chat)


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(hours=-2), "Opens tonight 20:00"),
        (timedelta(days=-2), "Opens 14 Mar 20:00"),
        (HOUR, "Open until 22:00"),
        (3 * HOUR, OVER),
        (26 * HOUR, OVER),
        (28 * HOUR, None),
    ],
)
def test_the_list_says_its_hours_and_keeps_it_for_a_day(
    world: World, browser: Callable[..., Browser], passed: timedelta, words: str | None
) -> None:
    chat = opened(world)
    with clock.at(NOW + passed):
        page = words_of(browser("tuva").get("/chat"))
        assert ("Games night" in page) is (words is not None)
        assert words is None or words in page
        assert browser("tuva").get(f"/chat/{chat}").status_code == 200, "by its link it is always there"


def test_it_stands_after_those_that_are_always_there(world: World) -> None:
    later, sooner = opened(world, begins=5 * HOUR), opened(world, begins=2 * HOUR)
    assert [room.id for room in queries.rooms_for(world.viewer("tuva"))][-2:] == [sooner, later]


def test_for_whom_follows_the_channel(world: World, browser: Callable[..., Browser]) -> None:
    chat = opened(world, who="jonna", space_id=world.space("linden"))
    for who in ("samir", "noor", "petra"):
        assert in_list(world, who, chat) is not None
    for who in ("tuva", "johanna", "sara"):
        assert in_list(world, who, chat) is None
        assert browser(who).get(f"/chat/{chat}").status_code == 404
        assert browser(who).get(f"/chat/{chat}/here").status_code == 404


def test_it_rests_without_a_host_like_any_chat_of_children(world: World) -> None:
    chat = opened(world)
    nobody_works()
    with clock.at(NOW + HOUR), pytest.raises(NotAllowed):
        say(world, "tuva", chat)


@pytest.mark.parametrize("who", ["amina", "johanna", "sara", "birgitta"])
def test_hosts_and_facilitators_alone_open_one(world: World, browser: Callable[..., Browser], who: str) -> None:
    with pytest.raises(NotAllowed):
        opened(world, who)
    assert browser(who).get("/chat/new").status_code == 403
    assert "/chat/new" not in browser(who).get("/chat").text
    if world.viewer(who).is_staff:
        facilitator(world, who)
        chat = opened(world, who)
        assert session().get_one(Room, chat).host_id == world.id(who)
        assert "/chat/new" in browser(who).get("/chat").text


def test_whoever_hosts_it_looks_after_it(world: World) -> None:
    facilitator(world, "sara")
    hers, other = opened(world, "sara"), opened(world, "jonna")
    assert actions.slow_down(world.viewer("sara"), hers, 30).slow_seconds == 30
    with pytest.raises(NotAllowed):
        actions.slow_down(world.viewer("sara"), other, 30)


BAD = {
    "no name": ({"name_sv": "  "}, "name_sv"),
    "no English": ({"name_en": "\u200b"}, "name_en"),
    "too long": ({"name_sv": "x" * 41}, "name_sv"),
    "a refused word": ({"name_en": "refusedword"}, "name_en"),
    "a word that waits": ({"name_sv": "heldword"}, "name_sv"),
    "a channel she does not read": ({"space_id": "solglantan"}, "space_id"),
    "no channel": ({"space_id": 4711}, "space_id"),
    "begun long ago": ({"opens_at": NOW - timedelta(minutes=16)}, "opens_at"),
    "too far ahead": ({"opens_at": NOW + timedelta(days=61)}, "opens_at"),
    "ends before it begins": ({"closes_at": NOW + HOUR}, "closes_at"),
    "ended already": ({"opens_at": NOW - timedelta(minutes=10), "closes_at": NOW}, "closes_at"),
    "too long open": ({"closes_at": NOW + 14 * HOUR}, "closes_at"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_can_not_be(world: World, case: str) -> None:
    changed, field = BAD[case]
    if changed.get("space_id") == "solglantan":
        changed = {"space_id": world.space("solglantan")}
    chat = opened(world)
    with in_force(HOLD):
        for attempt in (
            lambda: opened(world, **changed),
            lambda: hosting.change_chat(world.viewer("jonna"), chat, wish(world, **changed), version=1),
        ):
            with pytest.raises(Invalid) as refused:
                attempt()
            assert refused.value.field == field


def test_a_closed_channel_gets_none(world: World) -> None:
    with transaction() as s:
        s.get_one(Space, world.space("vardagsrummet")).closed_at = NOW
        s.flush()
    with pytest.raises(Invalid):
        opened(world)


def test_it_is_changed_until_it_begins(world: World, heard: Heard) -> None:
    chat = opened(world)
    heard.clear()
    later = wish(world, begins=2 * HOUR, name_sv="Sen kväll")
    room = hosting.change_chat(world.viewer("jonna"), chat, later, version=1)
    assert (room.name_sv, room.opens_at, room.version) == ("Sen kväll", NOW + 2 * HOUR, 2)
    space = {"space": world.space("vardagsrummet")}
    state = (f"stream:{chat}", "chat:state", {"stream": chat})
    assert heard == [(f"chats:{space['space']}", "chat:listed", space), state]
    hosting.change_chat(world.viewer("jonna"), chat, later, version=2)
    assert session().get_one(Room, chat).version == 2, "nothing changed, nothing counted"
    with clock.at(NOW + 2 * HOUR), pytest.raises(NotAllowed):
        hosting.change_chat(world.viewer("jonna"), chat, wish(world, begins=3 * HOUR), version=2)
    with pytest.raises(NotAllowed):
        hosting.change_chat(world.viewer("tuva"), chat, later, version=2)
    with pytest.raises(NotFound):
        hosting.change_chat(world.viewer("jonna"), 4711, later, version=1)


def test_for_others_means_that_open_pages_come_in_anew(world: World, heard: Heard) -> None:
    chat = opened(world)
    heard.clear()
    hosting.change_chat(world.viewer("jonna"), chat, wish(world, space_id=world.space("linden")), version=1)
    assert [event for _room, event, _ids in heard] == ["chat:moved", "chat:listed", "chat:listed", "chat:state"]
    with pytest.raises(NotFound):
        queries.room_for(world.viewer("tuva"), chat)


def test_two_who_change_it_at_once_are_told(world: World, browser: Callable[..., Browser]) -> None:
    chat = opened(world)
    with pytest.raises(Conflict):
        hosting.change_chat(world.viewer("jonna"), chat, wish(world, name_sv="Min"), version=0)
    sent = {**_form(world), "name_sv": "Min kväll", "version": 7}
    answer = browser("jonna").post(f"/chat/{chat}/change", sent)
    assert answer.status_code == 409
    assert "Min kväll" in answer.text
    assert "Spelkväll" in words_of(answer)
    assert 'name="version" type="hidden" value="1"' in answer.text


def _form(world: World) -> dict[str, Any]:
    local = [clock.local(NOW + ahead * HOUR).strftime("%Y-%m-%dT%H:%M") for ahead in (1, 3)]
    names = {"name_sv": "Spelkväll", "name_en": "Games night", "space_id": world.space("vardagsrummet")}
    return {**names, "opens_at": local[0], "closes_at": local[1], "version": 0}


def test_by_the_form(world: World, browser: Callable[..., Browser]) -> None:
    jonna = browser("jonna")
    page = jonna.get("/chat/new")
    assert 'value="2026-03-14T20:00"' in page.text, "begins at the next full hour after seven"
    assert "De som läser: personalen." in words_of(page), "for whom is said in people"
    answer = jonna.post("/chat/new", _form(world))
    assert answer.status_code == 303
    chat = int(answer.location.rsplit("/", 1)[1])
    assert queries.room_for(world.viewer("tuva"), chat).room.opens_at == NOW + HOUR
    kept = jonna.post("/chat/new", {**_form(world), "name_sv": "Min kväll", "closes_at": "2026-03-16T20:00"})
    assert kept.status_code == 422
    assert "Min kväll" in kept.text
    for bad in ({"opens_at": "i morgon"}, {"opens_at": ""}, {"space_id": "x"}, {"name_en": ""}):
        assert jonna.post("/chat/new", {**_form(world), **bad}).status_code == 422


def test_each_kind_of_readers_is_offered_once(world: World, browser: Callable[..., Browser]) -> None:
    slugs = [space.slug for space in hosting.places(world.viewer("jonna"))]
    assert slugs == ["vardagsrummet", "linden", "utflyttat", "personal"]
    chat = opened(world, space_id=world.space("minnen"))
    page = browser("jonna").get(f"/chat/{chat}/change").text
    assert f'value="{world.space("minnen")}" checked' in page, "what it is stays among the choices"


def test_before_it_opens_it_says_when_and_not_that_it_rests(world: World, browser: Callable[..., Browser]) -> None:
    chat = opened(world)
    nobody_works()
    state = words_of(browser("tuva").get(f"/chat/{chat}/state"))
    assert "This chat opens today 20:00." in state
    assert "resting" not in state


def test_it_ends_earlier_and_once(world: World, browser: Callable[..., Browser], heard: Heard) -> None:
    chat = opened(world)
    with clock.at(NOW + 2 * HOUR):
        heard.clear()
        assert browser("jonna").post(f"/chat/{chat}/end").status_code == 303
        hosting.end_chat(world.viewer("jonna"), chat)
        assert [event for _room, event, _ids in heard] == ["chat:listed", "chat:state"], "twice is once"
        with pytest.raises(NotAllowed):
            say(world, "tuva", chat)
        assert in_list(world, "tuva", chat)
        for who in ("tuva", "sara"):
            with pytest.raises(NotAllowed):
                hosting.end_chat(world.viewer(who), chat)
    assert session().get_one(Room, chat).closes_at == NOW + 2 * HOUR


def test_called_off_it_is_in_no_list(world: World) -> None:
    chat = opened(world)
    hosting.end_chat(world.viewer("jonna"), chat)
    assert in_list(world, "tuva", chat) is None
    with clock.at(NOW + HOUR), pytest.raises(NotAllowed):
        say(world, "tuva", chat)


def test_a_chat_of_a_channel_is_neither_changed_nor_ended(world: World, browser: Callable[..., Browser]) -> None:
    standing = queries.rooms_for(world.viewer("jonna"))[0].id
    with pytest.raises(NotAllowed):
        hosting.end_chat(world.viewer("jonna"), standing)
    assert browser("jonna").get(f"/chat/{standing}/change").status_code == 403
    assert browser("jonna").post(f"/chat/{standing}/end").status_code == 403


def test_its_page_names_the_host_but_to_those_who_may_not_know(world: World, browser: Callable[..., Browser]) -> None:
    chat, standing = opened(world), queries.rooms_for(world.viewer("tuva"))[0].id
    with clock.at(NOW + HOUR + timedelta(minutes=5)):
        assert "Jonna hosts it" in words_of(browser("tuva").get(f"/chat/{chat}"))
        assert "Jonna hosts" not in words_of(browser("petra").get(f"/chat/{standing}"))
        assert "Jonna" not in browser("johanna").get(f"/chat/{chat}/state").text


def test_hosts_have_slow_mode_on_the_page_and_everybody_reads_it(world: World, browser: Callable[..., Browser]) -> None:
    standing = queries.rooms_for(world.viewer("tuva"))[0].id
    slow = f"/chat/{standing}/slow"
    assert slow in browser("jonna").get(f"/chat/{standing}").text
    assert slow not in browser("sara").get(f"/chat/{standing}").text
    assert "One message every" not in browser("tuva").get(f"/chat/{standing}/state").text
    assert browser("jonna").post(slow, {"seconds": 30}).status_code == 303
    assert "One message every 30 seconds." in words_of(browser("tuva").get(f"/chat/{standing}/state"))
    assert 'value="30" checked' in browser("jonna").get(f"/chat/{standing}").text


def test_an_open_page_knows_when_it_begins_and_ends(world: World, browser: Callable[..., Browser]) -> None:
    chat, tuva = opened(world), browser("tuva")
    assert 'data-again="3601"' in tuva.get(f"/chat/{chat}").text
    with clock.at(NOW + 2 * HOUR + timedelta(minutes=59)):
        assert 'data-again="61"' in tuva.get(f"/chat/{chat}").text
