"""Who answers for this place, from configuration; and the questions people ask, found within two steps and plain."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from community.openness import papers
from tests.client import Browser, words_of
from tests.world import TODAY, World

Browsers = Callable[..., Browser]

ENTERED = f"""
[accountable]
name = "Greta Påhittad"
role_sv = "verksamhetschef"
role_en = "head of the home"
reached_by = "greta@example.org"

[[paper]]
kind = "dpia"
name_sv = "Konsekvensbedömning 2026"
name_en = "Assessment 2026"
url = "https://example.org/dpia"
dated = {TODAY}

[[paper]]
kind = "risk"
name_sv = "Riskbedömning"
name_en = "Risk assessment"
dated = 2024-01-01
"""


@pytest.fixture
def entered(app: Flask, tmp_path: Path) -> Path:
    file = tmp_path / "safety.toml"
    file.write_text(ENTERED)
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = dataclasses.replace(before, safety_file=file)
    yield file  # type: ignore[misc]
    app.config["SETTINGS"] = before


def test_nothing_is_invented_and_house_managers_read_what_is_missing(world: World, browser: Browsers) -> None:
    missing = words_of(browser("birgitta").get("/about/safety"))
    assert missing.count("Inte ifyllt än") == 1 + len(papers.KINDS)
    for name in ("tuva", None):
        assert "Not entered" not in browser(name).get("/about/safety").text
        assert "Inte ifyllt" not in browser(name).get("/about/safety").text


def test_what_is_entered_is_linked_with_its_day(entered: Path, browser: Browsers) -> None:
    page = browser("tuva").get("/about/safety")
    said = words_of(page)
    assert "Greta Påhittad head of the home greta@example.org" in said
    assert 'href="https://example.org/dpia"' in page.text and f"Last gone through {TODAY}" in said
    assert "2024-01-01 more than a year ago" in said
    assert "Not entered yet" not in said
    assert "Inte ifyllt än" in browser("birgitta").get("/about/safety").text


@pytest.mark.parametrize(
    "wrong",
    ['[[paper]]\nkind = "dpia"\nname_sv = "a"\nname_en = "a"\ndated = "2026"', '[accountable]\nname = "x"'],
)
def test_a_broken_file_is_found_at_start(wrong: str, tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(wrong)
    with pytest.raises((LookupError, TypeError, ValueError)):
        papers.check(file)


ASKED = {
    "sv": (
        *("Vem kan läsa", "när jag säger till", "att det var jag", "Kan personalen läsa", "Hur länge sparas"),
        *("tar jag bort", "någon som jobbar här", "Vem ringer jag", "bara läsa nu"),
    ),
    "en": (
        *("Who can read this", "when I tell staff", "that it was me", "Can staff read", "How long is this kept"),
        *("How do I delete", "somebody who works here", "Whom do I call", "I can only read now"),
    ),
}


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_questions_are_two_steps_away_and_read_easily(lang: str, browser: Browsers) -> None:
    visitor = browser()
    visitor.post("/language", lang=lang)
    assert 'href="/about/questions"' in visitor.get("/about").text
    page = visitor.get("/about/questions")
    body = page.text[page.text.index("<h1") : page.text.index("</main>")]
    assert all(question in body for question in ASKED[lang])
    assert 'href="/help"' in body and visitor.get("/help").status_code == 200
    assert lix(" ".join(re.sub(r"<[^>]+>", " ", body).split())) <= 30


def lix(text: str) -> float:
    words = re.findall(r"\w+", text)
    sentences = len(re.findall(r"[.?:]", text)) or 1
    return len(words) / sentences + 100 * len([word for word in words if len(word) > 6]) / len(words)
