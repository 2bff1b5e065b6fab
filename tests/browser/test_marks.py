"""Writing with a toolbar, pasting, and quoting what one has chosen: what only a browser can show."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.looks import Look
from tests.browser.people import Pen, People
from tests.browser.thread_page import field, go_live, open_more, slot

_PASTE = """([kind, words]) => {
  const data = new DataTransfer();
  if (kind === 'file') data.items.add(new File([words], 'bild.png', { type: 'image/png' }));
  else data.setData(kind, words);
  document.activeElement.dispatchEvent(
    new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}"""
_CHOOSE = """(slot, words) => {
  const text = slot.querySelector('.piece .prose p').firstChild, range = document.createRange();
  range.setStart(text, text.data.indexOf(words));
  range.setEnd(text, text.data.indexOf(words) + words.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""
FROM_A_PAGE = (
    '<meta charset="utf-8"><style>p{color:red}</style><div><h2>Kaka</h2><p>En <b>stor</b> <i>sats </i>med '
    '<a href="https://exempel.se/a(b)">recept</a> och <a href="javascript:alert(1)">inget</a>.</p>'
    "<ul><li>mjöl<ol><li>vete</li><li>råg</li></ol></li><li><strong>socker</strong></li></ul>"
    '<blockquote><p>Rör om.</p><p>Vänta.</p></blockquote><b style="font-weight:normal">Klart<br>nu</b>'
    '<img src="x" onerror="document.title=1"><script>document.title = 2</script></div>'
)
AS_TYPED = (
    "Kaka\n\nEn **stor** *sats* med [recept](https://exempel.se/a%28b%29) och inget.\n\n"
    "- mjöl\n  1. vete\n  2. råg\n- **socker**\n\n> Rör om.\n>\n> Vänta.\n\nKlart\nnu"
)


def choose(box: Locator, words: str) -> None:
    box.evaluate(
        "(field, words) => { field.focus(); const at = field.value.indexOf(words);"
        " field.setSelectionRange(at, at + words.length); }",
        words,
    )


def test_the_toolbar_writes_what_one_could_have_typed(people: People, look: Look) -> None:
    page = people.signed_in("isla")
    page.goto("/write")
    box, bar = page.locator("[name=text]"), page.get_by_role("toolbar", name=look.say("How the text looks"))
    expect(page.locator(".by-hand")).to_be_hidden()
    assert all(size["width"] >= 44 <= size["height"] for size in map(Locator.bounding_box, bar.locator("button").all()))
    box.fill("ett ord\ntvå ord\nslut")
    choose(box, "ett ")
    bar.get_by_role("button", name=look.say("Bold")).click()
    expect(box).to_have_value("**ett** ord\ntvå ord\nslut")
    expect(box).to_be_focused()
    bar.get_by_role("button", name=look.say("Italic")).click()
    expect(box).to_have_value("***ett*** ord\ntvå ord\nslut")
    page.keyboard.press("Control+b")
    expect(box).to_have_value("*ett* ord\ntvå ord\nslut")
    page.keyboard.press("Control+z")
    expect(box).to_have_value("***ett*** ord\ntvå ord\nslut")
    choose(box, "ord\ntvå")
    bar.get_by_role("button", name=look.say("List")).click()
    expect(box).to_have_value("- ***ett*** ord\n- två ord\n\nslut")
    choose(box, "slut")
    page.keyboard.press("Tab")  # one stop for all five
    for key, name in (("End", "Link"), ("ArrowRight", "Bold"), ("ArrowLeft", "Link"), ("ArrowLeft", "Quotation")):
        page.keyboard.press(key)
        expect(bar.get_by_role("button", name=look.say(name))).to_be_focused()
    page.keyboard.press("Enter")
    expect(box).to_have_value("- ***ett*** ord\n- två ord\n\n> slut")
    choose(box, "två")
    page.keyboard.press("Control+k")
    page.keyboard.type("https://exempel.se")
    expect(box).to_have_value("- ***ett*** ord\n- [två](https://exempel.se) ord\n\n> slut")
    people.guard(page).expect(422)  # a file that is no picture, pasted
    _pasting(page, box)


def _pasting(page: Page, box: Locator) -> None:
    box.fill("")
    page.evaluate(_PASTE, ["text/html", FROM_A_PAGE])
    expect(box).to_have_value(AS_TYPED)
    page.evaluate(_PASTE, ["file", "x"])
    expect(page.locator("form.writing .answer")).to_be_visible()
    expect(box).to_have_value(AS_TYPED)
    box.fill("å" * 9_950)
    expect(page.locator(".count")).to_contain_text("50")
    box.fill("å" * 10_007)
    expect(page.locator(".count.over")).to_contain_text("7")
    box.fill("")
    page.wait_for_timeout(50)


def test_a_fold_stays_open_and_a_quote_follows_its_source(
    people: People, look: Look, pen: Callable[[str], Pen]
) -> None:
    thread = pen("tuva").write(f"Öppningen ({look})")
    noted = pen("amina").reply(thread, f"Det som viks ihop ({look})", note="om det svåra")
    page = people.signed_in("samir")
    go_live(page, f"/t/{thread}")
    fold = slot(page, noted).locator(".folded")
    expect(fold.locator(".prose")).to_be_hidden()
    fold.locator("summary").click()
    pen("amina").edit(noted, "Det som viks ihop, ändrat", note="om det svåra")
    expect(fold.locator(".prose")).to_have_text("Det som viks ihop, ändrat")
    expect(fold.locator(".prose")).to_be_visible()
    source = pen("tuva").reply(thread, "De här orden väljer jag ut, resten inte.")
    expect(slot(page, source)).to_be_visible()
    slot(page, source).evaluate(_CHOOSE, "orden väljer jag")
    page.locator("#quote-it").click()
    expect(page.locator(".quoting blockquote")).to_have_text("orden väljer jag")
    expect(field(page)).to_be_focused()
    page.keyboard.type("just de")
    page.locator("#reply-send").click()
    quoted = page.locator(".pieces .slot", has_text="just de").locator(".quoted blockquote")
    expect(quoted).to_have_text("… orden väljer jag …")
    expect(page.locator(".quoting")).to_be_hidden()
    pen("tuva").take_back(source)
    expect(page.locator(".pieces .slot", has_text="just de").locator(".quoted")).to_have_text(
        look.say("A reply that is gone")
    )
    open_more(page, noted).locator("a[data-quote]").click()
    expect(page.locator(".quoting blockquote")).to_contain_text("om det svåra")
    page.locator(".unquote").click()
    expect(page.locator(".quoting")).to_be_hidden()
    expect(page.locator("[name=quote]")).to_have_value("")
