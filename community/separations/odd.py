"""What will look odd once two people are kept apart, for whoever is about to decide it. Figures and names of places,
never a word the two wrote; each look is a line of the audit chain, because it tells whether two write to each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from community.chat import queries as chats
from community.core import audit, clock
from community.core.db import session, transaction
from community.core.errors import NotFound
from community.core.policy import require
from community.inbox.models import Inbox
from community.members.models import Duty
from community.members.people import Named, Viewer
from community.members.queries import as_viewer
from community.rota.queries import shifts_between
from community.separations import rules
from community.spaces import queries as spaces
from community.spaces import rules as space_rules
from community.streams import queries as streams
from community.streams.models import Piece, Stream, StreamMember
from community.streams.views import page_of

AHEAD = timedelta(days=14)
FIRST = 5


@dataclass(frozen=True)
class AtWork:
    """One of the two works here. `shifts`: where the other is, in the next 14 days; `inbox`: she has the other's."""

    staff: str
    member: str
    shifts: int
    is_contact: bool
    has_inbox: bool


@dataclass(frozen=True)
class Odd:
    """What joins two people here. `threads`: how many both wrote in by name that the viewer reads, and the newest."""

    same_house: bool
    chats: tuple[str, ...]
    threads: int
    newest: tuple[tuple[str, str], ...]
    alone: bool
    groups: int
    at_work: AtWork | None

    @property
    def nothing(self) -> bool:
        return not (self.same_house or self.chats or self.threads or self.alone or self.groups or self.at_work)


def open_odd(actor: Viewer, one: Named, other: Named) -> Odd:
    """What joins these two. Raises NotAllowed. At most twenty queries."""
    require(actor, rules.SEE, rules.pair_of((one, other)))
    low, high = sorted((one.id, other.id))
    with transaction():
        audit.append(actor.id, "separation.looked", f"member:{low}", other=high)
    threads = _threads(actor, low, high)
    talks = _talks(low, high)
    return Odd(
        same_house=_at_home(one) is not None and _at_home(one) == _at_home(other),
        chats=tuple(_chats(one, other)),
        threads=len(threads),
        newest=tuple(_newest(actor, threads[:FIRST])),
        alone=any(there == 2 for there in talks),
        groups=sum(there > 2 for there in talks),
        at_work=_at_work(one, other),
    )


def _at_home(person: Named) -> int | None:
    return None if person.is_staff else space_rules.house_of(person)


def _chats(one: Named, other: Named) -> Iterable[str]:
    """The chats both read, in the order of the first one's list."""
    try:
        theirs = {room.id for room in chats.rooms_for(as_viewer(other.id))}
        return [room.name for room in chats.rooms_for(as_viewer(one.id)) if room.id in theirs]
    except NotFound:
        return []


def _threads(viewer: Viewer, low: int, high: int) -> list[Stream]:
    """Threads the viewer reads in which both wrote by name, the newest first."""
    wrote = {one: aliased(Piece) for one in (low, high)}
    both = [
        select(piece.id)
        .where(
            piece.stream_id == Stream.id,
            piece.author_id == who,
            piece.unnamed.is_(False),
            piece.state == "published",
        )
        .exists()
        for who, piece in wrote.items()
    ]
    wanted = select(Stream).where(Stream.listed, streams.readable_in(viewer, spaces.readable(viewer)), *both)
    return list(session().scalars(wanted.order_by(Stream.active_at.desc()).limit(100)))


def _newest(viewer: Viewer, threads: list[Stream]) -> Iterable[tuple[str, str]]:
    openings = [session().get(Piece, stream.opening_id) for stream in threads if stream.opening_id]
    views = {view.stream_id: view for view in streams.views(viewer, [one for one in openings if one is not None])}
    for stream in threads:
        if stream.id in views:
            yield views[stream.id].shown_title, page_of(stream.id, stream.kind)


def _talks(low: int, high: int) -> list[int]:
    """Of every talk both stand in, how many stand there."""
    mine, theirs, all_there = aliased(StreamMember), aliased(StreamMember), aliased(StreamMember)
    rows = (
        select(func.count(all_there.member_id))
        .join(Stream, Stream.id == all_there.stream_id)
        .join(mine, (mine.stream_id == Stream.id) & (mine.member_id == low) & (mine.state == "in"))
        .join(theirs, (theirs.stream_id == Stream.id) & (theirs.member_id == high) & (theirs.state == "in"))
        .where(Stream.kind == "talk", all_there.state == "in")
        .group_by(Stream.id)
    )
    return list(session().scalars(rows))


def _at_work(one: Named, other: Named) -> AtWork | None:
    """Where one of the two works here and the other does not."""
    if one.is_staff == other.is_staff:
        return None
    staff, member = (one, other) if one.is_staff else (other, one)
    now = clock.now()
    ahead = [
        shift
        for shift in shifts_between(now, now + AHEAD)
        if shift.member_id == staff.id and shift.house_id in (None, member.house_id)
    ]
    contact = select(Duty.id).where(
        Duty.member_id == staff.id,
        Duty.kind == "key_worker",
        Duty.resident_id == member.id,
        Duty.holds_on(clock.today()),
    )
    inbox = select(Inbox.stream_id).where(
        Inbox.member_id == member.id, Inbox.taken_by == staff.id, Inbox.state == "open"
    )
    has_inbox = session().scalar(inbox.limit(1)) is not None
    return AtWork(
        staff.author.first_name, member.name, len(ahead), session().scalar(contact.limit(1)) is not None, has_inbox
    )
