"""Whose a memory book is, and whose words come along in it."""

from __future__ import annotations

from typing import Any

from community.book.models import BookYes
from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.people import Viewer

MOST_BOOKS = 5
MOST_ITEMS = 600
MOST_PICTURES = 300  # in one book: what the process that sets it holds in memory


def _own(actor: Any, member_id: int) -> Refusal | None:
    """No standing, break or incident counts here: what she keeps of her years is hers."""
    if isinstance(actor, Viewer) and actor.id == member_id:
        return None
    return _l("Only the person herself can do that.")


def _may_ask(actor: Any, asked: Any) -> Refusal | None:
    """`asked` is (who wrote it, whether she can be asked today, whether it stands without a name)."""
    author_id, here, unnamed = asked
    if author_id == actor.id:
        return _l("These words are your own.")
    if unnamed:
        return _l("This was written without a name, so nobody can be asked. It stays out of your book.")
    if not here or author_id in actor.excluded_ids:
        return _l("Nobody can be asked about this. It stays out of your book.")
    return None


def _may_answer(actor: Any, row: BookYes) -> Refusal | None:
    if row.author_id == actor.id:
        return None
    return _l("Only whoever wrote the words answers.")


OWN = Rule(
    "book.own",
    "Everybody, her own books alone: also paused, suspended, on a break, while everything is read-only and while she "
    "is leaving. Fetching a file is behind her password, and not in the day after somebody helped her back in.",
    _own,
)
ASK = Rule(
    "book.ask",
    "Of words she may read and of letters to her: whoever wrote them, once and once again after a week; nobody who has "
    "left, whom we remember, or from whom she is kept apart, and nobody of words without a name.",
    _may_ask,
)
ANSWER = Rule("book.answer", "Whoever wrote the words, at any time, also after she has answered.", _may_answer)

ALL = (OWN, ASK, ANSWER)
