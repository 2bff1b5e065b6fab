"""How much the pages of talks ask of the database: at most twelve questions, as the main pages, whoever stands there
and whatever may pass between them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from community.core import clock, db, ratelimit
from community.streams import actions as streams
from tests.client import Browser
from tests.counting import counted
from tests.talks.talking import begun, say
from tests.talks.test_changes import born
from tests.world import NOW, TODAY, World

MOST = 12

pytestmark = pytest.mark.timeout(180)  # more than a page is said, each word through the whole gate


def test_the_list_and_a_talk_stay_within_it(browser: Callable[..., Browser], world: World, rolled_back: Any) -> None:
    group = begun(world, "amina", "vera", "olle", "mira")
    for others in ("vera", "olle", "mira"):
        two = begun(world, "amina", others)
        for who in ("amina", others) if others != "mira" else ("amina",):
            streams.react(world.viewer("amina"), say(world, who, two).id, "heart")
    _long(world, group, "amina", "vera", "olle")
    for who in ("amina", "vera"):
        page = browser(who)
        for path in ("/messages", f"/messages/{group}", f"/messages/{group}/state"):
            assert _asked(page, path, rolled_back) <= MOST, (who, path)


def test_a_talk_that_a_birthday_crossed_stays_within_it(
    browser: Callable[..., Browser], world: World, rolled_back: Any
) -> None:
    """Every two of a group are judged in the same question: those the bridge holds for, too."""
    grown_up = TODAY.replace(year=TODAY.year - 18)
    for who, years in (("amina", 0), ("olle", 1), ("vera", 1)):
        born(world, who, grown_up.replace(year=grown_up.year + years))
    with clock.at(NOW - timedelta(days=1)):
        group = begun(world, "amina", "olle", "vera")
        _long(world, group, "amina", "olle", "vera")
    page = browser("olle")
    assert _asked(page, f"/messages/{group}", rolled_back) <= MOST
    assert "Ni får ha samtalet kvar" in page.get(f"/messages/{group}").text


def _long(world: World, stream_id: int, *people: str) -> None:
    """More than a page, the last of which quotes the first."""
    with ratelimit.ignored():
        first = say(world, people[0], stream_id)
        for who in itertools.islice(itertools.cycle(people), 60):
            say(world, who, stream_id)
        say(world, people[1], stream_id, quote_id=first.id)


def _asked(page: Browser, path: str, connection: Any) -> int:
    page.get(path)
    db.remove()
    with counted(connection) as statements:
        assert page.get(path).status_code == 200
    return len(statements)
