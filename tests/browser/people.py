"""People before their browsers, and people who write from elsewhere while somebody reads."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any

from playwright.sync_api import APIResponse, Browser, BrowserContext, Page, Playwright

from tests.browser.guard import Guard
from tests.browser.looks import Look

PASSWORD = "hearth-demo"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def _token(answer: APIResponse) -> str:
    found = _TOKEN.search(answer.text())
    assert found, f"no form at {answer.url}"
    return found[1]


class People:
    """Opens browsers for one test in one look, and closes them after it with their guards asked."""

    def __init__(self, browser: Browser, base_url: str, look: Look) -> None:
        self.browser, self.base_url, self.look = browser, base_url, look
        self.contexts: list[tuple[BrowserContext, Guard]] = []

    def visitor(self, *, lang: str | None = None, javascript: bool = True, **options: Any) -> Page:
        """A page in a fresh browser that nobody has signed in to."""
        lang = lang or self.look.lang
        context = self.browser.new_context(
            **{
                "base_url": self.base_url,
                "viewport": self.look.viewport,
                "color_scheme": self.look.theme,
                "locale": {"sv": "sv-SE", "en": "en-GB"}[lang],
                "reduced_motion": "reduce",
                "has_touch": self.look.phone,
                "java_script_enabled": javascript,
                **options,
            }
        )
        context.set_default_timeout(8000)
        self.contexts.append((context, Guard(context, self.base_url)))
        return context.new_page()

    def signed_in(self, name: str, *, lang: str | None = None, keep: bool = False, **options: Any) -> Page:
        """A page of somebody who has just signed in, reading in the look's language."""
        page = self.visitor(lang=lang, **options)
        lang = lang or self.look.lang
        asks = page.context.request
        fields = {"csrf_token": _token(asks.get("/login")), "name": name, "password": PASSWORD}
        if keep:
            fields["keep"] = "y"
        home = asks.post("/login", form=fields)
        assert home.status == 200 and "/login" not in home.url, f"{name} could not sign in: {home.url}"
        if f'<html lang="{lang}"' not in home.text():
            asks.post("/language", form={"csrf_token": _token(home), "lang": lang, "next": "/robots.txt"})
        return page

    def guard(self, page: Page) -> Guard:
        return next(guard for context, guard in self.contexts if context is page.context)

    def close(self, page: Page) -> None:
        page.context.close()

    def end(self) -> None:
        """Every context is closed before any guard is asked, so that one trouble leaves nothing open."""
        for context, _guard in self.contexts:
            context.close()
        for _context, guard in self.contexts:
            guard.check()


class Pen:
    """Somebody who writes without a browser: a phone elsewhere in the house."""

    def __init__(self, playwright: Playwright, base_url: str, name: str) -> None:
        self.asks = playwright.request.new_context(base_url=base_url)
        self.name = name
        self._sign_in()

    def _sign_in(self) -> None:
        fields = {"csrf_token": _token(self.asks.get("/login")), "name": self.name, "password": PASSWORD, "keep": "y"}
        self.token = _token(self.asks.post("/login", form=fields))

    def post(self, path: str, again: bool = True, **fields: str) -> APIResponse:
        answer = self.asks.post(path, form={"csrf_token": self.token, **fields}, headers={"X-Part": "1"})
        if answer.status == 401 and again:
            self._sign_in()
            return self.post(path, again=False, **fields)
        assert answer.ok, f"{self.name} at {path}: {answer.status} {answer.text()[:300]}"
        return answer

    def write(self, text: str, *, title: str = "", space: str = "vardagsrummet", **more: str) -> int:
        """Start a thread; its number."""
        page = self.asks.get(f"/write?space={space}").text()
        chosen = re.search(r'name="space_id" value="(\d+)" checked', page)
        assert chosen, f"{self.name} cannot write in {space}"
        fields = {"mode": "tell", "client_id": str(uuid.uuid4()), "space_id": chosen[1], "text": text, "title": title}
        place = self.post("/write", **{**fields, **more}).headers["x-location"]
        return int(place.rsplit("/", 1)[1])

    def reply(self, thread: int, text: str) -> int:
        """Answer; the piece's number."""
        answer = self.post(f"/t/{thread}/replies", text=text, client_id=str(uuid.uuid4()))
        return int(answer.headers["x-piece"])

    def edit(self, piece: int, text: str) -> None:
        form = self.asks.get(f"/pieces/{piece}/edit", headers={"X-Part": "1"}).text()
        version = re.search(r'name="version"[^>]* value="(\d+)"', form)
        assert version, form
        more = {"title": ""} if 'name="title"' in form else {}
        self.post(f"/pieces/{piece}/edit", text=text, version=version[1], **more)

    def take_back(self, piece: int) -> None:
        self.post(f"/pieces/{piece}/delete")

    def put_back(self, piece: int) -> None:
        self.post(f"/pieces/{piece}/restore")

    def react(self, piece: int, kind: str = "heart") -> None:
        self.post(f"/pieces/{piece}/react", kind=kind)

    def read_to(self, thread: int, nr: int) -> None:
        self.post(f"/streams/{thread}/read", nr=str(nr))

    def draft(self, place: str, **fields: str) -> None:
        self.post("/drafts", place=place, fields=json.dumps(fields))

    def pieces(self, thread: int) -> list[dict[str, Any]]:
        """Everything in a thread as the server tells it, from the beginning."""
        answer = self.asks.get(f"/streams/{thread}/since?after=0").json()
        return sorted(answer["pieces"], key=lambda piece: piece["nr"])

    def opening(self, thread: int) -> int:
        return int(self.pieces(thread)[0]["id"])
