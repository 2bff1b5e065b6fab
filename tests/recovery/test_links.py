"""A way in made by staff: who may make it, that it works once, and what it leaves behind."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import select

from community.core import clock, crypto
from community.core.audit import AuditLine
from community.core.db import session
from community.core.errors import Gone, NotAllowed, NotFound
from community.members.people import Visitor
from community.recovery import links, queries
from community.recovery.models import WayIn
from tests.client import Browser, words_of
from tests.world import NOW, PASSWORD, World

NEW = "kaktus trumma hissen"
HERE = Visitor("127.0.0.1")


def come_back(browser: Browser, secret: str, password: str = NEW) -> Any:
    assert browser.get(f"/back/{secret}").location == "/back/password"
    return browser.post("/back/password", password=password)


def acts() -> list[str]:
    return list(session().scalars(select(AuditLine.act).order_by(AuditLine.n)))


@pytest.mark.parametrize(
    ("maker", "who", "answer"),
    [
        ("sara", "tuva", None),
        ("sara", "johanna", None),  # has lived at sara's house
        ("sara", "samir", NotAllowed),
        ("sara", "birgitta", NotAllowed),
        ("sara", "sara", NotAllowed),
        ("petra", "tuva", NotAllowed),
        ("birgitta", "samir", None),
        ("birgitta", "sara", None),
        ("birgitta", "birgitta", NotAllowed),
        ("birgitta", "gun", NotFound),  # works here no more
        ("amina", "tuva", NotFound),
    ],
)
def test_who_may_make_a_link_for_whom(world: World, maker: str, who: str, answer: type[Exception] | None) -> None:
    if answer is None:
        assert links.make_for(world.viewer(maker), world.id(who)).secret
        return
    with pytest.raises(answer):
        links.make_for(world.viewer(maker), world.id(who))
    assert session().scalar(select(WayIn.id)) is None


def test_the_page_shows_link_picture_and_words_once_and_only_a_hash_stays(
    browser: Callable[..., Browser], world: World
) -> None:
    sara = browser("sara")
    assert "/ways-in/new" in sara.get("/ways-in").text
    answer = sara.post("/ways-in/new", member_id=world.id("tuva"))
    assert answer.status_code == 200 and "data:image/svg+xml" in answer.text
    link = re.search(r'id="link"[^>]* value="[^"]*/back/([0-9A-Z]+)"', answer.text)
    assert link is not None and len(link[1]) == 26  # of 32 signs: 130 bits
    row = session().scalars(select(WayIn)).one()
    assert row.link_hash == crypto.fingerprint(link[1])
    assert row.expires_at - row.made_at == timedelta(minutes=30)
    aloud = re.search(r'class="code aloud"[^>]*>([^<]+)<', answer.text)
    assert aloud is not None
    assert browser().post("/back", secret=aloud[1].lower()).location == "/back/password"
    assert link[1] not in sara.get("/ways-in").text


def test_making_one_asks_for_the_password_again(browser: Callable[..., Browser], world: World) -> None:
    sara = browser("sara")
    with clock.at(NOW + timedelta(minutes=16)):
        assert sara.post("/ways-in/new", member_id=world.id("tuva")).status_code == 403
    assert session().scalar(select(WayIn.id)) is None


def test_it_works_once_ends_every_session_and_asks_to_sign_in(browser: Callable[..., Browser], world: World) -> None:
    phone, old = browser("tuva"), browser("tuva", keep=False)
    made = links.make_for(world.viewer("sara"), world.id("tuva"))
    new = browser()
    answer = come_back(new, made.secret)
    assert answer.location == "/login"
    assert 'value="tuva"' in new.get("/login").text
    for other in (phone, old):
        assert other.get("/").status_code == 302
    assert browser().sign_in("tuva", PASSWORD).status_code == 422
    assert new.sign_in("tuva", NEW).status_code == 303
    assert new.get("/").status_code == 200
    assert browser().get(f"/back/{made.secret}").status_code == 410
    assert acts()[-2:] == ["way_in.made", "way_in.used"]


def test_used_expired_withdrawn_stopped_and_unknown_answer_alike(browser: Callable[..., Browser], world: World) -> None:
    makes = world.viewer("birgitta")
    used, expired, withdrawn = (links.make_for(makes, world.id(who)) for who in ("tuva", "samir", "amina"))
    come_back(browser(), used.secret)
    links.withdraw(world.viewer("birgitta"), withdrawn.id)
    newer = links.make_for(makes, world.id("amina"))
    with clock.at(NOW + timedelta(minutes=31)):
        texts = set()
        for secret in (used.secret, expired.secret, withdrawn.secret, newer.secret, "A" * 26):
            answer = browser().get(f"/back/{secret}")
            assert answer.status_code == 410
            texts.add(re.sub(r'name="csrf_token" value="[^"]+"', "", answer.text))
        assert len(texts) == 1
        assert browser().post("/back", secret=used.secret).status_code == 410


def test_a_second_link_kills_the_first_and_a_page_left_open_is_too_late(
    browser: Callable[..., Browser], world: World
) -> None:
    first = links.make_for(world.viewer("sara"), world.id("tuva"))
    waiting = browser()
    waiting.get(f"/back/{first.secret}")
    links.make_for(world.viewer("sara"), world.id("tuva"))
    assert waiting.post("/back/password", password=NEW).status_code == 410
    with pytest.raises(Gone):
        links.redeem(HERE, first.secret)


def test_a_weak_password_is_told_by_the_field_and_the_link_lives_on(
    browser: Callable[..., Browser], world: World
) -> None:
    made = links.make_for(world.viewer("sara"), world.id("tuva"))
    new = browser()
    answer = come_back(new, made.secret, "kort")
    assert answer.status_code == 422 and 'id="password-err"' in answer.text
    assert new.post("/back/password", password=NEW).status_code == 303


def test_withdrawing_is_for_its_maker_and_house_managers(world: World) -> None:
    made = links.make_for(world.viewer("birgitta"), world.id("tuva"))
    with pytest.raises(NotAllowed):
        links.withdraw(world.viewer("sara"), made.id)
    links.withdraw(world.viewer("birgitta"), made.id)
    with pytest.raises(Gone):
        links.redeem(HERE, made.secret)


def test_the_command_line_helps_the_only_house_manager(
    app: Flask, browser: Callable[..., Browser], world: World
) -> None:
    printed = FlaskCliRunner(app).invoke(args=["member", "way-in", "birgitta"])
    assert printed.exit_code == 0
    secret = printed.output.split()[0].rsplit("/", 1)[1]
    assert come_back(browser(), secret).location == "/login"
    assert FlaskCliRunner(app).invoke(args=["member", "way-in", "nobody"]).exit_code == 1


def test_the_member_sees_later_who_made_it(browser: Callable[..., Browser], world: World) -> None:
    made = links.make_for(world.viewer("sara"), world.id("tuva"))
    come_back(browser(), made.secret)
    page = words_of(browser("tuva").get("/me/way-back"))
    assert "by Sara" in page and "you came in" in page
    assert queries.ways_in_of(world.viewer("amina")) == []
