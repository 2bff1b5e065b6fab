"""Other people in somebody's file: what they wrote to her, by the name she knows; otherwise nobody."""

from __future__ import annotations

from flask import Flask

from community.acts import actions as acts
from community.concerns import actions as concerns
from community.core.db import transaction
from community.forum import actions as forum
from community.inbox import actions as inbox
from community.members import blocks, connecting
from community.members.models import Member
from community.members.named import person_for
from community.reports.actions import Wish, tell
from community.streams import actions as streams
from community.streams import keeping, muting
from community.streams.actions import Said
from community.talks import actions as talks
from tests.acts.giving import give
from tests.chat.saying import say
from tests.make import Make
from tests.my_data.taking import Taken, taken
from tests.world import World, exclude


def said(label: str, words: str) -> Said:
    return Said(words, label)


def in_talks(file: Taken) -> list[tuple[str, str]]:
    return [(one["by"], one["text"]) for talk in file.data["conversations"] for one in talk["messages"]]


def test_a_talk_stands_there_as_she_reads_it(app: Flask, world: World) -> None:
    amina, vera = world.viewer("amina"), world.viewer("vera")
    talk = talks.begin(amina, [world.id("vera"), world.id("olle")], "Trion").id
    talks.send(amina, talk, said("one", "first words"))
    talks.send(vera, talk, said("two", "second words"))
    file = taken(app, world, "amina", "en")
    assert in_talks(file) == [("Amina", "first words"), ("Vera", "second words")]
    page = file.files["messages.html"]
    assert "Trion" in page and "second words" in page and '<strong dir="auto">Vera</strong>' in page
    assert [row["place"] for row in file.tables["piece"] if row["text"] == "first words"] == ["a talk"]


def test_whoever_left_a_talk_has_what_she_wrote(app: Flask, world: World) -> None:
    amina, vera = world.viewer("amina"), world.viewer("vera")
    talk = talks.begin(amina, [world.id("vera"), world.id("olle")]).id
    talks.send(amina, talk, said("one", "first words"))
    talks.send(vera, talk, said("two", "second words"))
    talks.leave(amina, talk)
    file = taken(app, world, "amina")
    assert in_talks(file) == []
    assert "first words" in file.pages and "second words" not in "".join(file.files.values())


def test_what_stood_in_a_talk_before_she_came_is_not_there(app: Flask, world: World) -> None:
    amina = world.viewer("amina")
    talk = talks.begin(amina, [world.id("vera"), world.id("olle")]).id
    talks.send(amina, talk, said("one", "before she came"))
    talks.add(amina, talk, [world.id("mira")])
    talks.send(amina, talk, said("two", "since she came"))
    file = taken(app, world, "mira")
    assert [text for _by, text in in_talks(file)] == ["since she came"]


def test_whom_she_is_kept_apart_from_is_nobody_in_it(app: Flask, world: World) -> None:
    amina = world.viewer("amina")
    talk = talks.begin(amina, [world.id("vera"), world.id("olle")]).id
    talks.send(world.viewer("olle"), talk, said("one", "words of olle"))
    talks.send(world.viewer("vera"), talk, said("two", "words of vera"))
    keeping.choose(amina, world.stream("open").id, "follow")
    exclude("amina", "olle", "separation", "birgitta")
    file = taken(app, world, "amina")
    everything = "".join(file.files.values())
    assert "words of vera" in everything and "words of olle" not in everything and "Olle" not in everything
    assert file.tables["exclusion"] == [row for row in file.tables["exclusion"] if row["whom"] == "Elias"]


def test_of_a_chat_and_a_thread_there_is_what_she_wrote(app: Flask, world: World, make: Make) -> None:
    say(world, "tuva", "tuva in the chat")
    say(world, "amina", "amina in the chat")
    thread = make.thread("tuva", text="a thread of tuvas", title="a title of tuvas")
    make.reply("amina", thread, "a reply of aminas")
    file = taken(app, world, "amina", "en")
    everything = "".join(file.files.values())
    assert "amina in the chat" in everything and "a reply of aminas" in everything
    assert "tuva in the chat" not in everything and "of tuvas" not in everything
    assert "a text by somebody else" in file.files["missing.html"]


