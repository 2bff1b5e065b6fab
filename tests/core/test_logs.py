"""The log: one line for each thing, and nothing in it that a person wrote."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from community.core import crypto, loop
from community.core.db import session
from community.core.logs import Lines, configure, note
from tests.client import Browser
from tests.make import Make
from tests.world import CAST, PASSWORD, World

CANARY = "kanariefagel"
FORMS = ("json", "text")


class Log:
    """Everything this process logs, in both forms."""

    def __init__(self) -> None:
        self.streams = {form: io.StringIO() for form in FORMS}

    def __str__(self) -> str:
        return "".join(stream.getvalue() for stream in self.streams.values())

    def lines(self, event: str | None = None) -> list[dict[str, Any]]:
        found = [json.loads(line) for line in self.streams["json"].getvalue().splitlines()]
        return [line for line in found if event in (None, line["event"])]


@pytest.fixture
def log() -> Iterator[Log]:
    """Louder than a server ever is: libraries from debug on."""
    made, root = Log(), logging.getLogger()
    before = root.level
    handlers = [logging.StreamHandler(made.streams[form]) for form in FORMS]
    for handler, form in zip(handlers, FORMS, strict=True):
        handler.setFormatter(Lines(form))
        root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield made
    finally:
        root.setLevel(before)
        for handler in handlers:
            root.removeHandler(handler)


def test_one_line_for_each_request(log: Log, browser: Callable[..., Browser], world: World) -> None:
    amina = browser("amina")
    for path in ("/", "/help", f"/t/{world.stream('open').id}?around=1&q={CANARY}", f"/{CANARY}"):
        amina.get(path)
    browser().get("/me")
    lines = log.lines("request")
    assert [(line["route"], line["status"]) for line in lines] == [
        ("home.feed", 200),
        ("home.help", 200),
        ("forum.thread", 200),
        ("none", 404),
        ("home.me", 302),
    ]
    assert {line["session"] for line in lines[2:3]} == {crypto.fingerprint(str(amina.facts["_user_id"]))[:8]}
    assert lines[-1]["session"] is None
    assert {line["method"] for line in lines} == {"GET"}
    assert all(line["ms"] >= 0 and line["time"].endswith("Z") for line in lines)


def test_nothing_a_person_wrote_is_in_it(log: Log, browser: Callable[..., Browser], world: World, make: Make) -> None:
    """Through pages, forms, errors of every kind, addresses, headers and sockets."""
    thread, secret = world.stream("open").id, f"{CANARY}-lösen-9"
    link = make.invitation("birgitta", preset_name=f"{CANARY}namn"[:20]).link
    visitor, amina = browser(), browser("amina")
    visitor.sign_in("amina", f"{CANARY} fel lösen")
    visitor.sign_in(CANARY, PASSWORD)
    assert visitor.sign_in("vera").status_code == 303
    browser().get(f"/i/{link}")
    browser().get(f"/i/{CANARY}")
    reply = {"text": f"{CANARY} i ett svar", "client_id": f"{CANARY}-1"}
    assert amina.post(f"/t/{thread}/replies", reply).status_code == 303
    for answer in (
        amina.post(f"/t/{thread}/replies", {"text": f"{CANARY}\0", "client_id": "x"}),
        amina.post("/me", {"display_name": CANARY * 20}),
        amina.post(f"/t/{thread}/replies", {**reply, "csrf_token": CANARY}),
        amina.get(f"/?{CANARY}={CANARY}", headers={"User-Agent": CANARY, "Referer": CANARY, "X-Part": CANARY}),
        amina.open(CANARY.upper(), "/"),
        amina.get(f"/c/{CANARY}\r\n{CANARY}"),
    ):
        assert answer.status_code < 500
    browser().post(f"/t/{thread}/replies", reply)  # a session that has ended: the text is carried
    socket = amina.socket()
    for event, payload in (("stream:join", {"stream": CANARY}), (CANARY, CANARY), ("stream:join", CANARY)):
        socket.emit(event, payload, callback=True)
    socket.disconnect()
    token, said = str(amina.facts["_user_id"]), str(log)
    told = [line["event"] for line in log.lines()]
    assert told.count("request") > 15 and told.count("socket") == 3 and "socket opened" in told
    assert CANARY not in said.lower() and secret not in said
    assert crypto.fingerprint(token)[:8] in said
    for word in (token, crypto.fingerprint(token), link, PASSWORD, amina.token(), str(amina.cookie), "127.0.0.1"):
        assert word not in said
    assert not [name for name in CAST if name in said.lower()]
    assert not [word for word in ("Solgläntan", "words of", "/t/", "SELECT", "INSERT") if word in said]


def _fail_with_words(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_values: Any) -> None:
        locals_too = f"{CANARY} in a local"
        try:
            session().execute(text("SELECT :word FROM nowhere"), {"word": locals_too})
        except Exception as error:
            raise RuntimeError(f"{CANARY} in a message") from error

    monkeypatch.setitem(app.view_functions, "home.me", fail)


def test_an_error_is_told_by_its_kind_and_place_without_its_words(
    log: Log, app: Flask, browser: Callable[..., Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    amina = browser("amina")
    _fail_with_words(app, monkeypatch)
    assert amina.get("/me").status_code == 500
    (line,) = [line for line in log.lines() if "error" in line]
    assert line["error"][0] == "RuntimeError" and len(line["error"]) >= 2
    assert line["trace"][-1].startswith("tests/core/test_logs.py:") and line["trace"][-1].endswith(" fail")
    assert (line["level"], log.lines("request")[-1]["level"]) == ("error", "error")
    assert CANARY not in str(log) and "nowhere" not in str(log)


def test_work_beside_a_request_fails_as_quietly(log: Log) -> None:
    def fail() -> None:
        raise ValueError(CANARY)

    loop.spawn(fail)
    while not log.lines():
        loop.sleep(0.01)
    assert log.lines()[0]["error"] == ["ValueError"]
    assert CANARY not in str(log)


@pytest.mark.parametrize("words", ["a\r\nb", "a\nb", "a\x0bb\x0cc", "a\u2028b\u2029c\x85d", "a\x1b[31mb"])
def test_one_thing_is_one_line_whatever_is_in_it(log: Log, words: str) -> None:
    logging.getLogger("community.test").warning("told: %s", words)
    note(words, told=words)
    for stream in log.streams.values():
        assert len(stream.getvalue().splitlines()) == 2
        assert "\x1b" not in stream.getvalue()


def test_a_library_is_heard_to_speak_and_no_more(log: Log) -> None:
    logging.getLogger("somebody.elses").error("%s sent %s", CANARY, CANARY)
    logging.getLogger("communitys").error(CANARY)
    assert [(line["event"], line["from"]) for line in log.lines()] == [
        ("a library spoke", "somebody.elses"),
        ("a library spoke", "communitys"),
    ]
    assert CANARY not in str(log)


def test_a_process_logs_to_one_place_in_one_form(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    ours = {name: logging.getLogger(name).level for name in ("community", "hearth")}
    try:
        configure("json")
        configure("json")
        note("one line")
        logging.getLogger("alembic").info("quiet")
        logging.getLogger("community.x").debug("quiet")
    finally:
        root.handlers[:], root.level = handlers, level
        for name, before in ours.items():
            logging.getLogger(name).setLevel(before)
    said = capsys.readouterr().err.splitlines()
    assert [json.loads(line)["event"] for line in said] == ["one line"]
