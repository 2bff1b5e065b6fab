"""Every page somebody can ask for, as she is answered: the list is read off the running program."""

from __future__ import annotations

import json
import re
from typing import Any

from flask import Flask

from community.cli import surface_rows
from community.concerns import waiting as concerns_waiting
from community.core import db, ratelimit
from community.inbox import waiting as inbox_waiting
from community.memories import looking_back
from community.moderation import waiting as review_waiting
from community.openness import numbers
from community.rota import working
from community.streams import promises
from tests.matrix.actors import Scene, browser_of
from tests.matrix.requests import Requests, cases
from tests.world import World

Case = tuple[str, str]  # endpoint, object
Answers = dict[Case, tuple[int, str]]

OK = 200

PASSED_BY = {
    "static": "built files, the same for everybody",
    "home.robots": "the same for everybody",
    "home.health": "whether the server works",
    "second_step.set_up": "a secret made anew each time",
    "notices.stop_letters": "a link made anew each time, and nothing else",
    "design.design": "made-up people, not in production",
}
"""GET routes that are not walked, each with a reason."""


def routes(app: Flask) -> list[Case]:
    """Every GET route with every object the matrix knows for it."""
    with app.app_context():
        return [(name, target) for name, method, target in cases(surface_rows()) if method == "GET"]


def visit(actor: str, app: Flask, world: World, scene: Scene, only: Any = None, more: Any = ()) -> Answers:
    """Each of them as one actor is answered: whole and, where a module asks for a part, the part. `more`: addresses
    beside those of the matrix."""
    forget()
    browser, requests = browser_of(actor, app, world, scene), Requests(app, world, scene, actor)
    cookie, token, answers = browser.cookie, browser.token(), {}

    def ask(case: Case, path: str, part: bool) -> None:
        browser.cookie, browser._token = cookie, token
        ratelimit.configure(None)
        answer = browser.open("GET", path, headers={"X-Part": "1"} if part else {})
        headers = {name: value for name, value in answer.headers if name.startswith("X-") or name == "Location"}
        answers[case] = (answer.status_code, f"{json.dumps(headers)}\n{answer.get_data().decode(errors='replace')}")
        answer.close()
        db.remove()

    for endpoint, target in routes(app):
        if endpoint in PASSED_BY or (only is not None and endpoint not in only):
            continue
        path = requests.path(endpoint, target)
        ask((endpoint, target), path, False)
        if answers[endpoint, target][0] == OK:
            ask((endpoint, f"{target}, a part"), path, True)
    for name, path in list(more):
        ask(("address", name), path, False)
    return answers


def forget() -> None:
    """What this process keeps of another world."""
    for kept in (looking_back, working, promises, inbox_waiting, review_waiting, concerns_waiting, numbers):
        kept.forget()


# Places and events of a stream are numbers that rise and are not dense: a hole tells nothing, by its construction.
_PLACES = re.compile(
    r"(data-(?:nr|seq|last|read|place|mark)=\"|#p|id=\"p|[?&;](?:around|after|before|nr)=|"
    r"\"(?:seq|nr|prev|after|read_nr)\": ?|name=\"(?:nr|until|version)\" value=\")[\d.]+(?:-\d+)?"
)
_BELL = re.compile(r"<a href=\"/notifications\"[^\n]*\n[^\n]*")
_IDS = re.compile(r"\d{12,}")
_FORMS = re.compile(r'<input[^>]*name="(?:csrf_token|client_id)"[^>]*>')


def alike(answer: tuple[int, str], *, bell: bool = True) -> tuple[int, str]:
    """An answer without what differs each time or in each world, whoever is in it. Without `bell` also without how many
    notices wait, which stands on every page."""
    status, page = answer
    page = _PLACES.sub(r"\1#", _FORMS.sub("", page))
    page = page if bell else _BELL.sub("", page)
    return status, _IDS.sub("#", page)
