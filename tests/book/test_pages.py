"""Putting a book together, making and fetching it: hers alone, in her order, whatever happens on the way."""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from community.book import actions, building, choosing, files, keeping, making, queries, rules, sealing
from community.book.models import Book, BookFile, BookItem
from community.core import clock, i18n, sealed_streams
from community.core.db import session, transaction
from community.core.errors import Conflict, Gone, Invalid, NotFound
from community.memories import actions as memories
from community.photos import actions as photo_actions
from tests.book.booking import asked_file, begun, fetched, items_of, with_these
from tests.client import Browser
from tests.make import Make
from tests.memories.remembering import SUMMER
from tests.photos.picturing import NOBODY_IN_IT, standing
from tests.world import NOW, World

Open = Callable[..., Browser]


@pytest.fixture(autouse=True)
def own_folder(app: Flask, tmp_path: Path) -> Iterator[None]:
    keeping.configure(tmp_path)
    yield
    keeping.configure(app.config["SETTINGS"].data)


def lying() -> list[Path]:
    return sorted(keeping.FILES.place().iterdir())


def row_of(file_id: int) -> BookFile:
    row = session().get(BookFile, file_id, populate_existing=True)
    assert row is not None
    return row


def test_what_happened_long_ago_stands_in_its_own_year(world: World, make: Make, browser: Open) -> None:
    thread = make.thread("amina", text="Vi badade i sjön", title="Sommaren")
    memories.say_when(world.viewer("amina"), thread.opening_id, SUMMER)
    place = begun(world).id
    amina = browser("amina")
    assert 'value="2014"' in amina.get(f"/me/book/{place}/choose?kind=piece").text
    assert "Sommaren" in amina.get(f"/me/book/{place}/choose?kind=piece&year=2014").text
    assert "Sommaren" not in amina.get(f"/me/book/{place}/choose?kind=piece&year={NOW.year}").text
    amina.post(f"/me/book/{place}/add-all", kind="piece", year="2014")
    shown = amina.get(f"/me/book/{place}/preview").text
    assert "sommaren 2014" in shown and "<h2" in shown and ">2014<" in shown


def test_the_whole_way(world: World, make: Make, browser: Open) -> None:
    thread = make.thread("amina", text="Vi badade i sjön", title="Sommaren")
    amina = browser("amina")
    page = amina.post("/me/book", title="Mina år", dedication="Till Bo", lang="sv")
    place = page.headers["Location"]
    assert page.status_code == 303 and "Inget än" in amina.get(place).text
    assert "Sommaren" in amina.get(f"{place}/choose?kind=piece&q=badade").text
    assert "Sommaren" not in amina.get(f"{place}/choose?kind=piece&q=skidor").text
    assert amina.post(f"{place}/add", key=f"piece.{thread.opening_id}").status_code == 303
    assert amina.post(f"{place}/add-all", kind="milestone", year="").status_code == 303
    assert amina.post(f"{place}/page", heading="Hej", text="Mina **egna** ord", item="").status_code == 303
    shown = amina.get(f"{place}/preview").text
    assert "Vi badade i sjön" in shown and "<strong>egna</strong>" in shown and "Till Bo" in shown
    assert "Jag kom till Solgläntan" in shown


def test_nobody_else_finds_it(world: World, make: Make, browser: Open) -> None:
    book = with_these(world, f"piece.{make.thread('amina').opening_id}")
    item = items_of(book)[0].id
    for who in ("tuva", "sara", "birgitta"):
        for path in (f"/me/book/{book.id}", f"/me/book/{book.id}/preview", f"/me/book/{book.id}/choose"):
            assert browser(who).get(path).status_code == 404
        for work in (
            lambda who=who: actions.remove(world.viewer(who), item),
            lambda who=who: actions.change(world.viewer(who), book.id, "x", "", "sv"),
            lambda who=who: files.begin(world.viewer(who), book.id, "pdf"),
        ):
            with pytest.raises((NotFound, Exception)):
                work()
    assert len(items_of(book)) == 1


def test_what_she_writes_is_sealed(world: World) -> None:
    book = begun(world, title="hemligtitel", dedication="hemligtill")
    item = actions.write_page(world.viewer("amina"), book.id, "hemligrubrik", "hemligaord")
    actions.caption(world.viewer("amina"), item.id, "hemligrad")
    kept = str([vars(session().get_one(Book, book.id)), vars(session().get_one(BookItem, item.id))])
    assert "hemlig" not in kept
    assert sealing.said(session().get_one(BookItem, item.id), "caption") == "hemligrad"


