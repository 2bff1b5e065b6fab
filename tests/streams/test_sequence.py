"""Events are numbered without a gap, and a page that catches up is the page one would load now."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from community.core import db, ratelimit
from community.core.db import session, transaction
from community.core.errors import AppError
from community.safety.word_lists import in_force
from community.streams import actions, catching_up, placing, queries
from community.streams.models import Piece, Stream, StreamEvent
from community.streams.queries import PieceView
from tests.client import Browser
from tests.make import Make
from tests.world import HOLD, World

WRITERS = ("tuva", "elias", "vera", "sara", "olle")
READERS = ("amina", "tuva", "ivan", "vera")  # amina is kept apart from elias, ivan from olle

Step = tuple[str, str, int]


def _do(make: Make, stream: Stream, step: Step) -> None:
    """One step of somebody; what the rules refuse simply does not happen."""
    what, who, number = step
    replies = list(
        session().scalars(select(Piece).where(Piece.stream_id == stream.id).order_by(Piece.written_at, Piece.id))
    )
    piece, viewer = replies[number % len(replies)], make.world.viewer(who)
    try:
        if what == "reply":
            make.reply(who, stream)
        elif what == "hold":
            with in_force(HOLD):
                make.reply(who, stream, f"heldword {number}")
        elif what == "edit":
            actions.edit_piece(viewer, piece.id, version=piece.version, body=f"changed {number}", title=piece.title)
        elif what == "remove":
            actions.remove_piece(viewer, piece.id)
        elif what == "restore":
            actions.restore_piece(viewer, piece.id)
        elif what == "react":
            actions.react(viewer, piece.id, ("heart", "hug")[number % 2])
        elif what == "publish" and piece.state == "held":
            placing.publish_held(session().get_one(Piece, piece.id), viewer.id)
    except AppError:
        pass


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("reply", "reply", "hold", "edit", "remove", "restore", "react", "publish")),
        st.sampled_from(WRITERS),
        st.integers(0, 9),
    ),
    max_size=18,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=STEPS, after=STEPS)
def test_caught_up_is_as_if_loaded_now(before: list[Step], after: list[Step], make: Make, rolled_back: Any) -> None:
    with ratelimit.ignored(), rolled_back.begin_nested() as undo:
        try:
            stream = make.thread("sara")
            for step in before:
                _do(make, stream, step)
            cursors = {name: _fresh(make.world, name, stream.id) for name in READERS}
            for step in after:
                _do(make, stream, step)
            for name, (seq, page) in cursors.items():
                _catch_up_equals_fresh(make.world, name, stream.id, seq, page)
            _is_dense(stream.id)
        finally:
            db.remove()
            undo.rollback()


def _fresh(world: World, name: str, stream_id: int) -> tuple[int, dict[int, PieceView]]:
    viewer = world.viewer(name)
    stream = queries.stream_for(viewer, stream_id)
    pieces = [session().get_one(Piece, stream.opening_id), *queries.replies_before(viewer, stream, None, 500)]
    return stream.seq, {view.id: view for view in queries.views(viewer, pieces)}


def _catch_up_equals_fresh(world: World, name: str, stream_id: int, seq: int, page: dict[int, PieceView]) -> None:
    viewer = world.viewer(name)
    changes = catching_up.changes_since(viewer, queries.stream_for(viewer, stream_id), seq)
    caught_up = dict(page)
    for piece_id, view in changes.pieces:
        caught_up.pop(piece_id, None)
        if view is not None:
            caught_up[piece_id] = view
    now_seq, fresh = _fresh(world, name, stream_id)
    assert changes.seq == now_seq
    assert _shown(caught_up) == _shown(fresh), name


def _shown(page: dict[int, PieceView]) -> list[Any]:
    """What the partial is made of, in the order of places."""
    views = sorted(page.values(), key=lambda view: view.nr or 0)
    return [(view.nr, view.id, view.state, view.html, view.version, view.author.id, view.reactions) for view in views]


def _is_dense(stream_id: int) -> None:
    events = list(
        session().scalars(select(StreamEvent).where(StreamEvent.stream_id == stream_id).order_by(StreamEvent.seq))
    )
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert [event.prev for event in events] == list(range(len(events)))
    stream = session().get_one(Stream, stream_id, populate_existing=True)
    assert stream.seq == len(events)
    places = list(session().scalars(select(Piece.nr).where(Piece.stream_id == stream_id, Piece.nr.is_not(None))))
    assert len(places) == len(set(places)) and max(places) == stream.last_nr


def test_a_piece_let_through_by_somebody_one_is_kept_apart_from_is_caught_up_with(make: Make, world: World) -> None:
    make.excluded("tuva", "jonna")
    stream = make.thread("sara")
    with in_force(HOLD):
        held = make.reply("vera", stream, "a heldword")
    seq, page = _fresh(world, "tuva", stream.id)
    placing.publish_held(session().get_one(Piece, held.id), world.id("jonna"))
    _catch_up_equals_fresh(world, "tuva", stream.id, seq, page)
    assert held.id in _fresh(world, "tuva", stream.id)[1]


@pytest.mark.parametrize(("events", "reload"), [(500, False), (501, True)])
def test_after_five_hundred_events_the_page_is_loaded_again(
    make: Make, world: World, browser: Callable[..., Browser], events: int, reload: bool
) -> None:
    stream = make.thread("sara")
    assert stream.opening_id
    start = stream.seq
    _add_events(stream, events)
    answer = browser("tuva").get(f"/streams/{stream.id}/since?after={start}").json
    assert answer is not None
    assert (answer["reload"], answer["seq"]) == (reload, start + events)
    assert len(answer["pieces"]) == (0 if reload else 1)


def _add_events(stream: Stream, count: int) -> None:
    with transaction() as s:
        event = s.get_one(StreamEvent, (stream.id, stream.seq))
        for number in range(stream.seq + 1, stream.seq + count + 1):
            s.add(
                StreamEvent(
                    stream_id=stream.id, seq=number, prev=number - 1, kind="changed",
                    piece_id=event.piece_id, by_id=event.by_id, at=event.at,
                )
            )  # fmt: skip
        s.execute(update(Stream).where(Stream.id == stream.id).values(seq=stream.seq + count))
        s.flush()


def test_a_cursor_from_the_future_loads_again(world: World, browser: Callable[..., Browser]) -> None:
    answer = browser("tuva").get(f"/streams/{world.stream('common').id}/since?after=99999").json
    assert answer is not None and answer["reload"] is True


def test_catch_up_renders_the_partial_of_the_page(world: World, browser: Callable[..., Browser]) -> None:
    tuva, stream = browser("tuva"), world.stream("open")
    page = tuva.get(f"/t/{stream.id}").text
    answer = tuva.get(f"/streams/{stream.id}/since?after=0").json
    assert answer is not None and len(answer["pieces"]) == 2
    for piece in answer["pieces"]:
        assert " ".join(piece["html"].split()) in " ".join(page.split())
    shown = re.search(r"data-mine='([^']+)'", page)
    assert shown
    assert json.loads(shown[1].replace("&#34;", '"').replace("&quot;", '"'))["member"] == world.id("tuva")
