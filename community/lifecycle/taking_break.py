"""A break that a member takes herself: no reason is asked, nobody is told, and it comes to its end by itself.

While it lasts she reads, and her notices rest. Help, staff, the team's inbox and what is hers stay open as always.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from community.core import audit, clock
from community.core.db import session, transaction
from community.core.errors import Invalid
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.lifecycle import turn_rules as rules
from community.members.models import Member, Sanction
from community.members.people import Viewer
from community.notices import actions as notices

LENGTHS: dict[str, tuple[Any, timedelta]] = {
    "1d": (_l("1 day"), timedelta(days=1)),
    "3d": (_l("3 days"), timedelta(days=3)),
    "1w": (_l("1 week"), timedelta(weeks=1)),
    "2w": (_l("2 weeks"), timedelta(weeks=2)),
    "1m": (_l("1 month"), timedelta(days=30)),
    "3m": (_l("3 months"), timedelta(days=90)),
}


def own_break(viewer: Viewer) -> datetime | None:
    """Until when the viewer is on a break; None where she is on none. One query."""
    return session().scalar(select(Sanction.ends_at).where(_hers(viewer)).order_by(Sanction.ends_at.desc()).limit(1))


def take_break(actor: Viewer, length: str) -> datetime:
    """Begin a break, or give the one that runs another end; returns when it ends by itself. Raises NotAllowed, and
    Invalid by field for a length that is not offered."""
    require(actor, rules.TAKE_BREAK, actor.id)
    if length not in LENGTHS:
        raise Invalid(_l("Choose one of these."), field="length")
    now = clock.now()
    with transaction() as s:
        s.execute(select(Member.id).where(Member.id == actor.id).with_for_update(key_share=True))
        _end(actor, now)
        ends_at = now + LENGTHS[length][1]
        s.add(Sanction(member_id=actor.id, kind="break", starts_at=now, ends_at=ends_at, given_by=actor.id))
        s.flush()
        audit.append(actor.id, "break.began", f"member:{actor.id}")
        return ends_at


def end_break(actor: Viewer) -> None:
    """End it now. Twice is once; letters that waited for its end go now."""
    require(actor, rules.END_BREAK, actor.id)
    with transaction():
        if _end(actor, clock.now()):
            notices.letters_rest_no_more(actor.id)
            audit.append(actor.id, "break.ended", f"member:{actor.id}")


def _end(actor: Viewer, now: datetime) -> bool:
    ended = session().execute(update(Sanction).where(_hers(actor)).values(ends_at=now))
    return bool(ended.rowcount)  # type: ignore[attr-defined]


def _hers(viewer: Viewer) -> Any:
    now = clock.now()
    holds = (Sanction.starts_at <= now) & (Sanction.ends_at > now)
    return (Sanction.member_id == viewer.id) & (Sanction.kind == "break") & holds
