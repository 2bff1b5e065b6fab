"""How much the pages of talks ask of the database: at most twelve questions, as the main pages; a talk
judges everybody in it beside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from community.streams import actions as streams
from tests.client import Browser
from tests.counting import counted
from tests.talks.talking import begun, say
from tests.world import World

MOST = 12
JUDGING = 3  # everybody in it is judged anew


def test_the_list_and_a_talk_stay_within_it(browser: Callable[..., Browser], world: World, rolled_back: Any) -> None:
    group = begun(world, "amina", "vera", "olle", "mira")
    for others in ("vera", "olle", "mira"):
        two = begun(world, "amina", others)
        for who in ("amina", others) if others != "mira" else ("amina",):
            streams.react(world.viewer("amina"), say(world, who, two).id, "heart")
    for number in range(6):
        say(world, ("amina", "vera", "olle")[number % 3], group)
    for who in ("amina", "vera"):
        page = browser(who)
        for path, most in (("/messages", MOST), (f"/messages/{group}", MOST + JUDGING)):
            page.get(path)
            with counted(rolled_back) as statements:
                assert page.get(path).status_code == 200
            assert len(statements) <= most, (who, path, statements)
