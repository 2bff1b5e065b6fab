"""A life with Hearth, as three people have it on their screens: Linnea who moves (a phone, Swedish), Birgitta who is
her contact and her house manager (a desk, Swedish), and Tuva who lives there too (a phone, English)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.decided import number_of
from tests.browser.people import PASSWORD, joined
from tests.browser.test_chat import DESK, PHONE
from tests.browser.week import Week, sv

pytestmark = pytest.mark.timeout(240)
HOUSE, MOVED = "/c/solglantan", "/c/utflyttat"


@dataclass
class Life:
    """The three before their screens, Linnea's days, and what is written on the way."""

    week: Week
    linnea: Page = field(init=False)
    birgitta: Page = field(init=False)
    tuva: Page = field(init=False)
    name: str = field(init=False)
    number: str = field(init=False)
    threads: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.first = self.week.monday
        self.born = self.first.replace(year=self.first.year - 18, day=1) - timedelta(days=5)
        self.moves = self.first + timedelta(days=12)
        self.back = self.moves + timedelta(days=366)
        self.again = self.back + timedelta(days=40)
        self.works = self.born.replace(year=self.born.year + 27)
        self.stops = self.works + timedelta(days=200)

    def writes(self, name: str, words: str) -> None:
        """Something new in the house, from elsewhere."""
        self.threads[words] = self.week.pen(name).write(words, space="solglantan")

    def page_of(self, page: Page) -> None:
        """Somebody looks at Linnea's page."""
        page.goto(f"/people/{self.number}")

    def turn_to(self, day: date, hour: str) -> None:
        """The clock of the house; whose session has run out by then comes in by the same door."""
        self.week.be_at(day, hour)
        for page, name in ((self.linnea, self.name), (self.birgitta, "birgitta"), (self.tuva, "tuva")):
            comes_in(page, name)

    def reads(self, page: Page, words: str) -> bool:
        """Whether somebody reads what was written in the house."""
        answer = page.goto(f"/t/{self.threads[words]}")
        assert answer and answer.status in (200, 404)
        if answer.status == 200:
            expect(page.locator("#stream")).to_contain_text(words)
        return answer.status == 200


def comes_in(page: Page, name: str) -> None:
    if "/login" in page.request.get("/me").url:
        page.goto("/login")
        page.locator("[name=name]").fill(name)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("label:has([name=keep])").click()
        page.locator("form.card button[type=submit]").click()
        page.wait_for_url(lambda url: "/login" not in url)


def finds(page: Page, path: str) -> int:
    """What a page answers."""
    answer = page.goto(path)
    assert answer
    return answer.status


def badge(page: Page) -> Locator:
    return page.locator("main .badge").first


def begin(week: Week) -> Life:
    """Birgitta invites Linnea and is her contact; the three sit down."""
    life = Life(week)
    manager = week.pen("birgitta")
    form = manager.asks.get("/invitations/new").text()
    contact, house = (
        re.search(rf'<option[^>]* value="(\d+)"[^>]*>{name}<', form) for name in ("Birgitta", "Solgläntan")
    )
    assert contact and house, form
    wish = {"kind": "resident", "house_id": house[1], "display_name": "Linnea", "language": "sv", "known": "y"}
    made = manager.post("/invitations/new", **wish, key_worker_id=contact[1], birth_date=life.born.isoformat()).text()
    link = re.search(r'id="link"[^>]* value="([^"]+)"', made)
    assert link, made
    life.name = joined(week.playwright, week.people.base_url, link[1], "Linnea")
    life.number = number_of(week.pen(life.name))
    life.linnea = week.people.signed_in(life.name, lang="sv", own=True, keep=True, **PHONE)
    life.birgitta = week.people.signed_in("birgitta", lang="sv", own=True, keep=True, **DESK)
    life.tuva = week.people.signed_in("tuva", lang="en", own=True, keep=True, **PHONE)
    for page in (life.linnea, life.birgitta, life.tuva):
        week.people.guard(page).expect(401, 403, 404, 409, 422)
    return life


def test_three_people_over_twenty_years(week: Week) -> None:
    week.turn_to("monday", "15:00")
    life = begin(week)
    the_day_is_set(life)
    the_list_the_farewell_and_the_letters(life)
    the_morning_after(life)
    a_week_and_a_month_later(life)
    she_lives_here_again_and_moves_once_more(life)
    at_27_she_works_here(life)
    she_leaves_work(life)


def the_day_is_set(life: Life) -> None:
    """Together with Birgitta. A day that has passed is none; nobody else learns of it."""
    birgitta, linnea, tuva = life.birgitta, life.linnea, life.tuva
    life.page_of(birgitta)
    birgitta.locator("a[href$='/move']").click()
    for wrong in (life.first - timedelta(days=1), life.moves):
        birgitta.locator("[name=moves_on]").fill(wrong.isoformat())
        birgitta.get_by_role("button", name=sv("Set the day")).click()
        expect(birgitta.locator(".err")).to_have_count(int(wrong != life.moves))
    expect(birgitta.locator(".side .day-lines")).to_contain_text("Solgläntan")
    life.week.shot(birgitta, "life 1 the day is set")

    linnea.goto("/")
    linnea.locator(".move-coming").click()
    expect(linnea.locator("h1")).to_have_text(sv("My move"))
    expect(linnea.locator(".lead")).to_contain_text("om 12 dagar")
    for path in (f"/people/{life.number}/move", f"/people/{life.number}/list", f"/people/{life.number}/letter"):
        assert finds(tuva, path) == 404
    life.page_of(tuva)
    expect(tuva.locator("h1")).to_have_text("Linnea")
    expect(tuva.locator("main")).not_to_contain_text("move")


