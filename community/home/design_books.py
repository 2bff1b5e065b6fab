"""What `/design` shows of memory books."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup

from community.book.files import FileView
from community.book.forms import FileForm
from community.book.leaves import Leaf, Picture, Quote
from community.book.words import Askable
from community.core import clock, i18n

WORDS = Markup("<p>Idag badade vi för första gången i år. Vattnet var <strong>iskallt</strong>.</p>")


def samples() -> dict[str, Any]:
    """Everything a book can hold, each as a page and in the list that orders it; files in every state."""
    now, day = clock.now(), date(2024, 6, 3)

    def file(state: str, why: str | None = None, form: str = "pdf") -> FileView:
        return FileView(1, 1, form, state, why, 40, now, now + timedelta(days=7), 4_200_000)

    leaves = [
        Leaf(1, "milestone", day, heading="Jag kom till Solgläntan"),
        Leaf(2, "piece", day, heading="Första badet", html=WORDS, quote=Quote("En vän skrev", None), caption="Bryggan"),
        Leaf(3, "words", day, html=WORDS, by="Tuva skrev", ref_id=1),
        Leaf(4, "words", day, by="En vän skrev", silent=True, ref_id=2),
        Leaf(5, "photo", day, pictures=(Picture(1, 960, 720, "En sjö", "x" * 8),), caption="Midsommar"),
        Leaf(6, "letter", day, by="En vän skrev", silent=True, ref_id=3),
        Leaf(7, "page", None, heading="Till mig själv", html=WORDS),
        Leaf(8, "photo", day, gone=True),
    ]
    answers = [("yes", True), ("nameless", True), ("no", True), (None, True), (None, False)]
    asks = {
        nr: Askable("Tuva", True, answer, asked) for nr, (answer, asked) in zip((2, 3, 4, 6, 7), answers, strict=True)
    }
    return {
        "book_sample": SimpleNamespace(id=1, title="Mina år", dedication="", language="sv", count=8),
        "book_items": [(SimpleNamespace(id=leaf.item_id, kind=leaf.kind, ref_id=1), leaf) for leaf in leaves],
        "book_leaves": leaves,
        "book_asks": asks,
        "book_made": [
            {},
            {"open": file("asked")},
            {"open": file("making"), "zip": file("ready", form="zip")},
            {"pdf": file("ready")},
            {"pdf": file("failed", "full"), "zip": file("failed", "broken", "zip")},
            {"pdf": file("gone", "anew"), "zip": file("gone", "over", "zip")},
        ],
        "book_file_form": FileForm(formdata=None, form="pdf"),
        "book_src": lambda _one, small=False: "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E",
        "book_size": lambda one: (one.width, one.height),
        "book_day": i18n.long_day,
    }
