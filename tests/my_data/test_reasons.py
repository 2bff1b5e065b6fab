"""How long each chapter stays is what the table says that enforces it; why something is not in the file is said in the
reader's language, beside a key that stays the same."""

from __future__ import annotations

import html

import pytest
from flask import Flask

from community.core.i18n import in_language
from community.lifecycle import keeping
from community.lifecycle.keeping import CLASSES, Passing
from community.my_data import reasons
from community.my_data.chapters import CHAPTERS
from community.my_data.tables import TABLES
from tests.my_data.taking import taken
from tests.world import World

KEYS = {
    *("secret", "derived", "sides", "colleagues", "told", "others", "about_you", "house", "work", "machine", "sealed"),
    *("chain", "lists", "remembered", "apart", "place", "birthday", "events", "nobodys", "present", "readers"),
    "unmasked",
}
"""Programs of members know these: a key is added, never changed."""


def expected(tables: set[str]) -> list[tuple[str, str]]:
    """Straight from the classes, without the function the file uses."""
    there = [one for one in CLASSES if tables & {*one.tables, *(one.beside if isinstance(one, Passing) else ())}]
    return [(str(one.what), str(one.words)) for one in there]


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_chapter_says_how_long_as_the_table_does_that_enforces_it(app: Flask, world: World, lang: str) -> None:
    file = taken(app, world, "amina", lang)
    for chapter in CHAPTERS:
        page = html.unescape(file.files.get(f"{chapter.key}.html", ""))
        if not page:
            assert chapter.at_work
            continue
        with app.app_context(), in_language(lang):
            wanted = expected(set(chapter.tables))
        assert wanted, chapter.key
        begins = page.index('<dl class="about">')
        said = page[begins : page.index("</dl>", begins)]
        assert said.count("<p>") == len(wanted)
        for what, words in wanted:
            assert f"<p>{what} – {words}</p>" in said, chapter.key


def test_every_table_of_a_chapter_is_kept_in_some_class() -> None:
    classed = {table for kept in CLASSES for table in kept.tables}
    assert {table for chapter in CHAPTERS for table in chapter.tables} <= classed


def test_a_changed_number_is_a_changed_sentence(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    notices = next(kept for kept in CLASSES if kept.key == "notices")
    with app.app_context(), in_language("en"):
        assert "90 days" in str(keeping.said_of(["notice"])[0]["who"])
        monkeypatch.setattr(keeping, "CLASSES", (Passing(notices.key, "x", (), "7 days", lambda _: 0, ("notice",)),))
        assert keeping.said_of(["notice"]) == [{"what": "x", "who": "7 days"}]


def test_why_is_said_in_the_readers_language_beside_a_stable_key(app: Flask, world: World) -> None:
    swedish, english = (taken(app, world, "amina", lang).data["about"] for lang in ("sv", "en"))
    assert set(swedish["reasons"]) == set(english["reasons"]) == KEYS
    assert [key for key in KEYS if swedish["reasons"][key] == english["reasons"][key]] == []
    assert swedish["not_given"] == english["not_given"] and swedish["left_out"] == english["left_out"]
    given = set(english["not_given"].values())
    given |= {why for columns in english["left_out"].values() for why in columns.values()}
    assert given <= KEYS
    assert english["not_given"]["separation"] == "apart"
    assert english["left_out"]["member"]["password_hash"] == "secret"


def test_no_reason_is_there_for_nothing() -> None:
    used = {kept.why for kept in TABLES.values() if kept.why}
    used |= {why for kept in TABLES.values() for why in (*kept.leaves.values(), *kept.apart.values())}
    assert used == set(reasons.ALL)
    assert len({one.key for one in reasons.ALL}) == len(reasons.ALL) == len(KEYS)
