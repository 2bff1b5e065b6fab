"""Three people over a week, from Monday to Sunday, the clock moved from day to day: who lives here reads Swedish, who
has moved out reads English, and somebody works here. Each day it is asked what each sees, and what she does not."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.people import token_in
from tests.browser.thread_page import field, go_live, open_more, send, slot
from tests.browser.week import Week, many_sv, path_in, sv, words_in
from tests.live.house import eventually

pytestmark = pytest.mark.timeout(240)

ASKED = "Hur säger man till hyresvärden att man inte har råd den här månaden?"
HELPED = "Ring innan räkningen är sen, inte efter."


def item(page: Page, thread: int) -> Locator:
    """A thread in a list."""
    return page.locator(f"#feed article[data-thread='{thread}']")


def piece_in(page: Page, words: str) -> int:
    return int(page.locator("#stream .pieces .slot", has_text=words).get_attribute("data-piece") or 0)


def bell(page: Page) -> Locator:
    return page.locator("[data-notices]:visible")


def read_to_the_end(page: Page, thread: int) -> None:
    """She reads on to the last reply: two seconds in sight are what counts."""
    last = page.locator("#stream .pieces .slot").last
    last.scroll_into_view_if_needed()
    page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    nr = int(last.get_attribute("data-nr") or 0)
    here = f"/streams/{thread}/since?after=0"
    eventually(lambda: (page.request.get(here).json()["mine"]["read_nr"] or 0) >= nr, what="reading")


def test_three_people_over_a_week(week: Week) -> None:
    week.turn_to("monday", "16:00")
    tuva, callum = week.comes("tuva", keep=True), week.comes("callum", keep=True)
    for page in (tuva, callum):  # what the demo told them before
        page.goto("/notifications")
        page.locator("#all-read").click()
        expect(page.locator("#notice-list > li.new")).to_have_count(0)
    thread = monday_somebody_asks_without_her_name(week, tuva, callum)
    callums = tuesday_she_is_answered(week, tuva, callum, thread)
    wednesday_what_helped_and_what_is_kept(week, tuva, callum, thread, callums)
    water = thursday_a_pin_and_a_letter(week, tuva, callum, thread)
    tuva = friday_a_draft_and_a_block(week, tuva, thread, water)
    saturday_others_write(week, tuva, callum, thread, water)
    sunday_back_where_one_stopped(week, tuva, callum, thread)


def monday_somebody_asks_without_her_name(week: Week, tuva: Page, callum: Page) -> int:
    """Tuva gives the house an address for letters, and asks without her name: it comes at a minute by chance."""
    asks = tuva.context.request
    asks.post("/me/email", form={"csrf_token": token_in(asks.get("/me/way-back")), "address": "tuva@example.com"})
    week.command("jobs", "run")
    tuva.goto(path_in(week.letter(1), "/email/"))
    tuva.get_by_role("button", name=sv("Yes, it is mine")).click()
    tuva.goto("/me/notifications")
    for wish in ("letters", "reply_mail"):  # answers come by letter to nobody who has not asked for it
        tuva.locator(f"label:has([name={wish}])").click()
    tuva.get_by_role("button", name=sv("Save")).click()
    expect(tuva.locator("[name=letters]")).to_be_checked()

    go_live(callum, "/")
    tuva.goto("/write?space=fraga")
    tuva.locator("[name=text]").fill(ASKED)
    tuva.locator("label:has([name=mode][value=ask])").click()
    tuva.locator("summary", has_text=sv("More: title, heads-up, channel, without my name")).click()
    tuva.locator("label:has([name=unnamed])").click()
    expect(tuva.locator(".readers:visible .if-nameless")).to_be_visible()  # somebody may guess
    week.shot(tuva, "week monday asking without a name")
    tuva.get_by_role("button", name=sv("Send")).click()
    tuva.wait_for_url("**/t/*")
    thread = int(tuva.url.rsplit("/", 1)[1].split("#")[0])
    expect(tuva.locator(".opening .held")).to_be_visible()
    assert callum.request.get(f"/t/{thread}").status == 404

    week.turn_to("monday", "17:00")
    callum.goto("/")
    mine = item(callum, thread)
    expect(mine).to_contain_text("Someone in the group")
    expect(mine).not_to_contain_text("Tuva")
    expect(mine.locator(".fresh")).to_have_text("new")
    expect(tuva.locator(".opening .held")).to_have_count(0)  # her own page has loaded itself anew
    tuva.goto("/")
    expect(item(tuva, thread)).not_to_contain_text("Tuva")  # nobody looking over her shoulder reads it either
    expect(item(tuva, thread).locator(".fresh")).to_have_count(0)
    expect(bell(tuva).locator(".told")).to_have_text("1")
    tuva.goto("/notifications")
    published = tuva.locator("#notice-list > li.new")
    expect(published).to_contain_text(sv("Everyone can see your post now"))
    published.locator("a.open").click()
    expect(bell(tuva).locator(".told")).to_be_hidden()  # two seconds in sight, and it is read
    week.shot(callum, "week monday feed of who moved out", whole=False)
    return thread


def tuesday_she_is_answered(week: Week, tuva: Page, callum: Page, thread: int) -> int:
    """Callum quotes her and mentions Sara; Tuva sees it come; Sara answers under a heads-up, folded for both."""
    week.turn_to("tuesday", "17:00")
    go_live(tuva, f"/t/{thread}")
    go_live(callum, f"/t/{thread}")
    opening = callum.locator(".slot.opening")
    open_more(callum, int(opening.get_attribute("data-piece") or 0)).get_by_role("link", name="Quote").click()
    expect(callum.locator(".quoting .quoted-who")).to_have_text("Someone in the group")
    field(callum).press_sequentially("I rang mine. Sara knows the form, ask @Sar")
    callum.get_by_role("option", name=re.compile("Sara")).click()
    callum.locator("#reply-send").click()
    answer = tuva.locator(".pieces .slot", has_text="I rang mine")
    expect(answer.locator(".quoted")).to_contain_text(ASKED[:30])
    expect(answer.locator(".mention")).to_have_text("@Sara")
    expect(answer.locator("a.who")).to_have_text("Callum")
    expect(answer).to_contain_text(sv("has lived here"))
    callums = piece_in(tuva, "I rang mine")

    sara = week.comes("sara")
    sara.goto("/notifications")
    told = sara.locator("#notice-list > li.new").first
    expect(told).to_contain_text("Callum")
    told.locator("a.open").click()
    sara.wait_for_url(f"**/t/{thread}*")
    expect(slot(sara, callums)).to_be_in_viewport()
    assert "Tuva" not in sara.locator(".slot.opening").inner_text()  # staff do not see who it is either
    sara.locator("#composer .noted summary, #composer details summary").first.click()
    sara.locator("#composer [name=note]").fill("om skulder")
    send(sara, HELPED)
    for page, words in ((tuva, sv("Heads-up: %(note)s", note="om skulder")), (callum, "Heads-up: om skulder")):
        reply = page.locator(".pieces .slot", has_text="om skulder")
        expect(reply.locator(".folded > summary")).to_contain_text(words)
        expect(reply.get_by_text(HELPED)).to_be_hidden()
        reply.locator(".folded > summary").click()
        expect(reply.get_by_text(HELPED)).to_be_visible()
    week.shot(tuva, "week tuesday answered")
    for page in (tuva, callum):
        read_to_the_end(page, thread)
    week.people.close(sara)
    return callums


def wednesday_what_helped_and_what_is_kept(week: Week, tuva: Page, callum: Page, thread: int, callums: int) -> None:
    """She says what helped, thanks as the one who asked, keeps what Callum wrote, and mutes what is too much."""
    week.turn_to("wednesday", "19:00")
    chatter = week.pen("samir").write("Dag för dag: allt om min flytt.", title="Flytten i tre akter")
    tuva.goto("/")
    expect(item(tuva, chatter).locator(".fresh")).to_have_text(sv("new"))
    tuva.goto(f"/t/{chatter}")
    tuva.locator("#mute-it").click()
    expect(tuva.locator("#mute-it")).to_have_text(sv("Muted"))

    go_live(callum, f"/t/{thread}")
    go_live(tuva, f"/t/{thread}")
    helped = piece_in(tuva, "om skulder")
    open_more(tuva, helped).get_by_role("button", name=sv("This helped")).click()
    expect(callum.locator("#on-top .piece")).to_contain_text("Heads-up: om skulder")
    expect(callum.locator("#on-top").get_by_text(HELPED)).to_be_hidden()
    face, byline = (callum.locator(f"#on-top .piece > {one}").bounding_box() for one in (".avatar", ".byline"))
    assert face and byline and face["x"] + face["width"] + 8 <= byline["x"]  # the picture leaves the name its room
    open_more(tuva, callums).get_by_role("button", name=sv("Save for me")).click()
    expect(slot(tuva, callums).get_by_role("button", name=sv("Take off my list"))).to_be_visible()
    send(tuva, "Tack. Jag ringde, och det gick.")
    thanks = callum.locator(".pieces .slot", has_text="Jag ringde, och det gick")
    expect(thanks).to_contain_text("The one who asked")
    expect(thanks).not_to_contain_text("Tuva")
    read_to_the_end(callum, thread)
    expect(bell(callum).locator(".told")).to_be_hidden()
    week.shot(callum, "week wednesday what helped")

    tuva.goto("/")
    expect(item(tuva, chatter)).to_have_count(0)
    expect(item(tuva, thread)).to_contain_text(sv("answered"))
    tuva.goto("/me/saved")
    expect(tuva.locator("main")).to_contain_text("I rang mine")
    callum.goto("/")
    expect(item(callum, chatter)).to_be_visible()  # hers alone


def thursday_a_pin_and_a_letter(week: Week, tuva: Page, callum: Page, thread: int) -> int:
    """Sara pins a post until Friday. Tuva gets one letter for two answers: it says nothing of this place; one press
    ends them, signed out."""
    day = week.turn_to("thursday", "14:00")
    sara = week.comes("sara")
    water = week.pen("sara").write("Vattnet är avstängt på fredag mellan 9 och 15.", title="Inget vatten på fredag")
    sara.goto(f"/t/{water}/pin")
    sara.locator("[name=on_home]").check()
    sara.locator("[name=until_on]").fill((day + timedelta(days=1)).isoformat())
    sara.locator("form.form > button[type=submit]").click()
    expect(sara.locator(".pin-list")).to_contain_text("Inget vatten på fredag")
    week.people.close(sara)
    for page in (tuva, callum):
        page.goto("/")
        expect(page.locator("#pinned")).to_contain_text("Inget vatten på fredag")
    week.shot(tuva, "week thursday pinned", whole=False)

    tuva.goto("/me")  # she puts the phone away
    johanna = week.pen("johanna")
    for words in ("Säg hur det gick sen.", "Vi håller tummarna."):
        johanna.reply(thread, words)
    expect(bell(tuva).locator(".told")).to_have_text("1")  # one notice for both
    assert len(week.letters()) == 1
    week.turn_to("thursday", "15:00")
    letter = week.letter(2)
    assert letter["Subject"] == sv("Something new for you")
    for secret in ("Johanna", "tummarna", "hyresvärd", "boende", "Solgläntan", "Frågor"):
        assert secret not in letter.as_string() and secret not in words_in(letter), secret
    stop = path_in(letter, "/letters")
    anybody = week.people.visitor(lang="sv")
    anybody.goto(stop)
    anybody.get_by_role("button", name=sv("Stop the letters")).click()
    expect(anybody.locator("h1")).to_have_text(sv("No more letters"))
    assert "/login" in anybody.request.get("/me").url, "the link opens nothing else"
    week.people.close(anybody)
    tuva.goto(f"/t/{thread}")
    read_to_the_end(tuva, thread)
    expect(bell(tuva).locator(".told")).to_be_hidden()  # read, and no longer told
    johanna.reply(thread, "Och hälsa hyresvärden.")
    tuva.goto("/me")
    week.turn_to("thursday", "16:00")
    assert len(week.letters()) == 2
    return water


def friday_a_draft_and_a_block(week: Week, tuva: Page, thread: int, water: int) -> Page:
    """What she had begun is there on another device. Samir has said enough: they see nothing of each
    other, and he is not told."""
    week.turn_to("friday", "21:00")
    samir = week.pen("samir")
    mean = week.pen("wilma").write("Vem vill se film ikväll?")
    samir.reply(mean, "inte om tuva kommer")
    tuva.goto(f"/t/{mean}")
    assert "inte om tuva kommer" in tuva.locator("#stream").inner_text()
    with tuva.expect_response("**/drafts"):
        field(tuva).fill("Jag kommer ändå")
    expect(tuva.locator("#composer .saved")).to_have_text(sv("Saved just now"))
    tuva.goto("/me")
    tuva.get_by_role("button", name=sv("Sign out")).click()
    tuva.wait_for_url("**/login*")
    week.people.close(tuva)
    other = week.comes("tuva", keep=True)
    other.goto(f"/t/{mean}")
    expect(field(other)).to_have_value("Jag kommer ändå")
    week.shot(other, "week friday the draft on another device")
    other.locator("#reply-send").click()
    expect(other.locator(".slot[data-mine]", has_text="Jag kommer ändå")).to_have_count(1)

    assert "Jag kommer ändå" in samir.asks.get(f"/t/{mean}").text()
    other.locator(".slot", has_text="inte om tuva kommer").locator("a.who").click()
    other.get_by_role("link", name=sv("Block")).click()
    week.shot(other, "week friday blocking")
    other.get_by_role("button", name=sv("Block")).click()
    other.goto(f"/t/{mean}")
    expect(other.locator("#stream")).not_to_contain_text("inte om tuva kommer")
    his = samir.asks.get(f"/t/{mean}").text()
    assert "inte om tuva kommer" in his and "Jag kommer ändå" not in his
    assert "Tuva" not in samir.asks.get("/").text()
    expect(other.locator("#stream")).not_to_contain_text("Samir")
    other.goto("/")
    expect(other.locator("#pinned")).to_contain_text("Inget vatten på fredag")  # still its last day
    return other


def saturday_others_write(week: Week, tuva: Page, callum: Page, thread: int, water: int) -> None:
    """The pin went with its day; the post is where it was. Both are away while others go on."""
    week.turn_to("saturday", "11:00")
    for page in (tuva, callum):
        page.goto("/")
        expect(page.locator("#feed article").first).to_be_visible()
        expect(page.locator("#pinned", has_text="Inget vatten på fredag")).to_have_count(0)
        expect(item(page, water)).to_be_visible()
    for name, words in (("johanna", "Hur gick det?"), ("samir", "ja berätta"), ("leyla", "Ingen brådska.")):
        week.pen(name).reply(thread, f"{words}\n\n" + "\n\n".join(["Vi väntar gärna."] * 6))


def sunday_back_where_one_stopped(week: Week, tuva: Page, callum: Page, thread: int) -> None:
    """Both come back. What is new is counted for each, the way there is one press; what Tuva reads on her phone is read
    on her other device."""
    week.turn_to("sunday", "18:00")
    go_live(callum, "/")
    expect(item(callum, thread).locator(".fresh")).to_have_text("6 new")
    week.shot(callum, "week sunday feed", whole=False)
    item(callum, thread).locator("a.open").click()
    callum.get_by_role("link", name="6 new", exact=True).click()
    expect(callum.locator(".new-mark")).to_be_in_viewport()
    expect(callum.locator(".new-mark + .slot")).to_contain_text("Säg hur det gick sen.")
    week.shot(callum, "week sunday where he stopped", whole=False)

    tablet = week.comes("tuva")
    go_live(tablet, "/")
    hers = item(tablet, thread).locator(".fresh")
    expect(hers).to_have_text(many_sv(3))  # without what Samir wrote
    tuva.goto(f"/t/{thread}")
    expect(tuva.locator(".new-mark + .slot")).to_contain_text("Och hälsa hyresvärden.")
    expect(tuva.locator("#stream")).not_to_contain_text("ja berätta")
    read_to_the_end(tuva, thread)
    expect(hers).to_have_count(0)
    week.shot(tuva, "week sunday her thread")
    assert len(week.letters()) == 2, "letters have ended"
