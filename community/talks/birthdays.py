"""The job that sees a birthday coming: two who write to each other as minors, one of whom turns 18 within 30 days. A
safety lead is told, and may end what they would keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import combinations

from sqlalchemy import select

from community.core import clock
from community.core.db import session
from community.core.jobs import Due, Job, daily
from community.members import parties
from community.safety import cases
from community.safety.models import PLAIN
from community.streams import pairs
from community.streams.models import Bridge, StreamMember
from community.talks import actions
from community.talks.models import Talk

AHEAD = timedelta(days=30)
REASON = "bridge"


def _due(now: datetime) -> Iterable[Due]:
    return daily(now, 0)


def _note(_due: Due) -> None:
    for stream_id, (low, high), turns_on in coming(clock.today()):
        actions.note_bridge(stream_id, low, high, turns_on)
        cases.open_case(f"bridge:{stream_id}", REASON, harm=PLAIN, lane="leads")


def coming(today: date) -> Iterator[tuple[int, parties.Pair, date]]:
    """Of every talk the two who keep it by the bridge, from 30 days before the birthday on, and are not noted yet;
    not of whoever has left, or whom we remember."""
    there: dict[int, list[int]] = defaultdict(list)
    rows = select(StreamMember.stream_id, StreamMember.member_id).join(Talk, Talk.stream_id == StreamMember.stream_id)
    for stream_id, member_id in session().execute(rows.where(StreamMember.state == "in")):
        there[stream_id].append(member_id)
    people = parties.known({id_ for ids in there.values() for id_ in ids})
    noted = {(row.stream_id, row.low_id, row.high_id) for row in session().scalars(select(Bridge))}
    for stream_id, ids in there.items():
        for low, high in combinations(sorted(ids), 2):
            born = [people[one].birth_on for one in (low, high)]
            if people[low].party.left or people[high].party.left:
                continue
            if born[0] is None or born[1] is None or (stream_id, low, high) in noted:
                continue
            turns_on = pairs.turns_18(min(born[0], born[1]))
            near = turns_on - AHEAD <= today < pairs.turns_18(max(born[0], born[1]))
            if near and pairs.bridged(people, (low, high), stream_id):
                yield stream_id, (low, high), turns_on


JOB = Job("birthdays", _due, _note)