def test_only_hers_can_be_put_in(world: World, make: Make) -> None:
    """Others' posts, messages, photos without her, letters not opened: not by a number either."""
    theirs = make.thread("tuva")
    photo = standing(world, "tuva", told=NOBODY_IN_IT)[1]
    loose = standing(world, "amina", told=None)[1]
    book, amina = begun(world), world.viewer("amina")
    keys = [f"piece.{theirs.opening_id}", f"photo.{photo.id}", f"photo.{loose.id}", "letter.1", "milestone.1.came", "x"]
    assert actions.add(amina, book.id, keys) == 0
    with pytest.raises(NotFound):
        actions.add_words(amina, book.id, make.thread("amina").opening_id or 0)


def test_moving(world: World, make: Make) -> None:
    book, amina = begun(world), world.viewer("amina")
    one, two, three = (actions.write_page(amina, book.id, name, "").id for name in ("a", "b", "c"))
    for to, item, wanted in (
        ("earlier", three, [one, three, two]),
        ("earlier", one, [one, three, two]),
        ("later", one, [three, one, two]),
        (str(three), two, [two, three, one]),
        (f"after-{one}", two, [three, one, two]),
        ("later", two, [three, one, two]),
    ):
        actions.move(amina, item, to)
        assert [row.id for row in items_of(book)] == wanted, (to, item)
    with pytest.raises(NotFound):
        actions.move(amina, one, "4711")
    actions.remove(amina, one)
    assert [row.id for row in items_of(book)] == [three, two]


def test_put_in_at_its_day_and_once(world: World, make: Make) -> None:
    with clock.at(NOW + timedelta(days=400)):
        later = make.thread("amina", text="senare")
    earlier = make.thread("amina", text="tidigare")
    book, amina = begun(world), world.viewer("amina")
    for _twice in range(2):
        actions.add(amina, book.id, [f"piece.{later.opening_id}"])
        actions.add(amina, book.id, [f"piece.{earlier.opening_id}"])
    assert [row.ref_id for row in items_of(book)] == [earlier.opening_id, later.opening_id]
    with i18n.in_language("sv"):
        found = choosing.listed_for(amina, queries.book_for(amina, book.id), "piece", year=2027)
        assert [(one.ref_id, one.there) for one in found.rows] == [(later.opening_id, True)]


