"""A farewell she wants later, after a sudden move: she is asked again, and her door to it stays open until then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from community.core.errors import Conflict
from community.inbox import queries as inbox
from community.lifecycle import own_cards, own_move
from community.notices.models import OwnCard
from community.streams.actions import Said
from tests.client import Browser
from tests.inbox.saying import texts
from tests.moving.preparing import cards, has_moved
from tests.moving.test_afterwards import MOVED_ON, _kinds, _night_and_day, _on
from tests.world import World


def _farewell_card(world: World, who: str = "samir") -> OwnCard:
    (card,) = [one for one in cards(world, who) if one.kind == "farewell"]
    return card


def _said_to_team(world: World) -> list[str]:
    found = inbox.own_for(world.viewer("samir"))
    return [] if found is None else [one for one in texts(world, "samir", found.stream.id) if "avsked" in one]


def _begun(world: World, number: int) -> int:
    said = Said("Hej då, alla", f"farewell-{number}", "Hej då")
    return own_move.begin_farewell(world.viewer("samir"), own_move.TO_ALL, said).stream_id


def test_a_farewell_wanted_later_is_asked_about_each_month_until_she_has_begun_one(
    world: World, browser: Callable[..., Browser]
) -> None:
    has_moved(world, "samir", 7, "sudden")
    _night_and_day()
    own_cards.answer(world.viewer("samir"), _farewell_card(world).id, "yes")
    assert len(_said_to_team(world)) == 1
    with _on(MOVED_ON + timedelta(days=28)):
        _night_and_day()
        assert "farewell" not in _kinds(world, "samir")
    with _on(MOVED_ON + timedelta(days=31)):
        _night_and_day()
        _night_and_day()
        card = _farewell_card(world)
        assert card.what == "again"
        page = browser("samir").get("/notifications").text
        assert "Vill du ha ditt avsked nu?" in page and "/me/move#farewell" in page
        own_cards.answer(world.viewer("samir"), card.id, "later")
        assert len(_said_to_team(world)) == 1  # later tells nobody
        assert "farewell" not in _kinds(world, "samir")
    with _on(MOVED_ON + timedelta(days=62)):
        _night_and_day()
        own_cards.answer(world.viewer("samir"), _farewell_card(world).id, "yes")
        assert len(_said_to_team(world)) == 2  # the team hears of it once more
    with _on(MOVED_ON + timedelta(days=90)):
        samir = browser("samir")
        assert 'id="farewell"' in samir.get("/me/move").text  # the door is open as long as she wants one
        stream_id = _begun(world, 1)
        assert samir.get(f"/t/{stream_id}").status_code == 200
    with _on(MOVED_ON + timedelta(days=130)):
        _night_and_day()
        assert "farewell" not in _kinds(world, "samir")


def test_a_no_shuts_it_and_without_a_yes_it_is_shut_after_thirty_days(world: World) -> None:
    has_moved(world, "samir", 7, "sudden")
    has_moved(world, "tuva", 7, "sudden")
    _night_and_day()
    own_cards.answer(world.viewer("samir"), _farewell_card(world).id, "yes")
    with _on(MOVED_ON + timedelta(days=31)):
        _night_and_day()
        own_cards.answer(world.viewer("samir"), _farewell_card(world).id, "no")
        with pytest.raises(Conflict):
            _begun(world, 2)
        with pytest.raises(Conflict):
            said = Said("Hej då", "farewell-3", "Hej då")
            own_move.begin_farewell(world.viewer("tuva"), own_move.TO_ALL, said)
    with _on(MOVED_ON + timedelta(days=70)):
        _night_and_day()
        assert "farewell" not in _kinds(world, "samir") + _kinds(world, "tuva")
