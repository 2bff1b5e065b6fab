"""Every page and state: nothing for axe to find, nothing outside the narrowest screen, nothing too small to hit."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import (  # noqa: F401
    account_states,
    acts_states,
    axe,
    book_states,
    channel_states,
    chat_states,
    concern_states,
    directory_states,
    inbox_states,
    kept_states,
    layout,
    leaving_states,
    lost_states,
    memory_states,
    more_states,
    move_states,
    moving_states,
    my_data_states,
    openness_states,
    people_states,
    picture_states,
    publishing_states,
    question_states,
    review_states,
    rota_states,
    separation_states,
    talk_states,
    telling_states,
    turn_states,
    waiting_states,
)
from tests.browser.looks import Look, taking_turns
from tests.browser.people import People, Regulars
from tests.browser.sample import Sample
from tests.browser.states import STATES, Stage

NARROW = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def regulars(browser: Browser, base_url: str) -> Iterator[Callable[[Look], Regulars]]:
    """The people of one look at a time; another look's go home first."""
    here: list[Regulars] = []

    def of(look: Look) -> Regulars:
        if not here or here[-1].look != look:
            for before in here:
                before.end()
            here[:] = [Regulars(browser, base_url, look)]
        return here[-1]

    yield of
    for one in here:
        one.end()


@pytest.fixture
def people(regulars: Callable[[Look], Regulars], look: Look) -> Iterator[People]:
    here = regulars(look)
    yield here
    here.rest()


@pytest.fixture
def stage(people: People, sample: Sample, look: Look) -> Iterator[Stage]:
    here = Stage(people, sample, look)
    with here.after:
        yield here


IN_BOTH = {
    *(
        "sign-in",
        "join",
        "join with errors",
        "feed",
        "feed with the hello card",
        "write",
        "thread",
        "me",
        "help",
        "design",
    ),
    *("thread with long and foreign words", "feed with long and foreign words", "thread with the reactions open"),
}
CASES = [
    pytest.param(name, look, id=f"{name}-{look}")
    for number, name in enumerate(STATES)
    for look in taking_turns(number, in_both=name in IN_BOTH)
]


@pytest.mark.parametrize(("name", "look"), sorted(CASES, key=lambda case: str(case.values[1])), indirect=["look"])
def test_a_page_in_a_state(name: str, stage: Stage, shot: Callable[..., None]) -> None:
    page = STATES[name](stage)
    shot(page, name)
    found = axe.violations(page)
    found += [f"at {page.viewport_size}: {one}" for one in layout.outside(page) + layout.too_small(page)]
    if stage.look.phone:  # the sheet of styles has no size between these two
        page.set_viewport_size(NARROW)
        shot(page, f"{name} narrow")
        found += [f"at 320: {one}" for one in layout.outside(page) + layout.too_small(page)]
    assert not found, "\n".join(found)
