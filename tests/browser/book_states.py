"""The states of a memory book: none yet, an empty one, one with things in it; its lists; a file that is made, ready, or
could not be made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from playwright.sync_api import Page, expect
from sqlalchemy import create_engine, delete, select
from sqlalchemy.orm import Session

from community.book.models import Book, BookFile
from community.core import clock
from community.core.db import new_id
from tests.browser.people import token_in
from tests.browser.states import Stage, _simple, state

_simple("no book yet", "noor", "/me/book")
_simple("given for books of others, nothing", "noor", "/me/book/given")


def _book(stage: Stage, who: str, title: str, *kinds: str) -> Page:
    """The page of a book of hers with this title, begun where there is none."""
    page = stage.member(who, "/me/book")
    asks = page.context.request
    link = page.locator("main li a", has_text=title).first
    if not link.count():
        token = token_in(asks.get("/help"))
        fields = {"csrf_token": token, "title": title, "dedication": "Till mig själv", "lang": "sv"}
        place = asks.post("/me/book", form=fields).url
        for kind in kinds:
            asks.post(f"{place}/add-all", form={"csrf_token": token, "kind": kind, "year": ""})
        page.reload()
    page.goto(link.get_attribute("href") or "")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    return page


@contextmanager
def _file(stage: Stage, page: Page, **row: Any) -> Iterator[None]:
    """A file of this book, as the job would leave it."""
    found = re.search(r"/me/book/(\d+)", page.url)
    assert found, page.url
    engine = create_engine(stage.sample.hearth.env["DATABASE_URL"])
    number = new_id()
    try:
        with Session(engine) as s, s.begin():
            member = s.scalars(select(Book.member_id).where(Book.id == int(found[1]))).one()
            given = {"member_id": member, "book_id": int(found[1]), "form": "pdf", "language": "sv", **row}
            s.add(BookFile(id=number, asked_at=clock.now(), worked_at=clock.now(), **given))
        yield
        with Session(engine) as s, s.begin():
            s.execute(delete(BookFile).where(BookFile.id == number))
    finally:
        engine.dispose()


@state("a book with nothing in it")
def empty(stage: Stage) -> Page:
    return _book(stage, "samir", "Tomt än så länge")


@state("a book with things in it")
def filled(stage: Stage) -> Page:
    page = _book(stage, "callum", "Åren på Linden", "piece", "photo", "milestone")
    expect(page.locator(".book-handle").first).to_be_visible()
    page.locator(".book-item summary").first.click()
    return page


@state("a book as it will be")
def preview(stage: Stage) -> Page:
    page = _book(stage, "callum", "Åren på Linden", "piece", "photo", "milestone")
    page.locator("a[href$='/preview']").click()
    expect(page.locator(".book-sheet .leaf").first).to_be_visible()
    return page


@state("choosing for a book")
def choosing(stage: Stage) -> Page:
    page = _book(stage, "callum", "Åren på Linden", "piece", "photo", "milestone")
    page.locator("a[href*='kind=piece']").click()
    expect(page.locator("main li .state.done").first).to_be_visible()
    return page


@state("choosing for a book, nothing found")
def nothing_found(stage: Stage) -> Page:
    page = choosing(stage)
    page.goto(f"{page.url}&q=kråkvinkel")
    return page


@state("a page of one's own words, refused")
def own_page(stage: Stage) -> Page:
    page = _book(stage, "samir", "Tomt än så länge")
    stage.people.guard(page).expect(422)
    page.locator("a[href$='/page']").click()
    page.locator("form.card .btn").click()
    expect(page.locator(".err, .note.bad").first).to_be_visible()
    return page


@state("what others answered, for a book")
def answers(stage: Stage) -> Page:
    page = _book(stage, "callum", "Åren på Linden", "piece", "photo", "milestone")
    page.locator("a[href*='/replies/']").first.click()
    expect(page.locator("main h1")).to_be_visible()
    return page


@state("a book that is being made")
def making(stage: Stage) -> Page:
    page = _book(stage, "johanna", "Mina år", "milestone")
    stage.after.enter_context(_file(stage, page, state="making", is_open=True, parts=10, done_parts=4, tries=1))
    page.reload()
    expect(page.locator("#book-files progress")).to_be_visible()
    return page


@state("a book that is ready")
def ready(stage: Stage) -> Page:
    page = _book(stage, "elias", "Mina år", "milestone")
    until = {"ready_at": clock.now(), "good_until": clock.now() + timedelta(days=7)}
    stage.after.enter_context(_file(stage, page, state="ready", size=3_400_000, **until))
    page.reload()
    expect(page.locator("#book-files section a.btn")).to_be_visible()
    return page


@state("a book that could not be made")
def failed(stage: Stage) -> Page:
    page = _book(stage, "daniel", "Mina år", "milestone")
    stage.after.enter_context(_file(stage, page, state="failed", why="broken", ended_at=clock.now()))
    page.reload()
    expect(page.locator("#book-files .note.bad")).to_be_visible()
    return page


@state("a book whose file somebody's answer took away")
def anew(stage: Stage) -> Page:
    page = _book(stage, "tuva", "Mina år", "milestone")
    stage.after.enter_context(_file(stage, page, state="gone", why="anew", ended_at=clock.now()))
    page.reload()
    expect(page.locator("#book-files .note")).to_be_visible()
    return page
