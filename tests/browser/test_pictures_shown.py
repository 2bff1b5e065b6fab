"""Pictures where people meet them: in a chat once everybody has said yes, small ones in lists, and as large as the
screen by finger and by keyboard."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.people import Pen, People
from tests.browser.test_pictures import GIVE, choose
from tests.pictures.corpus import drawn, encoded

MOVING = encoded(drawn(80, 60), "GIF", save_all=True, append_images=[drawn(80, 60).rotate(90)], duration=90)
PICTURES = [encoded(drawn(600 + nr, 400), "JPEG") for nr in range(3)]


def sent_in_chat(page: Page, chat: int, words: str, *contents: bytes) -> Locator:
    """A message with pictures, as it stands on the page of whoever sent it."""
    page.goto(f"/chat/{chat}")
    choose(page, *contents)
    expect(page.locator(".picture-choose [data-photo]")).to_have_count(len(contents))
    page.locator("#composer textarea").fill(words)
    page.locator("#reply-send").click()
    expect(page.locator(".picture-choose [data-photo]")).to_have_count(0)
    slot = page.locator(".slot[data-mine]").last
    expect(slot.locator(".picture-waits")).to_be_visible()
    return slot


def answered(page: Page, slot: Locator, count: int) -> list[str]:
    """Nobody is in them; the addresses of their pages."""
    url = page.url
    page.goto(slot.locator(".picture-waits a").get_attribute("href") or "")
    expect(page.locator("main article")).to_have_count(count)
    pages = [link.get_attribute("href") or "" for link in page.locator("main article .btn").all()]
    for nr, address in enumerate(pages):
        page.goto(address)
        page.locator("input[name='alt']").fill(f"Bild {nr + 1}")
        page.locator("input[name='who'][value='nobody']").check()
        page.locator("form[action$='/who'] .btn").click()
        expect(page.locator("main .note.good")).to_be_visible()
    page.goto(url)
    return pages


def test_sent_in_a_chat_and_seen_by_the_other_after_the_yes(people: People, pen: Callable[[str], Pen]) -> None:
    samir, isla = people.signed_in("samir"), people.signed_in("isla")
    chat = pen("sara").chat("Vardagsrummet", "Living room")
    words = f"Kolla vad fint det blev, {people.look}"
    isla.goto(f"/chat/{chat}")
    slot = sent_in_chat(samir, chat, words, *PICTURES[:2])
    there = isla.locator(".slot", has_text=words)
    expect(there).to_be_visible()
    expect(there.locator(".pictures, .picture-waits")).to_have_count(0)
    pages = answered(samir, slot, 2)
    host = pen("jonna")
    for address in pages:
        host.post(f"{address}/staff", said="confirm")
    expect(there.locator("[data-picture]")).to_have_count(2)
    assert violations(isla) == []
    there.locator("[data-picture]").nth(1).click()
    viewer = isla.locator("dialog.viewer")
    expect(viewer.locator("[data-part='place']")).to_have_text("2 av 2" if "sv" in people_language(isla) else "2 of 2")
    assert violations(isla) == []
    pen("samir").post(f"{pages[0]}/remove")
    expect(there.locator("[data-picture]")).to_have_count(1)
    expect(viewer).to_have_class("viewer alone")
    pen("samir").post(f"{pages[1]}/remove")
    expect(viewer).to_be_hidden()
    expect(there.locator("[data-picture]")).to_have_count(0)


def test_without_a_line_the_message_keeps_its_picture(people: People, pen: Callable[[str], Pen]) -> None:
    page, chat = people.signed_in("samir"), pen("sara").chat("Vardagsrummet", "Living room")
    people.guard(page).allow_broken_line()
    page.goto(f"/chat/{chat}")
    page.evaluate(GIVE, ["paste", list(encoded(drawn(90, 61), "PNG"))])
    expect(page.locator(".picture-choose [data-photo]")).to_have_count(1)
    page.context.set_offline(True)
    page.locator("#reply-send").click()
    outgoing = page.locator("#outbox .outgoing")
    expect(outgoing).to_have_count(1)
    expect(outgoing.locator(".bubble")).to_contain_text("1 bild" if people_language(page) == "sv" else "1 picture")
    page.context.set_offline(False)
    expect(outgoing).to_have_count(0, timeout=15000)
    expect(page.locator(".slot[data-mine]").last.locator(".picture-waits")).to_have_count(1)
    page.reload()
    expect(page.locator(".slot[data-mine]").last.locator(".picture-waits")).to_have_count(1)


def people_language(page: Page) -> str:
    return page.locator("html").get_attribute("lang") or ""


def standing_thread(people: People) -> Page:
    """The list with a post of four pictures, one of which moves, among those who work here."""
    page = people.signed_in("sara")
    page.goto("/write?space=personalrummet")
    choose(page, *PICTURES, MOVING)
    expect(page.locator(".picture-choose [data-photo]")).to_have_count(4)
    page.locator("textarea[name='text']").fill("Fyra bilder")
    page.locator("form.writing .send-row .btn").click()
    expect(page.locator("main article")).to_have_count(4)
    for address in [link.get_attribute("href") or "" for link in page.locator("main article .btn").all()]:
        page.goto(address)
        page.locator("input[name='alt']").fill("En bild")
        page.locator("input[name='who'][value='nobody']").check()
        page.locator("form[action$='/who'] .btn").click()
        expect(page.locator("main .note.good")).to_be_visible()
    page.goto("/c/personalrummet")
    return page


def test_small_ones_in_the_list_lead_to_the_post(people: People) -> None:
    page = standing_thread(people)
    thumbs = page.locator(".thumbs").first
    expect(thumbs.locator("img")).to_have_count(3)
    expect(thumbs.locator(".more")).to_have_text("+1")
    box, width = thumbs.bounding_box(), page.viewport_size
    assert box is not None and width is not None
    if width["width"] < 700:
        assert (box["x"], box["width"]) == (0, width["width"])
    assert violations(page) == []
    thumbs.click()
    expect(page.locator("[data-picture]")).to_have_count(4)


def test_as_large_as_the_screen_by_finger_and_by_keyboard(people: People) -> None:
    page = standing_thread(people)
    page.locator(".thumbs").first.click()
    first, moving = page.locator("[data-picture]").first, page.locator("[data-moving]").first
    before = page.url
    first.focus()
    page.keyboard.press("Enter")
    viewer = page.locator("dialog.viewer")
    place = viewer.locator("[data-part='place']")
    expect(viewer.locator("[data-part='close']")).to_be_focused()
    for key, number in (("ArrowRight", "2"), ("End", "4"), ("ArrowRight", "4"), ("Home", "1"), ("ArrowLeft", "1")):
        page.keyboard.press(key)
        expect(place).to_contain_text(f"{number} ")
    expect(viewer.locator("[data-part='alt']")).to_have_text("En bild")
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(first).to_be_focused()
    assert page.url == before

    first.click()
    swipe(page, -200)
    expect(place).to_contain_text("2 ")
    swipe(page, 200)
    expect(place).to_contain_text("1 ")
    swipe(page, 20)
    expect(place).to_contain_text("1 ")
    page.go_back()
    expect(viewer).to_be_hidden()
    assert page.url == before

    moving.click()
    expect(moving.locator("img.moving")).to_be_visible()
    moving.click()
    expect(moving.locator("img.moving")).to_have_count(0)
    page.locator("[data-large]").click()
    expect(place).to_contain_text("4 ")
    viewer.locator("[data-part='play']").click()
    expect(viewer.locator("img.moving")).to_be_visible()
    expect(viewer.locator("[data-part='play']")).to_have_attribute("aria-pressed", "true")
    viewer.locator("[data-part='play']").click()
    expect(viewer.locator("img.moving")).to_have_count(0)
    viewer.locator("[data-part='own']").click()
    expect(page.locator("main .photo-page")).to_be_visible()
    page.go_back()
    expect(viewer).to_be_hidden()
    assert page.url == before


def swipe(page: Page, far: int) -> None:
    """A finger goes over the picture."""
    page.evaluate(
        """(far) => {
          const stage = document.querySelector('.viewer-stage');
          const at = (name, x) => stage.querySelector('img').dispatchEvent(new PointerEvent(name, {
            bubbles: true, pointerId: 7, pointerType: 'touch', clientX: x, clientY: 300 }));
          at('pointerdown', 200); at('pointermove', 200 + far / 2); at('pointerup', 200 + far);
        }""",
        far,
    )


def test_without_the_script_a_picture_leads_to_its_own_page(people: People) -> None:
    page = standing_thread(people)
    thread = page.locator(".thumbs").first.get_attribute("href") or ""
    plain = people.signed_in("sara", javascript=False)
    plain.goto(thread)
    plain.locator("[data-picture]").first.click()
    expect(plain.locator("main .photo-page")).to_be_visible()
