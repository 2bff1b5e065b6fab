"""Reading while others write: nothing moves, what is new is marked, and what was typed is kept."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.looks import Look
from tests.browser.people import Pen, People, token_in
from tests.browser.sample import Sample
from tests.browser.thread_page import field, go_live, same_as_fresh, slot

Writers = Callable[[str], Pen]
_IN_SIGHT = """() => {
  const bar = document.querySelector('.topbar').getBoundingClientRect().bottom;
  const first = [...document.querySelectorAll('.slot')].find((slot) => slot.getBoundingClientRect().bottom > bar);
  return { piece: first.dataset.piece, top: first.getBoundingClientRect().top };
}"""


def a_long_thread(pen: Writers, look: Look, count: int = 24) -> tuple[int, list[int]]:
    thread = pen("tuva").write(f"Vad hände i helgen? {look}")
    rows = "\n\n".join(["En rad till, så att det blir lite att läsa."] * 3)
    return thread, [pen(("samir", "johanna")[n % 2]).reply(thread, f"Nummer {n}\n\n{rows}") for n in range(count)]


def test_nothing_moves_and_a_button_says_what_came(people: People, look: Look, pen: Writers) -> None:
    thread, known = a_long_thread(pen, look)
    page, second = people.signed_in("elias"), people.signed_in("amina")
    go_live(page, f"/t/{thread}")
    go_live(second, f"/t/{thread}")
    second.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    slot(page, known[10]).scroll_into_view_if_needed()
    page.evaluate("() => scrollBy(0, 40)")
    before = page.evaluate(_IN_SIGHT)

    first = pen("tuva").reply(thread, "Ny längst ner")
    pen("samir").edit(known[0], "Mycket kortare nu")  # above what is read
    pen("johanna").take_back(known[3])
    last = pen("tuva").reply(thread, "Och en till")
    fresh = page.locator("#fresh")
    expect(fresh).to_have_text(look.say("{n} new replies").replace("{n}", "2"), timeout=3000)
    expect(slot(page, known[0]).locator(".bodybox")).to_have_text("Mycket kortare nu")
    expect(slot(page, known[3])).to_contain_text(look.say("The author took this back."))
    expect(page.locator("#say")).to_have_text(look.say("{n} new replies").replace("{n}", "2"))
    after = page.evaluate(_IN_SIGHT)
    assert after["piece"] == before["piece"] and abs(after["top"] - before["top"]) <= 2

    fresh.click()
    expect(slot(page, first)).to_be_in_viewport()
    expect(slot(page, first)).to_be_focused()
    expect(fresh).to_be_hidden()
    expect(slot(second, last)).to_be_attached()  # who is at the end just reads on
    expect(second.locator("#fresh")).to_be_hidden()
    same_as_fresh(page)


def test_the_feed_waits_behind_a_button_too(people: People, look: Look, pen: Writers) -> None:
    page = people.signed_in("elias")
    go_live(page, "/")
    page.evaluate("() => scrollTo(0, 300)")
    articles = page.locator("#feed article")
    before = articles.nth(4).bounding_box()
    words = f"En nyhet för {look}"
    pen("tuva").write(words)
    fresh = page.locator("#fresh")
    expect(fresh).to_have_text(look.say("1 new post"), timeout=3000)
    after = articles.nth(4).bounding_box()
    assert before and after and abs(before["y"] - after["y"]) <= 2
    fresh.click()
    expect(articles.first).to_contain_text(words)
    expect(articles.first).to_be_in_viewport()
    numbers = [article.get_attribute("data-thread") for article in articles.all()]
    assert len(numbers) == len(set(numbers))


def read_to_the_end(page: Page, piece: int) -> None:
    """Two seconds in sight are what counts as read."""
    with page.expect_response("**/read"):
        slot(page, piece).scroll_into_view_if_needed()
        page.evaluate("() => scrollTo(0, document.body.scrollHeight)")


def test_what_is_new_since_the_last_visit(people: People, look: Look, pen: Writers, sample: Sample) -> None:
    name = sample.newcomer("Kim", look.lang)
    thread, known = a_long_thread(pen, look, 3)
    page = people.signed_in(name)
    go_live(page, f"/t/{thread}")
    expect(page.locator(".new-mark")).to_have_count(0)  # at the first visit everything is new, so nothing is
    read_to_the_end(page, known[-1])
    page.goto("/")
    item = page.locator(f'#feed article[data-thread="{thread}"]')
    expect(item.locator(".fresh")).to_have_count(0)

    new = [pen("tuva").reply(thread, "Först efter besöket"), pen("samir").reply(thread, "Sen den här")]
    page.goto("/")
    expect(item.locator(".fresh")).to_have_text(look.many("%(num)s new", "%(num)s new", 2))
    page.goto(f"/t/{thread}")
    mark = page.locator(".new-mark")
    one = "%(num)s new since your last visit"
    expect(mark).to_have_text(look.many(one, one, 2))
    place = "(mark) => [mark.previousElementSibling.dataset.piece, mark.nextElementSibling.dataset.piece]"
    assert mark.evaluate(place) == [str(known[-1]), str(new[0])]
    page.get_by_role("link", name=look.many("%(num)s new", "%(num)s new", 2)).click()
    expect(mark).to_be_in_viewport()
    read_to_the_end(page, new[-1])
    page.goto(f"/t/{thread}")
    expect(mark).to_have_count(0)


def test_two_devices_and_two_tabs_agree_on_what_is_read(
    people: People, look: Look, pen: Writers, sample: Sample
) -> None:
    name = sample.newcomer("Ida", look.lang)
    thread, known = a_long_thread(pen, look, 8)
    other = pen("tuva").write(f"Något annat {look}")
    phone = people.signed_in(name, own=True)
    pen_of = phone.context.request
    with phone.expect_response("**/read"):
        phone.goto(f"/t/{thread}")
    pen_of.post(f"/streams/{thread}/read", form={"csrf_token": token_in(pen_of.get("/me")), "nr": str(len(known) + 1)})
    new = [pen("tuva").reply(thread, "Först efter besöket"), pen("samir").reply(thread, "Sen den här")]
    desk, tab = people.signed_in(name, own=True), phone.context.new_page()
    go_live(desk, "/")
    mark = desk.locator(f'#feed article[data-thread="{thread}"] .fresh')
    expect(mark).to_have_text(look.many("%(num)s new", "%(num)s new", 2))
    go_live(tab, f"/t/{thread}")
    chip = tab.locator(".to-new")
    expect(chip).to_be_visible()
    desk.evaluate("() => scrollTo(0, 240)")
    item = desk.locator(f'#feed article[data-thread="{other}"]')
    before = item.bounding_box()

    go_live(phone, f"/t/{thread}")
    read_to_the_end(phone, new[-1])
    expect(mark).to_have_count(0, timeout=3000)
    after = item.bounding_box()
    assert before and after and abs(before["y"] - after["y"]) <= 2
    expect(item.locator(".fresh")).to_have_text(look.say("new"))  # only what was read
    expect(chip).to_be_hidden()
    expect(tab.locator(".new-mark")).to_be_attached()  # what stands on a page stays
    tab.reload()
    expect(tab.locator(".new-mark")).to_have_count(0)

    late = pen("tuva").reply(thread, "Medan skärmen sov")
    go_live(desk, "/")
    expect(mark).to_have_text(look.many("%(num)s new", "%(num)s new", 1))
    people.guard(desk).allow_broken_line()
    desk.context.set_offline(True)  # asleep: nothing comes in
    with phone.expect_response("**/read"):
        slot(phone, late).scroll_into_view_if_needed()
    desk.wait_for_timeout(600)
    expect(mark).to_be_visible()
    desk.context.set_offline(False)
    desk.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(mark).to_have_count(0, timeout=3000)


def test_a_draft_survives_reload_sign_out_and_another_device(
    people: People, look: Look, pen: Writers, sample: Sample
) -> None:
    name = sample.newcomer("Lo", look.lang)
    thread, _known = a_long_thread(pen, look, 1)
    page = people.signed_in(name, own=True)
    page.goto(f"/t/{thread}")
    with page.expect_response("**/drafts", timeout=2500):
        field(page).fill("Nästan klar med det här")
    expect(page.locator("#composer .saved")).to_have_text(look.say("Saved just now"))
    page.reload()
    expect(field(page)).to_have_value("Nästan klar med det här")
    expect(page.locator("#composer .saved")).to_have_text(look.say("Your draft is still here"))

    field(page).fill("Nästan klar, och lite till")
    page.goto("/me")  # at once: kept on the way out
    page.goto(f"/t/{thread}")
    expect(field(page)).to_have_value("Nästan klar, och lite till")
    page.goto("/me")
    page.get_by_role("button", name=look.say("Sign out")).click()
    page.wait_for_url("**/login*")
    other = people.signed_in(name, own=True)
    other.goto(f"/t/{thread}")
    expect(field(other)).to_have_value("Nästan klar, och lite till")
    other.locator("#reply-send").click()
    expect(other.locator(".slot[data-mine]", has_text="och lite till")).to_have_count(1)
    other.reload()
    expect(field(other)).to_have_value("")


def test_words_that_arrive_after_their_writer_are_not_lost(
    people: People, look: Look, pen: Writers, sample: Sample
) -> None:
    """On a slow line she may be back on the page before what she typed last is kept; where she has typed on, nothing
    changes under her hands."""
    name = sample.newcomer("Bo", look.lang)
    thread, _known = a_long_thread(pen, look, 1)
    page = people.signed_in(name, own=True)
    page.goto(f"/t/{thread}")
    with page.expect_response("**/drafts"):
        field(page).fill("Det här är kvar")
    page.evaluate(
        "(place) => sessionStorage.setItem('hearth:left', JSON.stringify({ [place]: Date.now() }))", f"reply:{thread}"
    )
    page.reload()
    expect(field(page)).to_have_value("Det här är kvar")
    own = page.context.request
    late = {"place": f"reply:{thread}", "csrf_token": token_in(own.get("/me"))}
    own.post("/drafts", form={**late, "fields": '{"text": "Det här är kvar, och det här kom sent"}'})
    expect(field(page)).to_have_value("Det här är kvar, och det här kom sent")
    field(page).fill("Jag skriver vidare")
    own.post("/drafts", form={**late, "fields": '{"text": "Något annat"}'})
    page.wait_for_timeout(4000)
    expect(field(page)).to_have_value("Jag skriver vidare")


def test_the_language_changes_and_the_draft_stays(people: People, look: Look, sample: Sample) -> None:
    page = people.signed_in(sample.newcomer("Mio", look.lang))
    page.goto("/write")
    with page.expect_response("**/drafts"):
        page.locator("[name=text]").fill("Ord på två språk")
    page.goto("/me")
    other = {"sv": "English", "en": "Svenska"}[look.lang]
    page.get_by_role("button", name=other).click()
    expect(page.locator("html")).not_to_have_attribute("lang", look.lang)
    page.goto("/write")
    expect(page.locator("[name=text]")).to_have_value("Ord på två språk")


_TRANSLATE = """(piece) => {
  const words = document.querySelector(`.slot[data-piece="${piece}"] .prose p`).firstChild;
  const font = document.createElement('font');
  font.append('Translated by the browser');
  words.replaceWith(font);
}"""


def test_the_browsers_own_translation_survives_what_comes(people: People, look: Look, pen: Writers) -> None:
    """Chromium's translation stands in the words as <font>; a reaction to the piece leaves it, an edit does not."""
    thread = pen("tuva").write(f"Översätt mig {look}")
    known = pen("samir").reply(thread, "Det här läser hon översatt")
    page = people.signed_in("elias")
    go_live(page, f"/t/{thread}")
    page.evaluate(_TRANSLATE, known)
    pen("tuva").react(known, "heart")
    expect(slot(page, known).locator('[data-kind="heart"]')).to_be_attached(timeout=3000)
    expect(slot(page, known).locator(".prose")).to_have_text("Translated by the browser")
    pen("samir").edit(known, "Nu står det något annat")
    expect(slot(page, known).locator(".prose")).to_have_text("Nu står det något annat")
