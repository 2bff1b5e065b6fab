"""Memory books, for the matrix: amina's, with a post of hers, a page, a file and a photo everybody sees; and what vera
answered to it, about which amina has asked her."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from community.book import actions, asking, files, keeping, queries
from community.core import clock, made_files, sealed_streams
from tests.make import Make
from tests.photos.picturing import NOBODY_IN_IT, standing

UNKNOWN = 4711
AMINAS = ("aminas", "unknown")
OF_BOOK = (
    *("book", "change", "delete", "order", "preview", "begin", "choose", "add", "add_all", "page", "write"),
    *("replies", "put_words"),
)
OF_ITEM = ("move", "caption", "remove")
TARGETS = {
    **dict.fromkeys((f"book.{step}" for step in (*OF_BOOK, *OF_ITEM, "file", "remove_file", "picture")), AMINAS),
    "book.answer": ("veras", "unknown"),
    "book.ask": AMINAS,
}


def somebodys_book(make: Make) -> dict[str, dict[str, int]]:
    """Each thing by what it is."""
    world, amina = make.world, make.world.viewer("amina")
    thread = make.thread("amina", text="the book is about this")
    answer = make.reply("vera", thread, "an answer of hers")
    book = actions.make(amina, "Mina år", "", "sv").id
    actions.write_page(amina, book, "", "a page")
    actions.add(amina, book, [f"piece.{thread.opening_id}"])
    item = next(row.id for row in queries.items_of(amina, queries.book_for(amina, book)) if row.kind == "piece")
    photo = standing(world, "amina", told=NOBODY_IN_IT)[1].id
    viewer = replace(amina, password_at=clock.now())
    file, name, key = files.begin(viewer, book, "zip").id, made_files.new_name(), sealed_streams.new_key()
    files.start(file, 1, name)
    sealing = sealed_streams.Sealing(keeping.FILES.path_of(name), key)
    sealing.write(b"a book")
    sealing.close()
    files.finish(file, name, key, sealing.size, [])
    asked = asking.ask(amina, "piece", answer.id).id
    opening = thread.opening_id or 0
    made = {"book": book, "item": item, "file": file, "photo": photo, "asked": asked, "post": opening}
    return {"books": {**made, "answer": answer.id}}


def values(scene: Any, endpoint: str, target: str) -> dict[str, Any]:
    step, there = endpoint.partition(".")[2], scene.books if target != "unknown" else {}
    if step in OF_ITEM:
        return {"item_id": there.get("item", UNKNOWN)}
    if step in ("file", "remove_file"):
        return {"file_id": there.get("file", UNKNOWN)}
    if step == "picture":
        return {"photo_id": there.get("photo", UNKNOWN)}
    if step == "answer":
        return {"yes_id": there.get("asked", UNKNOWN)}
    if step == "ask":
        return {}
    found = {"book_id": there.get("book", UNKNOWN)}
    return {**found, "piece_id": scene.books["post"]} if step == "replies" else found


def fields(scene: Any, endpoint: str, target: str) -> dict[str, Any] | None:
    titled = {"title": "Mina andra år", "dedication": "", "lang": "sv"}
    return {
        "book.make": titled,
        "book.change": titled,
        "book.begin": {"form": "pdf"},
        "book.add": {"key": f"piece.{scene.books['post']}"},
        "book.add_all": {"kind": "piece", "year": ""},
        "book.write": {"heading": "", "text": "a page of mine", "item": ""},
        "book.put_words": {"piece_id": scene.books["answer"]},
        "book.move": {"to": "earlier"},
        "book.caption": {"caption": "words below"},
        "book.ask": {
            "kind": "piece",
            "ref_id": scene.books["answer"],
            "book_id": scene.books["book"] if target != "unknown" else UNKNOWN,
            "of": "",
        },
        "book.answer": {"answer": "nameless"},
    }.get(endpoint)
