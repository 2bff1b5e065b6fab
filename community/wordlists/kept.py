"""The lists in force: what Hearth comes with, with the house's additions and without what it switched off."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from community.core.db import session
from community.safety import word_lists
from community.safety.word_lists import ACTIONS, Entry, WordLists
from community.wordlists.models import ListChange, ListPhrase, ListSwitch

_known: tuple[int, WordLists] | None = None


def in_force() -> WordLists:
    """The lists as of the last change; one question to the database, and all of them only after a change."""
    global _known
    mark = session().scalar(select(ListChange.mark).order_by(ListChange.version.desc()).limit(1))
    if mark is None:
        return word_lists.all_shipped()
    if _known is None or _known[0] != mark:
        _known = (mark, _made())
    return _known[1]


def shipped_keys() -> frozenset[str]:
    """The keys of everything Hearth comes with."""
    lists = word_lists.all_shipped()
    return frozenset({*(one.key for one in lists.entries), *(Entry("personal", kind).key for kind in lists.personal)})


def _made() -> WordLists:
    s, shipped = session(), word_lists.all_shipped()
    own = list(s.execute(select(ListPhrase.action, ListPhrase.phrase)))
    off = set(s.scalars(select(ListSwitch.key)))
    changed = {
        action: frozenset(
            phrase
            for phrase in {*getattr(shipped, action), *(row.phrase for row in own if row.action == action)}
            if Entry(action, phrase).key not in off
        )
        for action in ACTIONS
    }
    personal = frozenset(kind for kind in shipped.personal if Entry("personal", kind).key not in off)
    return replace(shipped, **changed, personal=personal)
