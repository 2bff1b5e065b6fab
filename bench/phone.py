"""A cheap phone on a slow line: when the first page is there, and what it weighs.

Debian's Chromium, told by its own tools to be four times slower and to have "slow 4G": 1.6 Mbit/s down, 0.75 up, 150 ms
there and back. Cold is a browser that has never been here; warm has the built files, and the connection stands.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.front import front, squeezed
from tests.live.house import House
from tests.live.people import Person, cookie_header
from tests.servers import find_chromium

TURN, DOWN, UP, SLOWER = 0.150, 1_600_000, 750_000, 4  # seconds, bits a second, bits a second, times
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 640}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True,
    "locale": "sv-SE",
}  # fmt: skip
TIMES, FULL = 5, 50
TARGETS = {"feed": 100, "thread": 60}  # KB, compressed, with CSS and JS
_PAINTS = """() => new Promise((done) => {
  const first = performance.getEntriesByName('first-contentful-paint')[0].startTime;
  new PerformanceObserver((list) => done([first, list.getEntries().at(-1).startTime]))
    .observe({ type: 'largest-contentful-paint', buffered: true });
})"""


def phone(house: House, person: Person) -> Iterator[str]:
    thread = house.ask("SELECT id FROM stream WHERE last_nr >= 21 ORDER BY last_nr, id LIMIT 1")[0][0]
    full = person.starts("Femtio svar på en sida.")
    for number in range(FULL):
        person.says(
            full, f"Svar {number}. " + "Ungefär så långt är ett svar i en vanlig tråd, en mening eller två. " * 2
        )
    pages = (
        ("feed", "feed", "/"),
        ("thread with more than twenty answers", "thread", f"/t/{thread}"),
        ("thread, fifty answers on the page", "thread", f"/t/{full}"),
    )
    with sync_playwright() as playwright, front(house.server.port, TURN) as address:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=sandbox)
        for name, kind, path in pages:
            yield from weights(browser, person, address, name, kind, path)
        for name, _kind, path in pages:
            yield from paints(browser, person, address, name, path)
        browser.close()


def arrived(browser: Browser, person: Person, address: str) -> BrowserContext:
    """A phone that was never here, of somebody who is signed in."""
    context = browser.new_context(base_url=address, **PHONE)
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in person.cookies.items()])
    return context


def weights(browser: Browser, person: Person, address: str, name: str, kind: str, path: str) -> Iterator[str]:
    """In KB; compressed as gzip -6 does."""
    context = arrived(browser, person, address)
    page = context.new_page()
    page.goto(path, wait_until="load")
    page.wait_for_timeout(500)
    names = page.evaluate("() => performance.getEntriesByType('resource').map((one) => one.name)")
    context.close()
    html = person.get(path).text.encode()
    kilo = {"HTML": len(squeezed(html)) / 1024, "CSS": 0.0, "JS": 0.0, "fonts": 0.0, "icons and faces": 0.0}
    for file in dict.fromkeys(urlsplit(one).path for one in names if urlsplit(one).path.startswith("/static/")):
        what = {"css": "CSS", "js": "JS", "woff2": "fonts"}.get(file.rsplit(".", 1)[1], "icons and faces")
        body = _bytes(person, file)
        kilo[what] += len(body if what == "fonts" else squeezed(body)) / 1024
    whole = kilo["HTML"] + kilo["CSS"] + kilo["JS"]
    parts = ", ".join(f"{what} {size:.1f}" for what, size in kilo.items())
    target = TARGETS[kind]
    yield f"{name}: HTML, CSS and JS compressed (target {target} KB) | {whole:.1f} KB | {whole / target:.2f}"
    yield f"{name}: its parts compressed | {parts} KB |"
    sent = len(_bytes(person, path, cookie_header(person.cookies), "gzip")) / 1024
    yield f"{name}: the page as it goes over the line, of {len(html) / 1024:.1f} KB | {sent:.1f} KB |"


def _bytes(person: Person, path: str, cookies: str = "", takes: str = "identity") -> bytes:
    line = person.server.connection(30)
    line.request("GET", path, headers={"Cookie": cookies, "Accept-Encoding": takes})
    body = line.getresponse().read()
    line.close()
    return body


def paints(browser: Browser, person: Person, address: str, name: str, path: str) -> Iterator[str]:
    found: dict[str, list[list[float]]] = {"cold": [], "warm": []}
    for _ in range(TIMES):
        context = arrived(browser, person, address)
        page = context.new_page()
        throttle(context, page)
        for state in found:
            page.goto(path, wait_until="load")
            page.wait_for_timeout(1000)
            found[state].append(page.evaluate(_PAINTS))
        context.close()
    for state, seconds in found.items():
        first, largest = (statistics.median(one[at] / 1000 for one in seconds) for at in (0, 1))
        yield f"{name}, {state}: first paint (target 2 s); largest | {first:.2f} s; {largest:.2f} s | {first / 2:.2f}"


def throttle(context: BrowserContext, page: Page) -> None:
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    line = {"latency": TURN * 1000, "downloadThroughput": DOWN / 8, "uploadThroughput": UP / 8}
    tools.send("Network.emulateNetworkConditions", {"offline": False, **line})
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
