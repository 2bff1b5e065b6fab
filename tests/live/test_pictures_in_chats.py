"""Pictures in a chat at the real server: who hears of them when, and who never does."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from tests.live.house import House
from tests.live.people import Line, Person, mark
from tests.live.sending import sent
from tests.pictures import corpus

SMALL = corpus.good()["png"]


def uploaded(person: Person) -> int:
    """A picture of hers that hangs on nothing yet."""
    answer = sent(person.server, SMALL, by=person, to="/photos", client_id=mark())
    assert answer.status == 201, answer
    return int(answer.said["id"])


def said(line: Line, chat: int, photos: list[int], text: str = "Titta här") -> dict[str, int]:
    answer: dict[str, int] = line.ask(
        "chat:send", {"stream": chat, "client_id": mark(), "text": text, "photos": photos}
    )
    assert answer["ok"], answer
    return answer


def shows(line: Line, photo: int) -> bool:
    """Whether the newest frame has the picture."""
    return f"/photos/{photo}/" in line.pieces()[-1].get("html", "")


def waits_on(person: Person, chat: int, piece: int) -> int:
    """How many pictures her open page says wait there, when it asks what is hers."""
    news = person.since(chat, 0)
    return int(news["mine"]["pictures"].get(str(piece), 0))


def test_what_waits_is_told_to_those_alone_for_whom_it_does(fresh_house: Callable[..., House]) -> None:
    house = fresh_house()
    chat = house.chat("vardagsrummet")
    tuva, samir, isla, jonna, kim = (house.person(name) for name in ("tuva", "samir", "isla", "jonna", "johanna"))
    with contextlib.ExitStack() as ending:
        lines = {who.name: ending.enter_context(who.line()).joined(chat) for who in (tuva, samir, isla, jonna, kim)}
        photo = uploaded(tuva)
        piece = said(lines["tuva"], chat, [photo])["id"]
        for line in lines.values():
            assert f"/photos/{photo}" not in line.piece(piece)["html"]
        for name in ("tuva", "jonna"):
            lines[name].wait(lambda name=name: lines[name].named("pictures:changed"), 10, "what waits")
        assert waits_on(tuva, chat, piece) == waits_on(jonna, chat, piece) == 1
        assert waits_on(isla, chat, piece) == waits_on(samir, chat, piece) == 0

        member = house.member("samir")
        answer = tuva.post(f"/photos/{photo}/who", alt="En sjö", who="people", person=str(member))
        assert answer.status == 303, answer.text[:300]
        for line in lines.values():
            line.settle()
        for name in ("samir", "isla", "johanna"):  # where children read nobody is asked before a host has looked
            assert not lines[name].named("pictures:changed")
        assert jonna.post(f"/photos/{photo}/staff", said="confirm").status == 303
        lines["samir"].wait(lambda: lines["samir"].named("pictures:changed"), 10, "that she is asked")
        assert waits_on(samir, chat, piece) == 1
        assert samir.post(f"/photos/{photo}/answer", answer="yes").status == 303
        for line in lines.values():
            line.wait(lambda line=line: shows(line, photo), 10, "the picture")
        assert samir.post(f"/photos/{photo}/answer", answer="no").status == 303
        for line in lines.values():
            line.settle()
            line.wait(lambda line=line: not shows(line, photo), 10, "that it is gone")
        for name in ("isla", "johanna"):
            assert not lines[name].named("pictures:changed"), name


def test_outsiders_and_those_kept_apart_hear_nothing(fresh_house: Callable[..., House]) -> None:
    house = fresh_house()
    house.keep_apart("amina", "birgitta")
    chat = house.chat("solglantan")
    amina, birgitta, sara, samir = (house.person(name) for name in ("amina", "birgitta", "sara", "samir"))
    photo = uploaded(amina)
    with contextlib.ExitStack() as ending:
        hers, colleague, apart = (ending.enter_context(who.line()).joined(chat) for who in (amina, sara, birgitta))
        outside = ending.enter_context(samir.line())
        assert outside.ask("stream:join", {"stream": chat})["code"] == "not_found"
        assert said(hers, chat, [photo], "")["id"]
        for line in (hers, colleague):
            line.wait(lambda line=line: line.named("pictures:changed"), 10, "what waits")
        for line in (apart, outside):
            line.settle()
            assert not line.named("pictures:changed")
            assert not line.pieces()
        with samir.line() as other:
            refused = other.ask("chat:send", {"stream": chat, "client_id": mark(), "text": "x", "photos": [photo]})
            assert refused["code"] == "not_found"


def test_what_may_not_hang_there_is_refused_and_nothing_stands(fresh_house: Callable[..., House]) -> None:
    house = fresh_house()
    chat = house.chat("vardagsrummet")
    tuva, isla = house.person("tuva"), house.person("isla")
    hers = uploaded(isla)
    before = house.ask("SELECT count(*) FROM piece")
    with tuva.line() as line:
        line.joined(chat)
        for photos, code in (
            ([hers], "not_found"),
            ([4711], "not_found"),
            (list(range(1, 8)), "invalid"),
            (["1"], "invalid"),
        ):
            payload = {"stream": chat, "client_id": mark(), "text": "Hej", "photos": photos}
            assert line.ask("chat:send", payload)["code"] == code, photos
        empty = {"stream": chat, "client_id": mark(), "text": " "}
        assert line.ask("chat:send", empty)["code"] == "invalid"
        assert line.ask("talk:send", {**empty, "photos": [hers]})["code"] == "invalid"
    assert house.ask("SELECT count(*) FROM piece") == before
