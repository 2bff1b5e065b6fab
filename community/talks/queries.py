"""Talks as somebody in them may know them; for everybody else, staff included, they do not exist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from unicodedata import combining, normalize

from sqlalchemy import select, tuple_

from community.core import clock, crypto, i18n
from community.core.db import session
from community.core.errors import NotFound
from community.members import named, parties
from community.members.contact import Contact
from community.members.models import Member
from community.members.parties import pair
from community.members.people import AuthorView, Viewer
from community.members.queries import authors
from community.spaces import queries as spaces
from community.spaces.models import Space
from community.streams import by_name, messages, near, pairs
from community.streams import queries as streams
from community.streams.models import Bridge, Piece, Stream, StreamMember
from community.talks.models import Opened, Talk
from community.talks.rules import Together

PAGE = 30
AGAIN_AFTER = timedelta(days=30)
TOLD_FOR = timedelta(days=14)  # how long a page says above its field that staff read it
NAMED = 3  # people in the name of a group that has none

Cursor = tuple[datetime, int]


@dataclass(frozen=True)
class Found:
    """A talk's rows, for its page and its rules. `people`: the others, as far as they are there for the viewer.
    `apart`: somebody stands or stood in it whom the viewer is kept apart from."""

    stream: Stream
    space: Space
    talk: Talk
    rows: list[StreamMember]
    people: dict[int, AuthorView]
    apart: bool = False

    @property
    def given_name(self) -> str:
        """The name it was given; empty where somebody may have given it whom the viewer is kept apart from, or it may
        name her."""
        return "" if self.apart else self.talk.name or ""

    @property
    def name(self) -> str:
        """What it is called for whoever reads: by its name, or those who stand in it."""
        return self.given_name or name_of(self.others("in", "asked", "refused") or self.others("left"))

    def others(self, *states: str) -> list[AuthorView]:
        """The others who stand in it so. Who said no is told apart from who has not answered by nobody."""
        return [self.people[row.member_id] for row in self.rows if row.state in states and row.member_id in self.people]

    @property
    def waits(self) -> bool:
        """Whether nobody else has come yet, and somebody was asked."""
        states = {row.state for row in self.rows if row.member_id in self.people}
        return "in" not in states and bool(states & {"asked", "refused"})


@dataclass(frozen=True)
class TalkRow:
    """A talk in the list. `asked`: it waits for the viewer's answer; `waits`: for somebody else's."""

    id: int
    name: str
    person: AuthorView | None
    group: bool
    new: int
    active_at: datetime
    asked: bool
    waits: bool

    @property
    def url(self) -> str:
        return f"/messages/{self.id}"


@dataclass(frozen=True)
class OpenedView:
    """That one of staff read a talk, when and why, for those in it."""

    by: str
    at: datetime
    why: str


@dataclass(frozen=True)
class BridgeView:
    """Two who wrote to each other as minors, for a safety lead. `who`: which of them turns 18, by name; empty where a
    birth date is no longer kept."""

    stream_id: int
    low_id: int
    high_id: int
    names: tuple[str, str]
    turns_on: datetime
    ended: bool
    why: str
    who: str = ""


def talk_for(viewer: Viewer, stream_id: int) -> Found:
    """A talk the viewer stands in. Raises NotFound. Two queries beside her channels'."""
    spaces.readable(viewer)  # a page shows them all: asked for once, the place of talks is among what is read
    found, talk = streams.found_beside(viewer, stream_id, Talk, Talk.stream_id)
    rows = by_name.standing_in(viewer, stream_id)
    people = named.shown_at_hand(viewer, (row.member_id for row in rows))
    return Found(found.stream, found.space, talk, rows, people, _apart(viewer, rows))


def ask_for(viewer: Viewer, stream_id: int) -> Found:
    """A talk the viewer was asked into and has not answered, by somebody she may write to: who asks, and who is in it.
    Nothing that was said. Raises NotFound."""
    mine, talk = by_name.row_of(viewer, stream_id), session().get(Talk, stream_id)
    if mine is None or talk is None or mine.state != "asked" or mine.by_id in viewer.excluded_ids:
        raise NotFound
    stream = session().get_one(Stream, stream_id, populate_existing=True)
    if not pairs.are_lawful(stream_id, [viewer.id]):
        raise NotFound
    there = by_name.rows_of(stream_id)
    rows = [row for row in there if row.state == "in" or row.member_id == viewer.id]
    people = _people(viewer, (row.member_id for row in rows))
    return Found(stream, session().get_one(Space, stream.space_id), talk, rows, people, _apart(viewer, there))


