"""The states of somebody who needs somebody: the doors, how far it is, and the desk."""

from __future__ import annotations

import uuid

from playwright.sync_api import Page, expect

from tests.browser.states import Stage, _simple, state

_simple("I want to talk to someone", "isla", "/help/talk")
_simple("it is urgent", "isla", "/help/urgent")
_simple("it is about someone who works here", "isla", "/help/staff")
_simple("urgent of somebody who moved out", "petra", "/help/urgent")
_simple("somebody needs somebody", "karin", "/concerns")
_simple("an answer whose link is over", None, "/answer/nothing", 410)


def asked(stage: Stage, who: str, words: str) -> str:
    """Sent from elsewhere; returns its number."""
    form = {"client_id": uuid.uuid4().hex, "words": words, "how": "call", "phone": "070-000 00 00"}
    answer = stage.sample.pen(who).post("/help/urgent", **form)
    return answer.headers["x-location"].rsplit("/", 1)[-1]


@state("how far it is")
def how_far(stage: Stage) -> Page:
    number = asked(stage, "isla", "Karin vet.")
    page = stage.member("isla", f"/help/{number}")
    expect(page.locator(".concern-now")).to_be_visible()
    return page


@state("a concern to take")
def to_take(stage: Stage) -> Page:
    return stage.member("karin", f"/concerns/{asked(stage, 'isla', 'Kan någon komma?')}")


@state("a concern that is mine")
def mine(stage: Stage) -> Page:
    number = asked(stage, "isla", "Kan någon komma?")
    stage.sample.pen("karin").post(f"/concerns/{number}/take", how="call", minutes="5")
    page = stage.member("karin", f"/concerns/{number}")
    for summary in page.locator("main details > summary").all():
        summary.click()
    return page


@state("a copy to take")
def copy(stage: Stage) -> Page:
    return stage.member("karin", f"/concerns/{asked(stage, 'isla', 'Kan någon komma?')}/pack")
