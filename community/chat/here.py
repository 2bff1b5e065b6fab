"""Who is in a chat, as its readers may see it: by name, never a figure without the names behind it.

Everybody without exclusions sees the same, so it is rendered once for each language. Whoever is kept apart from
somebody gets a hint, and only when somebody she may meet came or went; her page asks for what is hers.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template

from community.chat import presence
from community.chat.presence import Change
from community.core import fanout, live, web
from community.core.i18n import LANGUAGES
from community.members import named
from community.members.people import AuthorView, Viewer

_log = logging.getLogger(__name__)

FIRST = 12  # by name; of the others there is a figure


@dataclass(frozen=True)
class Here:
    """`people`: the first of them, whoever works here before all others; `count`: all of them."""

    people: tuple[AuthorView, ...]
    count: int

    @property
    def others(self) -> int:
        """How many are not named."""
        return self.count - len(self.people)


NOBODY_HERE = Here((), 0)


def here_for(viewer: Viewer, chat: int) -> Here:
    """Who is in a chat the viewer has found, as she may see it. Two queries, one where all of them are at hand."""
    return _shown(presence.present_in(chat) - viewer.met_in_no_chat, named.at_hand(viewer))


def look() -> None:
    """Once a second in a server: open pages are told of who came and went."""
    for change in presence.look():
        try:
            _bring(change)
        except Exception:
            _log.exception("open pages were not told who is in a chat")
            presence.again(change.chat)


def _shown(ids: Collection[int], at_hand: Mapping[int, Any] | None = None) -> Here:
    _authors, people = named.met((), ids, at_hand)
    found = [person for person in people.values() if not person.protected]
    found.sort(key=lambda person: (not person.is_staff, person.name.casefold(), person.id))
    return Here(tuple(person.author for person in found[:FIRST]), len(found))


def _bring(change: Change) -> None:
    """One frame per language for all when somebody came or went; pages that have just come get it in any case."""
    together = {seat.room for seat in change.seats if ":m:" not in seat.room}
    present = _shown(change.people) if together else None
    for lang in LANGUAGES:
        room = f"stream:{change.chat}:{lang}"
        fresh = [seat.sid for seat in change.seats if seat.room == room and seat.sid in change.fresh]
        if room not in together or not (change.moved or fresh):
            continue
        with web.render_context(lang):
            html = render_template("parts/chat_who.html", present=present).strip()
        frame: dict[str, Any] = {"stream": change.chat, "html": html}
        if change.moved:
            fanout.broadcast(room, "chat:here", frame)
        else:
            live.tell_lines(fresh, "chat:here", frame)
    apart = [seat for seat in change.seats if ":m:" in seat.room]
    hinted = [one.sid for one in apart if one.sid in change.fresh or change.moved - one.footing.met_in_no_chat]
    live.tell_lines(hinted, "chat:here", {"stream": change.chat})
