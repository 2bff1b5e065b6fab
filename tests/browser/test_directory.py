"""The directory as three people have it: somebody lets herself be found and takes it back, an old housemate looks for
her by house and years, and a child is there for her own house alone."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.looks import Look
from tests.browser.people import People


def rows(page: Page, name: str) -> Locator:
    return page.locator(".kept-people li").filter(has=page.get_by_text(name, exact=True))


def looks_for(page: Page, look: Look, **wanted: str) -> None:
    """What somebody chooses and searches by."""
    for field, label in {"house": look.say("All houses"), "when": look.say("All years"), **wanted}.items():
        page.locator(f"select[name={field}]").select_option(label=label)
    page.get_by_role("search").get_by_role("button", name=look.say("Search")).click()
    expect(page.locator("h1")).to_have_text(look.say("Find people"))


def test_one_lets_herself_be_found_and_takes_it_back(people: People, look: Look) -> None:
    hanna, leyla = people.signed_in("hanna", own=True), people.signed_in("leyla")
    leyla.goto("/people")
    expect(rows(leyla, "Robin")).to_be_visible()
    expect(rows(leyla, "Hanna")).to_have_count(0)

    hanna.goto("/people")
    hanna.get_by_role("link", name=look.say("Change it")).click()
    expect(hanna.locator("h1")).to_have_text(look.say("Being found"))
    for part in ("house", "years"):
        hanna.locator(f"label:has([name={part}])").click()
    hanna.get_by_role("button", name=look.say("Put me in the list")).click()
    expect(rows(hanna, "Hanna")).to_contain_text("Solgläntan 2014–2018")

    looks_for(leyla, look, house="Solgläntan", when=look.say("My years"))
    expect(rows(leyla, "Hanna")).to_contain_text("Solgläntan 2014–2018")
    looks_for(leyla, look, house="Linden")
    expect(rows(leyla, "Callum")).to_be_visible()
    expect(rows(leyla, "Hanna")).to_have_count(0)
    looks_for(leyla, look, when="2017")
    expect(rows(leyla, "Hanna")).to_be_visible()
    expect(rows(leyla, "Robin")).to_have_count(0)

    hanna.get_by_role("button", name=look.say("Take me off the list")).click()
    expect(hanna.get_by_role("button", name=look.say("Put me in the list"))).to_be_visible()
    looks_for(leyla, look, when="2017")
    expect(rows(leyla, "Hanna")).to_have_count(0)


def test_a_child_is_found_in_her_house_alone(people: People, look: Look) -> None:
    for who, found in (("elias", 1), ("leyla", 0), ("isla", 0)):
        page = people.signed_in(who)
        page.goto("/people?q=ami")
        expect(rows(page, "Amina")).to_have_count(found)
        if not found:
            expect(page.locator(".empty h2")).to_have_text(look.say("Nobody like that."))
    elias = people.signed_in("elias")
    elias.goto("/me/directory")
    expect(elias.locator(".lead")).to_contain_text("18")
