"""What staff decide about somebody, and what she writes against it, done by people without a browser."""

from __future__ import annotations

import re
from functools import lru_cache

from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from community.acts.models import Appeal
from tests.browser.people import Pen
from tests.browser.sample import Sample

WORDS = "Det blev hårda ord i går kväll. Vi pratar på måndag, du och jag."


def number_of(pen: Pen) -> str:
    """Whose page is whose."""
    found = re.search(r"/people/(\d+)", pen.asks.get("/me").text())
    assert found, pen.name
    return found[1]


def limit(by: Pen, member: str, kind: str, length: str, **fields: str) -> None:
    """One of staff limits a member, by the number of her page."""
    path = f"/people/{member}/steps/{kind}"
    seen = re.search(r'name="seen"[^>]* value="(\d+)"', by.asks.get(path).text())
    assert seen, path
    by.post(path, length=length, reason="unkind", words=WORDS, seen=seen[1], **fields)


def newest_act(pen: Pen) -> str:
    """The path of the newest thing staff did about her."""
    found = re.search(r'href="(/me/acts/\d+)"', pen.asks.get("/me/acts").text())
    assert found, pen.name
    return found[1]


@lru_cache(maxsize=8)
def objected(sample: Sample) -> int:
    """The number of what elias wrote against his short break."""
    elias = sample.pen("elias")
    elias.post(newest_act(elias), words="Det var inte jag som började.")
    engine = create_engine(sample.hearth.env["DATABASE_URL"])
    try:
        with Session(engine) as s:
            return int(s.scalars(select(Appeal.id).order_by(Appeal.at.desc())).first() or 0)
    finally:
        engine.dispose()
