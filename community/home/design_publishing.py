"""What `/design` shows of who reads first: rows with much and with nothing changed, a form refused."""

from __future__ import annotations

from typing import Any

from community.core import clock
from community.publishing import forms, words
from community.publishing.queries import CellView, ChangeView, FigureView, LineView, RowView
from community.safety.publishing import CHECK, HOLD, PUBLISH, START, Key

LONG = "Maximiliana-Alexandria af Klingenspoor"
WHY = "Realisationsvinstbeskattningsreglerna gör att vi läser först i en månad."


def samples() -> dict[str, Any]:
    """A row that stays as it is, one with everything changed, one nobody can change; a form with what is not safe."""
    adult, never = words.PARTS["adult"], words.PARTS["under-16"]
    cells = [
        CellView("host", HOLD, PUBLISH, [PUBLISH, CHECK, HOLD]),
        CellView("night_own_house", CHECK, PUBLISH, [PUBLISH, CHECK, HOLD]),
        CellView("night", PUBLISH, PUBLISH, [PUBLISH, CHECK, HOLD]),
        CellView("none", HOLD, HOLD, [CHECK, HOLD]),
    ]
    form = forms.RowForm(formdata=None, host=HOLD, night_own_house=CHECK, night=PUBLISH, none=PUBLISH, version=3)
    form.none.errors = [words.refusal(Key(adult.where, adult.row, "none"), PUBLISH)]
    lines = [
        LineView(adult, "host", PUBLISH, HOLD),
        LineView(None, "first_posts", 3, 5),
    ]
    return {
        "table_rows": [
            RowView(words.PARTS["16-17"], _as_started("16-17"), open=True, uneven=False),
            RowView(adult, cells, open=True, uneven=True),
            RowView(never, _as_started("under-16"), open=False, uneven=False),
        ],
        "table_figures": [FigureView("first_posts", 5, 3), FigureView("young_posts", 10, 10)],
        "table_form": form,
        "table_cells": cells,
        "table_start": START,
        "table_words": words,
        "table_changes": [
            ChangeView(4, lines, WHY, clock.now(), LONG, False),
            ChangeView(3, lines[1:], "Tillbaka.", clock.now(), "نور", True),
        ],
    }


def _as_started(slug: str) -> list[CellView]:
    part = words.PARTS[slug]
    keys = [Key(part.where, part.row, cover) for cover in words.WHO_WORKS]
    return [CellView(key.cover, START.step(key), START.step(key), words.allowed(key)) for key in keys]
