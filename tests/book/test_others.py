"""Nobody's words, name or picture come along without their yes: searched for in every byte of both files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select

from community.book import actions, asking, building, files, keeping, words
from community.book.models import BookFile, BookYes
from community.core import clock
from community.core.db import session, transaction
from community.core.errors import Gone, Invalid, NotAllowed, NotFound
from community.lifecycle import own_cards
from community.members import blocks
from community.members.models import Member, MembershipPeriod
from community.moving.prepared_models import FarewellLetter
from community.notices.cards import cards_for
from community.photos import asking as photo_asking
from community.photos.actions import Told
from community.photos.blurring import file_of
from community.photos.models import Photo
from community.streams import actions as streams
from community.streams.models import Piece
from tests.book.booking import begun, fetched, items_of, with_these
from tests.make import Make
from tests.moving.preparing import has_moved_before
from tests.photos.picturing import standing, with_people
from tests.pictures.corpus import drawn, encoded
from tests.world import NOW, World

CANARY = "Kanariefågeln"
FORMS = ("pdf", "zip")
SAID = [("yes", (True, True)), ("nameless", (True, False)), ("no", (False, False))]
"""An answer, and whether the words and the name come along."""


@pytest.fixture(autouse=True)
def own_folder(app: Flask, tmp_path: Path) -> Iterator[None]:
    keeping.configure(tmp_path)
    yield
    keeping.configure(app.config["SETTINGS"].data)


@pytest.mark.parametrize("form", FORMS)
def test_no_other_member_is_in_it(app: Flask, world: World, make: Make, form: str) -> None:
    """A post of hers with answers, quotes, a name, a letter and pictures of others beside it."""
    with app.app_context():
        thread = make.thread("amina", text="Jag badade med @tuva i sjön", title="Sommaren")
        answer = make.reply("tuva", thread, f"{CANARY}svarar att vattnet var kallt")
        quoting = make.reply("amina", thread, "Det minns jag")
        _quote(quoting.id, answer.id, answer.version)
        named = _rename(world, "tuva", f"{CANARY}namn")
        theirs = standing(world, "tuva", Told(f"{CANARY}alt", "nobody"), content=_a_picture(1))[1]
        of_me = standing(world, "vera", with_people(world, "amina"), content=_a_picture(2))[1]
        book = begun(world)
        keys = [f"piece.{thread.opening_id}", f"piece.{quoting.id}", f"photo.{theirs.id}", f"photo.{of_me.id}"]
        assert actions.add(world.viewer("amina"), book.id, keys) == 2
        actions.add_words(world.viewer("amina"), book.id, answer.id)
        forbidden = [_bytes(theirs), _bytes(of_me)]
    got = fetched(app, world, book, form)
    assert "badade med en vän i sjön" in got.words and "minns" in got.words
    assert CANARY not in got.words and named not in got.words and "kallt" not in got.words
    assert got.words.count("En vän skrev") >= 2
    assert not any(one in got.content or one in got.pictures for one in forbidden)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("said", "shows"), SAID)
def test_a_yes_brings_them_along(
    app: Flask, world: World, make: Make, form: str, said: str, shows: tuple[bool, bool]
) -> None:
    with app.app_context():
        thread = make.thread("amina", text="Sjön")
        answer = make.reply("tuva", thread, f"{CANARY} badar")
        named = _rename(world, "tuva", "Fågelnamn")
        quoting = make.reply("amina", thread, "Ja")
        _quote(quoting.id, answer.id, answer.version)
        row = asking.ask(world.viewer("amina"), "piece", answer.id)
        asking.answer(world.viewer("tuva"), row.id, said)
        book = with_these(world, f"piece.{quoting.id}")
        actions.add_words(world.viewer("amina"), book.id, answer.id)
    got = fetched(app, world, book, form)
    assert (CANARY in got.words, named in got.words) == shows


def test_a_letter_needs_its_writers_yes(app: Flask, world: World) -> None:
    with app.app_context():
        move = has_moved_before(world, "samir", by="jonna", words=f"{CANARY}brev")
        letter = session().scalars(select(FarewellLetter.id).where(FarewellLetter.move_id == move)).one()
        book = with_these(world, f"letter.{letter}", who="samir")
        assert len(items_of(book)) == 1
    assert CANARY not in fetched(app, world, book, "zip", "samir").words
    with app.app_context():
        row = asking.ask(world.viewer("samir"), "letter", letter)
        asking.answer(world.viewer("jonna"), row.id, "yes")
    got = fetched(app, world, book, "zip", "samir")
    assert CANARY in got.words and "Jonna skrev" in got.words


def test_asked_once_and_once_again(world: World, make: Make) -> None:
    thread = make.thread("amina")
    answer = make.reply("tuva", thread, "mina ord")
    row = asking.ask(world.viewer("amina"), "piece", answer.id)
    assert asking.ask(world.viewer("amina"), "piece", answer.id).id == row.id
    assert _cards(world, "tuva") == [row.id]
    own_cards.answer(world.viewer("tuva"), cards_for(world.viewer("tuva"))[0].id, "no")
    assert _cards(world, "tuva") == []
    for days, count in ((6, 0), (8, 1), (9, 0), (30, 0)):
        with clock.at(NOW + timedelta(days=days)):
            assert asking.ask_again(clock.now()) == count, days
    assert _cards(world, "tuva") == [row.id]
    asking.answer(world.viewer("tuva"), row.id, "no")
    assert _cards(world, "tuva") == []


def test_who_cannot_be_asked(world: World, make: Make) -> None:
    thread = make.thread("amina")
    answers = {who: make.reply(who, thread, "ord") for who in ("tuva", "samir", "ivan")}
    with transaction() as s:
        for who in ("samir", "ivan"):
            s.execute(delete(MembershipPeriod).where(MembershipPeriod.member_id == world.id(who)))
        s.get_one(Member, world.id("samir")).left_at = NOW
        s.get_one(Member, world.id("ivan")).remembered_at = NOW
    blocks.block(world.viewer("amina"), world.id("tuva"))
    for who, piece in answers.items():
        with pytest.raises((NotAllowed, NotFound)):
            asking.ask(world.viewer("amina"), "piece", piece.id)
        assert words.yes_on(world.viewer("amina"), "piece", piece.id) is None, who
    assert session().scalar(select(BookYes.id)) is None
    with pytest.raises(NotAllowed):
        asking.ask(world.viewer("amina"), "piece", thread.opening_id or 0)


def test_only_whoever_wrote_them_answers(world: World, make: Make) -> None:
    thread = make.thread("amina")
    row = asking.ask(world.viewer("amina"), "piece", make.reply("tuva", thread, "ord").id)
    for who in ("amina", "johanna", "birgitta"):
        with pytest.raises(NotFound):
            asking.answer(world.viewer(who), row.id, "yes")
    with pytest.raises(Invalid):
        asking.answer(world.viewer("tuva"), row.id, "maybe")
    blocks.block(world.viewer("tuva"), world.id("amina"))
    with pytest.raises(NotFound):
        asking.answer(world.viewer("tuva"), row.id, "yes")
    assert words.given_by(world.viewer("tuva")) == [] and words.asked_view(world.viewer("tuva"), row.id) is None


def test_taking_a_yes_back_takes_the_file_away(app: Flask, world: World, make: Make) -> None:
    """Within a minute, and at once for whoever fetches it; its owner is told to make it anew."""
    with app.app_context():
        thread = make.thread("amina", text="Sjön")
        answer = make.reply("tuva", thread, f"{CANARY} badar")
        row = asking.ask(world.viewer("amina"), "piece", answer.id)
        yes_id = row.id
        asking.answer(world.viewer("tuva"), yes_id, "yes")
        book = with_these(world, f"piece.{thread.opening_id}")
        actions.add_words(world.viewer("amina"), book.id, answer.id)
    got = fetched(app, world, book)
    with app.app_context():
        assert files.recheck() == 0
        asking.answer(world.viewer("tuva"), yes_id, "nameless")
        assert files.recheck() == 1 and list(keeping.FILES.place().iterdir()) == []
        with pytest.raises(Gone):
            files.file_for(world.viewer("amina"), got.id)
        file = session().get_one(BookFile, got.id, populate_existing=True)
        assert (file.state, file.why, file.key_sealed) == ("gone", "anew", None)
        assert [card.what for card in cards_for(world.viewer("amina")) if card.kind == "book"] == ["anew"]
    assert CANARY in fetched(app, world, book).words


@pytest.mark.parametrize("said", ["no", "blur"])
def test_a_photo_somebody_in_it_takes_back(app: Flask, world: World, said: str) -> None:
    """A yes taken back: out of finished files within a minute, out of every later book, blurred where she said so."""
    with app.app_context():
        photo = standing(world, "amina", with_people(world, "tuva"), content=_a_picture(3))[1]
        photo_asking.answer(world.viewer("tuva"), photo.id, "yes")
        book = with_these(world, f"photo.{photo.id}")
        shown = _bytes(photo)
    got = fetched(app, world, book)
    assert shown in got.pictures
    with app.app_context():
        photo_asking.answer(world.viewer("tuva"), photo.id, said)
        with pytest.raises(Gone):  # before any job has been there
            files.file_for(world.viewer("amina"), got.id)
    later = fetched(app, world, book)
    assert shown not in later.pictures and shown not in later.content
    assert len(later.pictures) == (1 if said == "blur" else 0)


def test_taken_back_while_it_is_made(app: Flask, world: World, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the words were set and before the file is whole: it is made anew at once, without them."""
    with app.app_context():
        thread = make.thread("amina", text="Sjön")
        answer = make.reply("tuva", thread, f"{CANARY} badar")
        row = asking.ask(world.viewer("amina"), "piece", answer.id)
        yes_id = row.id
        asking.answer(world.viewer("tuva"), yes_id, "yes")
        book = with_these(world, f"piece.{thread.opening_id}")
        actions.add_words(world.viewer("amina"), book.id, answer.id)
        tuva, written, times = world.viewer("tuva"), building._written, []

        def meanwhile(whole: object, form: str, target: object) -> None:
            written(whole, form, target)  # type: ignore[arg-type]
            times.append(form)
            if len(times) == 1:
                asking.answer(tuva, yes_id, "no")

        monkeypatch.setattr(building, "_written", meanwhile)
    assert CANARY not in fetched(app, world, book).words
    assert len(times) == 2 and len(list(keeping.FILES.place().iterdir())) == 1


