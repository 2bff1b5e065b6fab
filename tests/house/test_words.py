"""Both languages are complete, and every colour can be read on its ground."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from community.spaces.models import COLOURS as SPACE_COLOURS
from tests.words import CATALOGUE, without_swedish

ROOT = Path(__file__).parents[2]
TOKENS = (ROOT / "static/src/css/tokens.css").read_text()


def test_every_sentence_has_its_swedish() -> None:
    assert without_swedish() == []


def test_the_catalogue_holds_every_sentence_of_the_code(tmp_path: Path) -> None:
    found = tmp_path / "messages.pot"
    mapping = ROOT / "community/translations/babel.cfg"
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", str(mapping)]
    command += ["-k", "_l", "-k", "lazy", "-k", "_", "-o", str(found), "."]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with found.open("rb") as file:
        wanted = {message.id for message in read_po(file) if message.id}
    with CATALOGUE.open("rb") as file:
        known = {message.id for message in read_po(file, locale="sv") if message.id}
    assert len(wanted) > 150
    assert wanted - known == set()


def _set(selector: str) -> dict[str, str]:
    block = re.search(re.escape(selector) + r"\s*\{(.*?)\n\}", TOKENS, re.DOTALL)
    assert block
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block[1]))


LIGHT = _set(":root")
THEMES = {"light": LIGHT, "dark": LIGHT | _set(':root[data-theme="dark"]')}

GROUNDS = ("paper", "card", "sunk")
TEXT = [
    *(
        (ink, ground)
        for ink in ("ink", "ink-2", "pine", "ember", "honey", "danger", "sky", "plum")
        for ground in GROUNDS[:2]
    ),
    ("ink", "sunk"),
    ("ink-2", "sunk"),
    *((f"{name}-ink", name) for name in ("pine", "ember", "danger")),
    *((name, f"{name}-soft") for name in ("ember", "honey", "sky", "plum", "danger")),
    ("pine-deep", "pine-soft"),
    *(("ink", f"{name}-soft") for name in ("pine", "ember", "honey", "sky", "plum", "danger")),
    *((f"avatar-{key}-ink", f"avatar-{key}") for key in "abcdef"),
]
SHAPES = [
    *((line, ground) for line in ("line-strong", "focus") for ground in GROUNDS),
    *((f"space-{name}", "card") for name in SPACE_COLOURS),
    *((f"space-{name}", "paper") for name in SPACE_COLOURS),
]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (SHAPES, 3.0)], ids=["text", "shapes"])
def test_every_colour_can_be_seen_on_its_ground(theme: str, pairs: list[tuple[str, str]], least: float) -> None:
    colours = THEMES[theme]
    found = {pair: _contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    assert {pair: round(ratio, 2) for pair, ratio in found.items() if ratio < least} == {}


def test_dark_has_a_colour_for_every_light_one_that_it_needs() -> None:
    assert set(_set(':root[data-theme="dark"]')) == set(LIGHT)


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
