"""Whether people may write to each other in a stream that is theirs alone: `members/contact.py` asked of every two of
them, with what it needs to know. Asked anew each time, so a birthday, a move, a block or an end holds from that moment.

The birthday bridge: two who wrote to each other here while both were minors keep this stream when one of them turns 18,
if their birthdays lie at most so many months apart and no safety lead has ended it. It opens nothing else for them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from itertools import combinations
from typing import Any, NamedTuple

from sqlalchemy import cast, func, literal, null, select, union_all

from community.core import clock
from community.core.db import session
from community.core.model_base import BigId
from community.members import parties
from community.members.connections import approved_among, approved_with
from community.members.contact import Contact, Party, may_contact
from community.members.parties import Known, Pair, pair
from community.members.people import ADULT
from community.streams.models import Bridge, Piece, Stream, StreamMember

LAWFUL = frozenset({Contact.OPEN, Contact.BOTH_AGREE, Contact.SCREENED, Contact.APPROVED})
"""What a talk may be. Staff and others write to each other in the team's inbox."""
GROWN_UP = 18

_peer_months = 24


class Judged(NamedTuple):
    """Whether every two may write to each other, and what a birthday has changed for two of them: "kept" while the
    bridge holds, "ended" when a safety lead has ended it, else nothing."""

    lawful: bool
    crossed: str


class Between(NamedTuple):
    """What is kept of every two: who is kept apart, whom a yes joins, whose bridge a lead has ended, and when those who
    may have one first wrote there."""

    apart: set[Pair]
    approved: set[Pair]
    ended: set[Pair]
    first: dict[int, datetime]


def configure(peer_months: int) -> None:
    """How many months the birthdays of two may lie apart for the bridge to hold; 0: there is none."""
    global _peer_months
    _peer_months = peer_months


def contacts(ids: Collection[int], stream_id: int | None = None) -> dict[Pair, Contact]:
    """How every two of these people may write to each other, in a stream, or in a new one. Two queries, however many
    they are."""
    return _contacts(parties.known(ids), ids, stream_id)[0]


def _contacts(
    people: Mapping[int, Known], ids: Collection[int], stream_id: int | None
) -> tuple[dict[Pair, Contact], Between]:
    pairs = list(combinations(sorted(people), 2))
    mixed = {two for two in pairs if _mixed(people[two[0]].party, people[two[1]].party)}
    there = _between(people, ids, mixed, stream_id)
    found = {
        two: may_contact(
            people[two[0]].party,
            people[two[1]].party,
            excluded=two in there.apart,
            approved=two in there.approved,
            bridge=two in mixed and _bridge_holds(people, two, there),
        )
        for two in pairs
    }
    gone = set(ids) - people.keys()
    found.update({pair(one, other): Contact.NONE for one in gone for other in set(ids) - {one}})
    return found, there


def _between(
    people: Mapping[int, Known], ids: Collection[int], mixed: Collection[Pair], stream_id: int | None
) -> Between:
    """What the rows say of every two of these people; of what only `mixed` pairs know nothing is asked where there are
    none. One query."""
    asked = parties.apart(ids)
    if mixed:
        asked.append(approved_among(ids))
    if mixed and stream_id is not None:
        asked.append(_ended_bridges(ids, stream_id))
        near = {id_ for two in mixed if _near(people, two) for id_ in two}
        asked += [_first_words(near, stream_id)] if near else []
    there = Between(set(), set(), set(), {})
    for about, one, other, at in session().execute(union_all(*asked)):
        if about == "wrote":
            there.first[one] = at
        else:
            {"apart": there.apart, "approved": there.approved, "ended": there.ended}[about].add(pair(one, other))
    return there


def _ended_bridges(ids: Collection[int], stream_id: int) -> Any:
    ended = select(literal("ended"), Bridge.low_id, Bridge.high_id, Bridge.ended_at)
    here = (Bridge.stream_id == stream_id) & Bridge.ended_at.is_not(None)
    return ended.where(here, Bridge.low_id.in_(ids), Bridge.high_id.in_(ids))


def _first_words(ids: Collection[int], stream_id: int) -> Any:
    """When each of these people first said something in a stream."""
    first = select(literal("wrote"), Piece.author_id, cast(null(), BigId), func.min(Piece.published_at))
    here = (Piece.stream_id == stream_id) & Piece.author_id.in_(ids) & Piece.nr.is_not(None)
    return first.where(here).group_by(Piece.author_id)


