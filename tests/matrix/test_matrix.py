"""Every route and every socket event, asked by everybody, answered as answers.txt says. A new one without a line fails.

Denied means unchanged, and what one may not see answers like what never existed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from community.cli import surface_rows
from community.core import db
from community.members.models import Reading
from tests.digest import digest
from tests.make import Make
from tests.matrix import focus
from tests.matrix.actors import ONE_OF_EACH, Scene, browser_of, scene_of
from tests.matrix.answers import DENIED, SUCCESS, Case, expected
from tests.matrix.requests import Requests, cases
from tests.plugin import leaves_nothing_out
from tests.world import World

EXPECTED = expected()

pytestmark = pytest.mark.timeout(300)  # one actor asks some 1,500 times

# Nobody is ever turned away here, and each for a reason.
NEVER_DENIED = {
    "disconnect": "closing a socket is always possible",
    "design.design": "made-up people only, and not in production",
    "home.about": "public: what this is and who reads what",
    "home.health": "public: whether the server works",
    "openness.asked": "public: the questions people ask before they write",
    "home.leave": "leaving is never refused",
    "home.help": "help is never refused to anybody",
    "home.robots": "public: no machine reads here",
    "recovery.email_done": "without an address just confirmed it leads to the start page",
    "recovery.lost": "public: whoever can't get in is always heard",
    "recovery.lost_sent": "public: what happens now",
    "recovery.stopped": "without a stop just pressed it leads to the start page",
}
# What refuses a step with the page she took it on: that she read what stands there is noted.
SHOWN_AGAIN = (403, 409, 422)
# Where somebody is sent before anything else.
PAGES = {"/login": "login", "/rules": "rules", "/me/second-step/set-up": "set_up", "/second-step": "give"}
NEVER_ANSWERED = {
    "photos.add": "only with a picture: tests/photos",
    "leaving.name": "only while something is open of somebody who has left: tests/lifecycle/test_leaving.py",
    "incident.end": "only while an incident lasts: tests/openness/test_incident.py",
    "*": "what an event without a name of ours is answered: always that it does not exist",
    "recovery.stop": "only in a browser that holds a letter or an old session: tests/recovery/test_wall.py",
}


@pytest.fixture
def scene(make: Make) -> Scene:
    return scene_of(make)


def test_every_way_in_has_its_lines(app: Flask, rolled_back: Any) -> None:
    with app.app_context():
        have, want = set(cases(surface_rows())), set(EXPECTED)
    assert have == want, {"without a line": sorted(have - want), "not in the program": sorted(want - have)}


@pytest.mark.once  # rules deny, not the database; what it may be asked it is asked below
def test_denied_is_denied_and_changes_nothing(
    actor: str, app: Flask, world: World, scene: Scene, rolled_back: Any
) -> None:
    ask = asker(actor, app, world, scene)
    denied = [case for case in _routes(actor) if EXPECTED[case][actor] in DENIED]
    before = digest(rolled_back)
    answers, noted = {}, []
    for case in denied:
        read = _readings(rolled_back)
        answers[case] = ask(case)
        if _readings(rolled_back) != read and answers[case].status_code not in SHOWN_AGAIN:
            noted.append(case)
    assert digest(rolled_back) == before
    assert noted == [], "read nothing, and yet it is told that she did"
    assert _wrong(actor, answers) == {}
    for case, answer in answers.items():
        if answer.status_code == 404 and case[2] != "unknown" and case[1] != "HEAD":
            unknown = answers.get((case[0], case[1], "unknown")) or answers.get((case[0], case[1], "all"))
            assert unknown is not None, case
            assert _bare(answer) == _bare(unknown), f"{case} tells that it exists"


def test_allowed_is_allowed(actor: str, app: Flask, world: World, scene: Scene, rolled_back: Any) -> None:
    ask = asker(actor, app, world, scene)
    answers = {}
    for case in _routes(actor):
        if EXPECTED[case][actor] in SUCCESS:
            with rolled_back.begin_nested() as undo:
                answers[case] = ask(case)
                undo.rollback()
    assert _wrong(actor, answers) == {}


def test_nothing_is_denied_to_all_or_open_to_all_without_a_reason() -> None:
    words: dict[str, set[str]] = {}
    for (endpoint, method, _target), by_actor in EXPECTED.items():
        if method not in ("HEAD", "OPTIONS"):
            words.setdefault(endpoint, set()).update(by_actor.values())
    assert {endpoint for endpoint, found in words.items() if not found & SUCCESS} == set(NEVER_ANSWERED)
    assert {endpoint for endpoint, found in words.items() if not found & DENIED} == set(NEVER_DENIED)


def _readings(connection: Any) -> int:
    return int(connection.scalar(select(func.count()).select_from(Reading)))


def word_of(answer: TestResponse) -> str:
    """The answer in the words of answers.txt."""
    if answer.status_code != 302:
        return str(answer.status_code)
    return PAGES.get(answer.location.split("?")[0], f"302 {answer.location}")


def _whole(actor: str) -> bool:
    """One actor of each kind asks everything as a browser does, on SQLite; in `make proof` everybody, on both
    databases. The others leave out HEAD and OPTIONS, which go the way of GET and of nothing, and read a refusal as the
    page's module does: the sentence without the page around it, which is three quarters of the time."""
    return (actor in ONE_OF_EACH and db.engine().dialect.name == "sqlite") or leaves_nothing_out()


def _routes(actor: str) -> list[Case]:
    whole = _whole(actor)
    routes = [case for case in EXPECTED if case[1] != "event" and (whole or case[1] not in ("HEAD", "OPTIONS"))]
    return list(filter(focus.asks, routes))


def asker(actor: str, app: Flask, world: World, scene: Scene) -> Callable[[Case], TestResponse]:
    browser = browser_of(actor, app, world, scene)
    requests, cookie, token = Requests(app, world, scene, actor), browser.cookie, browser.token()
    whole = _whole(actor)

    def ask(case: Case) -> TestResponse:
        focus.now = case
        browser.cookie, browser._token = cookie, token  # whatever an earlier answer did to the cookie
        answer = requests.send(browser, *case, part=not whole and EXPECTED[case][actor] in ("403", "404"))
        answer.get_data()
        answer.close()
        db.remove()
        return answer

    return ask


def _wrong(actor: str, answers: dict[Case, TestResponse]) -> dict[Case, str]:
    return {
        case: f"{word_of(answer)} instead of {EXPECTED[case][actor]}"
        for case, answer in answers.items()
        if word_of(answer) != EXPECTED[case][actor]
    }


def _bare(answer: TestResponse) -> str:
    return re.sub(r'name="csrf_token" value="[^"]+"', "", answer.text)
