"""What a host hid is nowhere for anybody but its author and the queue: every place where words could come up again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from community.core.db import session, transaction
from community.forum import feed, questions
from community.forum import queries as forum
from community.home import profiles
from community.members.people import Viewer
from community.notices import queries as notices
from community.spaces import queries as spaces
from community.streams import actions as streams
from community.streams import catching_up, keeping, kept, mentions, moderating, own, sockets
from community.streams import queries as pieces
from community.streams.actions import Said
from community.streams.models import Piece
from tests.client import Browser
from tests.make import Make
from tests.world import World, answer, write

Browsers = Callable[..., Browser]
SECRET = "blåhallon"
READERS = ("vera", "tuva", "elias", "samir", "johanna", "sara", "petra", "jonna", "birgitta", "mira")


@pytest.fixture
def everywhere(world: World, make: Make) -> dict[str, int]:
    """Amina's thread and her reply elsewhere, each with the secret word, and everything that can lead to them."""
    write("secret", "amina", "vardagsrummet", f"{SECRET} @Tuva", title=f"titel {SECRET}")
    write("ask", "tuva", "fraga", "hur gör man", mode="ask")
    said = answer("secret-reply", "amina", "ask", f"{SECRET} hjälper @Tuva")
    quoting = streams.reply(
        world.viewer("sara"), world.stream("ask"), Said("just det", "quoting-1", quote_id=said.id, excerpt=SECRET)
    )[0]
    opening = world.piece("secret")
    answer("in-secret", "sara", "secret", "svar i tråden")
    for who in ("tuva", "sara"):
        for piece in (opening, said):
            keeping.save_piece(world.viewer(who), piece.id)
            streams.react(world.viewer(who), piece.id, "heart")
        keeping.choose(world.viewer(who), opening.stream_id, "follow")
    questions.mark_helped(world.viewer("tuva"), said.id)
    make.pin("secret")
    return {"opening": opening.id, "reply": said.id, "quoting": quoting.id}


def hide(world: World, *ids: int) -> None:
    with transaction():
        for id_ in ids:
            moderating.hide(world.viewer("jonna"), session().get_one(Piece, id_, populate_existing=True))


def shown_to(viewer: Viewer, world: World) -> str:
    """Everything every query of a member gives her, as text."""
    stream, ask = world.stream("secret"), world.stream("ask")
    found: list[Any] = [feed.feed_for(viewer)]
    for space in spaces.readable(viewer):
        found.append(feed.feed_for(viewer, space))
    found.append(feed.feed_for(viewer, followed=True))
    found.append(notices.page_for(viewer))
    found.append([pieces.views(viewer, [piece]) for _saved, piece, _stream in kept.saved_for(viewer)])
    found.append(profiles.shown(viewer, profiles.wrote_for(viewer, world.id("amina"))))
    for one in (stream, ask):
        try:
            thread = forum.thread_for(viewer, one.id)
            page = forum.page_for(viewer, thread, own.place_in(viewer, one.id), before=None, after=None, around=None)
            found += [page, catching_up.changes_since(viewer, thread.stream, 0)]
        except Exception as gone:
            found.append(type(gone).__name__)
    return repr(found)


@pytest.mark.parametrize("who", READERS)
def test_no_query_of_anybody_else_gives_it(who: str, world: World, everywhere: dict[str, int], app: Any) -> None:
    with app.test_request_context():
        viewer = world.viewer(who)
        assert SECRET in shown_to(viewer, world) or who == "elias", "it can be found before"
        hide(world, everywhere["opening"], everywhere["reply"])
        assert SECRET not in shown_to(world.viewer(who), world)


@pytest.mark.parametrize("who", READERS)
def test_no_page_of_anybody_else_shows_it(
    who: str, world: World, everywhere: dict[str, int], browser: Browsers
) -> None:
    stream, ask = world.stream("secret").id, world.stream("ask").id
    hide(world, everywhere["opening"], everywhere["reply"])
    reader = browser(who)
    for path in (
        *("/", "/c/vardagsrummet", "/c/fraga", "/?sort=followed", "/notifications", "/me/saved", "/feed/newer"),
        *(f"/t/{stream}", f"/t/{ask}", f"/people/{world.id('amina')}", f"/t/{ask}/helped"),
        *(f"/streams/{stream}/since?after=0", f"/streams/{ask}/since?after=0", f"/streams/{ask}/names?q=am"),
        *(f"/pieces/{id_}/{what}" for id_ in everywhere.values() for what in ("react", "more", "history", "edit")),
    ):
        if "quoting" in path:
            continue
        assert SECRET not in reader.get(path).text, path
    for id_ in (everywhere["opening"], everywhere["reply"]):
        unknown = reader.get("/pieces/4711/more")
        assert reader.get(f"/pieces/{id_}/more").status_code == unknown.status_code == 404
        assert reader.post(f"/pieces/{id_}/save").status_code == 404
        assert reader.post(f"/pieces/{id_}/react", kind="heart").status_code == 404


