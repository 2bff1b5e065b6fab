"""A chat of five hundred messages on a slow phone: scrolled through, and read while thirty more arrive.

Debian's Chromium as a phone of 360 by 640, told by its own tools to be six times slower (and scrolled with
a wheel: without a screen it takes no finger). A long task is one that kept
the page from answering for more than 50 ms; a late frame came more than two frames after the one before it.
"""

from __future__ import annotations

import os
import threading
import uuid
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

from bench.phone import PHONE
from tests.live.house import House
from tests.live.people import Person
from tests.servers import find_chromium

MESSAGES, ARRIVING, SLOWER = 500, 30, 6
STRETCH, SPEED = 2_000, 3_000  # pixels of one pull, pixels a second
FRAME = 1000 / 60  # milliseconds
_WATCH = """() => {
  const seen = window.seen = { long: [], late: 0, frames: 0 };
  new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => seen.long.push(duration)))
    .observe({ type: 'longtask' });
  let before = performance.now();
  const frame = (now) => {
    seen.frames += 1;
    if (now - before > 50) seen.late += 1;
    before = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}"""


def scrolling(house: House, reader: Person) -> Iterator[str]:
    other = house.person("callum")
    found = house.ask(
        "SELECT chat_room.stream_id FROM chat_room JOIN space ON space.id = chat_room.standing_in"
        " WHERE space.slug = 'utflyttat'"
    )
    chat = int(found[0][0])
    for number in range(MESSAGES):
        _says(other if number % 3 else reader, chat, f"Meddelande {number}, ungefär så långt som de brukar vara här.")
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=sandbox)
        address = f"http://localhost:{house.server.port}"
        context = browser.new_context(base_url=address, **PHONE)
        context.add_cookies([{"name": name, "value": value, "url": address} for name, value in reader.cookies.items()])
        page = context.new_page()
        tools = context.new_cdp_session(page)
        tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(f"/chat/{chat}#end")
        page.wait_for_selector(".sheet.chat.quick")
        page.wait_for_timeout(3000)
        page.evaluate(_WATCH)
        most = _up(page, tools)
        yield _told(page, f"chat, scrolled through {MESSAGES} messages")
        yield f"the most messages that stood on the page meanwhile | {most} |"
        page.goto(f"/chat/{chat}#end")
        page.wait_for_selector(".sheet.chat.quick")
        page.wait_for_timeout(3000)
        _pull(tools, 1200)
        page.evaluate(_WATCH)
        arriving = threading.Thread(target=lambda: [_says(other, chat, f"Nytt {n}") for n in range(ARRIVING)])
        arriving.start()
        for _ in range(4):
            _pull(tools, 400)
            _pull(tools, -400)
        arriving.join()
        page.wait_for_timeout(2000)
        yield _told(page, f"chat, {ARRIVING} messages arrive while it is read")
        browser.close()


def _up(page: Page, tools: CDPSession) -> int:
    """To the first message there is; the most slots that stood on the page."""
    most = 0
    for _ in range(100):
        _pull(tools, STRETCH)
        most = max(most, page.locator("#stream .slot").count())
        if page.evaluate("() => scrollY < 4 && document.getElementById('older').hidden"):
            return most
    raise RuntimeError("the first message was not reached")


def _pull(tools: CDPSession, distance: int) -> None:
    gesture: dict[str, Any] = {"x": 180, "y": 300, "yDistance": distance, "speed": SPEED, "gestureSourceType": "mouse"}
    tools.send("Input.synthesizeScrollGesture", gesture)


def _told(page: Page, what: str) -> str:
    seen = page.evaluate("() => window.seen")
    longest = max(seen["long"], default=0)
    late = f"{seen['late']} of {seen['frames']} frames late"
    return f"{what}: longest task | {longest:.0f} ms, {len(seen['long'])} long ones, {late} |"


def _says(who: Person, chat: int, words: str) -> None:
    answer = who.post(f"/chat/{chat}/messages", text=words, client_id=str(uuid.uuid4()), quote="", picked="")
    assert answer.status == 303, (answer.status, answer.text[:500])
