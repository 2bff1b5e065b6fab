"""What stands in the file beside the pages: how to read it, in both languages, and the drawn picture she chose."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from flask import current_app

from community.core.i18n import _
from community.core.own_rows import Row


def name(lang: str) -> str:
    """What it is called."""
    return {"sv": "LAS-MIG.txt", "en": "README.txt"}[lang]


def text(community: str, made_at: str) -> str:
    """How to read the file, in the language of the moment."""
    said = [
        _("All that is kept about you in %(community)s, as of %(time)s.", community=community, time=made_at),
        _(
            "Unpack it, and open index.html in a browser. It works without the internet, and nothing in it asks for "
            "anything outside."
        ),
        _(
            "data.json holds the same for programs: every table by its name, every moment in UTC. What the keys mean "
            "stands in it, and on the page keys.html. The folder files holds your drawn picture, and your photos."
        ),
        _(
            "Other people are in it as little as can be: their names where you read them, and what they wrote to you "
            "in messages. Everywhere else it says somebody. What is not in it, why, and how to ask stands in "
            "missing.html."
        ),
        _("It holds private things. Keep it where only you can open it, and not on a device that others use."),
    ]
    return "\n\n".join(said) + "\n"


def pictures(member: Row) -> Iterator[tuple[str, bytes]]:
    """The drawing she chose; none where she has initials."""
    drawn = Path(current_app.static_folder or "").parent / "src" / "avatars" / f"{member.get('avatar')}.svg"
    if drawn.is_file():
        yield "picture.svg", drawn.read_bytes()
