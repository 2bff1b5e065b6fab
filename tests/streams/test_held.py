"""A piece that waits to be read first leaves no trace for anybody but its author."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from community.core import clock
from community.core.db import session
from community.core.errors import Invalid
from community.forum import feed
from community.safety.word_lists import in_force
from community.streams import actions, placing
from community.streams.models import Piece, StreamEvent
from tests.client import Browser
from tests.make import Make
from tests.world import HOLD, NOW, World

Browsers = Callable[..., Browser]
OTHERS = ("amina", "isla", "johanna", "sara", "jonna", "birgitta")


@pytest.fixture
def held(make: Make, world: World) -> Piece:
    with in_force(HOLD):
        return make.reply("vera", world.stream("open"), "ett heldword mitt i")


def test_it_has_no_place_and_no_event(held: Piece, world: World, heard: list[object]) -> None:
    assert (held.state, held.nr, held.seq, held.published_at) == ("held", None, 0, None)
    events = session().scalar(select(func.count()).select_from(StreamEvent).where(StreamEvent.piece_id == held.id))
    assert events == 0
    assert not [ids for _room, _event, ids in heard if held.id in ids.values()]  # type: ignore[misc, attr-defined]


def test_nobody_else_meets_it(held: Piece, world: World, browser: Browsers) -> None:
    stream = world.stream("open")
    for name in OTHERS:
        reader = browser(name)
        for path in (f"/t/{stream.id}", f"/streams/{stream.id}/since?after=0", "/", "/feed/newer"):
            answer = reader.get(path)
            assert "heldword" not in answer.text, (name, path)
            assert str(held.id) not in answer.text, (name, path)
        assert reader.get(f"/pieces/{held.id}/more").status_code == 404
    assert next(view for view in feed.feed_for(world.viewer("tuva")) if view.id == stream.id).reply_count == 1


def test_its_author_sees_that_it_waits(held: Piece, world: World, browser: Browsers) -> None:
    page = browser("vera").get(f"/t/{world.stream('open').id}")
    assert "heldword" in page.text
    assert f'id="held-{held.id}"' in page.text


def test_let_through_it_takes_its_place_at_the_end(held: Piece, make: Make, world: World, browser: Browsers) -> None:
    stream = world.stream("open")
    later = make.reply("tuva", stream, "skrivet medan det väntade")
    with clock.at(NOW + timedelta(hours=1)):
        placing.publish_held(session().get_one(Piece, held.id), world.id("jonna"))
    fresh = session().get_one(Piece, held.id, populate_existing=True)
    assert later.nr is not None
    assert (fresh.state, fresh.nr, fresh.published_at) == ("published", later.nr + 1, NOW + timedelta(hours=1))
    assert world.stream("open").last_nr == fresh.nr
    page = browser("tuva").get(f"/t/{stream.id}").text
    assert page.index("skrivet medan det väntade") < page.index("heldword")


def test_taken_back_before_anybody_read_it_leaves_nothing(held: Piece, world: World, browser: Browsers) -> None:
    actions.remove_piece(world.viewer("vera"), held.id)
    for name in OTHERS:
        assert str(held.id) not in browser(name).get(f"/t/{held.stream_id}").text
    actions.restore_piece(world.viewer("vera"), held.id)
    assert session().get_one(Piece, held.id, populate_existing=True).state == "held"


def test_putting_back_passes_the_gate_again(make: Make, world: World, browser: Browsers) -> None:
    piece = make.reply("vera", world.stream("open"), "a heldword written before the list")
    actions.remove_piece(world.viewer("vera"), piece.id)
    with in_force(HOLD):
        assert actions.restore_piece(world.viewer("vera"), piece.id).state == "held"
    assert "heldword" not in browser("tuva").get(f"/t/{piece.stream_id}").text


def test_a_held_thread_is_there_for_its_writer_alone(make: Make, world: World, browser: Browsers) -> None:
    with in_force(HOLD):
        stream = make.thread("vera", text="ett heldword som början")
    assert browser("vera").get(f"/t/{stream.id}").status_code == 200
    for name in OTHERS:
        reader = browser(name)
        assert reader.get(f"/t/{stream.id}").status_code == 404
        assert "heldword" not in reader.get("/").text
    assert stream.opening_id
    placing.publish_held(session().get_one(Piece, stream.opening_id), world.id("jonna"))
    assert "heldword" in browser("tuva").get("/").text


def test_a_change_with_a_word_that_is_refused_is_refused_and_names_it(
    make: Make, world: World, browser: Browsers
) -> None:
    piece = make.reply("vera", world.stream("open"), "vanliga ord")
    vera = browser("vera")
    with in_force(HOLD):
        answer = vera.post(f"/pieces/{piece.id}/edit", text="nu med refusedword", version=1)
        assert answer.status_code == 422
        assert "nu med refusedword" in answer.text
        refused = vera.post(f"/t/{piece.stream_id}/replies", text="RefusedWord!", client_id="refused-1")
        assert (refused.status_code, "refusedword" in refused.text) == (422, True)
        with pytest.raises(Invalid):
            actions.edit_piece(world.viewer("vera"), piece.id, version=1, body="refusedword", title=None)
    assert session().get_one(Piece, piece.id, populate_existing=True).text == "vanliga ord"
