"""The feed of somebody who is kept apart from others: ordered by what is there for her, exact at any depth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from community.core import clock, db, ratelimit
from community.core.db import session
from community.forum import feed
from community.members.people import Viewer
from community.streams.models import Piece, Stream
from tests.client import Browser
from tests.counting import counted
from tests.make import Make
from tests.world import NOW, World, exclude

STEPS = st.lists(st.tuples(st.sampled_from(("sara", "vera", "samir")), st.integers(0, 12)), max_size=40)


def expected(viewer: Viewer) -> list[tuple[datetime, int]]:
    """By reading everything: the threads she sees in their order."""
    hidden = viewer.excluded_ids
    last = (
        select(func.max(Piece.published_at))
        .where(Piece.stream_id == Stream.id, Piece.nr.is_not(None), Piece.author_id.not_in(hidden))
        .correlate(Stream)
        .scalar_subquery()
    )
    rows = session().execute(
        select(last, Stream.id)
        .join(Piece, Piece.id == Stream.opening_id)
        .where(Stream.listed, Piece.author_id.not_in(hidden), Stream.space_id.in_(_spaces(viewer)))
    )
    return sorted(((moment, id_) for moment, id_ in rows), reverse=True)


def _spaces(viewer: Viewer) -> list[int]:
    return [space.id for space in feed.spaces.readable(viewer) if space.slug == "minnen"]


def read_in_pages(viewer: Viewer, size: int) -> list[tuple[datetime, int]]:
    space = next(space for space in feed.spaces.readable(viewer) if space.slug == "minnen")
    found: list[tuple[datetime, int]] = []
    page = feed.feed_for(viewer, space, limit=size)
    while page:
        found += [(view.active_at, view.id) for view in page]
        page = feed.feed_for(viewer, space, before=found[-1], limit=size)
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, st.integers(1, 5))
def test_every_page_is_what_reading_everything_gives(
    make: Make, world: World, rolled_back: Any, steps: list[tuple[str, int]], size: int
) -> None:
    with ratelimit.ignored(), rolled_back.begin_nested() as undo:
        try:
            exclude("tuva", "vera", "separation")
            threads: list[int] = []
            for number, (who, which) in enumerate(steps, 1):
                with clock.at(NOW + timedelta(seconds=number)):
                    if which < len(threads):
                        make.reply(who, threads[which])
                    else:
                        threads.append(make.thread(who, "minnen").id)
            viewer = world.viewer("tuva")
            assert read_in_pages(viewer, size) == expected(viewer)
            newer = [place for place in expected(viewer) if place > (NOW + timedelta(seconds=20), 0)]
            space = next(space for space in feed.spaces.readable(viewer) if space.slug == "minnen")
            since = feed.feed_for(viewer, space, since=(NOW + timedelta(seconds=20), 0), limit=50)
            assert [(view.active_at, view.id) for view in since] == newer
        finally:
            db.remove()
            undo.rollback()


@pytest.mark.parametrize("name", ["tuva", "samir"])
def test_how_often_it_asks_does_not_grow_with_who_spoke_last(
    name: str, make: Make, world: World, browser: Callable[..., Browser], rolled_back: Any
) -> None:
    exclude("tuva", "vera", "separation")
    reader = browser(name)
    with ratelimit.ignored():
        threads = [make.thread("sara", "minnen") for _number in range(25)]
        reader.get("/c/minnen")
        with counted(rolled_back) as before:
            reader.get("/c/minnen")
        for thread in threads:
            make.reply("vera", thread)
        with counted(rolled_back) as after:
            reader.get("/c/minnen")
    assert len(after) == len(before)
