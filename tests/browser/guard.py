"""What must not happen on any page, whatever the story: errors, broken rules, calls to other places."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

_REPORT_VIOLATIONS = """
document.addEventListener('securitypolicyviolation', (event) => console.error(
  `broken rule: ${event.violatedDirective} by ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`));
"""
_ANSWERED = re.compile(r"^Failed to load resource: the server responded with a status of (\d+)")
_LEFT = re.compile(r"WebSocket is closed before the connection is established")  # a page left while it asked for a line
_NO_LINE = re.compile(r"net::ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|FAILED)")


class Guard:
    """Watches the pages of one context. A story says beforehand what it will provoke: `guard.expect(422)`."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.origin = urlsplit(origin).netloc
        self.elsewhere: set[str] = set()
        self.expected: set[int] = set()
        self.line_may_break = False
        self.troubles: list[str] = []
        context.add_init_script(_REPORT_VIOLATIONS)
        context.on("page", self._watch)
        context.on("request", self._went_out)
        context.on("response", self._came_in)

    def expect(self, *statuses: int) -> None:
        self.expected.update(statuses)

    def allow_broken_line(self) -> None:
        """The story cuts the line: failing requests are part of it."""
        self.line_may_break = True

    def allow_leaving_to(self, address: str) -> None:
        self.elsewhere.add(urlsplit(address).netloc)

    def again(self) -> list[str]:
        """What there was to say; nothing is expected any more and the watch goes on."""
        said, self.troubles = self.troubles, []
        self.expected.clear()
        return said

    def check(self) -> None:
        assert not self.troubles, "\n".join(self.troubles)

    def _watch(self, page: Page) -> None:
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.troubles.append(f"{page.url}: {error}"))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        answered = _ANSWERED.match(message.text)
        if answered and int(answered[1]) < 500:
            return  # counted where it came in
        if _LEFT.search(message.text) or (self.line_may_break and _NO_LINE.search(message.text)):
            return
        self.troubles.append(f"{message.page.url if message.page else '?'}: {message.text}")

    def _went_out(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("data", "blob") or parts.netloc == self.origin or parts.netloc in self.elsewhere:
            return
        self.troubles.append(f"a request to somewhere else: {request.url}")

    def _came_in(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.troubles.append(f"{response.request.method} {response.url} answered {response.status}")
