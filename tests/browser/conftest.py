"""One server and one browser for the folder (with `-n` for each worker), fresh browser contexts for every test, every
story in every look.

`SHOTS=/tmp/shots` keeps a picture of every page and state; `BROWSER_LOOKS=all` tells every story in all eight looks.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.browser import looks
from tests.browser.elsewhere import Elsewhere
from tests.browser.looks import Look
from tests.browser.people import Pen, People
from tests.browser.sample import Sample
from tests.browser.week import Week, week_in
from tests.copies import PostgresCopies, SqliteCopies
from tests.live.house import copied
from tests.serve import ROOT, Hearth


@pytest.fixture(scope="session")
def elsewhere() -> Iterator[Elsewhere]:
    """The neutral site Leave fast goes to."""
    with Elsewhere() as site:
        yield site


@pytest.fixture(scope="session")
def hearth(
    tmp_path_factory: pytest.TempPathFactory, database_copies: SqliteCopies | PostgresCopies, elsewhere: Elsewhere
) -> Iterator[Hearth]:
    # No story here has a power cut (a killed process loses nothing either way), and a busy disk holds up every write.
    settings = {"QUICK_EXIT_URL": elsewhere.url, "SQLITE_SYNCHRONOUS": "NORMAL"}
    with copied(database_copies, tmp_path_factory.mktemp("browser"), **settings).server as server:
        yield server


@pytest.fixture(scope="session")
def base_url(hearth: Hearth) -> str:
    """As `make run` prints it, and as invitations are written."""
    return f"http://localhost:{hearth.port}"


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    started = playwright.chromium.launch(executable_path=chromium, args=sandbox)
    yield started
    started.close()


IN_BOTH = ("test_main_story", "test_first_sight", "test_directory", "test_pictures_shown", "test_book")
PHONE_FIRST = ("test_week",)  # long, and both languages are read in it: told on the phone where looks take turns


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "look" in metafunc.fixturenames and "name" not in metafunc.fixturenames:
        module = metafunc.module.__name__.rpartition(".")[2]
        in_both = module in IN_BOTH
        number = 0 if module in PHONE_FIRST else metafunc.function.__code__.co_firstlineno
        metafunc.parametrize("look", looks.taking_turns(number, in_both=in_both), ids=str, indirect=True)


@pytest.fixture
def look(request: pytest.FixtureRequest) -> Look:
    found: Look = request.param
    return found


@pytest.fixture
def people(browser: Browser, base_url: str, look: Look) -> Iterator[People]:
    here = People(browser, base_url, look)
    yield here
    here.end()


@pytest.fixture(scope="session")
def pen(playwright: Playwright, base_url: str) -> Iterator[Callable[[str], Pen]]:
    """`pen("tuva").reply(thread, "Hej")`: somebody writes from elsewhere."""
    pens: dict[str, Pen] = {}

    def of(name: str) -> Pen:
        if name not in pens:
            pens[name] = Pen(playwright, base_url, name)
        return pens[name]

    yield of
    for one in pens.values():
        one.asks.dispose()


@pytest.fixture(scope="session")
def flask(hearth: Hearth) -> Callable[..., str]:
    """`flask("member", "suspend", "amina")` beside the running server; what it prints."""

    def run(*words: str) -> str:
        command = [sys.executable, "-m", "flask", *words]
        done = subprocess.run(command, cwd=ROOT, env=dict(hearth.env), capture_output=True, text=True, timeout=30)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture
def shot(request: pytest.FixtureRequest, look: Look) -> Callable[..., None]:
    """Keeps a picture under SHOTS, if somebody wants to look."""
    folder = os.environ.get("SHOTS")

    def keep(page: Page, name: str, *, whole: bool = True) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            tidy = re.sub(r"[^a-z0-9-]+", "-", name.lower())
            page.screenshot(path=Path(folder) / f"{tidy}.{look}.png", full_page=whole)

    return keep


@pytest.fixture(scope="session")
def sample(
    playwright: Playwright, base_url: str, hearth: Hearth, pen: Callable[[str], Pen], flask: Callable[..., str]
) -> Sample:
    return Sample(playwright, base_url, hearth, pen, flask)


@pytest.fixture
def week(
    database_copies: SqliteCopies | PostgresCopies,
    tmp_path_factory: pytest.TempPathFactory,
    browser: Browser,
    playwright: Playwright,
    look: Look,
    shot: Callable[..., None],
) -> Iterator[Week]:
    """A house of its own whose clock a story may move."""
    house = copied(database_copies, tmp_path_factory.mktemp("week"), SQLITE_SYNCHRONOUS="NORMAL")
    with week_in(house, browser, playwright, look, shot) as begun:
        yield begun
