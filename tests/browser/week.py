"""A house of its own for one week: its clock is moved from day to day, and what is due is done."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, Playwright

from tests.browser.looks import Look, said
from tests.browser.people import Pen, People
from tests.live.house import House, eventually

HOME = ZoneInfo("Europe/Stockholm")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LANGUAGES = {"tuva": "sv", "callum": "en", "sara": "sv"}


def next_monday() -> date:
    today = date.today()
    return today + timedelta(days=7 - today.weekday())


@dataclass
class Week:
    """Where the story stands. Tuva lives here and reads Swedish, Callum has moved out and reads English, Sara works
    here; `samir` writes from elsewhere."""

    house: House
    people: People
    command: Callable[..., str]
    playwright: Playwright
    shot: Callable[..., None]
    monday: date = field(default_factory=next_monday)

    def turn_to(self, day: str, hour: str) -> date:
        """The clock stands at this hour of the week from now on."""
        return self.be_at(self.monday + timedelta(days=DAYS.index(day)), hour)

    def be_at(self, day: date, hour: str) -> date:
        """The clock stands at this hour from now on, for every process; what is due by then is done."""
        moment = datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=HOME)
        self.command("clock", "set", moment.isoformat())
        time.sleep(1.2)  # a running server obeys within a second
        self.command("jobs", "run")
        return moment.date()

    def comes(self, name: str, **how: bool) -> Page:
        """She takes up a device of hers, signs in there and reads in her own language."""
        return self.people.signed_in(name, lang=LANGUAGES[name], own=True, **how)

    def pen(self, name: str) -> Pen:
        return Pen(self.playwright, self.people.base_url, name)

    def letters(self) -> list[EmailMessage]:
        """What lies in the outbox, oldest first."""
        files = sorted((self.house.server.data / "outbox").glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]  # type: ignore[misc]

    def letter(self, number: int) -> EmailMessage:
        """The letter of this number, as soon as it is written."""
        eventually(lambda: len(self.letters()) >= number, what=f"letter {number}")
        return self.letters()[number - 1]


def words_in(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def path_in(letter: EmailMessage, start: str) -> str:
    """The way a link of the letter leads to, from `start` on."""
    found = re.search(rf"https?://[^/\s]+({re.escape(start)}\S+)", words_in(letter))
    assert found, words_in(letter)
    return found[1]


def sv(words: str, **values: object) -> str:
    """What stands on Tuva's and Sara's pages."""
    return said(words, "sv", **values)


def many_sv(new: int) -> str:
    """ "3 new" on Tuva's pages."""
    return Look("phone", "sv", "light").many("%(num)s new", "%(num)s new", new)


@contextlib.contextmanager
def week_in(
    house: House, browser: Browser, playwright: Playwright, look: Look, shot: Callable[..., None]
) -> Iterator[Week]:
    with house.served(), house.command_line() as command:
        people = People(browser, f"http://localhost:{house.server.port}", look)
        try:
            yield Week(house, people, command, playwright, shot)
        finally:
            people.end()