def test_what_is_gone_falls_out(app: Flask, world: World, make: Make) -> None:
    with app.app_context():
        thread = make.thread("amina", text="Det här stannar")
        gone = make.thread("amina", text="Det här tas tillbaka")
        book = with_these(world, f"piece.{thread.opening_id}", f"piece.{gone.opening_id}")
        streams.remove_piece(world.viewer("amina"), gone.opening_id or 0)
    got = fetched(app, world, book, "zip")
    assert "stannar" in got.words and "tillbaka" not in got.words


def test_pages_say_so(world: World, make: Make, browser: object) -> None:
    thread = make.thread("amina", text="Sjön")
    gone = make.thread("amina", text="Det här tas tillbaka")
    answer = make.reply("tuva", thread, f"{CANARY} badar")
    book = with_these(world, f"piece.{thread.opening_id}", f"piece.{gone.opening_id}")
    actions.add_words(world.viewer("amina"), book.id, answer.id)
    streams.remove_piece(world.viewer("amina"), gone.opening_id or 0)
    amina = browser("amina")  # type: ignore[operator]
    for path in (f"/me/book/{book.id}", f"/me/book/{book.id}/preview"):
        page = amina.get(path).text
        assert "inte kvar" in page and "tas tillbaka" not in page, path
        assert "En vän skrev" in page and CANARY not in page, path


def _quote(piece_id: int, source_id: int, version: int) -> None:
    with transaction() as s:
        piece = s.get_one(Piece, piece_id)
        piece.quote_id, piece.quote_version = source_id, version


def _rename(world: World, who: str, name: str) -> str:
    with transaction() as s:
        s.get_one(Member, world.id(who)).display_name = name
    return name


def _bytes(photo: Photo) -> bytes:
    row = session().get_one(Photo, photo.id, populate_existing=True)
    return file_of(row, "960.jpg") if max(row.width, row.height) > 320 else file_of(row, "320.jpg")


def _a_picture(seed: int) -> bytes:
    return encoded(drawn(400 + seed, 300), "JPEG")


def _cards(world: World, who: str) -> list[int]:
    return [card.about_id for card in cards_for(world.viewer(who)) if card.kind == "book_words"]
