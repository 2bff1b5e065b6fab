"""Pictures in chats: the words stand at once, the pictures when everybody in them has said yes, and where children read
a host has seen them. Talks and the team's inbox take none."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from community.chat import actions, queries
from community.core import clock
from community.core.db import session
from community.core.errors import Invalid, NotAllowed, NotFound
from community.photos import actions as photos
from community.photos import asking
from community.photos.models import Photo
from community.safety.models import Case
from community.streams.actions import Said
from community.streams.models import Piece
from community.streams.writing import LONGEST
from tests.chat.saying import chat_of
from tests.chat.test_hosted import opened
from tests.client import Browser
from tests.photos.picturing import A_PICTURE, NOBODY_IN_IT, loose, with_people
from tests.photos.test_seeing import sees
from tests.world import NOW, World


def shown_in(
    world: World, who: str = "tuva", words: str = "Titta här", slug: str = "vardagsrummet"
) -> tuple[Piece, Photo]:
    """A message with a picture, as it was sent."""
    photo = loose(world, who)
    piece, new = actions.send(world.viewer(who), chat_of(world, slug), Said(words, f"pict-{photo.id}"), [photo.id])
    assert new
    return piece, photo


def chat_page(world: World, reader: Browser, slug: str = "vardagsrummet") -> str:
    return str(reader.get(f"/chat/{chat_of(world, slug)}").text)


def test_the_words_stand_at_once_and_nothing_is_seen_of_the_picture(
    world: World, browser: Callable[..., Browser]
) -> None:
    piece, photo = shown_in(world)
    photo_id, piece_id = photo.id, piece.id
    assert piece.state == "published"
    assert session().query(Case).filter_by(piece_id=piece.id).count() == 0
    for name in ("amina", "johanna", "isla"):
        page = chat_page(world, browser(name))
        assert "Titta här" in page
        assert f"/photos/{photo_id}" not in page
        assert f"/photos/of/{piece_id}" not in page
    for name in ("tuva", "sara", "jonna"):
        assert f"/photos/of/{piece_id}" in chat_page(world, browser(name)), name
    assert sees(world, photo_id) == {"tuva", "sara", "jonna"}


def test_answered_and_confirmed_everybody_sees_it(world: World, browser: Callable[..., Browser]) -> None:
    _piece, photo = shown_in(world)
    photos.say_who(world.viewer("tuva"), photo.id, NOBODY_IN_IT)
    assert sees(world, photo.id, "amina") == set()
    asking.confirm(world.viewer("jonna"), photo.id)
    photo_id = photo.id
    page = chat_page(world, browser("amina"))
    assert f"/photos/{photo_id}/320.webp" in page
    assert "data-pictures" in page
    photos.remove(world.viewer("tuva"), photo_id)
    assert f"/photos/{photo_id}" not in chat_page(world, browser("amina"))


def test_where_children_read_nobody_is_asked_before_a_host_has_seen_it(
    world: World, browser: Callable[..., Browser]
) -> None:
    _piece, photo = shown_in(world)
    photo_id = photo.id
    photos.say_who(world.viewer("tuva"), photo_id, with_people(world, "ivan"))
    assert sees(world, photo_id, "ivan") == set()
    assert f"/photos/{photo_id}" not in browser("ivan").get("/").text
    assert f"/photos/{photo_id}" in browser("jonna").get("/photos/waiting").text
    asking.confirm(world.viewer("jonna"), photo_id)
    assert sees(world, photo_id, "ivan", "amina") == {"ivan"}
    assert f'action="/photos/{photo_id}/answer"' in browser("ivan").get("/").text
    asking.answer(world.viewer("ivan"), photo_id, "yes")
    assert sees(world, photo_id, "amina") == {"amina"}


def test_somebody_more_named_later_is_asked_after_the_next_look(world: World) -> None:
    _piece, photo = shown_in(world)
    photos.say_who(world.viewer("tuva"), photo.id, NOBODY_IN_IT)
    asking.confirm(world.viewer("jonna"), photo.id)
    photos.say_who(world.viewer("tuva"), photo.id, with_people(world, "ivan"))
    assert sees(world, photo.id, "ivan", "amina") == set()
    asking.confirm(world.viewer("jonna"), photo.id)
    assert sees(world, photo.id, "ivan", "amina") == {"ivan"}


def test_among_adults_its_uploaders_answer_is_enough(world: World) -> None:
    _piece, photo = shown_in(world, "johanna", slug="utflyttat")
    assert sees(world, photo.id, "elias", "jonna") <= {"jonna"}
    photos.say_who(world.viewer("johanna"), photo.id, NOBODY_IN_IT)
    assert "jonna" in sees(world, photo.id, "jonna", "amina")
    assert "amina" not in sees(world, photo.id, "amina")


def test_a_picture_alone(world: World, browser: Callable[..., Browser]) -> None:
    piece, photo = shown_in(world, words="")
    piece_id, photo_id = piece.id, photo.id
    assert (piece.text, piece.state) == ("", "published")
    for name, words in (("amina", "En bild som inte visas."), ("isla", "A picture that is not shown.")):
        assert words in chat_page(world, browser(name))
    answer = actions.send(world.viewer("amina"), chat_of(world), Said("Fint", "answers-it-1", quote_id=piece_id))[0]
    assert answer.quote_id == piece_id
    assert "En bild" in chat_page(world, browser("amina")).split("<blockquote", 1)[1].split("</blockquote>", 1)[0]
    photos.remove(world.viewer("tuva"), photo_id)
    assert session().get_one(Piece, piece_id, populate_existing=True).state == "removed"
    with pytest.raises(Invalid):
        actions.send(world.viewer("amina"), chat_of(world), Said(" ", "answers-it-2"))


def test_sent_twice_it_hangs_there_once(world: World) -> None:
    photo = loose(world, "tuva")
    chat, said = chat_of(world), Said("Titta", "sent-twice-1")
    first, _new = actions.send(world.viewer("tuva"), chat, said, [photo.id])
    again, new = actions.send(world.viewer("tuva"), chat, said, [photo.id])
    assert (again.id, new, again.pictures) == (first.id, False, 1)


def test_somebody_elses_picture_hangs_on_nothing_of_mine(world: World, rolled_back: Any) -> None:
    with pytest.raises(NotFound):
        actions.send(world.viewer("tuva"), chat_of(world), Said("Titta", "not-mine-1"), [loose(world, "amina").id])


def test_a_plain_form_sends_them_and_a_search_shows_them(world: World, browser: Callable[..., Browser]) -> None:
    tuva, chat = browser("tuva"), chat_of(world)
    files = [(io.BytesIO(A_PICTURE), "bild.jpg")]
    given = {"text": "Sjöutsikt", "client_id": "by-form-0001", "pictures": files}
    assert tuva.post(f"/chat/{chat}/messages", given).status_code == 303
    photo_id = session().query(Photo.id).scalar()
    assert f"/photos/of/{session().get_one(Photo, photo_id).piece_id}" in chat_page(world, tuva)
    photos.say_who(world.viewer("tuva"), photo_id, NOBODY_IN_IT)
    asking.confirm(world.viewer("jonna"), photo_id)
    assert f"/photos/{photo_id}/320.webp" in browser("amina").get(f"/chat/{chat}/search?q=sjöutsikt").text
    assert tuva.get(f"/photos/{photo_id}").text.count(f"/chat/{chat}") >= 1


def test_what_is_no_picture_leaves_the_words(world: World, browser: Callable[..., Browser]) -> None:
    given = {"text": "Mina ord", "client_id": "by-form-0002", "pictures": [(io.BytesIO(b"<svg>"), "x.jpg")]}
    answer = browser("tuva").post(f"/chat/{chat_of(world)}/messages", given)
    assert answer.status_code == 422
    assert "Mina ord" in answer.text
    assert session().query(Piece).filter_by(text="Mina ord").count() == 0


def test_a_draft_names_its_pictures(world: World, browser: Callable[..., Browser]) -> None:
    tuva, photo, chat = browser("tuva"), loose(world, "tuva"), chat_of(world)
    fields = f'{{"text": "", "photos": "{photo.id}"}}'
    tuva.post("/drafts", place=f"reply:{chat}", fields=fields)
    assert f'data-photo="{photo.id}"' in chat_page(world, tuva)
    assert LONGEST["message"]


def test_talks_and_the_teams_inbox_take_none(world: World, browser: Callable[..., Browser]) -> None:
    tuva, photo = browser("tuva"), loose(world, "tuva")
    page = tuva.get("/inbox")
    assert 'name="pictures"' not in page.text
    refused = tuva.post("/inbox/messages", text="Hej", client_id="inbox-pict-1", photos=str(photo.id))
    assert refused.status_code == 422
    assert session().get_one(Photo, photo.id, populate_existing=True).piece_id is None
    assert queries.room_for(world.viewer("tuva"), chat_of(world))


def test_in_a_chat_for_an_evening_the_same_holds(world: World, browser: Callable[..., Browser]) -> None:
    chat = opened(world)
    with clock.at(NOW + timedelta(minutes=61)):
        photo = loose(world, "tuva")
        piece, _new = actions.send(world.viewer("tuva"), chat, Said("Här är vi", "evening-pic-1"), [photo.id])
        assert piece.state == "published"
        photos.say_who(world.viewer("tuva"), photo.id, NOBODY_IN_IT)
        assert sees(world, photo.id, "amina") == set()
        asking.confirm(world.viewer("jonna"), photo.id)
        assert sees(world, photo.id, "amina") == {"amina"}
        late = loose(world, "tuva")
    with pytest.raises(NotAllowed):
        actions.send(world.viewer("tuva"), chat, Said("För sent", "evening-pic-2"), [late.id])
    assert session().get_one(Photo, late.id, populate_existing=True).piece_id is None
