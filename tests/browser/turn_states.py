"""The states of breaks, and of the turns of somebody's life here."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.decided import number_of
from tests.browser.people import Pen
from tests.browser.states import Stage, _simple, state

_simple("taking a break", "samir", "/me/break")
_simple("taking a break, who works here", "sara", "/me/break", 403)
_simple("when I leave work, planned", "olof", "/me/goodbye")
_simple("when I leave work, nothing planned", "sara", "/me/goodbye")
_simple("my contact, nothing has changed", "amina", "/me/contact")
_simple("waits for a second person", "karin", "/membership/waiting")


def newcomer(stage: Stage) -> str:
    """Somebody who has just come in."""
    name = stage.sample.newcomer("Ture")
    stage.people.signed_in(name)
    return name


def on_a_break(stage: Stage, path: str) -> Page:
    name = newcomer(stage)
    Pen(stage.sample.playwright, stage.sample.base_url, name).post("/me/break", length="1w")
    return stage.member(name, path)


@state("on a break, its page")
def break_page(stage: Stage) -> Page:
    page = on_a_break(stage, "/me/break")
    expect(page.locator("#main .note.warm")).to_be_visible()
    return page


@state("on a break, the feed")
def break_feed(stage: Stage) -> Page:
    return on_a_break(stage, "/")


def of(stage: Stage, who: str, path: str = "") -> str:
    return f"/people/{number_of(stage.sample.pen(who))}/membership{path}"


@state("somebody's membership, leaving work")
def leaving(stage: Stage) -> Page:
    return stage.member("birgitta", of(stage, "olof"))


@state("leaving work, without a successor")
def leave(stage: Stage) -> Page:
    page = stage.member("birgitta", of(stage, "sara", "/leave-work"), 422)
    page.locator("form.form button[type=submit]").click()
    expect(page.locator(".err").first).to_be_visible()
    return page


@state("starting to work here")
def start(stage: Stage) -> Page:
    return stage.member("birgitta", of(stage, "johanna", "/start-work"))


@state("somebody has died, asking")
def remember(stage: Stage) -> Page:
    return stage.member("birgitta", of(stage, "johanna", "/remembrance"))


@state("another name")
def rename(stage: Stage) -> Page:
    return stage.member("birgitta", of(stage, "johanna", "/name"))


def asked_about(stage: Stage) -> str:
    """The path of the membership of somebody of whom birgitta has said that she has died."""
    name = newcomer(stage)
    pen = Pen(stage.sample.playwright, stage.sample.base_url, name)
    path = f"/people/{number_of(pen)}/membership"
    stage.sample.pen("birgitta").post(f"{path}/remembrance", remember_why="Hennes syster ringde.")
    return path


@state("waits for a second person, whoever asked")
def asked(stage: Stage) -> Page:
    page = stage.member("birgitta", asked_about(stage))
    expect(page.locator(".note.held")).to_be_visible()
    return page


def remembered_by(stage: Stage, path: str) -> Page:
    """Karin is the second who says it."""
    page = stage.member("karin", path)
    page.locator("button[name=do][value=yes]").click()
    expect(page.locator("#main .note.warm")).to_be_visible()
    return page


@state("remembered, her page")
def remembered(stage: Stage) -> Page:
    return remembered_by(stage, asked_about(stage))


@state("remembered by mistake, asking")
def mistake(stage: Stage) -> Page:
    path = asked_about(stage)
    page = remembered_by(stage, path)
    page.goto(f"{path}/remembrance/mistake")
    return page


@state("remembered by mistake, it waits for a second person")
def mistake_waits(stage: Stage) -> Page:
    path = asked_about(stage)
    page = remembered_by(stage, path)
    page.goto(f"{path}/remembrance/mistake")
    page.locator("#back_why").fill("Det var en annan Ture.")
    page.locator("form.form button[type=submit]").click()
    expect(page.locator(".note.held")).to_be_visible()
    return page