def the_list_the_farewell_and_the_letters(life: Life) -> None:
    """She and her contact keep one list. With her yes she gets letters, and the house reads her farewell."""
    birgitta, linnea, tuva = life.birgitta, life.linnea, life.tuva
    linnea.locator("[name=line]").fill("Lampa till köket")
    linnea.get_by_role("button", name=sv("Add")).click()
    life.page_of(birgitta)
    birgitta.get_by_role("link", name=sv("What is to be put in order")).click()
    birgitta.get_by_role("checkbox", name="Lampa till köket").click()
    expect(birgitta.get_by_role("checkbox", name="Lampa till köket")).to_have_attribute("aria-checked", "true")
    linnea.goto("/me/move")
    expect(linnea.get_by_role("checkbox", name="Lampa till köket")).to_have_attribute("aria-checked", "true")
    linnea.get_by_role("button", name=sv("Yes, letters")).click()
    linnea.locator("#farewell textarea").fill("Hej då, och tack för soppan.")
    linnea.locator("#farewell input[value=house]").check()
    linnea.get_by_role("button", name=sv("Begin my farewell")).click()
    linnea.wait_for_url("**/t/*")
    life.threads["Hej då"] = int(re.findall(r"/t/(\d+)", linnea.url)[0])

    assert life.reads(tuva, "Hej då")
    says(tuva, "Come back for pancakes")
    for page, words in ((tuva, "You left your green mug. It is yours to fetch."), (birgitta, "Ring när du vill.")):
        life.page_of(page)
        page.locator(f"a[href='/people/{life.number}/letter']").click()
        page.locator("main textarea").fill(words)
        page.locator("main form.card .btn:not(.quiet)").click()
        expect(page.locator(".note.good")).to_be_visible()
    linnea.goto("/me/move")
    expect(linnea.locator("#wishes")).to_contain_text("2 brev att öppna på dagen")
    linnea.goto("/me/move/letters")
    expect(linnea.locator("main")).not_to_contain_text("Tuva")
    life.week.shot(linnea, "life 2 sealed letters")
    life.turn_to(life.moves - timedelta(days=1), "21:00")
    life.writes("birgitta", "Kvällen före")
    assert life.reads(linnea, "Kvällen före") and life.reads(tuva, "Kvällen före")


def says(page: Page, words: str) -> None:
    page.locator("#composer [name=text]").fill(words)
    page.locator("#reply-send").click()
    expect(page.locator("#stream")).to_contain_text(words)


def the_morning_after(life: Life) -> None:
    """She has lived here: the house up to her day, nothing of it after, the channel of those who moved, her letters."""
    birgitta, linnea, tuva = life.birgitta, life.linnea, life.tuva
    life.turn_to(life.moves, "08:00")
    life.writes("birgitta", "Morgonen efter")
    assert life.reads(tuva, "Morgonen efter") and not life.reads(linnea, "Morgonen efter")
    assert life.reads(linnea, "Kvällen före")
    expect(linnea.locator("#composer [name=text]")).to_have_count(0)
    linnea.goto(HOUSE)
    expect(linnea.locator("main .note").first).to_contain_text(str(life.moves.year))
    expect(linnea.locator("main")).not_to_contain_text("Morgonen efter")
    assert finds(linnea, MOVED) == 200 and finds(tuva, MOVED) == 404
    linnea.goto("/")
    life.week.shot(linnea, "life 3 home the morning after")
    linnea.get_by_role("link", name=sv("Look at them")).click()
    expect(linnea.locator(".doors li")).to_have_count(2)
    life.week.shot(linnea, "life 4 the letters")
    linnea.get_by_role("link", name=sv("From %(name)s", name="Tuva")).click()
    linnea.get_by_role("button", name=sv("Open the letter")).click()
    expect(linnea.locator(".letter-words")).to_contain_text("green mug")
    linnea.goto("/")
    linnea.get_by_role("button", name=f"flyttade {life.moves.year}").click()

    assert life.reads(linnea, "Hej då")
    says(linnea, "Tack alla")
    assert life.reads(tuva, "Hej då")
    expect(tuva.locator("#stream")).to_contain_text("Tack alla")
    life.page_of(tuva)
    expect(badge(tuva)).to_contain_text(f"moved {life.moves.year}")
    assert finds(birgitta, f"/people/{life.number}/list") == 404  # her contact up to the day


