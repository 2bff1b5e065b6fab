"""Whether people may write to each other in a stream that is theirs alone: `members/contact.py` asked of every two of
them, with what it needs to know. Asked anew each time, so a birthday, a move, a block or an end holds from that moment.

The birthday bridge: two who wrote to each other here while both were minors keep this stream when one of them turns 18,
if their birthdays lie at most so many months apart and no safety lead has ended it. It opens nothing else for them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from itertools import combinations

from sqlalchemy import func, select

from community.core import clock
from community.core.db import session
from community.members import parties
from community.members.connections import approved
from community.members.contact import Contact, Party, may_contact
from community.members.parties import Known, Pair, pair
from community.members.people import ADULT
from community.streams.models import Bridge, Piece, Stream, StreamMember

LAWFUL = frozenset({Contact.OPEN, Contact.BOTH_AGREE, Contact.SCREENED, Contact.APPROVED})
"""What a talk may be. Staff and others write to each other in the team's inbox."""
GROWN_UP = 18

_peer_months = 24


def configure(peer_months: int) -> None:
    """How many months the birthdays of two may lie apart for the bridge to hold; 0: there is none."""
    global _peer_months
    _peer_months = peer_months


def contacts(ids: Collection[int], stream_id: int | None = None) -> dict[Pair, Contact]:
    """How every two of these people may write to each other, in a stream, or in a new one. Three queries; few more
    where a minor and an adult are among them."""
    people, kept_apart = parties.known(ids), parties.apart(ids)
    found = {}
    for low, high in combinations(sorted(people), 2):
        mixed = _mixed(people[low].party, people[high].party) and (low, high) not in kept_apart
        found[low, high] = may_contact(
            people[low].party,
            people[high].party,
            excluded=(low, high) in kept_apart,
            approved=mixed and approved(low, high),
            bridge=mixed and stream_id is not None and bridged(people, (low, high), stream_id),
        )
    gone = set(ids) - people.keys()
    found.update({pair(one, other): Contact.NONE for one in gone for other in set(ids) - {one}})
    return found


def reachable(one: int, others: Collection[int]) -> set[int]:
    """Those among these people with whom somebody may begin a talk. Three queries; one more for each mixed pair."""
    people = parties.known({one, *others})
    kept_apart = parties.apart_of(one)
    return {
        other
        for other in others
        if one in people
        and other in people
        and may_contact(
            people[one].party,
            people[other].party,
            excluded=other in kept_apart,
            approved=_mixed(people[one].party, people[other].party) and approved(one, other),
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


def may_go_on(stream: Stream) -> bool:
    """Whether those in it may still write to each other; of what is no talk that is not asked."""
    return stream.kind != "talk" or are_lawful(stream.id)


def crossed(stream_id: int) -> str:
    """What a birthday has changed for two in a stream: "kept" while the bridge holds, "ended" when a safety lead has
    ended it, else nothing. Four queries."""
    ids = _there(stream_id)
    found = contacts(ids, stream_id)
    people = parties.known(ids)
    mixed = [two for two in found if _mixed(people[two[0]].party, people[two[1]].party)]
    if any(found[two] is Contact.SCREENED for two in mixed):
        return "kept"
    ended = [session().get(Bridge, (stream_id, *two)) for two in mixed]
    return "ended" if any(row is not None and row.ended_at is not None for row in ended) else ""


def only_adults(stream_id: int) -> bool:
    """Whether nobody under 18 stands in a stream. Two queries."""
    ids = _there(stream_id)
    people = parties.known(ids)
    return bool(people) and all(one.party.age_band == ADULT for one in people.values())


def bridged(people: Mapping[int, Known], two: Pair, stream_id: int) -> bool:
    """Whether the birthday bridge holds for two in a stream, on the day before the birthday as well as after."""
    born = [people[id_].birth_on for id_ in two]
    if born[0] is None or born[1] is None or not within_reach(born[0], born[1]):
        return False
    row = session().get(Bridge, (stream_id, *two), populate_existing=True)
    if row is not None and row.ended_at is not None:
        return False
    before = clock.start_of(turns_18(min(born[0], born[1])))
    first = select(Piece.author_id, func.min(Piece.published_at)).where(
        Piece.stream_id == stream_id, Piece.author_id.in_(two), Piece.nr.is_not(None)
    )
    rows = session().execute(first.group_by(Piece.author_id)).all()
    return len(rows) == len(two) and all(at is not None and at < before for _author, at in rows)


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
