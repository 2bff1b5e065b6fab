"""What alerts without anybody pressing: words that tell of a plan, and a case that may not wait and is not opened."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, select

from community.concerns import calls
from community.concerns.models import Concern, ConcernKeptFrom
from community.core import clock
from community.core.db import add_once, new_id, session, transaction
from community.members.queries import viewer_now
from community.safety.cases import OF_WORDS
from community.safety.models import Case, CaseKeptFrom
from community.streams.models import Piece

UNREAD_AFTER = timedelta(minutes=15)

_log = logging.getLogger(__name__)


def due(now: datetime) -> list[int]:
    """Cases that alert and have no concern yet, or alert anew after theirs was over: of words at once, others when
    nobody has had them in hand for a while."""
    known = exists().where(Concern.case_id == Case.id, ~_over())
    waits = select(Case).where(Case.state == "open", Case.alert_at.is_not(None), ~known)
    return [case.id for case in session().scalars(waits.order_by(Case.alert_at)) if _is_time(case, now)]


def make(case_id: int) -> None:
    """Make the concern of a case and tell whoever is to know, in one transaction. A second time changes nothing."""
    now = clock.now()
    with transaction() as s:
        case = s.scalar(
            select(Case).where(Case.id == case_id).with_for_update().execution_options(populate_existing=True)
        )
        if case is None or case.state != "open" or not _is_time(case, now):
            return
        of_words = _of_words(case)
        piece = s.get(Piece, case.piece_id) if case.piece_id is not None else None
        # No case knows whose a text without a name is; whoever is to be reached does not depend on her having one.
        member_id = (piece.author_id if piece is not None else case.member_id) if of_words else None
        before = select(Concern).where(Concern.case_id == case_id).execution_options(populate_existing=True)
        known = s.scalar(before)
        if known is not None:
            if s.scalar(before.join(Case, Case.id == Concern.case_id).where(_over())) is not None:
                _begin_again(known, member_id, case.alert_at or now, now)
            return
        nameless = piece is not None and piece.unnamed
        concern = Concern(
            id=new_id(),
            member_id=member_id,
            house_id=case.house_id or (None if nameless else _house_of(member_id)),
            severity="words" if of_words else "unread",
            route="leads" if case.lane == "leads" else "shift",
            case_id=case.id,
            piece_id=case.piece_id,
            unnamed=nameless,
            sent_at=case.alert_at,
            chain_since=now,
        )
        s.add(concern)
        s.flush()
        if case.lane == "leads" and case.member_id is not None and not of_words:
            add_once(ConcernKeptFrom(concern_id=concern.id, member_id=case.member_id, why="about"))
        kept = select(CaseKeptFrom.member_id).where(CaseKeptFrom.case_id == case.id)
        for kept_id in list(s.scalars(kept)):
            add_once(ConcernKeptFrom(concern_id=concern.id, member_id=kept_id, why="shift"))
        calls.step(concern, None, "sent")
        calls.advance(concern.id, now)


def at_once(case_id: int) -> None:
    """The same right after the commit of whoever opened the case: the author's next page can then say who was told.
    Raises nothing: what fails here is found again by the clockwork."""
    try:
        if case_id in due(clock.now()):
            make(case_id)
    except Exception:
        _log.exception("an alert was not passed on at once")


def _over() -> ColumnElement[bool]:
    """Of a concern beside its case: what it was about is over, or it was only that nobody had read it, and since then
    her words alerted, or the case was opened once more."""
    again = Case.alert_at >= Concern.closed_at
    worse = (Concern.severity == "unread") & (Case.alert_at > Concern.sent_at)
    return ((Concern.state == "closed") & again) | ((Concern.state != "closed") & worse)


def _begin_again(concern: Concern, member_id: int | None, since: datetime, now: datetime) -> None:
    """The same case alerts anew: everybody is told once more, and she is asked again how she wants to be reached."""
    concern.member_id, concern.severity = member_id, "words" if member_id is not None else "unread"
    concern.state, concern.how, concern.opened_at = "open", None, None
    concern.taken_by, concern.handed_to, concern.step_due_at, concern.lapsed_by = None, None, None, None
    concern.taken_by_independent, concern.closed_at, concern.closed_by, concern.outcome = False, None, None, None
    concern.sent_at, concern.chain_since = since, now
    concern.chain_from, concern.chain_round = 0, concern.chain_round + 1
    calls.step(concern, None, "sent")
    session().flush()
    calls.advance(concern.id, now)
    calls.changed(concern)


def _house_of(member_id: int | None) -> int | None:
    """Her house; None of somebody who is no member today."""
    viewer = viewer_now(member_id)
    return viewer.house_id if viewer is not None else None


def _is_time(case: Case, now: datetime) -> bool:
    assert case.alert_at is not None
    return _of_words(case) or (not calls.in_hand(case, now) and now >= case.alert_at + UNREAD_AFTER)


def _of_words(case: Case) -> bool:
    """Whether what a member wrote alerted: in a piece, about herself, or against what staff decided."""
    return not OF_WORDS.isdisjoint(case.reasons) and (case.member_id is not None or case.piece_id is not None)
