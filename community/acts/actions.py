"""Objecting to what staff decided, answering that, and having read of an act.

An objection is one for an act, goes to somebody who had no part in it, and is answered with a reason. Nothing a member
writes here is held or refused; what sounds like a cry for help shows her the help card and does not wait its turn.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from community.acts import answering, rules
from community.acts.models import NO_NEWS, STANDING, Act, Appeal
from community.acts.queries import act_for
from community.acts.record import LONGEST_WORDS, bring_news
from community.core import audit, clock, crypto
from community.core.db import new_id, session, transaction
from community.core.errors import Conflict, Invalid
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members.models import Member, Sanction
from community.members.people import Viewer
from community.members.queries import facts_for
from community.notices import actions as notices
from community.safety import card, word_lists
from community.safety.cases import close_case, open_case
from community.safety.gate import Grade, judge
from community.safety.models import LIFE, LOOK
from community.streams import moderating
from community.streams.models import Piece, Stream

ANSWER_DAYS = 3  # working days


def mark_seen(actor: Viewer, act_id: int | None = None) -> None:
    """The actor has read what staff did about her: all of it, or one act."""
    require(actor, rules.OWN, actor.id)
    if not actor.acts_unseen:
        return
    with transaction() as s:
        unseen = select(Act).where(Act.member_id == actor.id, Act.seen_at.is_(None), Act.kind.not_in(NO_NEWS))
        left = 0
        for act in s.scalars(unseen):
            if act_id in (None, act.id):
                act.seen_at = clock.now()
            else:
                left += 1
        s.flush()
        read = update(Member).where(Member.id == actor.id).values(acts_unseen=left)
        s.execute(read.execution_options(synchronize_session=False))


def object_to(actor: Viewer, act_id: int, words: str) -> Appeal:
    """ "This is wrong": once for an act, within 30 days. Raises NotFound, NotAllowed, Invalid, and Conflict when she
    has written already."""
    act = act_for(actor, act_id)
    require(actor, rules.OBJECT, act)
    if not words.strip():
        raise Invalid(_l("Say why. One sentence is enough."), field="words")
    if len(words) > LONGEST_WORDS:
        raise Invalid(_l("That is too long. At most %(max)s characters fit here.", max=LONGEST_WORDS), field="words")
    verdict = judge(words, facts_for(actor), word_lists.current())  # for what it says of help alone
    with transaction() as s:
        now = clock.now()
        row = Appeal(id=new_id(), act_id=act.id, member_id=actor.id, at=now, due_at=due_after(now))
        row.words_sealed = crypto.seal(words.strip(), f"appeal:{row.id}:words")
        try:
            with transaction():
                s.add(row)
                s.flush()
        except IntegrityError:
            raise Conflict(_l("You have written about this already. It is being read.")) from None
        about = answering.about(act)
        card.offer(verdict)
        open_case(
            f"appeal:{row.id}",
            "appeal",
            harm=LIFE if verdict.grade is Grade.INTENT else LOOK,
            lane=about.lane,
            alert=verdict.alert,
            # Of what was written without a name nobody learns here whose it is.
            member_id=None if about.unnamed else actor.id,
            piece_id=act.piece_id,
            space_id=act.space_id,
            house_id=about.house_id,
            kept_from=about.deciders,
            act=act.id,
        )
        audit.append(None if about.unnamed else actor.id, "appeal.made", f"appeal:{row.id}", act_id=act.id)
        return row


def decide(actor: Viewer, appeal_id: int, *, right: bool, answer: str, version: int) -> Appeal:
    """Answer an objection: she was right and the act is undone, or it stands with a reason that she reads.

    Raises NotFound, NotAllowed, Invalid by field, and Conflict where it changed meanwhile or was answered already.
    """
    with transaction() as s:
        found = answering.appeal_for(actor, appeal_id, lock=True)
        if found.row.decided_at is not None:
            raise Conflict(_l("%(name)s has answered this already.", name=found.answered_by or _l("Somebody")))
        if found.case is None or found.case.version != version:
            facts = {"version": found.case.version if found.case is not None else 0}
            raise Conflict(_l("Something was added meanwhile. Look at it once more, then answer."), facts=facts)
        if not right and not answer.strip():
            raise Invalid(_l("Say why it stands. Whoever it concerns reads it."), field="answer")
        if len(answer) > LONGEST_WORDS:
            raise Invalid(
                _l("That is too long. At most %(max)s characters fit here.", max=LONGEST_WORDS), field="answer"
            )
        row = found.row
        row.decided_by, row.decided_at, row.right = actor.id, clock.now(), right
        if answer.strip():
            row.answer_sealed = crypto.seal(answer.strip(), f"appeal:{row.id}:answer")
        s.flush()
        if right:
            undo_act(found.act, actor.id)
            _set_right(found.act, actor.id)
        close_case(found.case, actor.id, "right" if right else "stands")
        why = "own words" if answer.strip() else "she was right"
        outcome = "appeal.right" if right else "appeal.stands"
        audit.append(actor.id, outcome, f"appeal:{row.id}", reason=why, act_id=row.act_id)
        if found.act.seen_at is not None:  # it is new to her once more
            found.act.seen_at = found.act.letter_at = None
            s.flush()
            bring_news(row.member_id)
        return row


def undo_act(act: Act, by_id: int) -> None:
    """What was decided holds no more: a limit ends, with every act that set the same one. Inside the caller's
    transaction, which has asked."""
    now = clock.now()
    with transaction() as s:
        same = Act.id == act.id
        if act.sanction_id is not None:
            same = (Act.sanction_id == act.sanction_id) & Act.kind.in_(STANDING)
            limit = s.get_one(Sanction, act.sanction_id, populate_existing=True)
            if limit.ends_at is None or limit.ends_at > now:
                limit.ends_at = now
            s.flush()
        for one in s.scalars(select(Act).where(same, Act.undone_at.is_(None))):
            one.undone_at, one.undone_by = now, by_id
        s.flush()


def _set_right(act: Act, by_id: int) -> None:
    """A text that was decided about is as it was before; where it takes its place only now, those who follow hear."""
    if act.piece_id is None:
        return
    s = session()
    piece = s.get(Piece, act.piece_id, with_for_update={"key_share": True}, populate_existing=True)
    if piece is None:
        return
    waited = piece.nr is None
    moderating.set_right(by_id, piece, s.get_one(Stream, piece.stream_id, populate_existing=True), act.kind)
    if waited and piece.nr is not None:
        notices.tell_published(piece, by_id)


def due_after(moment: datetime) -> datetime:
    """The end of the third working day after a moment. Public holidays are not known."""
    day, left = clock.local(moment).date(), ANSWER_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return clock.start_of(day + timedelta(days=1)) - timedelta(minutes=1)
