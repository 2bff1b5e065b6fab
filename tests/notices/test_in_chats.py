"""What is told of chats: to whoever is named or answered there, as far as she reads the chat and may know of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from community.chat import actions as chat
from community.chat import hosting
from community.core import clock, ratelimit
from community.core.db import session
from community.core.errors import Invalid, NotFound
from community.notices import actions
from community.notices.models import Notice
from community.reports import actions as reports
from community.reports.actions import Wish
from community.streams import keeping, mentions, muting
from community.streams import queries as streams
from community.streams.actions import Said, remove_piece
from community.streams.models import Piece, Stream
from tests.chat.saying import chat_of, say
from tests.client import Browser, words_of
from tests.counting import counted
from tests.notices.told import names, rows, told, unread
from tests.world import NOW, World, exclude

Browsers = Callable[..., Browser]
LIVING = "vardagsrummet"


def in_chats(world: World, who: str) -> list[Any]:
    return [one for one in told(world, who) if one.chat]


def answer_to(world: World, who: str, piece: Piece, words: str = "jo") -> Piece:
    said = Said(words, f"answer-{who}-{words}-{piece.nr}"[:36], quote_id=piece.id)
    return chat.send(world.viewer(who), piece.stream_id, said)[0]


def test_who_is_named_is_told_and_led_to_the_message(world: World, browser: Browsers) -> None:
    say(world, "tuva", "hej")
    before = unread(world, "vera").count
    piece = say(world, "sara", "kommer du @Vera, med @Noor?")
    (one,) = in_chats(world, "vera")
    assert (one.kind, one.unread, names(one)) == ("mention", True, ["Sara"])
    assert in_chats(world, "noor") == [] == in_chats(world, "sara"), "protected people are named by nobody"
    page = browser("vera")
    words = words_of(page.get("/notifications"))
    assert "nämnde dig i chatten" in words and "kommer du" not in words
    to = page.get(f"/notifications/{one.id}")
    assert to.location == f"/chat/{piece.stream_id}?around={piece.nr}#p{piece.nr}"
    assert unread(world, "vera").count == before + 1, "looking changes nothing"
    assert page.post(f"/streams/{piece.stream_id}/read", nr=str(piece.nr)).status_code == 303
    assert unread(world, "vera").count == before and not in_chats(world, "vera")[0].unread


def test_a_name_in_what_she_has_read_long_ago_is_read_once_it_is_in_sight(world: World, browser: Browsers) -> None:
    piece = say(world, "sara", "hej")
    id_, nr, chat_id = piece.id, piece.nr, piece.stream_id
    stream = session().get_one(Stream, chat_id)
    actions.mark_read(world.viewer("vera"), stream, say(world, "tuva", "hej du").nr or 0)
    page = browser("vera")
    assert " data-told" not in page.get(f"/chat/{chat_id}").text
    actions.edit_piece(world.viewer("sara"), id_, version=1, body="hej @Vera", title=None)
    assert " data-told" in page.get(f"/chat/{chat_id}?around={nr}").text
    page.post(f"/streams/{chat_id}/read", nr=str(nr))
    assert " data-told" not in page.get(f"/chat/{chat_id}").text


def test_the_first_message_of_a_chat_has_a_place_too(world: World, browser: Browsers) -> None:
    piece = say(world, "sara", "hej @Vera")
    (one,) = in_chats(world, "vera")
    assert browser("vera").get(f"/notifications/{one.id}").location.endswith(f"?around={piece.nr}#p{piece.nr}")


def test_all_that_names_her_before_she_reads_is_one(world: World) -> None:
    stream = session().get_one(Stream, say(world, "vera", "hej").stream_id)
    before = unread(world, "vera").count
    for minute, who in enumerate(("sara", "tuva", "samir", "sara")):
        with clock.at(NOW + timedelta(minutes=minute)):
            piece = say(world, who, f"@Vera {minute}")
            say(world, "jonna", f"annat {minute}")
    (one,) = in_chats(world, "vera")
    assert names(one) == ["Sara"] and one.others == 2 and one.at == NOW + timedelta(minutes=3)
    assert unread(world, "vera").count - before == 1 == len(rows(world, "vera", stream))
    actions.mark_read(world.viewer("vera"), stream, piece.nr or 0)
    with clock.at(NOW + timedelta(minutes=5)):
        later = say(world, "tuva", "@Vera igen")
    first, second = in_chats(world, "vera")
    assert (names(first), first.unread, second.unread) == (["Tuva"], True, False)
    assert later.nr and len(rows(world, "vera", stream)) == 2


def test_of_a_part_she_read_the_rest_stays(world: World) -> None:
    stream = session().get_one(Stream, say(world, "vera", "hej").stream_id)
    before = unread(world, "vera").count
    first, second = say(world, "sara", "@Vera ett"), say(world, "tuva", "@Vera två")
    actions.mark_read(world.viewer("vera"), stream, first.nr or 0)
    (one,) = in_chats(world, "vera")
    assert one.unread and names(one) == ["Tuva"]
    remove_piece(world.viewer("tuva"), second.id)
    assert in_chats(world, "vera") == [] and unread(world, "vera").count == before


def test_who_is_answered_is_told_once_for_each_message(world: World) -> None:
    asked = say(world, "vera", "vem kommer")
    other = say(world, "vera", "och när")
    for minute, (who, piece) in enumerate([("sara", asked), ("tuva", asked), ("sara", other)]):
        with clock.at(NOW + timedelta(minutes=minute)):
            answer_to(world, who, piece)
    found = in_chats(world, "vera")
    assert [(one.kind, names(one)) for one in found] == [("reply", ["Sara"]), ("reply", ["Tuva", "Sara"])]
    answer_to(world, "vera", asked, "jag själv")
    assert not any(one.unread for one in in_chats(world, "vera")), "whoever writes there has read up to there"


def test_who_is_named_in_an_answer_is_told_of_it_once(world: World) -> None:
    asked = say(world, "vera", "vem kommer")
    answer_to(world, "sara", asked, "jag @Vera")
    assert [one.kind for one in in_chats(world, "vera")] == ["mention"]


@pytest.mark.parametrize(("writer", "named"), [("elias", "Amina"), ("olle", "Ivan"), ("ivan", "Olle")])
def test_across_a_wall_nobody_is_told(world: World, writer: str, named: str) -> None:
    hers = say(world, named.lower(), "hej")
    with pytest.raises((NotFound, Invalid)):
        answer_to(world, writer, hers)
    say(world, writer, f"@{named} hej")
    assert in_chats(world, named.lower()) == []


def test_a_wall_that_comes_later_takes_it_away(world: World) -> None:
    say(world, "sara", "@Samir hej")
    assert len(in_chats(world, "samir")) == 1
    exclude("samir", "sara")
    assert in_chats(world, "samir") == []


def test_who_does_not_read_the_chat_is_not_told(world: World) -> None:
    piece = say(world, "amina", "@Johanna @Tuva", "solglantan")
    assert in_chats(world, "johanna") == [] and len(in_chats(world, "tuva")) == 1
    assert mentions.ids_for(piece) == [world.id("tuva")]


def test_who_muted_the_writer_or_the_channel_is_not_told(world: World) -> None:
    muting.mute_person(world.viewer("vera"), world.id("tuva"))
    asked = say(world, "vera", "hej")
    say(world, "tuva", "@Vera hej")
    answer_to(world, "tuva", asked)
    assert in_chats(world, "vera") == []
    quiet = actions.Wishes({("mention", "app"): True, ("reply", "app"): True}, False, False, {})
    quiet.spaces[world.space(LIVING)] = "mentions"
    actions.save_wishes(world.viewer("vera"), quiet)
    answer_to(world, "sara", asked)
    say(world, "sara", "@Vera du")
    assert [one.kind for one in in_chats(world, "vera")] == ["mention"]
    keeping.choose(world.viewer("vera"), asked.stream_id, "mute")
    say(world, "samir", "@Vera hallå")
    assert in_chats(world, "vera") == []


def test_an_adult_from_outside_names_a_child_only_where_she_wrote(world: World) -> None:
    piece = say(world, "johanna", "hej @Vera")
    assert in_chats(world, "vera") == [] and not mentions.ids_for(piece)
    found = streams.found_for(world.viewer("johanna"), chat_of(world))

    def offered() -> list[str]:
        return [one.name for one in mentions.names_for(world.viewer("johanna"), "ver", found.space, found.stream)]

    assert offered() == []
    say(world, "vera", "hej")
    assert offered() == ["Vera"]
    say(world, "johanna", "hej @Vera igen")
    assert len(in_chats(world, "vera")) == 1


def test_a_name_added_by_a_change_is_told_and_none_twice(world: World) -> None:
    piece = say(world, "sara", "hej @Vera")
    stream = session().get_one(Stream, piece.stream_id)
    actions.mark_read(world.viewer("vera"), stream, piece.nr or 0)
    changed = actions.edit_piece(world.viewer("sara"), piece.id, version=1, body="hej @Vera och @Tuva", title=None)
    actions.edit_piece(world.viewer("sara"), piece.id, version=changed.version, body="hej @Tuva", title=None)
    version = session().get_one(Piece, piece.id).version
    actions.edit_piece(world.viewer("sara"), piece.id, version=version, body="hej @Vera @Tuva", title=None)
    assert [one.unread for one in in_chats(world, "vera")] == [False]
    assert [one.unread for one in in_chats(world, "tuva")] == [True]


def test_sent_twice_is_told_once_and_a_reaction_is_not(world: World) -> None:
    for _ in range(2):
        piece = say(world, "sara", "hej @Vera", label="only-one-try")
    actions.react(world.viewer("vera"), piece.id, "heart")
    assert session().scalar(select(func.count()).select_from(Notice).where(Notice.stream_id == piece.stream_id)) == 1


def test_what_she_told_staff_of_is_not_told_to_her(world: World) -> None:
    piece = say(world, "sara", "@Vera hej")
    reports.tell(world.viewer("vera"), Wish("worried", piece=piece))
    assert in_chats(world, "vera") == []


def test_however_many_are_named_it_costs_the_same(world: World, rolled_back: Any) -> None:
    say(world, "sara", "hej")
    viewer, stream_id = world.viewer("sara"), chat_of(world)
    found: list[int] = []
    for number, words in enumerate(("hej du", "hej @Vera", "hej @Vera @Tuva @Petra @Jonna @Samir")):
        ratelimit.configure(None)
        with counted(rolled_back) as asked:
            chat.send(viewer, stream_id, Said(words, f"counted-{number:06d}"))
        found.append(len(asked))
    assert found[1] - found[0] <= 10 and found[2] == found[1], "however many are named"


def test_a_chat_for_an_evening_is_called_by_its_own_name(world: World, browser: Browsers) -> None:
    wish = hosting.Wish("Spelkväll", "Games night", world.space(LIVING), clock.now(), clock.now() + timedelta(hours=2))
    stream = hosting.open_chat(world.viewer("jonna"), wish)
    chat.send(world.viewer("sara"), stream.id, Said("vi börjar @Vera", "evening-1"))
    (one,) = in_chats(world, "vera")
    assert one.kind == "mention"
    assert "Spelkväll" in browser("vera").get("/notifications").text
