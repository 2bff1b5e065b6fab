"""Who must get nothing gets nothing: outsiders are there, listen and ask to be let in; every frame is kept."""

from __future__ import annotations

import contextlib
import itertools
import json
from collections.abc import Callable
from pathlib import Path

from tests.live.house import House
from tests.live.people import CLOSED, Line, Person

AT_MOST_A_REFUSAL = {"refused", "disconnected", CLOSED}


def say_everything(writer: Person, thread: int) -> int:
    """Each kind of change once; the id of the last piece, which stands."""
    piece = writer.says(thread, "Hemligt A")
    writer.post(f"/pieces/{piece}/react", part=True, kind="glad")
    writer.post(f"/pieces/{piece}/edit", part=True, text="Hemligt B", version="1")
    writer.post(f"/pieces/{piece}/delete", part=True)
    return writer.says(thread, "Hemligt C")


def knock_anyway(line: Line, thread: int) -> Line:
    """What a stranger's own program would say after it was refused."""
    with contextlib.suppress(OSError, Exception):
        line.send("stream:join", {"stream": thread})
        line.send("feed:join", {})
    return line


def test_outsiders_are_there_and_get_nothing(fresh_house: Callable[..., House]) -> None:
    house = fresh_house()
    elias, tuva = house.person("elias"), house.person("tuva")
    thread = elias.starts("Bara för oss på Solgläntan", space="solglantan")
    signed_out, suspended = house.person("daniel"), house.person("callum")
    old_cookies = dict(signed_out.cookies)
    assert signed_out.post("/logout").status == 303
    house.flask("member", "suspend", "callum")
    with contextlib.ExitStack() as lines:
        strangers = [None, {"sid": "garbage"}, {"sid": "eyJfdXNlcl9pZCI6IngifQ.aaaaaa.bbbb"}, old_cookies]
        outside = [
            knock_anyway(lines.enter_context(Line(house.server, cookies, stay=True)), thread)
            for cookies in [*strangers, suspended.cookies]
        ]
        for name in ("samir", "isla", "johanna", "jonna"):  # the other house's people, and one who has moved out
            line = lines.enter_context(house.person(name).line())
            assert line.ask("stream:join", {"stream": thread})["code"] == "not_found"
            assert line.joined_feed().open
            outside.append(line)
        not_joined = lines.enter_context(tuva.line())
        inside = lines.enter_context(tuva.line()).joined(thread)
        last = say_everything(elias, thread)
        inside.piece(last)
        assert len(inside.pieces()) == 5
        for line in outside[5:]:
            line.settle()
        not_joined.settle()
        for line in [*outside, not_joined]:
            assert {frame.event for frame in line.frames} <= AT_MOST_A_REFUSAL, line.frames
        for line in outside[:5]:
            assert not line.acks
            line.wait(lambda line=line: not line.open, 12, "hanging up on a stranger")


def test_two_who_are_kept_apart_never_meet(fresh_house: Callable[..., House]) -> None:
    house = fresh_house()
    house.keep_apart("amina", "samir")
    amina, samir, tuva, isla = (house.person(name) for name in ("amina", "samir", "tuva", "isla"))
    thread = tuva.starts("Alla är välkomna")
    by_samir = samir.starts("Från Samir")
    space = house.ask("SELECT space_id FROM stream WHERE id = :id", id=thread)[0][0]
    with contextlib.ExitStack() as lines:
        a, s, other = (lines.enter_context(who.line().joined(thread)) for who in (amina, samir, isla))
        a_feed, s_feed, other_feed = (lines.enter_context(who.line().joined_feed()) for who in (amina, samir, isla))
        assert a.ask("stream:join", {"stream": by_samir})["code"] == "not_found"
        a.joined(thread)

        pieces = [amina.says(thread, "Till alla utom en"), amina.says(thread, "Och en till")]
        own = samir.says(by_samir, "Svar i egen tråd")
        told = tuva.says(by_samir, "Jag ser dig, Samir")
        other.piece(pieces[-1])
        house_rests(other_feed)
        for line in (s, s_feed, a_feed):
            line.settle()
        # Of Amina's two, nothing; of Tuva's answer to him, that he is told; of his own, that he has read so far.
        assert sorted(frame.event for frame in s.frames) == ["notices:changed", "reading:changed"]
        assert [frame["stream"] for frame in s.named("reading:changed")] == [by_samir]
        own_alone = ("notices:changed", "reading:changed")
        heard = [frame.payload for frame in s_feed.frames + a_feed.frames if frame.event not in own_alone]
        assert heard and all(hint == {"space": space} for hint in heard)

        quiet, others = len(s_feed.frames), len(other_feed.frames)
        pieces.append(amina.says(thread, "Nu skriver bara jag"))
        other_feed.wait(lambda: len(other_feed.frames) > others)
        house_rests(other_feed)
        s_feed.settle()
        assert len(s_feed.frames) == quiet

        amina.post(f"/pieces/{pieces[0]}/react", part=True, kind="heart")
        by_tuva = tuva.says(thread, "Från Tuva till alla")
        amina.post(f"/pieces/{by_tuva}/react", part=True, kind="hug")
        samir.post(f"/pieces/{by_tuva}/react", part=True, kind="glad")
        other.wait(lambda: len([f for f in other.pieces() if f["id"] == by_tuva]) == 3)
        s.settle()
        a.settle()
        # One empty hint each for what Tuva wrote and for what each did; none for what the other one did.
        assert s.pieces() == [{"stream": thread}] * 2
        assert a.pieces() == [{"stream": thread}] * 6
    caught_up = samir.since(thread, 0)
    assert {piece["id"] for piece in caught_up["pieces"]}.isdisjoint(pieces)
    assert by_tuva in {piece["id"] for piece in caught_up["pieces"]}
    assert "🫂" not in next(piece["html"] for piece in caught_up["pieces"] if piece["id"] == by_tuva)
    assert not set(samir.thread(thread).pieces) & set(pieces)
    assert amina.get(f"/t/{by_samir}").status == 404
    assert {own, told} <= set(isla.thread(by_samir).pieces)


