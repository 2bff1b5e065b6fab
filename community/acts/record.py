"""Writing an act down: the one way, so that none is without its audit line, its reason and its news."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from community.acts.models import FREE, NO_NEWS, Act
from community.core import audit, clock, crypto
from community.core.announcements import announce
from community.core.db import new_id, transaction
from community.core.errors import Invalid
from community.core.i18n import lazy as _l
from community.members.models import Member
from community.members.people import Viewer

LONGEST_WORDS = 1000


def record(
    actor: Viewer | None,
    kind: str,
    member_id: int,
    *,
    reason: str | None = None,
    words: str = "",
    case_id: int | None = None,
    piece_id: int | None = None,
    space_id: int | None = None,
    until: datetime | None = None,
    version: int | None = None,
    sanction_id: int | None = None,
) -> Act:
    """Write down that the actor (None: a rule of the house) decided something about a member. Inside the caller's
    transaction, which makes it so. The audit line holds ids, never words.

    Raises Invalid by field where a limit comes without a reason, or with too many words.
    """
    if kind not in FREE and actor is not None and not (reason or words.strip()):
        raise Invalid(_l("Say why. Whoever it concerns reads it."), field="reason")
    if len(words) > LONGEST_WORDS:
        raise Invalid(_l("That is too long. At most %(max)s characters fit here.", max=LONGEST_WORDS), field="words")
    with transaction() as s:
        act = Act(
            id=new_id(),
            kind=kind,
            by_id=actor.id if actor else None,
            member_id=member_id,
            case_id=case_id,
            piece_id=piece_id,
            space_id=space_id,
            reason=reason,
            at=clock.now(),
            until=until,
            sanction_id=sanction_id,
        )
        if words.strip():
            act.words_sealed = crypto.seal(words.strip(), f"act:{act.id}:words")
        s.add(act)
        s.flush()
        subject = f"piece:{piece_id}" if piece_id else f"member:{member_id}"
        audit.append(
            act.by_id,
            f"act.{kind}",
            subject,
            reason=reason or ("own words" if words.strip() else None),
            act_id=act.id,
            case=case_id,
            version=version,
        )
        if kind not in NO_NEWS:
            bring_news(member_id)
        return act


def bring_news(member_id: int) -> None:
    """Something of what staff did about a member is new to her: the figure beside the bell, and her open pages. Inside
    the caller's transaction."""
    with transaction() as s:
        one_more = update(Member).where(Member.id == member_id).values(acts_unseen=Member.acts_unseen + 1)
        s.execute(one_more.execution_options(synchronize_session=False))
        announce(f"member:{member_id}", "acts:changed", member=member_id)


def words_of(act: Act) -> str | None:
    """What was written to whom it concerns."""
    return crypto.unseal(act.words_sealed, f"act:{act.id}:words") if act.words_sealed else None
