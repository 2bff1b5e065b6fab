"""A book for the screen: one page that opens anywhere without the internet and without script, its pictures beside it.

Every word in it is escaped or was made safe when it was written; nothing in it leads to or asks for anything outside.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import current_app

from community.book import whole
from community.book.leaves import Picture
from community.core import i18n, schema
from community.core.i18n import _
from community.core.picture_sizes import within

SHOWN = whole.SHOWN
LETTERS = ("body", "body-bold", "body-italic", "display")


def page(book: whole.Whole) -> str:
    """The whole book as one page, in the language of the moment."""
    template = current_app.jinja_env.get_template("book/whole.html")
    found: dict[str, Any] = {"book": book, "chapters": list(whole.chapters(book.leaves)), "src": name_of}
    return str(
        template.render(**found, size=size_of, lang=book.language, day=i18n.long_day, style=_style(), fonts=_fonts())
    )


def name_of(picture: Picture) -> str:
    """Where a picture lies beside the page."""
    return f"pictures/{picture.id}.jpg"


def size_of(picture: Picture) -> tuple[int, int]:
    """How large it is there."""
    return within(picture.width, picture.height, SHOWN)


def pictures(book: whole.Whole) -> Iterator[tuple[str, bytes]]:
    """Each picture once, with its name."""
    there = {picture.id: picture for leaf in book.leaves for picture in leaf.pictures}
    for picture in there.values():
        yield name_of(picture), book.read(picture)


def readme(book: whole.Whole) -> tuple[str, str]:
    """What it is called, and how to open and keep the book."""
    said = [
        _("%(title)s, a memory book of %(name)s.", title=book.title, name=book.author),
        _("Unpack it, and open index.html in a browser. It works without the internet, and asks for nothing outside."),
        _("Keep the folder pictures beside it."),
        _("It holds private things. Keep it where only you can open it, and not on a device that others use."),
    ]
    return {"sv": "LAS-MIG.txt"}.get(book.language, "README.txt"), "\n\n".join(said) + "\n"


def _style() -> str:
    """The look a book has on the page that previews it, and what such a page gets from the house."""
    source = Path(current_app.static_folder or "").parent / "src" / "css" / "book.css"
    return source.read_text(encoding="utf-8")


def _fonts() -> dict[str, str]:
    folder = schema.ROOT / "static" / "dist" / "book"
    return {name: base64.b64encode((folder / f"{name}.woff2").read_bytes()).decode() for name in LETTERS}
