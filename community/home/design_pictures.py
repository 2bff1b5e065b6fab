"""What `/design` shows of pictures: on a post, in every state of consent, and the question to somebody in one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from flask import current_app

from community.core import i18n
from community.members.people import AuthorView
from community.photos.forms import PhotoForm, PlaceForm
from community.photos.models import PORTRAIT_STATES
from community.photos.showing import PictureView

TUVA = AuthorView(1, "Tuva", "resident", "a01", "a")
VERA = AuthorView(2, "Vera", "resident", "a13", "c")


def samples() -> dict[str, Any]:
    """Made-up ones, in their states."""
    wrong = PhotoForm(formdata=None, prefix="drawn-")
    wrong.person.choices = [(0, "Vera")]
    wrong.who.errors = [i18n.lazy("Say who is in it. Then it can be shown.")]
    states = ("shown", "unsaid", "waits", "claimed", "refused", "unmarked", "drawing", "unconfirmed")
    return {
        "drawn_pictures": [picture(nr, state) for nr, state in enumerate(states)],
        "drawn_photo_form": wrong,
        "drawn_cells": PlaceForm(formdata=None, cell_0=True, cell_7=True),
        "drawn_cells_of": lambda _one: PlaceForm(formdata=None, cell_3=True),
        "drawn_sight": SimpleNamespace(photo=SimpleNamespace(id=1, uploader_id=1), state="waits"),
        "drawn_people_in_it": {1: TUVA, 2: VERA},
        "drawn_answers": [
            SimpleNamespace(member_id=2, claimed=claimed, minor=minor, answer=said, staff_answer=None, cells=[])
            for said, claimed, minor in ((None, False, True), ("blur", False, False), ("no", True, False))
        ],
        "drawn_portraits": [
            SimpleNamespace(id=nr, member_id=1, name="x" * 32, state=one) for nr, one in enumerate(PORTRAIT_STATES)
        ],
        "drawn_wordless": SimpleNamespace(pictures=(), with_pictures=True, html=""),
        "drawn_choosing": SimpleNamespace(photos=SimpleNamespace(id="drawn-photos", ids=(), errors=())),
    }


def picture(nr: int, state: str) -> PictureView:
    """A made-up one in a state."""
    drawn = str(current_app.jinja_env.globals["asset"]("icon.svg"))  # type: ignore[operator]
    row = f"{drawn} 320w"
    return PictureView(nr, 320, 240, "En sjö" if nr else "", state, row, row, drawn, "#", drawn if nr == 1 else None)
