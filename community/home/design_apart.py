"""What `/design` shows of two people kept apart: the list, what will look odd, and the form."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from community.core import clock, i18n
from community.separations.forms import SHORT, SeparateForm
from community.separations.odd import AtWork, Odd

LONG = "Maximiliana-Alexandria af Klingenspoor"


def samples() -> dict[str, Any]:
    """Made-up pairs, in their states."""
    return {
        "apart_views": [
            _one(1, "Amina", "Olle", "total", due=True),
            _one(2, LONG, LONG, "private"),
            _one(3, "Isla", "Samir", "chat", ended=True),
        ],
        "apart_short": SHORT,
        "apart_odds": [
            Odd(True, ("Vardagsrummet", "Solgläntan"), 3, (("Vem har sett katten?", "#apart"),), True, 2, None),
            Odd(False, (), 1, (), False, 0, AtWork("Sara", LONG, 4, True, True)),
            Odd(False, (), 0, (), False, 0, None),
        ],
        "apart_form": _form(),
        "apart_day": i18n.calendar_day,
    }


def _one(number: int, one: str, other: str, level: str, *, due: bool = False, ended: bool = False) -> SimpleNamespace:
    row = SimpleNamespace(
        is_open=None if ended else True,
        level=level,
        review_on=clock.today() + timedelta(days=30),
        ended_at=clock.now() - timedelta(days=2) if ended else None,
    )
    people = tuple(SimpleNamespace(name=name) for name in (one, other))
    return SimpleNamespace(id=number, row=row, people=people, due=due)


def _form() -> SeparateForm:
    form = SeparateForm(formdata=None, prefix="apart-", one_id=1, other_id=2)
    form.reason.errors = [i18n.lazy("Say why.")]
    return form
