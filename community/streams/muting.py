"""Muting people and words, and taking it back. Nobody else learns of it, so nothing is announced or written down."""

from __future__ import annotations

import json

from sqlalchemy import delete, select

from community.core import clock, crypto, text
from community.core.db import add_once, session, transaction
from community.core.errors import Invalid
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members import named
from community.members.people import Viewer
from community.streams import muted, rules
from community.streams.models import MutedPerson, MutedWords

MOST_WORDS, LONGEST_WORD, LEAST_LETTERS = 100, 40, 2


def mute_person(actor: Viewer, member_id: int) -> None:
    """Fold what somebody writes, for oneself. Twice is once. Raises NotFound, Invalid for oneself."""
    require(actor, rules.KEEP_OWN, actor.id)
    named.person_for(actor, member_id)
    if member_id == actor.id:
        raise Invalid(_l("You can't mute yourself."))
    if not muted.has_muted(actor, member_id):
        add_once(MutedPerson(member_id=actor.id, muted_id=member_id, muted_at=clock.now()))


def unmute_person(actor: Viewer, member_id: int) -> None:
    """Show again what somebody writes; also of who has gone meanwhile."""
    require(actor, rules.KEEP_OWN, actor.id)
    with transaction() as s:
        s.execute(delete(MutedPerson).where(MutedPerson.member_id == actor.id, MutedPerson.muted_id == member_id))


def mute_word(actor: Viewer, word: str) -> None:
    """Fold pieces with a word (or a few in a row) in them. The same once more changes nothing.

    Raises Invalid: nothing to compare, one letter, too long, a hundred already.
    """
    require(actor, rules.KEEP_OWN, actor.id)
    word = text.tidy_line(word)
    compared = muted.as_compared(word)
    if not compared:
        raise Invalid(_l("Write the word you want to mute."), field="word")
    if len(compared.replace(" ", "")) < LEAST_LETTERS:
        raise Invalid(_l("That word is too short. It needs at least 2 letters."), field="word")
    if len(word) > LONGEST_WORD:
        raise Invalid(
            _l("That is too long. At most %(max)s characters fit here.", max=LONGEST_WORD),
            field="word",
        )
    with transaction():
        words = _locked(actor)
        if compared in map(muted.as_compared, words):
            return
        if len(words) >= MOST_WORDS:
            raise Invalid(_l("You have muted 100 words. Take one away first."), field="word")
        _keep(actor, [*words, word])


def unmute_word(actor: Viewer, word: str) -> None:
    """Show pieces with a word in them again."""
    require(actor, rules.KEEP_OWN, actor.id)
    with transaction():
        words = _locked(actor)
        _keep(actor, [one for one in words if muted.as_compared(one) != muted.as_compared(word)])


def _locked(actor: Viewer) -> list[str]:
    """Her words, kept from her other devices until the transaction ends."""
    if session().get(MutedWords, actor.id) is None:
        add_once(MutedWords(member_id=actor.id, sealed=crypto.seal("[]", muted.place_of(actor.id))))
    locked = select(MutedWords).where(MutedWords.member_id == actor.id).with_for_update()
    row = session().scalars(locked.execution_options(populate_existing=True)).one()
    return list(json.loads(crypto.unseal(row.sealed, muted.place_of(actor.id))))


def _keep(actor: Viewer, words: list[str]) -> None:
    session().get_one(MutedWords, actor.id).sealed = crypto.seal(
        json.dumps(words, ensure_ascii=False), muted.place_of(actor.id)
    )
    session().flush()
