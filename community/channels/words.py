"""What a channel's fields and their values are called on pages."""

from __future__ import annotations

from typing import Any

from community.core.i18n import lazy as _l

FIELDS: dict[str, Any] = {
    "name_sv": _l("Name in Swedish"),
    "name_en": _l("Name in English"),
    "about_sv": _l("What it is for, in Swedish"),
    "about_en": _l("What it is for, in English"),
    "kind": _l("What is written here"),
    "audience": _l("Who reads it"),
    "writers": _l("Who writes"),
    "asks_whom": _l("Asks: my house or everyone"),
    "colour": _l("Colour"),
    "place": _l("Place in the list"),
}
VALUES: dict[str, dict[Any, Any]] = {
    "kind": {
        "talk": _l("Talk"),
        "questions": _l("Questions"),
        "memories": _l("Memories"),
        "ideas": _l("Ideas"),
        "staff": _l("Work, among staff"),
    },
    "audience": {
        "all": _l("Everyone: who lives here, who has lived here, and staff"),
        "house": _l("My house: who lives there now, and staff there"),
        "moved_out": _l("Moved out: adults who have lived here, and staff"),
        "staff": _l("Staff alone"),
    },
    "writers": {"readers": _l("Everyone who reads it"), "staff": _l("Staff alone")},
    "asks_whom": {True: _l("yes"), False: _l("no")},
    "colour": {
        "green": _l("Green"),
        "honey": _l("Honey"),
        "blue": _l("Blue"),
        "plum": _l("Plum"),
        "ember": _l("Ember"),
        "pine": _l("Pine"),
        "sky": _l("Sky"),
        "clay": _l("Clay"),
        "rose": _l("Rose"),
        "moss": _l("Moss"),
        "slate": _l("Slate"),
    },
}
CHANGES: dict[str, Any] = {
    "opened": _l("Opened"),
    "changed": _l("Changed"),
    "closed": _l("Closed"),
    "reopened": _l("Opened again"),
    "moved": _l("Moved in the list"),
}


def said(field: str, value: Any) -> str:
    """A field's value as people read it; a dash where there was nothing."""
    return str(VALUES.get(field, {}).get(value, value)) or "–"