def test_a_feed_hint_about_the_other_ones_thread_stays_away(fresh_house: Callable[..., House]) -> None:
    house = fresh_house()
    house.keep_apart("amina", "samir")
    amina, samir, tuva, isla = (house.person(name) for name in ("amina", "samir", "tuva", "isla"))
    with amina.line().joined_feed() as hers, isla.line().joined_feed() as other:
        by_samir = samir.starts("Ny tråd av Samir")
        other.wait(lambda: other.named("feed:hint"))
        for number in range(4):  # through the pause after the first hint as well
            tuva.says(by_samir, f"Tuva svarar {number}")
        other.wait(lambda: len(other.named("feed:hint")) >= 2)
        house_rests(other)
        hers.settle()
        assert hers.frames == []
        tuva.starts("Ny tråd av Tuva")
        hers.wait(lambda: hers.named("feed:hint"))


def test_a_held_piece_leaves_no_trace_for_others(fresh_house: Callable[..., House], tmp_path: Path) -> None:
    lists = tmp_path / "words.json"
    lists.write_text(json.dumps({"hold": ["parkering"], "refuse": []}))
    house = fresh_house(HEARTH_TESTING="1", HEARTH_WORD_LISTS=str(lists))
    amina, isla, tuva = (house.person(name) for name in ("amina", "isla", "tuva"))
    thread = tuva.starts("Här skriver vi")
    with isla.line().joined(thread) as line, isla.line().joined_feed() as feed:
        first = tuva.says(thread, "Före")
        line.piece(first)
        feed.wait(lambda: feed.named("feed:hint"))
        house_rests(feed)
        hints = len(feed.frames)
        held = amina.says(thread, "Vi ses på Parkering 4")
        held_thread = amina.starts("Ny tråd om parkering")
        amina.post(f"/pieces/{held}/edit", part=True, text="Vi ses på parkering 5", version="1")
        amina.post(f"/pieces/{held}/delete", part=True)
        amina.post(f"/pieces/{held}/restore", part=True)
        house_rests(feed)
        assert len(feed.frames) == hints
        assert "Vi ses på parkering 5" in amina.get(f"/pieces/{held}/edit").text
        after = tuva.says(thread, "Efter")
        line.piece(after)
        frames = line.pieces()
        assert [frame["id"] for frame in frames] == [first, after]
        assert frames[1]["prev"] == frames[0]["seq"] and frames[1]["seq"] == frames[0]["seq"] + 1
        assert frames[1]["nr"] == frames[0]["nr"] + 1
        assert line.ask("stream:join", {"stream": held_thread})["code"] == "not_found"
    assert held not in {piece["id"] for piece in isla.since(thread, 0)["pieces"]}
    assert "arkering" not in isla.get(f"/t/{thread}").text + isla.get("/").text
    assert isla.get(f"/pieces/{held}/more").status == isla.get(f"/t/{held_thread}").status == 404
    assert all(prev == seq - 1 for seq, prev in house.events(thread))
    assert [prev for _seq, prev in house.events(thread)[1:]] == [seq for seq, _prev in house.events(thread)[:-1]]


def house_rests(line: Line) -> None:
    """Wait until the feed's pause of a second is over and nothing more comes."""
    for _ in itertools.count():
        before = len(line.frames)
        with contextlib.suppress(AssertionError):
            line.wait(lambda before=before: len(line.frames) > before, 1.6)
        if len(line.frames) == before:
            return
