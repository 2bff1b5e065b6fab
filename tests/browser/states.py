"""Every page in every state it can be in, each a few steps away from a sign-in. Asked for accessibility and layout."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from tests.browser.looks import Look
from tests.browser.people import People
from tests.browser.sample import Sample
from tests.browser.thread_page import open_more, open_react


@dataclass
class Stage:
    people: People
    sample: Sample
    look: Look
    after: ExitStack = field(default_factory=ExitStack)

    def member(self, name: str, path: str, *expected: int) -> Page:
        page = self.people.signed_in(name)
        return self._opened(page, path, expected)

    def visitor(self, path: str, *expected: int) -> Page:
        page = self.people.visitor()
        return self._opened(page, path, expected)

    def _opened(self, page: Page, path: str, expected: tuple[int, ...]) -> Page:
        self.people.guard(page).expect(*expected)
        page.goto(path)
        return page

    def piece(self, thread: int, place: int) -> int:
        """A piece by its place: 0 is the opening."""
        return int(self.sample.pen("sara").pieces(thread)[place]["id"])


State = Callable[[Stage], Page]
STATES: dict[str, State] = {}


def state(name: str) -> Callable[[State], State]:
    def keep(make: State) -> State:
        STATES[name] = make
        return make

    return keep


def _simple(name: str, who: str | None, path: str, *expected: int) -> None:
    STATES[name] = lambda stage: stage.member(who, path, *expected) if who else stage.visitor(path, *expected)


_simple("sign-in", None, "/login")
_simple("code", None, "/join/code")
_simple("invitation gone", None, "/i/nothing-that-was-ever-given-out", 410)
_simple("help signed out", None, "/help")
_simple("about signed out", None, "/about")
_simple("nothing here signed out", None, "/static/dist/nothing.css", 404)
_simple("feed", "amina", "/")
_simple("channel", "isla", "/c/minnen")
_simple("write", "amina", "/write")
_simple("me", "amina", "/me")
_simple("me of staff", "birgitta", "/me")
_simple("rules", "amina", "/rules")
_simple("help", "amina", "/help")
_simple("about", "amina", "/about")
_simple("invitations", "birgitta", "/invitations")
_simple("invite", "birgitta", "/invitations/new")
_simple("nothing here", "amina", "/t/1", 404)
_simple("not possible", "amina", "/invitations", 403)


@state("sign-in with an error")
def sign_in_error(stage: Stage) -> Page:
    page = stage.visitor("/login", 422)
    page.locator("[name=name]").fill("amina")
    page.locator("[name=password]").fill("fel lösenord här")
    page.locator("form.card button[type=submit]").click()
    expect(page.locator(".note.bad")).to_be_visible()
    return page


@state("sign-in carrying a text")
def sign_in_carrying(stage: Stage) -> Page:
    page = stage.people.signed_in("noor", own=True)
    stage.people.guard(page).expect(401)
    page.goto("/write")
    stage.sample.flask("member", "sign-out", "noor")
    page.locator("[name=text]").fill("Det här höll jag på att skriva.")
    page.locator("form.writing button[type=submit]").click()
    expect(page.locator("textarea.kept")).to_have_value("Det här höll jag på att skriva.")
    return page


@state("code with an error")
def code_error(stage: Stage) -> Page:
    page = stage.visitor("/join/code", 422)
    page.locator("[name=code]").evaluate("(field) => field.removeAttribute('required')")
    page.locator("form.card button[type=submit]").click()
    expect(page.locator("#code-err")).to_be_visible()
    return page


@state("join")
def join(stage: Stage) -> Page:
    link, _code = stage.sample.pen("birgitta").invite("Melker", stage.look.lang)
    page = stage.visitor(link)
    for summary in page.locator("summary").all():
        summary.click()
    return page


@state("join with errors")
def join_errors(stage: Stage) -> Page:
    link, _code = stage.sample.pen("birgitta").invite("Melker", stage.look.lang)
    page = stage.visitor(link, 422)
    page.locator("form.card").evaluate("(form) => { form.noValidate = true; }")
    page.locator("[name=display_name]").fill("")
    page.locator("form.card > button.btn[type=submit]").click()
    expect(page.locator(".err")).to_have_count(3)
    return page


@state("feed nobody has written in")
def feed_empty(stage: Stage) -> Page:
    page = stage.member(stage.sample.first_manager, "/c/granen")
    expect(page.locator(".empty h2")).to_be_visible()
    return page


@state("feed with the hello card")
def feed_hello(stage: Stage) -> Page:
    page = stage.member(stage.sample.someone_new, "/")
    expect(page.locator(".hello")).to_be_visible()
    return page


@state("thread")
def thread(stage: Stage) -> Page:
    return stage.member("amina", f"/t/{stage.sample.talk}")


@state("thread in the middle")
def thread_middle(stage: Stage) -> Page:
    page = stage.member("amina", f"/t/{stage.sample.long}?around=30")
    expect(page.locator(".pager a")).to_have_count(2)
    return page


@state("thread with long and foreign words")
def thread_wild(stage: Stage) -> Page:
    return stage.member("amina", f"/t/{stage.sample.wild}")


@state("feed with long and foreign words")
def feed_wild(stage: Stage) -> Page:
    page = stage.member("amina", f"/t/{stage.sample.wild}")
    page.goto("/")
    return page


@state("thread with the reactions open")
def thread_react(stage: Stage) -> Page:
    page = stage.member("amina", f"/t/{stage.sample.talk}")
    expect(open_react(page, stage.piece(stage.sample.talk, 0))).to_be_visible()
    return page


@state("thread with More open")
def thread_more(stage: Stage) -> Page:
    page = stage.member("amina", f"/t/{stage.sample.talk}")
    expect(open_more(page, stage.piece(stage.sample.talk, 0))).to_be_visible()
    return page