def asker_of(viewer: Viewer, found: Found) -> AuthorView:
    """Who asked the viewer into a talk. Raises NotFound."""
    mine = next((row for row in found.rows if row.member_id == viewer.id), None)
    person = found.people.get(mine.by_id) if mine is not None else None
    if person is None:
        raise NotFound
    return person


def talks_for(viewer: Viewer, before: Cursor | None = None) -> list[TalkRow]:
    """The viewer's talks, first those that wait for her answer and that she may answer, then the newest first, one more
    than a page. Four queries, and two for each that waits."""
    mine = (
        select(Stream, Talk, StreamMember)
        .join(Talk, Talk.stream_id == Stream.id)
        .join(StreamMember, StreamMember.stream_id == Stream.id)
        .where(StreamMember.member_id == viewer.id)
        .order_by(Stream.active_at.desc(), Stream.id.desc())
    )
    here = mine.where(StreamMember.state == "in").limit(PAGE + 1)
    if before is not None:
        here = here.where(tuple_(Stream.active_at, Stream.id) < tuple_(*before))
    asked = [] if before is not None else session().execute(mine.where(StreamMember.state == "asked")).all()
    rows = [*((*row, True) for row in asked), *((*row, False) for row in session().execute(here))]
    return _rows(viewer, rows)


def pair_talk(viewer: Viewer, other_id: int) -> Talk | None:
    """The talk between the viewer and one other, if there ever was one. One query."""
    low, high = pair(viewer.id, other_id)
    return session().scalar(select(Talk).where(Talk.low_id == low, Talk.high_id == high))


def choices_for(viewer: Viewer, but: Collection[int] = (), *, also: int | None = None) -> list[AuthorView]:
    """Whom the viewer may begin a talk with, by name: nobody else is offered, listed or hinted at. Of those she may
    write to only who shares her house or her work, has written by name where she reads, or is the one whose page led
    here (`also`): nobody is listed because she is a member. Five queries."""
    there = {one.id: one for one in named.others(viewer) if one.id not in but and not one.protected}
    may = pairs.reachable(viewer.id, there.keys())
    met = near.met_among(viewer, {id_: there[id_] for id_ in may}, also=also)
    return sorted((there[id_].author for id_ in met), key=lambda person: person.name.casefold())


def called_so(people: Iterable[AuthorView], typed: str) -> frozenset[int]:
    """Those of these people in whose name a word begins so, accents or not; all of them where nothing was typed."""
    wanted = _bare(typed)
    return frozenset(person.id for person in people if f" {wanted}" in f" {_bare(person.name)}")


def _bare(words: str) -> str:
    plain = "".join(one for one in normalize("NFD", words) if not combining(one))
    return " ".join(plain.casefold().replace("-", " ").split())


def may_write_to(viewer: Viewer, member_id: int) -> bool:
    """Whether the viewer may begin a talk with somebody. Three queries."""
    return bool(pairs.reachable(viewer.id, [member_id])) if member_id != viewer.id else False


def together(viewer: Viewer, ids: Collection[int], stream_id: int | None = None) -> Together:
    """Whether the viewer and these people may write to each other, every two of them. Raises NotFound for a number that
    was never anybody's. The same questions are asked whatever the answer."""
    known = set(session().scalars(select(Member.id).where(Member.id.in_(ids))))
    if known != set(ids):
        raise NotFound
    found = pairs.contacts({viewer.id, *ids}, stream_id)
    staff = {one.id for one in named.called_now(ids).values() if one.is_staff}
    with_staff = bool(staff) if not viewer.is_staff else staff != set(ids)
    return Together(pairs.LAWFUL.issuperset(found.values()), with_staff)


def come_at_once(viewer: Viewer, ids: Collection[int]) -> set[int]:
    """Those of these people who need not be asked: minors who live or lived together, colleagues, and who has an
    approved connection."""
    found = pairs.contacts({viewer.id, *ids})
    return {id_ for id_ in ids if found[pair(viewer.id, id_)] is not Contact.BOTH_AGREE}


def is_of_talk(viewer: Viewer, piece: Piece) -> bool:
    """Whether a piece the viewer has found was said in a talk. Most times without a query."""
    assert viewer.id
    return piece.kind == "message" and session().get_one(Stream, piece.stream_id).kind == "talk"


