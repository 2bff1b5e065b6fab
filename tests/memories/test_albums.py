"""Albums: made, filled, read page by page, by those who read the channel and nobody else."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from community.core import db, ratelimit
from community.core.db import session, transaction
from community.core.errors import Invalid, NotAllowed, NotFound
from community.forum import feed as feeds
from community.memories import actions, queries
from community.memories.actions import Wish
from community.memories.models import MemoryDate
from community.photos import asking
from community.streams import actions as streams
from community.streams import moderating
from community.streams.models import Piece
from tests.client import Browser
from tests.counting import counted
from tests.memories.remembering import SUMMER, album, exactly, many, put_in, said
from tests.photos.picturing import loose, with_people
from tests.world import World, exclude

PIECES = re.compile(r'href="/photos/(\d+)"')


def pictures_on(page: Any) -> list[int]:
    return [int(number) for number in PIECES.findall(page.get_data(as_text=True))]


def test_made_filled_and_found(world: World, browser: Callable[..., Browser]) -> None:
    amina = browser("amina")
    assert "Gör ett album" in amina.get("/albums").get_data(as_text=True)
    assert amina.get("/albums/new").status_code == 200
    form = {"title": "Gotland", "kind": "trip", "place": f"{world.space('vardagsrummet')}:all", "year": "2014"}
    form |= {"part": "summer", "client_id": "made-first-1"}
    made = amina.post("/albums/new", data=form)
    assert made.status_code == 303
    text = amina.get(made.location).get_data(as_text=True)
    assert "Gotland" in text and "sommaren 2014" in text and "Inget här inne än" in text
    listed = browser("tuva").get("/albums").get_data(as_text=True)
    assert "Gotland" in listed and "summer 2014" in listed


def test_pictures_stand_in_the_order_in_which_they_happened(world: World, browser: Callable[..., Browser]) -> None:
    stream = album(world)
    _piece, (late,) = put_in(world, stream, happened=exactly(2014, 8, 3))
    _piece, (early,) = put_in(world, stream, "tuva", happened=exactly(2014, 6, 20))
    _piece, (posted,) = put_in(world, stream, "tuva")
    in_order = [early.id, late.id, posted.id]
    assert pictures_on(browser("johanna").get(f"/albums/{stream}")) == in_order


def test_words_alone_are_a_contribution_and_nothing_is_none(world: World, browser: Callable[..., Browser]) -> None:
    stream = album(world)
    actions.contribute(world.viewer("tuva"), stream, said("Regnet på färjan"))
    assert "Regnet på färjan" in browser("johanna").get(f"/albums/{stream}").get_data(as_text=True)
    with pytest.raises(Invalid):
        actions.contribute(world.viewer("tuva"), stream, said(""))


def test_twenty_four_at_once_and_no_more(world: World) -> None:
    stream = album(world)
    photos = [loose(world, "amina").id for _ in range(3)]
    with pytest.raises(Invalid):
        actions.contribute(world.viewer("amina"), stream, said(), [*photos, *range(1, 23)])
    piece = actions.contribute(world.viewer("amina"), stream, said(), photos)
    assert (piece.pictures, piece.text, piece.state, piece.held_why) == (3, "", "held", "photo")


def test_who_does_not_read_the_channel_has_no_such_album(world: World, browser: Callable[..., Browser]) -> None:
    stream = album(world, space="solglantan")
    _piece, (photo,) = put_in(world, stream)
    for name in ("samir", "isla", "johanna"):
        assert browser(name).get(f"/albums/{stream}").status_code == 404
        assert "Gotland" not in browser(name).get("/albums").get_data(as_text=True)
        with pytest.raises(NotFound):
            actions.contribute(world.viewer(name), stream, said("Hej"))
        assert browser(name).get(f"/photos/{photo.id}").status_code == 404
    assert browser("tuva").get(f"/albums/{stream}").status_code == 200


def test_kept_apart_there_is_neither_album_nor_contribution(world: World, browser: Callable[..., Browser]) -> None:
    hers, others = album(world, title="Aminas"), album(world, "tuva", title="Tuvas")
    _piece, (photo,) = put_in(world, others)
    assert "Aminas" not in browser("elias").get("/albums").get_data(as_text=True)
    assert browser("elias").get(f"/albums/{hers}").status_code == 404
    page = browser("elias").get(f"/albums/{others}")
    assert page.status_code == 200 and pictures_on(page) == []
    assert queries.albums_for(world.viewer("elias"))[0].count == 0
    assert pictures_on(browser("johanna").get(f"/albums/{others}")) == [photo.id]


def test_until_everybody_has_said_yes_there_is_no_picture(world: World, browser: Callable[..., Browser]) -> None:
    stream = album(world)
    _piece, (photo,) = put_in(world, stream, told=with_people(world, "ivan"))
    assert pictures_on(browser("johanna").get(f"/albums/{stream}")) == []
    assert "<picture" not in browser("johanna").get("/albums").get_data(as_text=True)
    asking.answer(world.viewer("ivan"), photo.id, "yes")
    assert pictures_on(browser("johanna").get(f"/albums/{stream}")) == [photo.id]
    assert "<picture" in browser("johanna").get("/albums").get_data(as_text=True)
    asking.answer(world.viewer("ivan"), photo.id, "no")
    assert pictures_on(browser("johanna").get(f"/albums/{stream}")) == []


def test_hidden_taken_back_and_folded_show_no_picture(world: World, browser: Callable[..., Browser]) -> None:
    stream = album(world)
    hidden, _photos = put_in(world, stream)
    with transaction():
        moderating.hide(world.viewer("jonna"), session().get_one(Piece, hidden.id))
    back, _photos = put_in(world, stream)
    streams.remove_piece(world.viewer("amina"), back.id)
    folded, _photos = put_in(world, stream)
    with transaction():
        session().get_one(Piece, folded.id).note = "om sjukdom"
    page = browser("johanna").get(f"/albums/{stream}").get_data(as_text=True)
    assert 'class="tile"' not in page and "om sjukdom" in page and "<details" in page


def test_an_album_that_is_closed_takes_nothing_more(world: World, browser: Callable[..., Browser]) -> None:
    stream = album(world)
    paused = browser("mira").get(f"/albums/{stream}")
    assert paused.status_code == 200 and f"/albums/{stream}/add" not in paused.get_data(as_text=True)
    assert browser("mira").get(f"/albums/{stream}/add").status_code == 403
    opening = queries.album_for(world.viewer("amina"), stream).opening
    streams.remove_piece(world.viewer("amina"), opening.id)
    with pytest.raises(NotAllowed):
        actions.contribute(world.viewer("tuva"), stream, said("Hej"))


def test_an_album_is_no_post_in_the_feed(world: World) -> None:
    stream = album(world)
    assert stream not in {thread.id for thread in feeds.feed_for(world.viewer("tuva"))}


def test_a_name_is_needed_and_what_was_written_is_kept(world: World, browser: Callable[..., Browser]) -> None:
    place = f"{world.space('vardagsrummet')}:all"
    form = {"title": " ", "text": "Minns du", "kind": "trip", "place": place, "client_id": "kept-album-1"}
    answer = browser("tuva").post("/albums/new", data={**form, "year": "2014", "part": "2", "day": "30"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "Minns du" in page and "Give the album a name first." in page
    answer = browser("tuva").post(
        "/albums/new", data={**form, "title": "Vinter", "year": "2014", "part": "2", "day": "30"}
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "There is no such day in that month." in page and 'value="30"' in page


def test_sent_twice_it_is_made_once(world: World) -> None:
    wish, once = Wish(world.space("vardagsrummet"), "trip", SUMMER, "all"), said("", "Gotland")
    one = actions.make_album(world.viewer("amina"), wish, once)
    assert actions.make_album(world.viewer("amina"), wish, once).id == one.id


def test_two_hundred_pictures_cost_the_same_as_twenty_and_stay_small(
    world: World, browser: Callable[..., Browser], rolled_back: Any
) -> None:
    stream = album(world, "johanna", "utflyttat")
    _piece, (photo,) = put_in(world, stream, "johanna")
    reader, asked, seen = browser("johanna"), [], []
    for more in (19, 180):
        with ratelimit.ignored():
            many(world, photo, stream, "johanna", more)
        reader.get(f"/albums/{stream}")
        db.remove()
        with counted(rolled_back) as questions:
            page = reader.get(f"/albums/{stream}")
        asked.append(len(questions))
    assert asked[0] == asked[1] <= 15, asked
    html = page.get_data()
    assert len(gzip.compress(html)) <= 60_000
    assert html.count(b"fetchpriority") <= 6 and html.count(b'loading="lazy"') >= 40
    further: str | None = f"/albums/{stream}"
    while further:
        page = reader.get(further)
        seen += pictures_on(page)
        found = re.search(r'href="(\?after=[0-9-]+)"', page.get_data(as_text=True))
        further = f"/albums/{stream}{found[1]}" if found else None
    assert len(seen) == len(set(seen)) == 200


def test_when_it_was_stands_beside_the_opening(world: World) -> None:
    stream = album(world)
    opening = queries.album_for(world.viewer("amina"), stream).opening
    row = session().scalar(select(MemoryDate).where(MemoryDate.piece_id == opening.id))
    assert row is not None and row.happened == SUMMER


def test_blocked_later_the_album_is_gone_for_both(world: World, browser: Callable[..., Browser]) -> None:
    stream = album(world)
    assert browser("johanna").get(f"/albums/{stream}").status_code == 200
    exclude("amina", "johanna", "block")
    assert browser("johanna").get(f"/albums/{stream}").status_code == 404