def a_week_and_a_month_later(life: Life) -> None:
    """One tap, and the team knows that she would like a call. After thirty days her farewell is the house's."""
    birgitta, linnea, tuva = life.birgitta, life.linnea, life.tuva
    life.turn_to(life.moves + timedelta(days=7), "10:00")
    linnea.goto("/")
    life.week.shot(linnea, "life 5 a week later")
    linnea.get_by_role("button", name=sv("I'd like a call")).click()
    expect(linnea).to_have_url(re.compile("/inbox"))
    birgitta.goto("/team")
    birgitta.locator("main a", has_text="Linnea").first.click()
    expect(birgitta.locator("main")).to_contain_text(sv("I'd like a call"))
    life.week.shot(birgitta, "life 6 she would like a call")
    assert finds(tuva, "/team") == 403

    life.turn_to(life.moves + timedelta(days=30), "08:00")
    assert life.reads(tuva, "Hej då")
    says(tuva, "We think of you")
    assert life.reads(linnea, "Hej då")
    expect(linnea.locator("#stream")).to_contain_text("Tack alla")
    expect(linnea.locator("#stream")).not_to_contain_text("We think of you")
    expect(linnea.locator("#composer [name=text]")).to_have_count(0)
    life.week.shot(linnea, "life 7 the farewell a month later")


def she_lives_here_again_and_moves_once_more(life: Life) -> None:
    """The house is hers again with all that was written, and then up to another day."""
    birgitta, linnea = life.birgitta, life.linnea
    life.turn_to(life.back - timedelta(days=1), "12:00")
    life.page_of(birgitta)
    birgitta.locator("a[href$='/move-in']").click()
    birgitta.locator("[name=from_on]").fill(life.back.isoformat())
    birgitta.get_by_role("button", name=sv("Set the day")).click()
    assert not life.reads(linnea, "Morgonen efter")
    life.turn_to(life.back, "08:00")
    assert life.reads(linnea, "Morgonen efter") and life.reads(linnea, "Hej då")
    expect(linnea.locator("#stream")).to_contain_text("We think of you")
    assert finds(linnea, MOVED) == 404
    life.page_of(birgitta)
    birgitta.locator("a[href$='/move']").click()
    birgitta.locator("[name=moves_on]").fill(life.again.isoformat())
    birgitta.get_by_role("button", name=sv("Set the day")).click()
    expect(birgitta.locator("[name=moves_on]")).to_have_value(life.again.isoformat())
    life.turn_to(life.again, "08:00")
    life.writes("birgitta", "Efter andra gången")
    assert life.reads(linnea, "Morgonen efter") and not life.reads(linnea, "Efter andra gången")
    assert finds(linnea, MOVED) == 200


def at_27_she_works_here(life: Life) -> None:
    """From the day on she reads the house as it is and does what staff do."""
    birgitta, linnea, tuva = life.birgitta, life.linnea, life.tuva
    life.turn_to(life.works - timedelta(days=1), "12:00")
    life.page_of(birgitta)
    birgitta.locator("a[href$='/membership']").click()
    birgitta.locator("a[href$='/start-work']").click()
    birgitta.locator("[name=from_on]").fill(life.works.isoformat())
    birgitta.locator("main form .btn:not(.quiet)").click()
    expect(birgitta.locator(".note.good")).to_be_visible()
    comes_in(linnea, life.name)
    assert finds(linnea, "/rota") == 403 and not life.reads(linnea, "Efter andra gången")
    life.turn_to(life.works, "08:00")
    assert finds(linnea, "/rota") == 200 and finds(linnea, "/team") == 200
    assert life.reads(linnea, "Efter andra gången")
    life.page_of(tuva)
    expect(badge(tuva)).to_have_text("works here")
    life.week.shot(linnea, "life 8 at work")


def she_leaves_work(life: Life) -> None:
    """Sara takes over. That minute nothing of it is left to her; what she had before is."""
    birgitta, linnea, tuva = life.birgitta, life.linnea, life.tuva
    life.turn_to(life.stops - timedelta(days=1), "12:00")
    life.page_of(birgitta)
    birgitta.locator("a[href$='/membership']").click()
    birgitta.locator("a[href$='/leave-work']").click()
    birgitta.locator("[name=successor_id]").select_option(label="Sara")
    birgitta.locator("[name=leaves_on]").fill(life.stops.isoformat())
    birgitta.locator("main form .btn:not(.quiet)").click()
    expect(birgitta.locator(".note.good")).to_be_visible()
    life.week.shot(birgitta, "life 9 she leaves work")
    life.writes("birgitta", "Sista kvällen på jobbet")
    assert life.reads(linnea, "Sista kvällen på jobbet")
    life.week.be_at(life.stops, "08:00")
    assert "/login" in linnea.request.get("/me").url  # she comes in anew
    life.turn_to(life.stops, "08:05")
    assert finds(linnea, "/rota") == 403 and finds(linnea, "/team") == 403
    assert not life.reads(linnea, "Sista kvällen på jobbet") and life.reads(linnea, "Morgonen efter")
    assert finds(linnea, MOVED) == 200
    life.page_of(tuva)
    expect(badge(tuva)).to_contain_text("has lived here")
    life.week.shot(linnea, "life 10 moved out for good")
