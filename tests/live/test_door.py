"""The socket door: who is let in, and that nothing said through it disturbs anybody else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.live.house import House, eventually
from tests.live.people import Line, Refused


@pytest.fixture
def bystander(house: House) -> Iterator[Line]:
    """Somebody else with an open page; she must notice nothing, and hear the next post."""
    tuva, elias = house.person("tuva"), house.person("elias")
    thread = elias.starts("Om ingenting")
    with tuva.line().joined(thread) as line:
        yield line
        piece = elias.says(thread, "Hörs det fortfarande?")
        line.piece(piece)
        assert line.open
        assert len(line.pieces()) == 1
    assert elias.get("/health").json() == {"ok": True}


def test_nobody_comes_in_without_a_session(house: House) -> None:
    for cookies in (None, {"sid": "garbage"}, {"sid": ""}, {"session": "x"}):
        with pytest.raises(Refused):
            Line(house.server, cookies)
    for namespace in ("/,", "/admin,", "/staff,", "/socket.io,"):
        with pytest.raises(Refused):
            Line(house.server, None, namespace=namespace)
    with pytest.raises(Refused):  # signed in, but there is no other namespace
        house.person("amina").line(namespace="/admin,")


def test_only_our_own_pages_open_a_line(house: House, bystander: Line) -> None:
    amina, port = house.person("amina"), house.server.port
    for strange in (
        "http://evil.example",
        "null",
        f"http://127.0.0.1.evil.example:{port}",
        f"http://127.0.0.1:{port}.evil.example",
        f"https://127.0.0.1:{port}",
        f"http://127.0.0.1:{port + 1}",
        "http://127.0.0.1",
        f"http://localhost@evil.example:{port}",
    ):
        with pytest.raises(Refused) as refused:
            amina.line(origin=strange)
        assert refused.value.at == "http", strange
    for name in ("X-Forwarded-Host", "X-Forwarded-For", "X-Forwarded-Proto", "Host"):
        with pytest.raises(Refused):
            amina.line(origin="http://evil.example", headers={name: "evil.example"})
    for own in (f"http://127.0.0.1:{port}", f"http://localhost:{port}"):
        with amina.line(origin=own) as line:
            assert line.ask("feed:join", {}) == {"ok": True}
    with amina.line(origin=None) as line:  # programs send no origin; then the session alone decides
        assert line.ask("feed:join", {}) == {"ok": True}
    with pytest.raises(Refused):
        Line(house.server, None, origin=None)


def test_polling_is_refused(house: House) -> None:
    amina = house.person("amina")
    for path in ("/socket.io/?EIO=4&transport=polling", "/socket.io/?EIO=4", "/socket.io/?EIO=3&transport=polling"):
        assert amina.get(path).status == 400
        assert amina.post(path).status == 400


def nested(depth: int) -> Any:
    found: Any = 1
    for _ in range(depth):
        found = [found]
    return found


UNFIT_ANYWHERE: list[tuple[Any, ...]] = [
    (),
    (None,),
    ("7",),
    ([],),
    ({},),
    ({"stream": "7"},),
    ({"stream": -1},),
    ({"stream": 2**70},),
    ({"stream": {"$gt": 0}},),
    ({"stream": nested(500)},),
    (nested(500),),
    ({"stream": 7}, {"stream": 8}),
]

UNFIT: list[tuple[str, tuple[Any, ...]]] = [
    ("no:such", ({},)),
    ("__proto__", ({},)),
    ("stream:join", ()),
    ("stream:join", (None,)),
    ("stream:join", ("7",)),
    ("stream:join", ([],)),
    ("stream:join", ({},)),
    ("stream:join", ({"stream": "7"},)),
    ("stream:join", ({"stream": True},)),
    ("stream:join", ({"stream": 7.5},)),
    ("stream:join", ({"stream": -1},)),
    ("stream:join", ({"stream": 0},)),
    ("stream:join", ({"stream": 2**70},)),
    ("stream:join", ({"stream": None},)),
    ("stream:join", ({"stream": {"$gt": 0}},)),
    ("stream:join", ({"stream": 7, "member": 1},)),
    ("stream:join", ({"stream": 7}, {"stream": 8})),
    ("stream:join", ({"stream": 7},)),  # well formed, but there is no such stream
    ("stream:join", (nested(500),)),
    ("stream:join", ({"stream": nested(500)},)),
    ("stream:leave", ("space:1",)),
    *((event, payload) for event in ("chat:send", "chat:typing") for payload in UNFIT_ANYWHERE),
    ("chat:send", ({"stream": 7},)),
    ("chat:send", ({"stream": 7, "text": "Hej"},)),
    ("chat:send", ({"stream": 7, "text": "Hej", "client_id": "for short"},)),
    ("chat:send", ({"stream": 7, "text": "Hej", "client_id": "x" * 500},)),
    ("chat:send", ({"stream": 7, "text": ["Hej"], "client_id": "a-good-name-0001"},)),
    ("chat:send", ({"stream": 7, "text": "Hej" * 10_000, "client_id": "a-good-name-0001"},)),
    ("chat:send", ({"stream": 7, "text": "Hej", "client_id": "a-good-name-0001", "author_id": 1},)),
    ("chat:send", ({"stream": 7, "text": "Hej", "client_id": "a-good-name-0001", "quote": "8"},)),
    ("chat:send", ({"stream": 7, "text": "Hej", "client_id": "a-good-name-0001", "picked": [[8]]},)),
    ("chat:send", ({"stream": 7, "text": "Hej", "client_id": "a-good-name-0001", "picked": [8] * 101},)),
    ("chat:send", ({"stream": 7, "text": "Hej", "client_id": "a-good-name-0001"},)),  # there is no such chat
    ("chat:typing", ({"stream": 7},)),
    ("feed:join", ({"space": 1},)),
    ("feed:join", ([],)),
    ("feed:join", ()),
]


def test_what_does_not_fit_is_answered(house: House, bystander: Line) -> None:
    with house.person("amina").line() as line:
        for event, payload in UNFIT:
            answer = line.ask(event, *payload)
            assert answer is not None, (event, payload, "closed")
            assert set(answer) == {"ok", "code", "message"}, (event, answer)
            assert answer["ok"] is False
            assert "Traceback" not in answer["message"] and len(answer["message"]) < 200
        assert line.frames == []
        assert line.ask("feed:join", {}) == {"ok": True}


RAW: list[str | bytes] = [
    "",
    "4",
    "42",
    "42{",
    "42[]",
    "42[1]",
    "42[null]",
    '42[{"a": 1}]',
    '42[["stream:join"], {}]',
    "429007199254740993" + '["stream:join", {"stream": 7}]',
    "42" + "9" * 400 + '["stream:join", {"stream": 7}]',
    '42/admin,1["stream:join", {"stream": 7}]',
    '43999["x"]',
    "43[]",
    "45",
    '4599999999-["stream:join", {"_placeholder": true, "num": 0}]',
    "44",
    "46-[]",
    "49",
    "7",
    "x",
    "5",
    "6",
    b"\x00\xff\x00",
    b"",
    '42["stream:join", ' + "[" * 1000 + "]" * 1000 + "]",
    '42["stream:join", ' + "[" * 30_000 + "]" * 30_000 + "]",
    '42["stream:join", {"stream": ' + "9" * 5000 + "}]",
    '42["stream:join", {"stream": NaN}]',
    '42["*"]',
    '421["*", {}]',
    '42["connect", {}]',
    '42["connect"]',
    '42["disconnect"]',
    '42["disconnect", "a", "b", "c"]',
    '421["connect_error", {}]',
]


@pytest.mark.parametrize("said", RAW, ids=lambda said: repr(said)[:40])
def test_what_no_client_would_say_disturbs_nobody(house: House, bystander: Line, said: str | bytes) -> None:
    with house.person("amina").line() as line:
        line.raw(said)
        line.raw("3")
        number = line.send("feed:join", {}) if line.open else 0
        line.wait(lambda: number in line.acks or not line.open, 15, "an answer or the end")
        assert {frame.event for frame in line.frames} <= {"closed", "disconnected", "refused", "feed:hint"}


def test_stray_binary_ends_the_line(house: House, bystander: Line) -> None:
    for said in ('459-7["stream:join",{"_placeholder":true,"num":0}]', '461-7["x"]', b"\x01\x02\x03"):
        with house.person("amina").line() as line:
            line.raw(said)
            line.wait(lambda line=line: not line.open)
            assert not line.acks


def test_a_binary_payload_is_refused_with_a_sentence(house: House, bystander: Line) -> None:
    with house.person("amina").line() as line:
        for number, event in enumerate(("stream:join", "chat:send", "chat:typing"), 7):
            line.raw(f'451-{number}["{event}",{{"_placeholder":true,"num":0}}]')
            line.raw(b"\x01\x02\x03")
            line.wait(lambda number=number: number in line.acks)
            assert (line.acks[number]["ok"], line.acks[number]["code"]) == (False, "invalid")
        assert line.open


def test_a_frame_over_64_kb_closes_the_line(house: House, bystander: Line) -> None:
    for size in (64 * 1024 + 1, 5_000_000):
        with house.person("amina").line() as line:
            try:
                line.raw("42" + json.dumps(["stream:join", "x" * size]))
            except OSError:
                continue  # closed while it was still speaking
            line.wait(lambda line=line: not line.open, 15, "the end")
            assert not line.acks


def test_an_event_cannot_make_a_line_invisible(house: House) -> None:
    """A page that says "disconnect" or "connect" as if it were an event is still reached by signing out."""
    elias = house.person("elias")
    thread = elias.starts("Vem lyssnar")
    for forged in ('42["disconnect"]', '42["disconnect", "x"]', '42["connect", {}]'):
        noor = house.person("noor")
        with noor.line().joined(thread) as line:
            line.raw(forged)
            assert noor.post("/logout").status == 303
            elias.says(thread, "Efteråt")
            line.wait(lambda line=line: not line.open, 4, "the end")
            assert line.pieces() == []


def test_the_ninth_line_is_refused(fresh_house: Callable[..., House]) -> None:
    amina = fresh_house().person("amina")
    lines = [amina.line() for _ in range(8)]
    with pytest.raises(Refused):
        amina.line()
    lines[0].close()

    def again() -> bool:
        try:
            lines.append(amina.line())
        except Refused:
            return False
        return True

    eventually(again, what="a place becoming free")
    assert lines[-1].ask("feed:join", {}) == {"ok": True}
    assert all(line.open for line in lines[1:])
    for line in lines[1:]:
        line.close()


def test_more_than_a_hundred_events_in_ten_seconds_end_the_line(fresh_house: Callable[..., House]) -> None:
    house = fresh_house(DEMO_NO_LIMITS="0")
    with house.person("amina").line() as line, house.person("tuva").line() as calm:
        numbers = [line.send("feed:join", {}) for _ in range(101)]
        line.wait(lambda: not line.open, 15, "the end")
        assert all(line.acks[number] == {"ok": True} for number in numbers[:100])
        assert line.acks.get(numbers[100], {"code": "too_many"})["code"] == "too_many"
        assert calm.ask("feed:join", {}) == {"ok": True}


def test_the_door_logs_no_secret_and_no_text(house: House) -> None:
    """What was said above is in the log by name of the event at most."""
    text = Path(house.server.log).read_text(errors="replace")
    assert "sid=" not in text and "Hörs det fortfarande" not in text
