"""People before their browsers, and people who write from elsewhere while somebody reads."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any, ClassVar

from playwright.sync_api import APIResponse, Browser, BrowserContext, Page, Playwright

from tests.browser.guard import Guard
from tests.browser.looks import Look

PASSWORD = "hearth-demo"
RESTING = "/robots.txt"  # a page where nothing happens
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def token_in(answer: APIResponse) -> str:
    found = _TOKEN.search(answer.text())
    assert found, f"no form at {answer.url}"
    return found[1]


class People:
    """Opens browsers for one test in one look, and closes them after it with their guards asked."""

    cookies: ClassVar[dict[str, Any]] = {}  # of people signed in earlier in this run, for the next story about them

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

    def signed_in(
        self, name: str, *, lang: str | None = None, own: bool = False, keep: bool = False, **more: Any
    ) -> Page:
        """A page of somebody who is signed in, reading in the look's language.

        `own`: with a session no other story uses (it will be ended, or must not be shared with a second device).
        """
        own = own or keep
        known = None if own else self.cookies.get(name)
        page = self.visitor(lang=lang, storage_state=known, **more)
        self._comes_home(page, name, lang or self.look.lang, own, keep)
        return page

    def _comes_home(self, page: Page, name: str, lang: str, own: bool, keep: bool) -> None:
        now = page.context.request.get("/me")
        if "/login" in now.url:
            self._sign_in(page, name, keep)
            if not own:
                self.cookies[name] = page.context.storage_state()
            now = None
        self.reads(page, lang, now)

    def reads(self, page: Page, lang: str, now: APIResponse | None = None) -> None:
        """The signed-in member of this page reads in this language from now on (`now`: her page, just asked for)."""
        asks = page.context.request
        now = now or asks.get("/me")
        if f'<html lang="{lang}"' not in now.text():
            asks.post("/language", form={"csrf_token": token_in(now), "lang": lang, "next": RESTING})

    def _sign_in(self, page: Page, name: str, keep: bool) -> None:
        asks = page.context.request
        fields = {"csrf_token": token_in(asks.get("/login")), "name": name, "password": PASSWORD}
        home = asks.post("/login", form={**fields, **({"keep": "y"} if keep else {})})
        assert home.status == 200 and "/login" not in home.url, f"{name} could not sign in: {home.url}"

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


class Regulars(People):
    """People whose browser stays open from one test of a look to the next, where a test asks only what a page shows.

    A fresh browser for each costs as much as all the asking. Every test has its page loaded anew, at the look's own
    size, and its own guard's word; a visitor brings no cookies.
    """

    def __init__(self, browser: Browser, base_url: str, look: Look) -> None:
        super().__init__(browser, base_url, look)
        self.pages: dict[str, Page] = {}

    def visitor(self, **options: Any) -> Page:
        if options:
            return super().visitor(**options)
        page = self.pages.get("")
        if page is None:
            page = self.pages[""] = super().visitor()
        page.context.clear_cookies()
        return page

    def signed_in(self, name: str, **options: Any) -> Page:
        if options:
            return super().signed_in(name, **options)
        page = self.pages.get(name)
        if page is None:
            page = self.pages[name] = super().signed_in(name)
        else:
            self._comes_home(page, name, self.look.lang, own=False, keep=False)
        return page

    def rest(self) -> None:
        """After a test: regulars wait on a page where nothing happens, everybody else leaves; the guards are asked."""
        staying = {page.context for page in self.pages.values()}
        for page in self.pages.values():
            if not page.url.endswith(RESTING):
                page.goto(RESTING)
                page.set_viewport_size(self.look.viewport)  # type: ignore[arg-type]
        for context, _guard in self.contexts:
            if context not in staying:
                context.close()
        said = [guard.again() for _context, guard in self.contexts]
        self.contexts = [(context, guard) for context, guard in self.contexts if context in staying]
        troubles = [trouble for found in said for trouble in found]
        assert not troubles, "\n".join(troubles)


class Pen:
    """Somebody who writes without a browser: a phone elsewhere in the house."""

    def __init__(self, playwright: Playwright, base_url: str, name: str) -> None:
        self.asks = playwright.request.new_context(base_url=base_url)
        self.name = name
        self._sign_in()

    def _sign_in(self) -> None:
        fields = {"csrf_token": token_in(self.asks.get("/login")), "name": self.name, "password": PASSWORD, "keep": "y"}
        self.token = token_in(self.asks.post("/login", form=fields))

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

    def reply(self, thread: int, text: str, **more: str) -> int:
        """Answer; the piece's number."""
        answer = self.post(f"/t/{thread}/replies", text=text, client_id=str(uuid.uuid4()), **more)
        return int(answer.headers["x-piece"])

    def chat(self, *names: str) -> int:
        """A chat by its name on this person's list, in whatever language she reads; its number."""
        found = re.findall(
            r'href="/chat/(\d+)#end".*?class="chat-name"[^>]*>([^<]+)<', self.asks.get("/chat").text(), re.S
        )
        return next(int(number) for number, called in found if called in names)

    def say(self, chat: int, text: str, **more: str) -> int:
        """Say something in a chat; the message's number."""
        fields = {"csrf_token": self.token, "client_id": str(uuid.uuid4()), "text": text, **more}
        answer = self.asks.post(f"/chat/{chat}/messages", form=fields, headers={"Accept": "application/json"})
        assert answer.ok, f"{self.name} in {chat}: {answer.status} {answer.text()[:300]}"
        return int(answer.json()["id"])

    def edit(self, piece: int, text: str, **given: str) -> None:
        form = self.asks.get(f"/pieces/{piece}/edit", headers={"X-Part": "1"}).text()
        version = re.search(r'name="version"[^>]* value="(\d+)"', form)
        assert version, form
        more = {"title": ""} if 'name="title"' in form else {}
        self.post(f"/pieces/{piece}/edit", text=text, version=version[1], **more, **given)

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

    def invite(self, name: str, lang: str = "sv") -> tuple[str, str]:
        """The link and the code of a fresh invitation for somebody who will live here."""
        form = self.asks.get("/invitations/new").text()
        house = re.search(r'<option[^>]* value="(\d+)"', form)
        assert house, form
        wish = {"kind": "resident", "house_id": house[1], "display_name": name, "language": lang, "key_worker_id": "0"}
        page = self.post("/invitations/new", **wish, birth_date="2008-02-03", known="y").text()
        link, code = re.search(r'id="link"[^>]* value="([^"]+)"', page), re.search(r'class="code"[^>]*>([^<]+)<', page)
        assert link and code, page
        return link[1], code[1]


def joined(playwright: Playwright, base_url: str, link: str, name: str, lang: str = "sv") -> str:
    """Somebody comes in by a link, elsewhere; her sign-in name."""
    asks = playwright.request.new_context(base_url=base_url)
    form = asks.get(link)
    fields = {"display_name": name, "password": PASSWORD, "avatar": "a05", "colour": "b", "language": lang}
    done = asks.post("/join", form={**fields, "accept_rules": "y", "csrf_token": token_in(form)}).text()
    asks.dispose()
    found = re.search(r'class="secret"[^>]*>([^<]+)<', done)
    assert found, done
    return found[1]
