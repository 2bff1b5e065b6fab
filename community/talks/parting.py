"""Talks between colleagues, when one of them works here no more: she leaves them. Called by
`lifecycle/leaving_work.py`, which has asked."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from community.core import clock
from community.core.db import transaction
from community.members.models import MembershipPeriod
from community.streams import by_name
from community.streams.models import Stream, StreamMember


def leave_colleagues(member_id: int, by_id: int) -> int:
    """Whatever was said at work stays at work: she stands in no talk with anybody who works here. Returns how many she
    left."""
    other = aliased(StreamMember)
    works = (MembershipPeriod.kind == "staff") & MembershipPeriod.holds_on(clock.today())
    colleague = exists().where(
        other.stream_id == Stream.id,
        other.member_id != member_id,
        other.state.in_(("in", "asked")),
        MembershipPeriod.member_id == other.member_id,
        works,
    )
    hers = (StreamMember.member_id == member_id) & StreamMember.state.in_(("in", "asked"))
    with transaction() as s:
        joined = select(Stream).join(StreamMember, StreamMember.stream_id == Stream.id)
        rows = list(s.scalars(joined.where(Stream.kind == "talk", hers, colleague)))
        for stream in rows:
            by_name.put(stream, member_id, "left", by_id)
        return len(rows)
