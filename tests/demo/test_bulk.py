"""A folder filled in bulk: the same every time, also when it was stopped; sound, and pages work on it."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, select

import config
from community.core import clock, db, schema, text
from community.core.db import session
from community.demo import bulk, sentences
from community.forum import feed
from community.forum import queries as forum
from community.members.models import Member
from community.members.queries import as_viewer
from community.streams import catching_up, own
from community.streams import queries as streams
from community.streams.models import Piece, Stream
from tests.children import launch, wait_until
from tests.demo.conftest import OpenHouse
from tests.demo.invariants import broken
from tests.demo.test_story import contents
from tests.fixtures import SECRET
from tests.serve import FROM_OUTSIDE, ROOT

POSTS = 1500


def ordered(settings: config.Settings) -> bulk.Order:
    return bulk.order_for(settings, POSTS, 7)


class Cut(Exception):
    """The current went."""


def test_two_folders_are_equal_and_a_stop_leaves_no_mark(open_house: OpenHouse) -> None:
    houses, heard = [], []
    for stopped in (False, True):
        with open_house() as settings:
            order = ordered(settings)
            if stopped:

                def cut(done: int, _all: int) -> None:
                    heard.append(done)
                    raise Cut

                for _stop in range(3):
                    with pytest.raises(Cut):
                        bulk.fill(order, cut, batch=200)
                    db.remove()
                assert session().scalar(select(func.count()).select_from(Piece)) < POSTS
            bulk.fill(ordered(settings), batch=200)
            assert broken(session()) == []
            houses.append(contents(session().connection()))
    assert heard == sorted(set(heard)) and len(heard) == 3
    one, other = houses
    assert {name for name in one if one[name] != other[name]} <= {"announcement"}


def test_it_holds_what_was_ordered(house: config.Settings) -> None:
    before = session().scalar(select(func.count()).select_from(Piece))
    assert before
    bulk.fill(ordered(house))
    bulk.fill(ordered(house))  # a second time there is nothing to do
    assert session().scalar(select(func.count()).select_from(Piece)) == before + POSTS
    assert broken(session()) == []
    sizes = Counter(dict(session().execute(select(Stream.id, Stream.last_nr)).all()))
    (_longest, size), *_rest = sizes.most_common(1)
    assert size == POSTS // 4 + 1
    assert sum(1 for size in sizes.values() if size <= 12) > len(sizes) / 2
    first, last = session().execute(select(func.min(Piece.published_at), func.max(Piece.published_at))).one()
    assert timedelta(days=3500) < clock.now() - first and last <= clock.now()


def test_pages_and_catch_up_work_on_it(house: config.Settings, app: Flask) -> None:
    bulk.fill(ordered(house))
    member = session().scalars(select(Member.id).where(Member.sign_in_name == "amina")).one()
    amina = as_viewer(member)
    shown, place = [], None
    for _page in range(4):
        page = feed.feed_for(amina, before=place)
        shown += [thread.id for thread in page]
        place = (page[-1].active_at, page[-1].id)
    assert len(shown) == len(set(shown)) == 80
    stream = session().get(Stream, ordered(house).number("stream", 0))
    assert stream is not None
    found = forum.thread_for(amina, stream.id)
    middle = forum.page_for(amina, found, own.place_in(amina, stream.id), before=None, after=None, around=POSTS // 8)
    assert middle.older and middle.newer and len(middle.replies) == streams.PAGE
    changes = catching_up.changes_since(amina, stream, stream.seq - 20)
    assert not changes.reload and changes.seq == stream.seq and changes.pieces
    assert all(view is not None and view.html for _id, view in changes.pieces)


def test_another_order_for_the_same_folder_is_refused(house: config.Settings) -> None:
    ordered(house)
    with pytest.raises(ValueError, match="--posts 1500 --seed 7"):
        bulk.order_for(house, POSTS, 8)


def test_only_a_demo_folder_is_filled(app: Flask, world: Any, settings: config.Settings) -> None:
    for changed in ({"demo": False}, {"environment": "production", "demo": True}):
        app.config["SETTINGS"] = dataclasses.replace(settings, **changed)  # type: ignore[arg-type]
        try:
            done = app.test_cli_runner().invoke(args=["demo", "bulk", "--posts", "100"])
        finally:
            app.config["SETTINGS"] = settings
        assert done.exit_code == 1 and "Error: " in done.output and "demo folder" in done.output
    assert "bulk" not in config.recall(settings.data)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_sentence_is_its_own_html(lang: str) -> None:
    dice = Random(1)
    for _try in range(300):
        words = sentences.paragraph(dice, lang)
        assert text.to_html(words) == f"<p>{words}</p>\n"
        assert text.tidy_line(sentences.title(dice, lang))


_CHILD = """
import time
from community.app import create_app
from community.core import schema
from community.demo import bulk, seed
app = create_app()
with app.app_context():
    settings = app.config["SETTINGS"]
    schema.upgrade(settings.database_url)
    seed.fill(settings)
    order = bulk.order_for(settings, 1500, 7)
    bulk.fill(order, lambda done, whole: (print(done, flush=True), time.sleep(0.2)), batch=100)
"""


def test_a_run_that_was_killed_goes_on_where_it_was(database_copies: Any, tmp_path: Path) -> None:
    """Two processes fill two databases; one of them is killed in between, and started again."""
    found = []
    for killed in (False, True):
        url, folder = database_copies.copy("migrated", schema.upgrade), tmp_path / str(killed)
        outside = {name: os.environ[name] for name in FROM_OUTSIDE if name in os.environ}
        env = {**outside, "HEARTH_DATA": str(folder), "DATABASE_URL": url, "DEMO": "1", "SECRET_KEY": SECRET}

        def child(log: Path, env: dict[str, str] = env) -> subprocess.Popen[bytes]:
            return launch([sys.executable, "-c", _CHILD], log, env=env, cwd=ROOT)

        if killed:
            log = tmp_path / "killed.log"
            running = child(log)
            try:
                wait_until(lambda log=log: log.read_text().count("\n") >= 3, running, "the first run", log)
            finally:
                running.kill()
                running.wait()
            assert int(log.read_text().split()[-1]) < POSTS
        again = child(tmp_path / f"{killed}.log")
        try:
            assert again.wait(120) == 0, (tmp_path / f"{killed}.log").read_text()
        finally:
            again.kill()
        engine = create_engine(url)
        with engine.connect() as connection:
            found.append(contents(connection))
        engine.dispose()
    one, other = found
    assert len(one["piece"]) > POSTS
    assert {name for name in one if one[name] != other[name]} <= {"announcement"}
