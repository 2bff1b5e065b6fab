"""What she told of is not there for her, anywhere, and open pages say the same as fresh ones; until she shows it to
herself again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from community.core import ratelimit
from community.core.db import session
from community.forum import feed
from community.reports import actions
from community.streams import actions as streams
from community.streams import catching_up, queries, sockets
from community.streams.actions import Said
from community.streams.models import Piece, Stream
from tests.client import Browser, words_of
from tests.make import Make
from tests.reports.told import state_of, tell
from tests.world import World

Browsers = Callable[..., Browser]


@pytest.fixture(autouse=True)
def _host(make: Make) -> None:
    """A host is there, so that one member hides nothing for others."""
    make.shift("jonna", None, -1, 5, role="host")


def test_a_reply_is_nowhere_for_her_and_stands_for_others(browser: Browsers, make: Make, world: World) -> None:
    thread = make.thread("sara", text="gemensam", title="canary-none")
    piece = make.reply("johanna", thread, "canary-told")
    quoting = Said("jo", "quotes-told", quote_id=piece.id, excerpt="")
    streams.reply(world.viewer("tuva"), session().get_one(Stream, thread.id), quoting)
    samir = browser("samir")
    samir.post(f"/pieces/{piece.id}/save", {})
    assert "canary-told" in samir.get(f"/t/{thread.id}").text
    assert samir.post(f"/pieces/{piece.id}/tell", reason="unkind").status_code == 303
    unknown = words_of(samir.get("/pieces/4711/more"))
    for path in ("/", "/me/saved", f"/t/{thread.id}", f"/people/{world.id('johanna')}", "/notifications"):
        assert "canary-told" not in samir.get(path).text, path
    assert "canary-told" not in samir.get(f"/streams/{thread.id}/since?after=0").text
    assert str(piece.id) in samir.get(f"/streams/{thread.id}/since?after=0").text  # her other pages take it out, too
    other = make.thread("sara", text="annat")
    assert str(piece.id) not in samir.get(f"/streams/{other.id}/since?after=0").text
    assert words_of(samir.get(f"/pieces/{piece.id}/more")) == unknown
    assert samir.post(f"/pieces/{piece.id}/react", kind="hug").status_code == 404
    assert "canary-told" in browser("amina").get(f"/t/{thread.id}").text
    assert state_of(piece) == "published"


def test_an_opening_takes_its_thread_out_of_her_lists(browser: Browsers, make: Make, world: World) -> None:
    thread = make.thread("johanna", text="canary-opening")
    make.reply("sara", thread, "svar")
    samir = browser("samir")
    samir.post(f"/pieces/{thread.opening_id}/tell", reason="private")
    assert samir.get(f"/t/{thread.id}").status_code == 404
    for path in ("/", "/feed/newer", "/c/vardagsrummet"):
        assert "canary-opening" not in samir.get(path).text
    make.reply("tuva", thread)
    assert thread.id not in [one.id for one in feed.feed_for(world.viewer("samir"), limit=50)]


def test_she_shows_it_to_herself_again(browser: Browsers, make: Make, world: World) -> None:
    thread = make.thread("sara")
    piece = make.reply("johanna", thread, "canary-again")
    samir = browser("samir")
    samir.post(f"/pieces/{piece.id}/tell", reason="other")
    mine = samir.get("/me/told")
    assert "Visa det för mig igen" in mine.text and "canary-again" not in mine.text
    report_id = mine.text.split("/me/told/")[1].split("/show")[0]
    assert samir.post(f"/me/told/{report_id}/show").status_code == 303
    assert "canary-again" in samir.get(f"/t/{thread.id}").text
    assert "Visa det för mig igen" not in samir.get("/me/told").text
    assert not world.viewer("samir").sees_less


def test_her_open_pages_come_in_anew_and_nobody_elses_hear_of_it(
    make: Make, world: World, heard: Any, browser: Browsers
) -> None:
    thread = make.thread("sara")
    piece = make.reply("johanna", thread)
    before = session().get_one(Stream, thread.id, populate_existing=True).seq
    heard.clear()
    tell(world, "samir", piece)
    told = {(room, event) for room, event, _ids in heard}
    assert told == {("review", "review:changed"), (f"member:{world.id('samir')}", "told:changed")}
    assert session().get_one(Stream, thread.id, populate_existing=True).seq == before


def test_a_reader_with_a_room_of_her_own_hears_nothing_of_it(make: Make, world: World) -> None:
    thread = make.thread("sara")
    piece, other = make.reply("johanna", thread), make.reply("tuva", thread)
    tell(world, "samir", piece)
    samir = world.viewer("samir")
    assert sockets.room_of(samir, thread.id) == f"stream:{thread.id}:m:{samir.id}"
    assert not sockets.may_know(samir.id, piece, piece.author_id)
    assert sockets.may_know(samir.id, other, other.author_id)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("say"), st.sampled_from(("johanna", "tuva", "sara"))),
        st.tuples(st.just("tell"), st.integers(0, 9)),
        st.tuples(st.just("edit"), st.integers(0, 9)),
        st.tuples(st.just("take back"), st.integers(0, 9)),
        st.tuples(st.just("show"), st.integers(0, 9)),
        st.tuples(st.just("look"), st.just(0)),
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
@example(steps=[("say", "johanna"), ("look", 0), ("tell", 0)])  # gone without an event of the stream
def test_a_page_and_what_it_catches_up_with_is_the_page_of_now(
    steps: list[tuple[str, Any]], world: World, make: Make
) -> None:
    """Whatever she tells of meanwhile, whoever changes it. What she shows again comes with her next page."""
    with ratelimit.ignored():
        thread = make.thread("sara").id
        said: list[Piece] = []
        told: list[tuple[int, int]] = []
        shown = _page(world, thread)
        cursor = session().get_one(Stream, thread, populate_existing=True).seq
        for what, which in [*steps, ("look", 0)]:
            if what == "say":
                said.append(make.reply(str(which), thread))
            elif what == "look":
                cursor = _catch_up(world, thread, shown, cursor)
                assert shown == _page(world, thread)
            elif said and what == "show":
                if told:
                    report_id, _piece = told.pop()
                    actions.show_again(world.viewer("samir"), report_id)
                    shown = _page(world, thread)
                    cursor = session().get_one(Stream, thread, populate_existing=True).seq
            elif said:
                _do(world, what, said[which % len(said)], told)


def _do(world: World, what: str, piece: Piece, told: list[tuple[int, int]]) -> None:
    row = session().get_one(Piece, piece.id, populate_existing=True)
    author = next(name for name in ("johanna", "tuva", "sara") if world.id(name) == row.author_id)
    if what == "tell" and row.id not in world.viewer("samir").told_ids:
        told.append((tell(world, "samir", row, "unkind").id, row.id))
    elif what == "take back" and row.state == "published":
        streams.remove_piece(world.viewer(author), row.id)
    elif what == "edit" and row.state == "published":
        streams.edit_piece(world.viewer(author), row.id, version=row.version, body=f"{row.text} x", title=None)


def _page(world: World, stream_id: int) -> dict[int, tuple[str, str]]:
    viewer = world.viewer("samir")
    stream = queries.stream_for(viewer, stream_id)
    pieces = [queries.found_for(viewer, stream_id).opening, *queries.replies_before(viewer, stream, None, 100)]
    return {view.id: (view.state, str(view.html)) for view in queries.views(viewer, pieces)}


def _catch_up(world: World, stream_id: int, shown: dict[int, tuple[str, str]], cursor: int) -> int:
    viewer = world.viewer("samir")
    changes = catching_up.changes_since(viewer, queries.stream_for(viewer, stream_id), cursor)
    for id_, view in changes.pieces:
        if view is None:
            shown.pop(id_, None)
        else:
            shown[id_] = (view.state, str(view.html))
    return changes.seq
