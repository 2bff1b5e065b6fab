"""The socket events of answers.txt: who gets a socket at all, and what she may join with it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from community.core import live
from tests.digest import digest
from tests.matrix.actors import Scene, browser_of
from tests.matrix.requests import Requests
from tests.matrix.test_matrix import EXPECTED, scene
from tests.world import World

__all__ = ["scene"]

pytestmark = pytest.mark.timeout(300)

CASES = [case for case in EXPECTED if case[1] == "event"]


def test_events_answer_as_the_table_says(actor: str, app: Flask, world: World, scene: Scene, rolled_back: Any) -> None:
    browser, requests = browser_of(actor, app, world, scene), Requests(app, world, scene, actor)
    before = digest(rolled_back)
    socket = browser.socket()
    answers = {}
    for case in [case for case in CASES if case[0] != "disconnect"]:
        with rolled_back.begin_nested() as undo:
            answers[case] = _answer(socket, requests, *case)
            undo.rollback()
    if socket.is_connected():
        socket.disconnect()
    answers |= {case: "ok" for case in CASES if case[0] == "disconnect" and live.open_lines() == 0}
    assert answers == {case: EXPECTED[case][actor] for case in CASES}
    assert digest(rolled_back) == before


def test_a_stream_one_may_not_read_answers_like_one_that_never_was(app: Flask, world: World, scene: Scene) -> None:
    requests = Requests(app, world, scene, "resident")
    socket = browser_of("resident", app, world, scene).socket()
    unknown = socket.emit("stream:join", {"stream": requests.stream_id("unknown")}, callback=True)
    assert unknown["code"] == "not_found"
    for target in ("linden", "staff", "held", "hidden"):
        assert socket.emit("stream:join", {"stream": requests.stream_id(target)}, callback=True) == unknown
    socket.disconnect()


def _answer(socket: Any, requests: Requests, event: str, _method: str, target: str) -> str:
    if not socket.is_connected():
        return "shut"
    if event == "connect":
        return "ok"
    payload = requests.payload(event, target)
    answer = socket.emit("no:such:event" if event == "*" else event, payload, callback=True)
    return "ok" if answer["ok"] else str(answer["code"])
