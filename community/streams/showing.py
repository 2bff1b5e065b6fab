"""The one partial that shows a piece, for pages, history and live frames; rendered once for all who see the same.

It is rendered from the view, the language and the day alone: no viewer, request or page is at hand there, so nothing in
it can depend on who reads, and keeping it is safe. What differs by reader (names in a text, reactions, quotes of people
she is kept apart from) differs in her view of the piece, which is what it is kept under.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from flask import current_app
from markupsafe import Markup

from community.core import clock, i18n
from community.streams.queries import WAITING, PieceView

MOST_KEPT, LONGEST_KEPT = 2_000, 4_000  # pieces, characters: five to ten megabytes, thirty should all be so long
PARTS = {"message": "parts/message.html"}
KEPT = "shown pieces"  # where an application keeps them

Render = Callable[[PieceView, bool, str, date], Markup]


def shown(piece: PieceView, *, copy: bool = False) -> Markup:
    """A piece as HTML. `copy`: it is shown a second time, without what one does to it."""
    render = _render if piece.state in (*WAITING, "hidden") or len(piece.html) > LONGEST_KEPT else _kept()
    return render(piece, copy, i18n.language(), clock.today())


def _kept() -> Render:
    """Of this application: its zone and its files' names are in what was rendered."""
    found: Render | None = current_app.extensions.get(KEPT)
    if found is None:
        found = current_app.extensions[KEPT] = lru_cache(MOST_KEPT)(_render)
    return found


def _render(piece: PieceView, copy: bool, _lang: str, _today: date) -> Markup:
    template = current_app.jinja_env.get_template(PARTS.get(piece.kind, "parts/piece.html"))
    return Markup(template.render(piece=piece, copy=copy).strip())
