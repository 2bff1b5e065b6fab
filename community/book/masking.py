"""Other people in what a member takes along: without their yes they are a friend. Pure."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from community.core import mentions, text
from community.core.i18n import _

_LINE = re.compile(r"\n{2,}")


class Masked:
    """In place of names in texts: her own stays, everybody else is a friend. Reads as `streams.mentions.Names`."""

    def __init__(self, own_id: int, own_name: str) -> None:
        self._own_id, self._own_name = own_id, own_name

    def name_of(self, member_id: int) -> str:
        """What somebody named in a text is called in the book."""
        return self._own_name if member_id == self._own_id else _("a friend")

    def in_html(self, html: str) -> Markup:
        """Stored HTML without anybody's name, and without addresses that lead into the house."""
        named = mentions.with_names_shown(html, lambda id_, _may_link: escape(self.name_of(id_)))
        return Markup(_LINK_HOME.sub("<a>", named))

    def in_text(self, stored: str) -> str:
        """The same for plain words."""
        return _AT.sub("", mentions.with_names(stored, lambda id_: f"{_HERE}{self.name_of(id_)}"))


_HERE = "\ufff9"
_AT = re.compile(f"@{_HERE}")
_LINK_HOME = re.compile(r'<a href="/[^"]*"[^>]*>')


def prose(typed: str) -> Markup:
    """Her own words as she typed them, safe to show."""
    return Markup(text.to_html(typed)) if typed else Markup("")


def lines(typed: str) -> Markup:
    """A letter as it was typed: paragraphs and line ends, nothing else."""
    paragraphs = (escape(part.strip()).replace("\n", Markup("<br>")) for part in _LINE.split(typed) if part.strip())
    return Markup("").join(Markup("<p>{}</p>").format(part) for part in paragraphs)
