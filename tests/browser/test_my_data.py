"""Somebody takes all her data along: the page shows by itself how far it is, and the file opens without a line."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import axe, layout
from tests.browser.looks import Look
from tests.browser.people import People
from tests.browser.sample import Sample


def downloaded(page: Page, folder: Path) -> Path:
    with page.expect_download() as told:
        page.locator("a[href$='/file']").click()
    target = folder / told.value.suggested_filename
    told.value.save_as(target)
    unpacked = folder / "unpacked"
    with zipfile.ZipFile(target) as file:
        file.extractall(unpacked)
    return unpacked


@pytest.mark.timeout(120)
def test_made_before_her_eyes_and_opened_without_a_line(
    people: People, look: Look, sample: Sample, browser: Browser, tmp_path: Path
) -> None:
    page = people.signed_in("tuva", own=True)
    page.goto("/me")
    page.get_by_role("link", name=look.say("All my data")).click()
    page.get_by_text("English" if look.lang == "en" else "Svenska", exact=True).first.click()
    page.get_by_role("button", name=look.say("Make my file")).click()
    expect(page.locator("progress")).to_be_visible()
    expect(page.get_by_role("heading", name=look.say("Your file is ready"))).to_be_visible(timeout=90_000)
    folder = downloaded(page, tmp_path)
    data = json.loads((folder / "data.json").read_text())
    pages = sorted(one.name for one in folder.glob("*.html"))
    assert {"index.html", "me.html", "messages.html", "missing.html", "keys.html"} <= set(pages)

    context = browser.new_context(offline=True, java_script_enabled=False, viewport={"width": 320, "height": 640})
    outside: list[str] = []
    context.on("request", lambda request: outside.append(request.url))
    reader = context.new_page()
    for name in pages:
        reader.goto((folder / name).as_uri())
        expect(reader.locator("h1")).to_have_count(1)
        assert reader.locator("html").get_attribute("lang") == look.lang
        for link in reader.locator("a[href]").all():
            where = (link.get_attribute("href") or "").partition("#")[0]
            assert not where or (folder / where).is_file(), where
    assert [url for url in outside if not url.startswith("file://")] == []
    reader.goto((folder / "me.html").as_uri())
    expect(reader.locator("main")).to_contain_text(data["tables"]["member"][0]["sign_in_name"])
    reader.goto((folder / "writing.html").as_uri())
    for row in data["tables"]["piece"][:50]:
        expect(reader.locator("main")).to_contain_text(row["text"].split("\n")[0])
    context.close()


def test_its_pages_are_for_everybody(people: People, look: Look, browser: Browser, tmp_path: Path) -> None:
    """Phone and desk, light and dark: readable, nothing runs out of the page, nothing an aid stumbles over."""
    page = people.signed_in("amina", own=True)
    page.goto("/me/data")
    page.get_by_role("button", name=look.say("Make my file")).click()
    expect(page.locator("a[href$='/file']")).to_be_visible(timeout=90_000)
    folder = downloaded(page, tmp_path)
    for width, colours in ((320, "light"), (1280, "dark")):
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=colours,
            bypass_csp=True,  # type: ignore[arg-type]
        )
        reader = context.new_page()
        for name in ("index", "writing", "messages", "missing", "keys"):
            reader.goto((folder / f"{name}.html").as_uri())
            wide = reader.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, (name, wide)
            assert axe.violations(reader) == [], name
            assert layout.outside(reader) == [], name
        context.close()


def test_without_javascript_and_the_password_asked_again(people: People, look: Look, tmp_path: Path) -> None:
    page = people.signed_in("yusuf", own=True, javascript=False)
    page.goto("/me/data")
    page.get_by_role("button", name=look.say("Make my file")).click()
    expect(page.get_by_role("heading", name=look.say("Your file is being made"))).to_be_visible()
    expect(page.get_by_role("heading", name=look.say("Your file is ready"))).to_be_visible(timeout=90_000)
    assert (downloaded(page, tmp_path) / "index.html").is_file()
    page.get_by_role("button", name=look.say("Delete it now")).click()
    expect(page.locator("#my-data")).to_contain_text(
        look.say("Your file is gone. Make a new one as often as you like.")
    )