def test_its_author_still_sees_it_marked(world: World, everywhere: dict[str, int], browser: Browsers) -> None:
    hide(world, everywhere["opening"], everywhere["reply"])
    amina = browser("amina")
    for label in ("secret", "ask"):
        page = amina.get(f"/t/{world.stream(label).id}").text
        assert SECRET in page and "dolt" in page
    assert SECRET in amina.get("/me/waiting").text
    assert SECRET in str(amina.get(f"/streams/{world.stream('ask').id}/since?after=0").get_json())


def test_figures_count_only_what_is_there(world: World, everywhere: dict[str, int]) -> None:
    ask = world.stream("ask")
    before = {one.id: one for one in feed.feed_for(world.viewer("vera"))}[ask.id].reply_count
    hide(world, everywhere["reply"])
    streams.mark_read(world.viewer("vera"), world.stream("ask"), 1)
    thread = {one.id: one for one in feed.feed_for(world.viewer("vera"))}[ask.id]
    assert (thread.reply_count, thread.new_count) == (before - 1, 1)
    apart = {one.id: one for one in feed.feed_for(world.viewer("olle"))}[ask.id]
    assert apart.reply_count == before - 1, "and the same for whoever is counted for"


def test_open_pages_are_told_and_shown_nothing(world: World, everywhere: dict[str, int], browser: Browsers) -> None:
    """Live and loaded agree: gone for all, and what quoted it says so."""
    before = world.stream("ask").seq
    hide(world, everywhere["reply"])
    reader, author = browser("vera"), browser("amina")
    news = reader.get(f"/streams/{world.stream('ask').id}/since?after={before}").get_json()["pieces"]
    by_id = {piece["id"]: piece for piece in news}
    assert by_id[everywhere["reply"]]["gone"] and SECRET not in by_id[everywhere["quoting"]]["html"]
    hers = author.get(f"/streams/{world.stream('ask').id}/since?after={before}").get_json()["pieces"]
    assert SECRET in {piece["id"]: piece for piece in hers}[everywhere["reply"]]["html"]


def test_shown_again_it_is_where_it_was(world: World, everywhere: dict[str, int], app: Any) -> None:
    with app.test_request_context():
        nr = session().get_one(Piece, everywhere["reply"]).nr
        before = world.stream("ask").active_at, world.stream("ask").gaps
        hide(world, everywhere["opening"], everywhere["reply"])
        with transaction():
            for id_ in (everywhere["opening"], everywhere["reply"]):
                piece = session().get_one(Piece, id_, populate_existing=True)
                moderating.show_again(world.viewer("jonna"), piece)
        assert session().get_one(Piece, everywhere["reply"]).nr == nr
        assert (world.stream("ask").active_at, world.stream("ask").gaps) == before
        assert world.stream("secret").listed
        assert SECRET in shown_to(world.viewer("tuva"), world)


def test_a_frame_under_a_hidden_opening_carries_nothing(
    world: World, everywhere: dict[str, int], browser: Browsers
) -> None:
    """Also for a page that still listens there."""
    stream = world.stream("secret")
    line = browser("tuva").socket()
    assert line.emit("stream:join", {"stream": stream.id}, callback=True)["ok"]
    hide(world, everywhere["opening"])
    seq = world.stream("secret").seq
    ids = {"stream": stream.id, "seq": seq + 1, "prev": seq, "by": world.id("sara")}
    line.get_received()
    for label in ("in-secret", "secret"):
        sockets.bring_piece({**ids, "piece": world.piece(label).id})
    frames = [frame["args"][0] for frame in line.get_received() if frame["name"] == "stream:piece"]
    assert [(frame["gone"], "html" in frame) for frame in frames] == [(True, False), (True, False)]


def test_names_are_not_found_by_hidden_words(world: World, everywhere: dict[str, int]) -> None:
    """An adult may name a child only where she has written; a hidden reply is not it."""
    said = answer("only-isla", "isla", "ask", "hej")
    viewer, space = world.viewer("johanna"), spaces.space_for(world.viewer("tuva"), world.stream("ask").space_id)
    before = [one.name for one in mentions.names_for(viewer, "Isl", space, world.stream("ask"))]
    hide(world, said.id)
    after = [one.name for one in mentions.names_for(viewer, "Isl", space, world.stream("ask"))]
    assert before == ["Isla"] and after == []
