"""Changing the house's word lists, and saying whether what was heard was meant."""

from __future__ import annotations

from sqlalchemy import Select, delete, func, select

from community.core import audit, clock, crypto, text
from community.core.db import add_once, new_id, session, transaction
from community.core.errors import Conflict, Invalid, NotFound
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members.people import Viewer
from community.safety import phrases
from community.safety.models import Heard
from community.safety.word_lists import ACTIONS, Entry, all_shipped
from community.wordlists import kept, queries, rules
from community.wordlists.models import (
    LANGUAGES,
    LONGEST_PHRASE,
    LONGEST_REASON,
    Judgement,
    ListChange,
    ListPhrase,
    ListSwitch,
    PhraseRecord,
)

ENOUGH = 20  # judgements before a phrase is put up for review
ONE_IN = 5  # and it is, when it is right less often than this


def add_phrase(actor: Viewer, phrase: str, *, action: str, language: str, reason: str, version: int) -> None:
    """Add a phrase to the house's own. Raises NotAllowed, Invalid by field, Conflict when the lists have changed since
    `version`."""
    require(actor, rules.CHANGE)
    if action not in ACTIONS or language not in LANGUAGES:
        raise Invalid
    phrase, reason = _phrase(phrase), text.reason(reason, LONGEST_REASON)
    with transaction() as s:
        _changed(actor, "added", Entry(action, phrase).key, reason, version)
        known = {*getattr(all_shipped(), action), *s.scalars(_own_phrases(action))}
        if phrase in known:
            raise Invalid(_l("This is in that list already."), field="phrase")
        row = ListPhrase(action=action, phrase=phrase, language=language, added_at=clock.now(), added_by=actor.id)
        s.add(row)
        s.flush()


def remove_phrase(actor: Viewer, key: str, *, reason: str, version: int) -> None:
    """Take a phrase of the house's own away. Raises as `add_phrase`, and NotFound."""
    require(actor, rules.CHANGE)
    action, _colon, phrase = key.partition(":")
    reason = text.reason(reason, LONGEST_REASON)
    with transaction() as s:
        _changed(actor, "removed", key, reason, version)
        mine = (ListPhrase.action == action) & (ListPhrase.phrase == phrase)
        if not s.execute(delete(ListPhrase).where(mine)).rowcount:  # type: ignore[attr-defined]
            raise NotFound
        _no_more_review(key)


def switch(actor: Viewer, key: str, *, off: bool, reason: str, version: int) -> None:
    """Hear an entry Hearth came with no more, or again. Raises as `add_phrase`, and NotFound."""
    require(actor, rules.CHANGE)
    reason = text.reason(reason, LONGEST_REASON)
    if key not in kept.shipped_keys():
        raise NotFound
    with transaction() as s:
        known = s.get(ListSwitch, key)
        _changed(actor, "off" if off else "on", key, reason, version)
        if off and known is None:
            s.add(ListSwitch(key=key, off_at=clock.now(), off_by=actor.id))
        elif not off and known is not None:
            s.delete(known)
        s.flush()
        _no_more_review(key)


def keep_hearing(actor: Viewer, key: str, *, reason: str, version: int) -> None:
    """Look at an entry that is seldom right and keep it; counting begins anew. Raises as `add_phrase`, and NotFound."""
    require(actor, rules.CHANGE)
    reason = text.reason(reason, LONGEST_REASON)
    with transaction() as s:
        record = s.get(PhraseRecord, key)
        if record is None or record.put_up_at is None:
            raise NotFound
        _changed(actor, "kept", key, reason, version)
        _no_more_review(key)


def judge(actor: Viewer, heard_id: int, key: str, *, right: bool) -> None:
    """Say of an entry heard in a text that it was meant so, or "not this". Said again it replaces what was said. An
    entry right less than once in five of at least twenty times waits for review.

    Raises NotFound, NotAllowed (for what one wrote oneself).
    """
    heard = queries.heard_for(actor, heard_id)
    require(actor, rules.JUDGE, heard)
    if key not in heard.keys:
        raise NotFound
    with transaction() as s:
        s.execute(select(Heard.id).where(Heard.id == heard_id).with_for_update())
        if s.get(PhraseRecord, key) is None:
            add_once(PhraseRecord(key=key, right=0, wrong=0))
        record = s.get_one(PhraseRecord, key, with_for_update=True, populate_existing=True)
        before = s.get(Judgement, (heard_id, key))
        if before is None:
            s.add(Judgement(heard_id=heard_id, key=key, right=right, at=clock.now(), by_id=actor.id))
        elif before.right == right:
            return
        else:
            _count(record, before.right, -1)
            before.right, before.at, before.by_id = right, clock.now(), actor.id
        _count(record, right, 1)
        seldom = record.right + record.wrong >= ENOUGH and record.right * ONE_IN < record.right + record.wrong
        record.put_up_at = (record.put_up_at or clock.now()) if seldom else None
        s.flush()
        audit.append(actor.id, "lists.judged", f"heard:{heard_id}", phrase=_hashed(key), right=right)


def judge_piece(actor: Viewer, piece_id: int, key: str, *, right: bool) -> None:
    """The same for what was last heard in a piece: one answer for a piece and an entry, however often it was written
    anew. Whether the actor may see the piece is for whoever shows it to her. Raises as `judge`."""
    require(actor, rules.READ)
    newest = select(Heard).where(Heard.piece_id == piece_id).order_by(Heard.at.desc(), Heard.id.desc())
    found = next((row for row in session().scalars(newest) if key in row.keys), None)
    if found is None:
        raise NotFound
    judge(actor, found.id, key, right=right)


def _count(record: PhraseRecord, right: bool, by: int) -> None:
    """Never below nothing: what was said before the last review is not counted any more."""
    if right:
        record.right = max(0, record.right + by)
    else:
        record.wrong = max(0, record.wrong + by)


def _changed(actor: Viewer, kind: str, key: str, reason: str, version: int) -> None:
    """A line of history and one of the audit chain, in the present transaction; audit comes first, because its head is
    what keeps two changes apart."""
    audit.append(actor.id, f"lists.{kind}", f"list:{key.partition(':')[0]}", reason=reason, phrase=_hashed(key))
    s = session()
    newest = s.scalar(select(func.max(ListChange.version))) or 0
    if newest != version:
        raise Conflict(_l("Somebody changed the lists meanwhile. Look at them once more."), facts={"version": newest})
    change = ListChange(version=newest + 1, mark=new_id(), kind=kind, key=key, reason=reason)
    change.at, change.by_id = clock.now(), actor.id
    s.add(change)
    s.flush()


def _no_more_review(key: str) -> None:
    session().execute(delete(PhraseRecord).where(PhraseRecord.key == key))


def _own_phrases(action: str) -> Select[str]:
    return select(ListPhrase.phrase).where(ListPhrase.action == action)


def _phrase(raw: str) -> str:
    phrase = " ".join(text.tidy_line(raw).lower().split())
    if not text.says_something(phrase):
        raise Invalid(_l("Write something here first."), field="phrase")
    text.at_most(phrase, LONGEST_PHRASE, "phrase")
    try:
        places = phrases.parts_of(phrase)
    except ValueError:
        raise Invalid(_l("It has to begin and end with a word, and has at most ten."), field="phrase") from None
    if len(places) == 1 and any(len(word) < 3 for word in places[0].words or ()):
        raise Invalid(_l("A word of one or two letters would be heard everywhere."), field="phrase")
    return phrase


def _hashed(key: str) -> str:
    return crypto.keyed_hash(key, "audit")
