"""A host clears ten plain items by keyboard alone, and what comes is there without a reload."""

from __future__ import annotations

import subprocess
import sys

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.looks import Look
from tests.browser.people import People
from tests.browser.queue_page import live_queue
from tests.serve import ROOT, Hearth

TEN = 10
pytestmark = pytest.mark.timeout(240)


def waiting(hearth: Hearth, number: int, who: str) -> None:
    command = [sys.executable, "-m", "tests.browser.waiting_made", str(number), who]
    done = subprocess.run(command, cwd=ROOT, env=dict(hearth.env), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def plain_ones(page: Page) -> Locator:
    """The chip one stands in, with its figure."""
    return page.locator("#review .chip[aria-current]")


def test_ten_by_keyboard_alone(people: People, look: Look, hearth: Hearth) -> None:
    page = people.signed_in("jonna")
    live_queue(page, "/review?chip=first")  # what is worse comes first in the whole queue and is not done by one key
    before = int(plain_ones(page).inner_text().split()[-1])
    waiting(hearth, TEN, "sofia")
    expect(plain_ones(page)).to_have_text(f"{look.say('First posts')} {before + TEN}")
    page.keyboard.press("r")
    expect(page.locator("form[data-reason] input[type=radio]").first).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    for left in range(TEN - 1, 0, -1):
        expect(plain_ones(page)).to_have_text(f"{look.say('First posts')} {before + left}")
        expect(page.locator(".review-one").first).to_be_focused()
        page.keyboard.press("a")
    expect(plain_ones(page)).to_have_text(f"{look.say('First posts')} {before}")
    expect(page.locator("#review-done")).to_contain_text(look.say("Undo"))
    page.keyboard.press("u")
    expect(page.locator("#review-item")).to_be_visible()
    page.keyboard.press("a")
    expect(page.locator("#review-done")).to_be_visible()
