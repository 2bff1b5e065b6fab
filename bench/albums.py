"""An album of two hundred photos: what its page weighs, and when its first row of pictures stands on a cheap phone on a
slow line."""

from __future__ import annotations

import io
import json
import os
import statistics
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date

from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import select

import config
from bench.front import front, squeezed
from bench.phone import PHONE, TIMES, TURN, arrived, throttle
from community.app import create_app
from community.core import picture_files, pictures, ratelimit
from community.core.db import session, transaction
from community.demo.drawings import DRAWINGS
from community.members.models import Member
from community.members.queries import as_viewer
from community.memories import actions as memories
from community.memories.actions import Wish
from community.memories.happened import on
from community.photos import actions as photos
from community.photos.actions import Told
from community.photos.filing import Files, row_of
from community.spaces.models import Space
from community.streams.actions import Said
from tests.live.house import House, run_quietly
from tests.live.people import Person
from tests.servers import find_chromium

PHOTOS, TOGETHER = 200, 20
PLACE = "utflyttat"  # where adults alone read, so that nothing waits for a host
_FIRST_ROW = """() => new Promise((done) => {
  const look = () => {
    const all = [...document.querySelectorAll('.album-grid img')];
    const top = all.length ? Math.min(...all.map((one) => one.getBoundingClientRect().top)) : 0;
    const row = all.filter((one) => one.getBoundingClientRect().top < top + 8);
    const there = row.length && row.every((one) => one.complete && one.naturalWidth);
    if (there) requestAnimationFrame(() => done(performance.now()));
    else setTimeout(look, 20);
  };
  look();
})"""


def albums(house: House, person: Person) -> Iterator[str]:
    """`person` is an adult who moved out."""
    stream = json.loads(run_quietly([sys.executable, "-m", "bench.albums"], house.server.env))["stream"]
    path = f"/albums/{stream}"
    html = person.get(path).text
    weight = len(squeezed(html.encode())) / 1024
    count = html.count("<picture")
    page = f"album of {PHOTOS}: a page of {count} of them, HTML compressed"
    yield f"{page} (target 60 KB before pictures) | {weight:.1f} KB | {weight / 60:.2f}"
    with sync_playwright() as playwright, front(house.server.port, TURN) as address:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=sandbox)
        for state, seconds in _first_rows(browser, person, address, path).items():
            found = statistics.median(seconds)
            yield f"album, {state}: its first row of pictures stands (target 2 s) | {found:.2f} s | {found / 2:.2f}"
        browser.close()


def _first_rows(browser: Browser, person: Person, address: str, path: str) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {"cold": [], "warm": []}
    assert PHONE["is_mobile"]
    for _ in range(TIMES):
        context = arrived(browser, person, address)
        page = context.new_page()
        throttle(context, page)
        for state in found:
            page.goto(path, wait_until="commit")
            found[state].append(page.evaluate(_FIRST_ROW) / 1000)
            page.wait_for_load_state("load")
        context.close()
    return found


def fill() -> int:
    """An album of sofia's with so many photos, all said to show nobody; its stream. The files of fourteen drawings are
    shared by all, each row with a key of its own seal."""
    sofia = as_viewer(session().scalars(select(Member.id).where(Member.sign_in_name == "sofia")).one())
    space = session().scalars(select(Space.id).where(Space.slug == PLACE)).one()
    with ExitStack() as kept, ratelimit.ignored():
        drawn = [_files(draw().jpeg(), kept) for draw in DRAWINGS.values()]
        opening = memories.make_album(sofia, Wish(space, "trip", on(date(2014, 7, 1))), Said("", "bench-album", "Allt"))
        for first in range(0, PHOTOS, TOGETHER):
            ids = []
            for nr in range(first, first + TOGETHER):
                with transaction() as s:
                    photo = row_of(sofia, drawn[nr % len(drawn)], f"bench-photo-{nr:04d}")
                    s.add(photo)
                ids.append(photo.id)
            happened = on(date(2014, 7, 1 + first // TOGETHER))
            memories.contribute(sofia, opening.stream_id, Said("", f"bench-put-{first:04d}"), ids, happened)
            for photo_id in ids:
                photos.say_who(sofia, photo_id, Told("En teckning", "nobody"))
        return opening.stream_id


def _files(content: bytes, kept: ExitStack) -> Files:
    made = pictures.made(io.BytesIO(content), whose="bench")
    shown = kept.enter_context(picture_files.kept(made.parts))
    return Files(made, shown, kept.enter_context(picture_files.kept(made.master)))


if __name__ == "__main__":
    with create_app(config.load()).app_context():
        print(json.dumps({"stream": fill()}))
    pictures.close()
