"""Books made through the house's own actions, set in this process as the job does in another, and looked into."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pypdf
from flask import Flask
from sqlalchemy import select

from community.book import actions, building, files
from community.book.models import Book, BookItem
from community.core import i18n
from community.core.db import session
from tests.my_data.taking import fresh
from tests.world import World


def begun(world: World, who: str = "amina", title: str = "Mina år", dedication: str = "", lang: str = "sv") -> Book:
    """A book, readable also after a request has given the session back."""
    book = actions.make(world.viewer(who), title, dedication, lang)
    session().refresh(book)
    session().expunge(book)
    return book


def with_these(world: World, *keys: str, who: str = "amina", lang: str = "sv") -> Book:
    book = begun(world, who, lang=lang)
    with i18n.in_language(lang):
        actions.add(world.viewer(who), book.id, keys)
    return book


def items_of(book: Book) -> Sequence[BookItem]:
    rows = select(BookItem).where(BookItem.book_id == book.id).order_by(BookItem.place)
    return session().scalars(rows.execution_options(populate_existing=True)).all()


def asked_file(world: World, book: Book, form: str = "pdf", who: str = "amina") -> int:
    return files.begin(fresh(world.viewer(who)), book.id, form).id


@dataclass(frozen=True)
class Fetched:
    """A file as its owner has it."""

    id: int
    content: bytes

    @cached_property
    def pdf(self) -> pypdf.PdfReader:
        return pypdf.PdfReader(io.BytesIO(self.content))

    @cached_property
    def pages(self) -> list[str]:
        return [page.extract_text() for page in self.pdf.pages]

    @cached_property
    def words(self) -> str:
        """Everything a program can read in it, with one space between words: text, bookmarks, alt texts, facts."""
        if self.content[:2] == b"PK":
            return "\n".join(content.decode(errors="replace") for content in self.unpacked.values())
        streams = [obj.get_data().decode("latin-1") for obj in self._objects if hasattr(obj, "get_data")]
        said = [*self.pages, str(self.pdf.metadata), *map(str, self._objects), *streams]
        return " ".join(" ".join(said).split())

    @cached_property
    def unpacked(self) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.content)) as file:
            assert file.testzip() is None
            return {name: file.read(name) for name in file.namelist()}

    @property
    def _objects(self) -> list[object]:
        numbers = range(1, len(self.pdf.xref[0]) + 1)
        return [self.pdf.get_object(pypdf.generic.IndirectObject(nr, 0, self.pdf)) for nr in numbers]

    @property
    def pictures(self) -> list[bytes]:
        """The bytes of every picture in it."""
        if self.content[:2] == b"PK":
            return [content for name, content in self.unpacked.items() if name.endswith(".jpg")]
        there = [obj for obj in self._objects if isinstance(obj, pypdf.generic.StreamObject)]
        return [obj._data for obj in there if obj.get("/Subtype") == "/Image"]


def fetched(app: Flask, world: World, book: Book, form: str = "pdf", who: str = "amina") -> Fetched:
    """She asks, it is made, she fetches it."""
    with app.app_context():
        file_id = asked_file(world, book, form, who)
        building.build(file_id)
        found = files.file_for(world.viewer(who), file_id)
        content = b"".join(found.pieces)
        assert len(content) == found.size
        session().expire_all()
        return Fetched(file_id, content)
