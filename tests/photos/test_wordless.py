"""A picture says enough: posts, replies and messages without a word, wherever their first words would stand."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from community.chat import actions as chats
from community.core import clock, db
from community.core.db import session
from community.core.errors import Invalid, NotAllowed
from community.forum import actions as forum
from community.photos import actions, asking, erasing
from community.photos.models import Photo
from community.safety.models import Case
from community.streams import actions as streams
from community.streams.actions import Said
from community.streams.models import Piece
from tests.chat.saying import chat_of
from tests.client import Browser
from tests.counting import counted
from tests.photos.picturing import NOBODY_IN_IT, let_stand, loose, standing
from tests.photos.test_leaving import left
from tests.photos.test_pages import sent, writing
from tests.pictures.corpus import drawn, encoded
from tests.world import World, exclude

A_PICTURE = encoded(drawn(60, 40), "JPEG")
_SAY = "A picture that is not shown."


def wordless(world: World, who: str = "johanna") -> tuple[Piece, Photo]:
    """A post of a picture alone, which stands and is shown."""
    return standing(world, who, told=NOBODY_IN_IT, words="")


def test_a_post_and_a_reply_may_be_a_picture_alone(world: World, browser: Callable[..., Browser]) -> None:
    tuva = browser("tuva")
    assert tuva.post("/write", writing(world, text="", client_id="wordless-1", **sent(A_PICTURE))).status_code == 303
    thread = world.stream("open")
    given = {"text": "   ", "client_id": "wordless-2", **sent(A_PICTURE + b"x")}
    assert tuva.post(f"/t/{thread.id}/replies", given).status_code == 303
    for kind in ("opening", "reply"):
        piece = session().query(Piece).filter_by(author_id=world.id("tuva"), kind=kind, pictures=1).one()
        assert (piece.text, piece.html, piece.state) == ("", "", "held")


def test_without_words_and_without_a_picture_nothing_is_sent(world: World, browser: Callable[..., Browser]) -> None:
    answer = browser("tuva").post("/write", writing(world, text="", client_id="wordless-3"))
    assert answer.status_code == 422
    assert "Write something here first." in answer.text
    with pytest.raises(Invalid):
        forum.reply(world.viewer("tuva"), world.stream("open").id, Said("", "wordless-4"))


def test_where_first_words_would_stand_it_is_a_picture(world: World, browser: Callable[..., Browser]) -> None:
    piece, _photo = wordless(world)
    answer = forum.reply(world.viewer("amina"), piece.stream_id, Said("Fint", "wordless-5", quote_id=piece.id))
    amina, answer_id = browser("amina"), answer.id
    page = amina.get(f"/t/{piece.stream_id}").text
    assert "<title>En bild" in page
    assert "En bild" in page.split("<blockquote", 1)[1].split("</blockquote>", 1)[0]
    for path in ("/", "/c/vardagsrummet", f"/people/{world.id('johanna')}", f"/pieces/{answer_id}/more", "/me/waiting"):
        assert amina.get(path).status_code == 200, path
    assert "En bild" in amina.get("/").text
    assert "A picture" in browser("isla").get("/").text
    assert browser("johanna").get("/notifications").status_code == 200


def test_whoever_does_not_see_it_is_told_that_much(world: World, browser: Callable[..., Browser]) -> None:
    piece, photo = wordless(world)
    isla = browser("isla")
    assert f"/photos/{photo.id}/320.webp" in isla.get(f"/t/{piece.stream_id}").text
    actions.say_who(world.viewer("johanna"), photo.id, actions.Told("x", "unseen", cells=frozenset({1})))
    page = isla.get(f"/t/{piece.stream_id}").text
    assert f"/photos/{photo.id}" not in page
    assert _SAY in page


def test_a_host_meets_it_in_the_queue(world: World, browser: Callable[..., Browser]) -> None:
    photo = loose(world, "tuva")
    piece = forum.start_thread(
        world.viewer("tuva"),
        world.space("vardagsrummet"),
        Said("", "wordless-6"),
        mode="tell",
        just_listen=False,
        photos=[photo.id],
    )
    assert piece.state == "held"
    photo_id = photo.id
    case = session().query(Case).filter_by(piece_id=piece.id).one().id
    for path in ("/review", f"/review/{case}"):
        page = browser("jonna").get(path).text
        assert f"/photos/{photo_id}/320.webp" in page
        assert ">En bild</p>" in page or ">A picture</p>" in page
    assert f"/photos/{photo_id}/320.webp" in browser("tuva").get("/me/waiting").text
    let_stand(world, piece)
    assert session().get_one(Piece, piece.id).state == "published"


def test_words_may_go_and_come_while_there_is_a_picture(world: World) -> None:
    johanna = world.viewer("johanna")
    piece, _photo = standing(world, "johanna", told=NOBODY_IN_IT, space="utflyttat")
    changed = streams.edit_piece(johanna, piece.id, version=piece.version, body="", title=None)
    assert changed.text == ""
    changed = streams.edit_piece(johanna, piece.id, version=changed.version, body="Vid sjön", title=None)
    assert changed.text == "Vid sjön"
    plain = forum.reply(johanna, piece.stream_id, Said("Bara ord", "wordless-7"))
    with pytest.raises(Invalid):
        streams.edit_piece(johanna, plain.id, version=plain.version, body="", title=None)


def test_its_last_picture_taken_away_nothing_is_left_to_stand(world: World) -> None:
    piece, photo = wordless(world)
    actions.remove(world.viewer("johanna"), photo.id)
    there = session().get_one(Piece, piece.id, populate_existing=True)
    assert (there.state, there.pictures) == ("removed", 0)
    with pytest.raises(NotAllowed):
        streams.restore_piece(world.viewer("johanna"), piece.id)


def test_taken_back_it_can_be_put_back_with_its_picture_for_a_month(world: World) -> None:
    piece, photo = wordless(world)
    photo_id = photo.id
    streams.remove_piece(world.viewer("johanna"), piece.id)
    actions.clear_out(clock.now())
    assert session().get(Photo, photo_id, populate_existing=True) is not None
    streams.restore_piece(world.viewer("johanna"), piece.id)
    streams.remove_piece(world.viewer("johanna"), piece.id)
    actions.clear_out(clock.now() + timedelta(days=31))
    assert session().get(Photo, photo_id) is None


def test_whoever_leaves_without_her_name_leaves_no_empty_piece(world: World) -> None:
    piece, _photo = wordless(world)
    left(world, "johanna", "nameless")
    there = session().get_one(Piece, piece.id, populate_existing=True)
    assert (there.state, there.pictures) == ("removed", 0)
    assert erasing.NAMED == "named"


def test_a_draft_of_pictures_alone_is_kept(world: World, browser: Callable[..., Browser]) -> None:
    tuva, photo = browser("tuva"), loose(world, "tuva")
    fields = json.dumps({"text": "", "photos": str(photo.id)})
    assert tuva.post("/drafts", place="new", fields=fields).status_code in (200, 204)
    assert f'value="{photo.id}"' in tuva.get("/write").text


def test_lists_show_small_ones_and_nothing_of_what_is_folded(world: World, browser: Callable[..., Browser]) -> None:
    thread = wordless(world)[0].stream_id
    noted = Said("Titta", "wordless-8", note="blod")
    folded = forum.start_thread(
        world.viewer("johanna"),
        world.space("utflyttat"),
        noted,
        mode="tell",
        just_listen=False,
        photos=[loose(world, "johanna").id],
    )
    actions.say_who(
        world.viewer("johanna"), session().query(Photo).filter_by(piece_id=folded.id).one().id, NOBODY_IN_IT
    )
    for path in ("/", f"/people/{world.id('johanna')}"):
        for who in ("johanna", "amina"):
            page = browser(who).get(path).text
            assert page.count('class="thumbs') == 1, (who, path)
    feed = browser("amina").get("/c/vardagsrummet").text
    assert f'class="thumbs count-1" href="/t/{thread}"' in feed
    assert 'loading="lazy"' not in feed.split('class="thumbs', 1)[1].split("</a>", 1)[0]
    exclude("amina", "johanna")
    assert 'class="thumbs' not in browser("amina").get("/").text


@pytest.mark.parametrize("name", ["isla", "amina", "birgitta"])
def test_many_pictures_ask_no_more_than_one(
    name: str, world: World, browser: Callable[..., Browser], rolled_back: Any
) -> None:
    reader, chat, asked = browser(name), chat_of(world), []
    for number in (1, 4):
        for _ in range(number):
            wordless(world)
            photo = loose(world, "johanna")
            said = Said("Titta", f"counted-{photo.id}")
            chats.send(world.viewer("johanna"), chat, said, [photo.id])
            actions.say_who(world.viewer("johanna"), photo.id, NOBODY_IN_IT)
            asking.confirm(world.viewer("jonna"), photo.id)
        for path in ("/", "/c/vardagsrummet", f"/chat/{chat}"):
            reader.get(path)
            db.remove()
            with counted(rolled_back) as queries:
                assert "/320.webp" in reader.get(path).text
            asked.append(len(queries))
    assert asked[:3] == asked[3:]
    assert max(asked) <= 12
