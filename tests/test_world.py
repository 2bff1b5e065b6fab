"""The world the other tests stand on is the one they think it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from community.core.errors import NotFound
from tests.client import Browser
from tests.world import CAST, World


def test_everybody_is_what_the_cast_says(world: World) -> None:
    bands = {14: "under 16", 15: "under 16", 16: "16-17", 17: "16-17", 18: "adult", None: "adult"}
    for name, (kind, house, years, language) in CAST.items():
        if name == "gun":
            continue
        viewer = world.viewer(name)
        assert (viewer.kind, viewer.house_id) == (kind, world.house(house)), name
        assert (viewer.age_band, viewer.language) == (bands[years], language), name


def test_the_exceptions_in_the_cast(world: World) -> None:
    assert world.viewer("leo").suspended
    assert world.viewer("mira").standing.state == "paused"
    assert world.viewer("noor").protected
    assert world.viewer("hanna").rules_version == 0
    assert world.viewer("birgitta").duties == {"house_manager"}
    assert world.viewer("sara").key_worker_of == {world.id("amina")}
    assert world.viewer("amina").excluded_ids == {world.id("elias")}
    assert world.viewer("ivan").excluded_ids == {world.id("olle")}
    with pytest.raises(NotFound):
        world.viewer("gun")


def test_signing_in_by_the_form_and_by_a_row_come_to_the_same(browser: Callable[..., Browser]) -> None:
    by_form, by_row = browser(), browser("amina")
    assert by_form.sign_in("amina").status_code == 303
    for each in (by_form, by_row):
        page = each.get("/")
        assert page.status_code == 200
        assert "title of open" in page.text


def test_a_test_leaves_nothing_behind_first(world: World, browser: Callable[..., Browser]) -> None:
    """With its twin below: what one of them writes the other does not meet."""
    _writes_once(world, browser)


def test_a_test_leaves_nothing_behind_second(world: World, browser: Callable[..., Browser]) -> None:
    _writes_once(world, browser)


def _writes_once(world: World, browser: Callable[..., Browser]) -> None:
    amina = browser("amina")
    assert "only once" not in amina.get("/").text
    sent = {"text": "only once", "client_id": "only-once", "space_id": world.space("minnen"), "mode": "tell"}
    assert amina.post("/write", sent).status_code == 303
    assert "only once" in amina.get("/").text
