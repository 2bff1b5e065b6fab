"""Asking somebody whether her words may come along in a book, and her answer: at any time, and any other later."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update

from community.book import rules, words
from community.book.models import ANSWERS, BookYes
from community.core import clock, ratelimit
from community.core.db import new_id, session, transaction
from community.core.erasing import Leaver
from community.core.errors import Invalid
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members.named import called_now
from community.members.people import Viewer
from community.notices import laying

CARD = "book_words"
ASK_AGAIN = timedelta(days=7)
"""After so long whoever has not answered is asked a second time, and never again."""


def ask(actor: Viewer, kind: str, ref_id: int) -> BookYes:
    """Ask whoever wrote a piece, or a letter to the actor. Asked before: nothing more happens. Raises NotFound,
    NotAllowed, TooMany."""
    found = words.found_for(actor, kind, ref_id)
    require(actor, rules.ASK, (found.author_id, bool(called_now([found.author_id])), found.unnamed))
    known = words.yes_on(actor, kind, ref_id)
    if known is not None:
        return known
    ratelimit.hit("book words", actor.id)
    with transaction() as s:
        row = BookYes(id=new_id(), owner_id=actor.id, author_id=found.author_id, kind=kind, ref_id=ref_id)
        row.asked_at = clock.now()
        s.add(row)
        s.flush()
        laying.lay(found.author_id, CARD, row.id)
    return row


def answer(actor: Viewer, yes_id: int, said: str) -> BookYes:
    """The actor says yes with her name, yes without it, or no, or changes her mind: it holds for every book made from
    now on, and files that say otherwise go within a minute. Raises NotFound, Invalid."""
    if said not in ANSWERS:
        raise Invalid(_l("Answer yes with your name, yes without it, or no."), field="answer")
    row = words.asked_for(actor, yes_id)
    require(actor, rules.ANSWER, row)
    with transaction() as s:
        row.answer, row.answered_at = said, clock.now()
        s.flush()
        laying.end_about([actor.id], CARD, row.id)
    return row


def ask_again(now: datetime) -> int:
    """Ask those a second time who have not answered for a week. A job; returns how many."""
    waits = BookYes.answer.is_(None) & BookYes.again_at.is_(None) & (BookYes.asked_at < now - ASK_AGAIN)
    with transaction() as s:
        rows = s.scalars(select(BookYes).where(waits).limit(200)).all()
        for row in rows:
            row.again_at = now
            if called_now([row.author_id]):
                laying.lay_anew(row.author_id, CARD, row.id)
        s.flush()
    return len(rows)


def let_go(leaver: Leaver) -> None:
    """From this moment on nothing of hers comes along that she had not said yes to; without her name where she leaves
    none, and nothing where she takes her words along. Inside the caller's transaction."""
    hers = BookYes.author_id == leaver.id
    with transaction() as s:
        unsaid = hers if leaver.takes_words_along else hers & BookYes.answer.is_(None)
        s.execute(update(BookYes).where(unsaid).values(answer="no", answered_at=leaver.gone_at))
        if leaver.choice == "nameless":
            named = hers & (BookYes.answer == "yes")
            s.execute(update(BookYes).where(named).values(answer="nameless", answered_at=leaver.gone_at))
        asked = s.scalars(select(BookYes).where(BookYes.owner_id == leaver.id, BookYes.answer.is_(None))).all()
        for row in asked:
            laying.end_about([row.author_id], CARD, row.id)
    session().expire_all()