def test_without_her_name_it_is_hers_and_says_so(app: Flask, world: World) -> None:
    space = world.space("vardagsrummet")
    words = Said("nobody knows it is me", "nameless", unnamed=True, at_once=True)
    forum.start_thread(world.viewer("tuva"), space, words, mode="ask", just_listen=False)
    (row,) = [row for row in taken(app, world, "tuva").tables["piece"] if row["unnamed"]]
    assert row["text"] == "nobody knows it is me"
    assert "nobody knows" not in "".join(taken(app, world, "jonna").files.values())


def test_who_told_of_her_is_never_said(app: Flask, world: World) -> None:
    tell(world.viewer("tuva"), Wish("unkind", "she was unkind to me", piece=world.piece("open")))
    tell(
        world.viewer("olle"),
        Wish("worried", "worried about her", person=person_for(world.viewer("olle"), world.id("amina"))),
    )
    hers = "".join(taken(app, world, "amina", "en").files.values())
    assert "unkind to me" not in hers and "worried about her" not in hers and "Tuva" not in hers
    teller = taken(app, world, "tuva", "en")
    (told,) = teller.tables["report"]
    assert told["words"] == "she was unkind to me" and told["about_id"] is None and told["state"] == "open"
    (other,) = taken(app, world, "olle", "en").tables["report"]
    assert other["about_id"] == "Amina"


def test_what_staff_did_about_her_says_who_and_why(app: Flask, world: World) -> None:
    act = give(world, "jonna", "samir", "paused", words="rest a while")
    acts.object_to(world.viewer("samir"), act.id, "this is not fair")
    file = taken(app, world, "samir", "en")
    (row,) = [row for row in file.tables["act"] if row["kind"] == "paused"]
    assert row["by_id"].startswith("Jonna") and row["title"] == "Read only" and row["reason"]
    assert file.tables["appeal"][0]["words"] == "this is not fair"
    assert file.tables["sanction"][0]["kind"] == "paused"
    assert "this is not fair" in file.files["staff.html"] and "Jonna" in file.files["staff.html"]


def test_to_the_team_and_back(app: Flask, world: World) -> None:
    piece, _new = inbox.write(world.viewer("vera"), said("one", "can somebody call my mum"))
    inbox.answer(world.viewer("sara"), piece.stream_id, said("two", "I will call her"))
    file = taken(app, world, "vera", "en")
    assert [text for _by, text in in_talks(file)] == ["can somebody call my mum", "I will call her"]
    assert "The team at Solgläntan" in file.files["messages.html"]


def test_a_cry_for_help_is_hers_with_what_happened(app: Flask, world: World) -> None:
    wish = concerns.Wish("talk", "I feel alone", "write")
    concerns.ask(world.viewer("vera"), wish, "c" * 36)
    file = taken(app, world, "vera", "en")
    assert file.tables["concern"][0]["words"] == "I feel alone"
    assert "I feel alone" in file.files["telling.html"]


def test_her_own_lists_are_hers_alone(app: Flask, world: World) -> None:
    amina = world.viewer("amina")
    muting.mute_person(amina, world.id("tuva"))
    muting.mute_word(amina, "spindlar")
    streams.save_draft(amina, "new", {"text": "not sent yet at all"})
    connecting.request(world.viewer("johanna"), "the girl who baked", "we baked together")
    blocks.block(world.viewer("tuva"), world.id("ivan"))
    file = taken(app, world, "amina")
    assert file.tables["muted_person"][0]["muted_id"] == "Tuva"
    assert file.tables["muted_words"][0]["words"] == ["spindlar"]
    assert "not sent yet at all" in file.files["writing.html"]
    assert [row["whom"] for row in taken(app, world, "tuva").tables["exclusion"]] == ["Ivan"]
    blocked = taken(app, world, "ivan")
    assert blocked.tables["exclusion"] == [] and "Tuva" not in "".join(blocked.files.values())
    assert "spindlar" not in "".join(taken(app, world, "tuva").files.values())
    (asked,) = taken(app, world, "johanna").tables["connection"]
    assert (asked["about"], asked["words"]) == ("the girl who baked", "we baked together")


def test_under_a_chosen_name_there_is_no_other(app: Flask, world: World) -> None:
    """Noor is protected: what others have of her in their files is the name she is called by here."""
    with transaction() as s:
        s.get_one(Member, world.id("noor")).sign_in_name = "hemligtnamn"
        s.flush()
    muting.mute_person(world.viewer("isla"), world.id("noor"))
    file = "".join(taken(app, world, "isla").files.values())
    assert "Noor" in file and "hemligtnamn" not in file