def reachable(one: int, others: Collection[int]) -> set[int]:
    """Those among these people with whom somebody may begin a talk. Three queries."""
    people = parties.known({one, *others})
    kept_apart, approved = parties.apart_of(one), approved_with(one)
    return {
        other
        for other in others
        if one in people
        and other in people
        and may_contact(
            people[one].party,
            people[other].party,
            excluded=other in kept_apart,
            approved=other in approved,
        )
        in LAWFUL
    }


def between(one: int, other: int, stream_id: int | None = None) -> Contact:
    """How two people may write to each other."""
    return Contact.NONE if one == other else contacts({one, other}, stream_id)[pair(one, other)]


def are_lawful(stream_id: int, also: Collection[int] = ()) -> bool:
    """Whether every two who stand in a stream, and `also` those who would, may write to each other there; one alone
    may write to nobody."""
    ids = {*_there(stream_id), *also}
    return len(ids) > 1 and LAWFUL.issuperset(contacts(ids, stream_id).values())


def judged(stream_id: int, people: Mapping[int, Known], unseen: Collection[int] = ()) -> Judged:
    """The same of those who stand there as the page has them, and what a birthday has changed between two of whom the
    reader sees both. One query."""
    found, there = _contacts(people, people.keys(), stream_id)
    seen = [two for two in found if not set(two) & set(unseen)]
    mixed = [two for two in seen if _mixed(people[two[0]].party, people[two[1]].party)]
    kept = any(found[two] is Contact.SCREENED for two in mixed)
    ended = any(two in there.ended for two in mixed)
    lawful = len(people) > 1 and LAWFUL.issuperset(found.values())
    return Judged(lawful, "kept" if kept else "ended" if ended else "")


def may_go_on(stream: Stream) -> bool:
    """Whether those in it may still write to each other; of what is no talk that is not asked."""
    return stream.kind != "talk" or are_lawful(stream.id)


def only_adults(stream_id: int) -> bool:
    """Whether nobody under 18 stands in a stream. Two queries."""
    ids = _there(stream_id)
    people = parties.known(ids)
    return bool(people) and all(one.party.age_band == ADULT for one in people.values())


def bridged(people: Mapping[int, Known], two: Pair, stream_id: int) -> bool:
    """Whether the birthday bridge holds for two in a stream, on the day before the birthday as well as after. One
    query."""
    return _near(people, two) and _bridge_holds(people, two, _between(people, two, [two], stream_id))


def _near(people: Mapping[int, Known], two: Pair) -> bool:
    one, other = (people[id_].birth_on for id_ in two)
    return one is not None and other is not None and within_reach(one, other)


def _bridge_holds(people: Mapping[int, Known], two: Pair, there: Between) -> bool:
    """Both wrote before the older of the two turned 18, and no safety lead has ended it."""
    born = [day for id_ in two if (day := people[id_].birth_on) is not None]
    if two in there.ended or not _near(people, two):
        return False
    before = clock.start_of(turns_18(min(born)))
    return all(id_ in there.first and there.first[id_] < before for id_ in two)


def within_reach(one: date, other: date) -> bool:
    """Whether two birthdays lie at most so many months apart."""
    older, younger = sorted((one, other))
    months = (younger.year - older.year) * 12 + younger.month - older.month
    if younger.day > older.day:
        months += 1
    return _peer_months > 0 and months <= _peer_months


def turns_18(birth_on: date) -> date:
    """The day somebody turns 18; born on 29 February, the day after in a year without one, as her age is counted."""
    try:
        return birth_on.replace(year=birth_on.year + GROWN_UP)
    except ValueError:
        return date(birth_on.year + GROWN_UP, 3, 1)


def _mixed(one: Party, other: Party) -> bool:
    """An adult and a minor, neither of whom works here: the two cells that know exceptions."""
    return not (one.staff or other.staff) and (one.age_band == ADULT) != (other.age_band == ADULT)


def _there(stream_id: int) -> list[int]:
    there = select(StreamMember.member_id).where(StreamMember.stream_id == stream_id, StreamMember.state == "in")
    return list(session().scalars(there))
