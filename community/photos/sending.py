"""Pictures that come along with a form: kept at once, so that a form given back with its text still has them."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import request
from wtforms import HiddenField

from community.core import pictures, text
from community.core.errors import Invalid
from community.core.forms import Filled
from community.core.paging import whole_number
from community.members.people import Viewer
from community.photos import actions, hanging, queries
from community.photos.rules import MOST_ON_A_PIECE

FILES = frozenset({"pictures"})
MOST_NUMBERS = 30


class Photos(HiddenField):
    """The photos that are to hang on what is sent: numbers with commas between, in their order."""

    @property
    def ids(self) -> tuple[int, ...]:
        return numbers_in(str(self.data or ""))


class FilledOrPictured(Filled):
    """Something was typed, or pictures come along: then words may be left out."""

    field_flags: dict[str, Any] = {}

    def __call__(self, form: Any, field: Any) -> None:
        pictured = form.photos.ids or any(file.filename for file in request.files.getlist("pictures"))
        if not (field.raw_data and pictured and not text.says_something(str(field.data or ""))):
            super().__call__(form, field)


def numbers_in(listed: str) -> tuple[int, ...]:
    """Numbers with commas between; what is none is left out."""
    numbers = (whole_number(part) for part in listed.split(",", MOST_NUMBERS)[:MOST_NUMBERS])
    return tuple(dict.fromkeys(number for number in numbers if number is not None))


def still_there(viewer: Viewer, kept: str) -> str:
    """Of the photos a draft names those that are hers still and hang on nothing. One query, none of none."""
    return ",".join(map(str, queries.loose_of(viewer, numbers_in(kept))))


def received(actor: Viewer, form: Any, most: int = MOST_ON_A_PIECE) -> tuple[int, ...]:
    """The photos a form names, and those that came as files with it, kept now; the form names them all, at most `most`.
    Not inside a transaction. Raises Invalid (`photos`) for what is no picture or too many, and what `actions.add`
    raises."""
    sent = [file for file in request.files.getlist("pictures") if file.filename]
    ids = list(form.photos.ids)
    hanging.checked_number([*ids, *range(-len(sent), 0)], most)
    for file in sent:
        digest = hashlib.sha256(file.stream.read()).hexdigest()[:16]
        file.stream.seek(0)
        try:
            photo = actions.add(actor, file.stream, f"{form.client_id.data[:22]}-{digest}")  # type: ignore[arg-type]
        except pictures.Refused as refused:
            raise Invalid(refused.sentence, field="photos") from refused
        ids.append(photo.id)
        form.photos.data = ",".join(map(str, dict.fromkeys(ids)))
    return tuple(dict.fromkeys(ids))
