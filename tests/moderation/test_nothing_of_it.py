"""What is told of somebody who works here leaves every page of hers as it was: the same bytes before and after."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from community.concerns import driver, waiting
from community.concerns.actions import Wish, ask
from community.concerns.models import Call, Concern
from community.core import clock
from community.core.db import session, transaction
from community.core.jobs import run_due
from community.members.models import Duty
from community.moderation import waiting as figure
from community.rota.models import Shift
from community.safety.models import Case
from tests.client import Browser
from tests.reports.told import case_of, tell
from tests.world import NOW, TODAY, World

Browsers = Callable[..., Browser]
LATER = NOW + timedelta(minutes=40)
STAFF = ("birgitta", "sara", "jonna", "petra")
DUTIES = ("moderator", "safeguarding_lead", "house_manager")
ONE_TIME = re.compile(
    r'<input[^>]*(?:client_id|csrf_token)[^>]*>|nonce="[^"]*"|<meta name="csrf[^>]*>|value="[^"]{60,}"'
)


@pytest.fixture
def all_lead(world: World) -> None:
    """Everybody who works here may everything, and nobody is at work: the worst case for a secret."""
    with transaction() as s:
        s.execute(delete(Shift))
        s.execute(update(Case).where(Case.state == "open").values(state="closed", alert_at=None))
        for name in STAFF:
            for kind in DUTIES:
                has = select(Duty.id).where(Duty.member_id == world.id(name), Duty.kind == kind)
                if s.scalar(has) is None:
                    s.add(Duty(member_id=world.id(name), kind=kind, from_on=TODAY - timedelta(days=30)))
        s.flush()


def pages(app: Flask) -> list[str]:
    """Every page that needs nothing to be named."""
    rules = (rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments)
    skip = ("/healthz", "/metrics", "/sign-out", "/logout", "/login")
    return sorted({rule.rule for rule in rules if not rule.rule.startswith(skip)})


def seen(reader: Browser, urls: list[str]) -> dict[str, tuple[int, str]]:
    figure.forget()
    waiting.forget()
    found = {}
    for url in urls:
        answer = reader.get(url)
        found[url] = (answer.status_code, ONE_TIME.sub("", answer.text))
    return found


@pytest.mark.parametrize("about", ["birgitta", "jonna"])
def test_every_page_of_hers_is_as_it_was(
    about: str, app: Flask, world: World, all_lead: None, browser: Browsers, heard: Any
) -> None:
    her, urls = browser(about), pages(app)
    with clock.at(LATER):
        seen(her, urls)
        before = seen(her, urls)
    del heard[:]
    with app.test_request_context():
        report = tell(world, "vera", person=about, reason="unwanted", words="canary-words")
        case = case_of(report).id
        wish = Wish("urgent", "canary-words", "write", about=frozenset({world.id(about)}))
        concern = ask(world.viewer("vera"), wish, "canary-concern-1")
    with clock.at(LATER), app.app_context():
        run_due(driver.JOBS)
        unread = session().scalars(select(Concern.id).where(Concern.case_id == case)).one()
    with clock.at(LATER):
        after = seen(her, urls)
        assert {url for url in urls if before[url] != after[url]} == set()
        nothing = her.get("/review/1")
        for url in (f"/review/{case}", f"/concerns/{concern}", f"/concerns/{unread}", f"/review/{case}/hand-over"):
            answer = her.get(url)
            assert answer.status_code == 404 and ONE_TIME.sub("", answer.text) == ONE_TIME.sub("", nothing.text), url
        for url in (f"/review/{case}/claim", f"/concerns/{unread}/take", f"/concerns/{concern}/cannot"):
            assert her.post(url).status_code == 404, url
        other = browser("petra")
        assert other.get(f"/review/{case}").status_code == other.get(f"/concerns/{concern}").status_code == 200
    to_her = [(room, event) for room, event, ids in heard if room == f"member:{world.id(about)}"]
    called = [ids["members"] for _room, event, ids in heard if event == "concern:changed"]
    assert to_her == [] and all(world.id(about) not in ids for ids in called) and called


def test_where_no_lead_is_left_the_others_do_not_learn_of_it_and_she_reads_whom_to_ring(
    app: Flask, world: World, browser: Browsers
) -> None:
    """Birgitta is the only one who could read it, it is about her, and there is nobody outside."""
    vera = browser("vera")
    answer = vera.post(f"/people/{world.id('birgitta')}/tell", reason="unkind", words="canary-words")
    case = session().scalars(select(Case.id).where(Case.lane == "leads", Case.state == "open")).one()
    with clock.at(LATER), app.app_context():
        run_due(driver.JOBS)
    unread = session().scalars(select(Concern.id).where(Concern.case_id == case)).one()
    assert session().scalars(select(Call.member_id).where(Call.concern_id == unread)).all() == []
    for name in ("sara", "jonna", "petra"):
        assert browser(name).get(f"/concerns/{unread}").status_code == 404
    page = vera.get(answer.location).text
    assert "/help" in page and "tel:112" in page
