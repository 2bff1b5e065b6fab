"""`/design` shows every component: a part or a class that is nowhere on it has never been drawn in its states."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from community.streams import showing
from tests.client import Browser

ROOT = Path(__file__).resolve().parents[2]
COMPONENTS = (
    "button",
    "chip",
    "form",
    "card",
    "avatar",
    "person",
    "people",
    "reactions",
    "menu",
    "piece",
    "composer",
    "live",
    "rota",
    "review",
    "tell",
    "concern",
    "openness",
    "publishing",
    "chat",
    "here",
    "move",
)
# The third column, where live things land on a real page, and what stands on <html>.
ELSEWHERE = {
    "side",
    "arrived",
    "top",
    "text-larger",
    "text-largest",
    "calm",
    "saver",
    "can-listen",
    "can-mark",
    "in-chat",
    "topbar",
    "topbar-in",
}
ELSEWHERE |= {"brand", "working", "shell", "page", "tabbar", "tapped"}


def classes_of(component: str) -> set[str]:
    css = (ROOT / "static" / "src" / "css" / f"{component}.css").read_text()
    selectors = re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", css, flags=re.DOTALL)
    return set(re.findall(r"\.([a-z][a-z0-9-]*)", selectors))


def test_every_part_is_on_the_page(app: Flask, browser: Callable[..., Browser]) -> None:
    app.jinja_env.cache.clear()  # type: ignore[union-attr]
    app.extensions.pop(showing.KEPT, None)  # what an earlier test has shown is rendered anew too
    loaded: set[str] = set()
    source = app.jinja_env.loader.get_source  # type: ignore[union-attr]

    def noting(environment: object, template: str) -> object:
        loaded.add(template)
        return source(environment, template)  # type: ignore[arg-type]

    app.jinja_env.loader.get_source = noting  # type: ignore[union-attr,assignment]
    try:
        assert browser().get("/design").status_code == 200
    finally:
        app.jinja_env.loader.get_source = source  # type: ignore[union-attr,method-assign]
    parts = {f"parts/{file.name}" for file in (ROOT / "templates" / "parts").glob("*.html")}
    assert parts - loaded == set()


@pytest.mark.parametrize("component", COMPONENTS)
def test_every_class_of_a_component_is_on_the_page(component: str, browser: Callable[..., Browser]) -> None:
    page = browser().get("/design").text
    shown = {name for classes in re.findall(r'class="([^"]*)"', page) for name in classes.split()}
    missing = classes_of(component) - shown - ELSEWHERE
    assert missing == set()


def test_it_speaks_both_languages_and_asks_no_database(browser: Callable[..., Browser]) -> None:
    page = browser()
    assert "Skriv något" in page.get("/design?lang=sv").text
    assert "Write something" in page.get("/design?lang=en").text


def test_it_is_not_there_in_production(app: Flask) -> None:
    settings = dataclasses.replace(app.config["SETTINGS"], environment="production")
    try:
        app.config["SETTINGS"], before = settings, app.config["SETTINGS"]
        assert Browser(app).get("/design").status_code == 404
    finally:
        app.config["SETTINGS"] = before
