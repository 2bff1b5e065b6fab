"""Ways in: for one person, once, for fourteen days; every other code answers alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from community.core import clock, ratelimit
from community.core.db import session
from community.members import invitations
from community.members.models import Invitation
from tests.client import Browser, words_of
from tests.make import Make
from tests.world import NOW, PASSWORD, World

Browsers = Callable[..., Browser]
JOINING = {"display_name": "Nova", "password": PASSWORD, "accept_rules": "y", "language": "sv", "colour": "a"}


def test_by_link_and_by_code(browser: Browsers, make: Make) -> None:
    made = make.invitation(preset_name="Nova")
    by_link = browser()
    answer = by_link.get(f"/i/{made.link}")
    assert (answer.status_code, answer.location) == (303, "/join")
    assert made.link not in by_link.get("/join").text
    by_code = browser()
    assert by_code.post("/join/code", code=made.code).location == "/join"
    assert "Nova" in by_code.get("/join").text


def test_it_brings_in_one_person_once(browser: Browsers, make: Make, world: World) -> None:
    made = make.invitation()
    first, second = browser(), browser()
    for each in (first, second):
        assert each.get(f"/i/{made.link}").status_code == 303
    assert first.post("/join", JOINING).status_code == 303
    late = second.post("/join", JOINING)
    assert late.status_code == 410
    assert browser().get(f"/i/{made.link}").status_code == 410
    assert "nova2" not in set(world._ids)


def test_unknown_used_expired_and_cancelled_look_alike(browser: Browsers, make: Make, world: World) -> None:
    used, old, cancelled = (make.invitation() for _number in range(3))
    visitor = browser()
    visitor.get(f"/i/{used.link}")
    assert visitor.post("/join", JOINING).status_code == 303
    invitations.cancel_invitation(world.viewer("birgitta"), cancelled.id)
    with clock.at(NOW + timedelta(days=14, seconds=1)):
        links = [browser().get(f"/i/{link}") for link in ("x" * 43, used.link, old.link, cancelled.link)]
        ratelimit.configure(None)
        codes = [browser().post("/join/code", code=code) for code in ("2" * 10, used.code, old.code, cancelled.code)]
    for answers in (links, codes):
        assert {answer.status_code for answer in answers} == {410}
        assert len({words_of(answer) for answer in answers}) == 1
        assert len({tuple(sorted(dict(answer.headers))) for answer in answers}) == 1


@pytest.mark.parametrize(("after", "status"), [(timedelta(days=14, seconds=-1), 303), (timedelta(days=14), 410)])
def test_fourteen_days_to_the_second(browser: Browsers, make: Make, after: timedelta, status: int) -> None:
    made = make.invitation()
    with clock.at(NOW + after):
        assert browser().get(f"/i/{made.link}").status_code == status


def test_five_wrong_codes_a_minute_and_then_a_wait(app: Flask, world: World, make: Make) -> None:
    made, near = make.invitation(), Browser(app, world)
    for number in range(5):
        assert near.post("/join/code", code=f"WRNG{number}22222").status_code == 410
    refused = near.post("/join/code", code=made.code)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) >= 1
    assert Browser(app, world, address="10.1.1.1").post("/join/code", code=made.code).status_code == 303


def test_fifty_wrong_codes_an_hour_in_all(app: Flask, world: World, make: Make) -> None:
    for _number in range(50):
        ratelimit.note("code_everywhere")
    assert Browser(app, world, address="10.2.2.2").post("/join/code", code=make.invitation().code).status_code == 429


def test_a_code_is_read_however_it_is_typed(browser: Browsers, make: Make) -> None:
    code = make.invitation().code
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{10}", code)
    for typed in (code, code.lower(), f"{code[:5]} {code[5:]}", f" {code[:3]}-{code[3:7]}-{code[7:]} ", " ".join(code)):
        assert browser().post("/join/code", code=typed).status_code == 303, typed


def test_only_hashes_are_stored(make: Make) -> None:
    made = make.invitation()
    row = session().scalars(select(Invitation).where(Invitation.id == made.id)).one()
    stored = " ".join(str(value) for value in vars(row).values())
    assert made.link not in stored
    assert made.code not in stored


def test_staff_see_links_once_and_their_own_invitations_only(browser: Browsers, world: World, make: Make) -> None:
    sara, birgitta = browser("sara"), browser("birgitta")
    sent = {"kind": "resident", "house_id": world.house("Solgläntan"), "birth_date": "2010-05-05", "key_worker_id": 0}
    shown = sara.post("/invitations/new", sent, display_name="Kanarie")
    assert shown.status_code == 200
    link = re.search(r'value="http://localhost:5000(/i/[^"]+)"', shown.text)
    assert link
    listed = sara.get("/invitations").text
    assert "Kanarie" in listed and link[1] not in listed
    make.invitation("birgitta", preset_name="Andra")
    assert "Andra" not in sara.get("/invitations").text
    assert {"Andra", "Kanarie"} <= set(words_of(birgitta.get("/invitations")).split())


BAD = [
    ({"kind": "resident"}, "no age at all"),
    ({"kind": "staff"}, "staff nobody checked"),
    ({"birth_date": "2099-01-01"}, "not born yet"),
    ({"birth_date": "1899-12-31"}, "too old"),
    ({"birth_date": "yesterday"}, "no date"),
    ({"kind": "boss", "adult_checked": "y"}, "no such kind"),
    ({"house_id": 4711, "adult_checked": "y"}, "no such house"),
    ({"key_worker_id": 4711, "adult_checked": "y"}, "no such contact"),
    ({"language": "xx", "adult_checked": "y"}, "no such language"),
    ({"duty": "house_manager", "adult_checked": "y"}, "a duty nobody asked about"),
]


@pytest.mark.parametrize(("wish", "why"), BAD, ids=[why for _wish, why in BAD])
def test_what_cannot_be_invited(browser: Browsers, world: World, wish: dict[str, object], why: str) -> None:
    given = {"kind": "resident", "house_id": world.house("Linden"), "key_worker_id": 0, "language": "sv", **wish}
    assert browser("birgitta").post("/invitations/new", given).status_code == 422, why