def test_limits(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    amina = world.viewer("amina")
    for nr in range(5):
        begun(world, title=f"bok {nr}")
    with pytest.raises(Conflict):
        begun(world)
    book = queries.books_for(amina)[0].id
    for title, dedication, lang in (("", "", "sv"), ("x" * 81, "", "sv"), ("x", "y" * 601, "sv"), ("x", "", "de")):
        with pytest.raises(Invalid):
            actions.change(amina, book, title, dedication, lang)
    monkeypatch.setattr(rules, "MOST_ITEMS", 1)
    actions.write_page(amina, book, "a", "")
    with pytest.raises(Conflict):
        actions.write_page(amina, book, "b", "")
    actions.delete_book(amina, book)
    assert len(queries.books_for(amina)) == 4


def test_a_small_book(app: Flask, world: World, make: Make) -> None:
    """Its facts, bookmarks, page numbers, contents by year, and a picture as it was kept, with its words."""
    with app.app_context():
        photo = standing(world, "amina", told=photo_actions.Told("En lugn sjö", "nobody"))[1]
        thread = make.thread("amina", text="Vi badade", title="Sommaren")
        with clock.at(NOW + timedelta(days=400)):
            later = make.thread("amina", text="مرحبا بالعالم 🎉 Привет ਸਤ")
        book = with_these(world, f"piece.{thread.opening_id}", f"piece.{later.opening_id}", f"photo.{photo.id}")
    got = fetched(app, world, book)
    assert got.pdf.metadata is not None and got.pdf.metadata.title == "Mina år"
    assert str(got.pdf.trailer["/Root"]["/Lang"]) == "sv"
    assert [mark.title for mark in got.pdf.outline] == ["2026", "2027"]  # type: ignore[union-attr]
    assert [round(float(side) / 72 * 25.4) for side in got.pdf.pages[0].mediabox[2:]] == [148, 210]
    assert "2026" in got.pages[1] and "2027" in got.pages[1]
    assert any("Sommaren" in page for page in got.pages)
    text = "\n".join(got.pages)
    assert "Привет" in text and "[…]" in text and "inte har några bokstäver" in " ".join(text.split())
    assert len(got.pictures) == 1
    alts = [obj.get("/Alt") for obj in got._objects if isinstance(obj, dict) and "/Alt" in obj]
    assert alts == ["En lugn sjö"]


def test_for_the_screen(app: Flask, world: World, make: Make) -> None:
    with app.app_context():
        photo_id = standing(world, "amina", told=NOBODY_IN_IT)[1].id
        book = with_these(world, f"photo.{photo_id}", f"piece.{make.thread('amina', text='<b>x</b>').opening_id}")
    got = fetched(app, world, book, "zip")
    page = got.unpacked["index.html"].decode()
    assert set(got.unpacked) == {"index.html", "LAS-MIG.txt", f"pictures/{photo_id}.jpg"}
    assert "default-src 'none'" in page and "<script" not in page and "&lt;b&gt;" in page
    assert "http://" not in page.replace("http://www.w3.org", "") and "https://" not in page


def test_one_at_a_time_and_stopping(world: World, make: Make, app: Flask) -> None:
    book = with_these(world, f"piece.{make.thread('amina').opening_id}")
    with pytest.raises(Conflict):
        asked_file(world, begun(world, title="tom"))
    first = asked_file(world, book)
    with pytest.raises(Conflict):
        asked_file(world, book, "zip")
    assert [what for what, _at in files.MAKINGS.waiting(clock.now())] == [first]
    files.remove(world.viewer("amina"), first)
    building.build(first)
    assert row_of(first).state == "gone" and lying() == []


def test_a_full_disk(app: Flask, world: World, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    book = with_these(world, f"piece.{make.thread('amina').opening_id}")
    file_id = asked_file(world, book)

    def full(self: object, content: bytes) -> int:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(sealed_streams.Sealing, "write", full)
    with app.app_context():
        building.build(file_id)
        assert (row_of(file_id).state, row_of(file_id).why) == ("failed", "full") and lying() == []


def test_killed_on_the_way(app: Flask, world: World, make: Make) -> None:
    """A half file belongs to nobody; whoever comes next begins anew; after three beginnings it is given up."""
    book = with_these(world, f"piece.{make.thread('amina').opening_id}")
    file_id = asked_file(world, book)
    for _try in range(3):
        assert files.start(file_id, 1, "ab" * 24) is not None
        keeping.FILES.path_of("ab" * 24).write_bytes(b"half")
        assert files.MAKINGS.waiting(clock.now()) == []
    with clock.at(NOW + timedelta(minutes=4)):
        assert [what for what, _at in files.MAKINGS.waiting(clock.now())] == [file_id]
        building.build(file_id)
    assert (row_of(file_id).state, row_of(file_id).why) == ("failed", "broken") and lying() == []


def test_seven_days(app: Flask, world: World, make: Make, browser: Open) -> None:
    book = with_these(world, f"piece.{make.thread('amina').opening_id}")
    got = fetched(app, world, book)
    amina = browser("amina")
    with clock.at(NOW + timedelta(hours=1)):
        assert amina.get(f"/me/book/files/{got.id}").status_code == 302, "the password is asked for"
    with app.app_context(), clock.at(NOW + timedelta(days=7, minutes=1)):
        with pytest.raises(Gone):
            files.file_for(world.viewer("amina"), got.id)
        for due in making.JOBS[1].due(clock.now()):
            making.JOBS[1].run(due)
        assert lying() == []


def test_the_command_of_the_job(app: Flask, world: World) -> None:
    assert FlaskCliRunner(app).invoke(args=["book", "make", "4711"]).exit_code == 0


def test_deleting_a_book_takes_its_files(app: Flask, world: World, make: Make) -> None:
    book = with_these(world, f"piece.{make.thread('amina').opening_id}")
    got = fetched(app, world, book)
    with app.app_context():
        actions.delete_book(world.viewer("amina"), book.id)
        assert lying() == [] and session().get(BookFile, got.id) is None
        with transaction():
            assert session().get(Book, book.id) is None


def test_the_command_bounds_the_process_it_runs_in_only_when_asked_to(app: Flask) -> None:
    """The server asks, for a process of its own; whoever types it keeps her shell's bounds."""
    before = os.nice(0), resource.getrlimit(resource.RLIMIT_AS)
    assert FlaskCliRunner(app).invoke(args=["book", "make", "4711"]).exit_code == 0
    assert (os.nice(0), resource.getrlimit(resource.RLIMIT_AS)) == before


def test_every_page_between_title_and_end_has_its_number(app: Flask, world: World) -> None:
    book = begun(world)
    actions.write_page(world.viewer("amina"), book.id, "Ett", "ord " * 900)
    pages = fetched(app, world, book).pages
    assert len(pages) > 3
    for nr, words in list(enumerate(pages, 1))[1:-1]:
        assert words.split()[-1] == str(nr), nr
    assert "Gjord den" in pages[-1] and not pages[-1].split()[-1].isdigit()


def test_everything_put_in_prints_no_picture_twice(world: World) -> None:
    on_hers = standing(world, "amina", told=NOBODY_IN_IT)
    book = begun(world)
    assert actions.add_all(world.viewer("amina"), book.id, "piece", None) >= 1
    assert actions.add_all(world.viewer("amina"), book.id, "photo", None) == 0
    assert actions.add(world.viewer("amina"), book.id, [f"photo.{on_hers[1].id}"]) == 1  # asked for by itself
