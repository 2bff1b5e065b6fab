"""Pictures in a browser: chosen, pasted, dropped, put in order, kept over a broken line, and asked about."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.people import Pen, People
from tests.pictures.corpus import drawn, encoded

SMALL = encoded(drawn(90, 60), "PNG")
GIVE = """([kind, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], 'bild.png', { type: 'image/png' }));
  const how = { bubbles: true, cancelable: true };
  const event = kind === 'paste' ? new ClipboardEvent('paste', { ...how, clipboardData: data })
    : new DragEvent('drop', { ...how, dataTransfer: data });
  document.querySelector('textarea[name="text"]').dispatchEvent(event);
}"""


@pytest.fixture(autouse=True)
def nothing_begun(pen: Callable[[str], Pen]) -> None:
    """Pictures chosen before and never sent are in her draft."""
    pen("samir").post("/drafts", place="new", fields="{}")


def choose(page: Page, *contents: bytes) -> None:
    files = [{"name": f"{nr}.png", "mimeType": "image/png", "buffer": content} for nr, content in enumerate(contents)]
    page.locator("input[name='pictures']").set_input_files(files)  # type: ignore[arg-type]


def test_chosen_pasted_dropped_and_in_order(people: People) -> None:
    page = people.signed_in("samir")
    page.goto("/write")
    chosen = page.locator(".picture-choose [data-photo]")
    choose(page, SMALL)
    expect(chosen).to_have_count(1)
    for nr, kind in enumerate(("paste", "drop"), 2):
        page.evaluate(GIVE, [kind, list(encoded(drawn(60 + nr, 60), "PNG"))])
        expect(chosen).to_have_count(nr)
    expect(page.locator("form.writing .answer")).to_have_count(0)
    before = page.locator("input[name='photos']").input_value().split(",")
    chosen.nth(2).locator("button").first.click()
    chosen.nth(0).locator("button").last.click()
    assert page.locator("input[name='photos']").input_value().split(",") == [before[2], before[1]]
    page.locator("textarea[name='text']").fill("Tre bilder, och två av dem")
    page.locator("form.writing .send-row .btn").click()
    expect(page.locator("main article")).to_have_count(2)


def test_a_line_that_breaks_keeps_the_picture_once(people: People) -> None:
    page, tries = people.signed_in("samir"), []
    page.goto("/write")

    def cut_once(route: Route) -> None:
        tries.append(1)
        if len(tries) == 1:
            route.fetch()  # it arrives, and the answer is lost
            route.abort()
        else:
            route.continue_()

    people.guard(page).allow_broken_line()
    page.route("**/photos", cut_once)
    choose(page, SMALL)
    expect(page.locator(".picture-choose [data-photo]")).to_have_count(1, timeout=15000)
    assert len(tries) == 2


def test_what_is_no_picture_is_said_beside_the_words(people: People) -> None:
    page = people.signed_in("samir")
    people.guard(page).expect(422)
    page.goto("/write")
    page.locator("textarea[name='text']").fill("Mina ord står kvar")
    choose(page, b"<svg onload=alert(1)>")
    expect(page.locator(".picture-choose .answer")).to_be_visible()
    expect(page.locator("textarea[name='text']")).to_have_value("Mina ord står kvar")
    expect(page.locator(".picture-choose [data-photo]")).to_have_count(0)
