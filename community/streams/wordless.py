"""What is said of a piece that has pictures and no words, wherever its first words would stand."""

from __future__ import annotations

from community.core.i18n import _


def words_or_picture(words: str, pictured: object) -> str:
    """The words, or that it is a picture; nothing of what has neither."""
    return words or (_("A picture") if pictured else "")