def opened_of(viewer: Viewer, found: Found) -> list[OpenedView]:
    """Who of staff read this talk beyond a report, and why, the newest first. One query, none where nobody did."""
    assert viewer.id
    if found.talk.opened_at is None:
        return []
    here = select(Opened, Member.display_name).join(Member, Member.id == Opened.by_id)
    rows = session().execute(here.where(Opened.stream_id == found.stream.id).order_by(Opened.at.desc()))
    return [
        OpenedView(name.split()[0], row.at, crypto.unseal(row.why_sealed, f"talk_opened:{row.id}:why"))
        for row, name in rows
    ]


def bridges_for(viewer: Viewer) -> list[BridgeView]:
    """Who of two turns 18 soon or did, and what was done about it, the latest first. Three queries."""
    assert viewer.is_staff
    rows = session().scalars(select(Bridge).order_by(Bridge.turns_on.desc(), Bridge.stream_id).limit(100)).all()
    return _bridges(rows)


def bridge_for(viewer: Viewer, stream_id: int, low_id: int, high_id: int) -> BridgeView:
    """One of them. Raises NotFound. Three queries."""
    assert viewer.is_staff
    row = session().get(Bridge, (stream_id, low_id, high_id), populate_existing=True)
    if row is None:
        raise NotFound
    return _bridges([row])[0]


def _bridges(rows: Sequence[Bridge]) -> list[BridgeView]:
    ids = {id_ for row in rows for id_ in (row.low_id, row.high_id)}
    people, known = authors(ids), parties.known(ids) if ids else {}

    def who(row: Bridge) -> str:
        born = {day: id_ for id_ in (row.high_id, row.low_id) if (day := known[id_].birth_on) is not None}
        found = [id_ for day, id_ in born.items() if pairs.turns_18(day) == row.turns_on]
        return people[found[0]].name if found else ""

    return [
        BridgeView(
            stream_id=row.stream_id,
            low_id=row.low_id,
            high_id=row.high_id,
            names=(people[row.low_id].name, people[row.high_id].name),
            turns_on=clock.start_of(row.turns_on),
            ended=row.ended_at is not None,
            why=crypto.unseal(row.why_sealed, why_place(row)) if row.why_sealed else "",
            who=who(row),
        )
        for row in rows
    ]


def why_place(bridge: Bridge) -> str:
    """What binds the reason of an end to its row."""
    return f"stream_bridge:{bridge.stream_id}:{bridge.low_id}:{bridge.high_id}:why"


def name_of(people: Sequence[AuthorView]) -> str:
    """What a talk without a name is called: those in it, as far as they are there for whoever reads."""
    names = [person.name for person in people]
    if not names:
        return i18n._("Messages")
    if len(names) <= NAMED:
        return ", ".join(names)
    more = i18n.plural("%(num)s more", "%(num)s more", len(names) - NAMED + 1)
    return f"{', '.join(names[: NAMED - 1])}, {more}"


def _apart(viewer: Viewer, rows: Iterable[StreamMember]) -> bool:
    return any(row.member_id in viewer.excluded_ids for row in rows)


def _people(viewer: Viewer, ids: Iterable[int]) -> dict[int, AuthorView]:
    return authors(id_ for id_ in ids if id_ != viewer.id and id_ not in viewer.excluded_ids)


def _rows(viewer: Viewer, rows: Sequence[tuple[Stream, Talk, StreamMember, bool]]) -> list[TalkRow]:
    ids = [stream.id for stream, *_rest in rows]
    standing: dict[int, list[StreamMember]] = defaultdict(list)
    there = select(StreamMember).where(StreamMember.stream_id.in_(ids)).order_by(StreamMember.at)
    for row in session().scalars(there) if ids else ():
        standing[row.stream_id].append(row)
    people = _people(viewer, {row.member_id for rows_ in standing.values() for row in rows_})
    for stream, _talk, mine, _asked in rows:
        by_name.begin_at(viewer, stream.id, mine.from_nr)
    new = messages.new_in(viewer, [stream.id for stream, _talk, _mine, asked in rows if not asked])
    made = []
    for stream, talk, mine, asked in rows:
        if asked and (mine.by_id not in people or not pairs.are_lawful(stream.id, [viewer.id])):
            continue
        inside = standing[stream.id]
        found = Found(stream, Space(), talk, inside, people, _apart(viewer, inside))
        shown = [people[mine.by_id]] if asked else found.others("in", "asked", "refused") or found.others("left")
        made.append(
            TalkRow(
                id=stream.id,
                name=found.given_name or name_of(shown),
                person=shown[0] if shown else None,
                group=talk.is_group,
                new=new.get(stream.id, 0),
                active_at=stream.active_at,
                asked=asked,
                waits=not asked and found.waits,
            )
        )
    return made
