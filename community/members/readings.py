"""What somebody who works here reads of a member's private, hidden or earlier words is an act: written down before it
is shown, in a transaction of its own, and told to her on a page of her own.

`opened` is the one way: whoever shows such a thing calls it first and shows what comes back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import delete, select

from community.core import audit, clock, crypto
from community.core.db import new_id, session, transaction
from community.core.errors import Invalid
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members import rules
from community.members.models import Member, Reading
from community.members.people import Viewer

LONGEST_WHY = 500
KEPT = timedelta(days=366 * 2)
MOST = 100  # lines on a page

Shown = TypeVar("Shown")

WHAT = {
    "history": _l("What a text of yours said before you changed it"),
    "way_in": _l("What you wrote when you could not get in"),
    "who": _l("That a text without a name is yours"),
    "hidden": _l("A text of yours that is hidden"),
    "held": _l("A text of yours that waits"),
    "photo": _l("A picture of yours somebody told staff of"),
    "profile": _l("Words about you that wait"),
    "talk": _l("Messages of a talk you are in"),
}
"""What can be read, as it is told to her. Other words of `what` are told as "Something of yours"."""
REASONS = {
    "worry": _l("Somebody may be in danger"),
    "report": _l("Somebody told staff about it"),
    "help_in": _l("To help you back in"),
    "decide": _l("To decide whether it can stand"),
}


@dataclass(frozen=True)
class ReadingView:
    """One line of "who read what of mine". `by` is the name as it is now; `why` what was written, else of a list."""

    by: str
    what: str
    why: str
    at: datetime


def opened(
    actor: Viewer,
    what: str,
    subject: str,
    member_id: int | None,
    read: Callable[[], Shown],
    *,
    reason: str | None = None,
    why: str = "",
    **facts: object,
) -> Shown:
    """Note that the actor reads `what` ("history", "who") of a member's, and give what `read` gives: nothing is shown
    that is not noted. `member_id` None: nobody of ours it belongs to. The audit line `<what>.opened` holds ids.

    Raises Invalid without a reason, NotAllowed for whoever does not work here, and whatever `read` raises.
    """
    require(actor, rules.READ_PRIVATE)
    if not reason and not why.strip():
        raise Invalid(_l("Say why you need to read it. The one it belongs to sees what you write."), field="why")
    if len(why) > LONGEST_WHY:
        raise Invalid(_l("That is too long. At most %(max)s characters fit here.", max=LONGEST_WHY), field="why")
    with transaction() as s:
        shown = read()
        if member_id is not None and member_id != actor.id:
            row = Reading(id=new_id(), by_id=actor.id, member_id=member_id, what=what, reason=reason, at=clock.now())
            if why.strip():
                row.why_sealed = crypto.seal(why.strip(), f"reading:{row.id}:why")
            s.add(row)
            s.flush()
        audit.append(actor.id, f"{what}.opened", subject, reason=reason or "own words", **facts)
    return shown


def of_mine(viewer: Viewer) -> list[ReadingView]:
    """Who read what of the viewer's, the newest first. One query."""
    rows = session().execute(
        select(Reading, Member.display_name)
        .join(Member, Member.id == Reading.by_id)
        .where(Reading.member_id == viewer.id)
        .order_by(Reading.at.desc(), Reading.id.desc())
        .limit(MOST)
    )
    return [_view(row, name) for row, name in rows]


def clear_out(now: datetime) -> int:
    """A job: lines go after two years. Returns how many."""
    with transaction() as s:
        result = s.execute(delete(Reading).where(Reading.at < now - KEPT))
        return int(result.rowcount)  # type: ignore[attr-defined]


def _view(row: Reading, name: str) -> ReadingView:
    written = crypto.unseal(row.why_sealed, f"reading:{row.id}:why") if row.why_sealed else ""
    reason = str(REASONS[row.reason]) if row.reason in REASONS else ""
    what = str(WHAT.get(row.what, _l("Something of yours")))
    return ReadingView(name, what, written or reason, row.at)
