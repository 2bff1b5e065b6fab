"""Reading notices. What a member may not see (any more) is neither shown nor counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from types import SimpleNamespace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from community.core import clock
from community.core.db import session
from community.core.errors import NotFound
from community.core.policy import can
from community.members import connections
from community.members import queries as members
from community.members import rules as member_rules
from community.members.people import AuthorView, Viewer
from community.notices.cards import waiting
from community.notices.models import (
    QUIET_CARDS,
    QUIET_KINDS,
    Notice,
    OwnCard,
)
from community.notices.places import called as places_called
from community.spaces import queries as spaces
from community.spaces.rules import house_of
from community.streams import kept, past
from community.streams import queries as streams
from community.streams.models import REACTIONS, Mention, Piece, Reaction, Stream, StreamMember

PAGE = 20
MOST_SHOWN = 9  # "9+"
MOST_ASKED = 20  # of one notice: enough for a name and how many others
SEVERAL = ("reply", "mention", "message")  # kinds that may be about several pieces, in their places

_LOUD, _FAINT, _CARD, _CARD_SEEN = range(4)  # what a row of `_unread` says

Cursor = tuple[datetime, int]


@dataclass(frozen=True)
class Unread:
    """How many notices wait, ten at most; `quiet`: whether there are others that are no hurry."""

    count: int = 0
    quiet: bool = False
    streams: frozenset[int] = frozenset()
    cards: bool = False  # something waits for her alone, counted or not

    @property
    def figure(self) -> str:
        """What the badge says: nothing, a figure, or "9+"."""
        return "" if not self.count else str(self.count) if self.count <= MOST_SHOWN else f"{MOST_SHOWN}+"


@dataclass(frozen=True)
class NoticeView:
    """One notice as its member reads it. `people` are shown by name, `others` is how many more there are. `opening`: of
    the thread it is about; `chat`: what the chat is called, where it is about one; `album`: it is about one. Of a
    message there is nothing but that there is one."""

    id: int
    kind: str
    at: datetime
    unread: bool
    people: tuple[AuthorView, ...]
    others: int
    many: bool
    faces: tuple[str, ...]
    opening: streams.PieceView | None
    own_thread: bool
    space: spaces.SpaceView | None
    chat: str = ""
    album: bool = False
    answer: bool = False  # of a message: the team answers
    newest_at: datetime | None = None  # of what is there for her, where that is less than was told

    @property
    def face(self) -> AuthorView:
        """Whose picture stands beside it."""
        return self.people[0]


def unread_for(viewer: Viewer, space_ids: Sequence[int]) -> Unread:
    """What the badge says. One query; `space_ids` are the channels the viewer reads, which the page knows already.
    While she is on a break of her own, only what the team answers her counts."""
    if viewer.standing.state == "break":
        answered = _visible(viewer, list(space_ids)).where(Notice.read_at.is_(None), Stream.kind == "inbox")
        rests = frozenset(session().scalars(answered.with_only_columns(Notice.stream_id).limit(MOST_SHOWN + 1)))
        return Unread(len(rests) + viewer.acts_unseen + viewer.data_ready, False, rests)
    asked = {
        "viewer": viewer.id,
        "excluded": list(viewer.excluded_ids),
        "spaces": list(space_ids),
        "separated": list(viewer.separated_ids),
        "told": list(viewer.told_ids),
        "in_chat": list(viewer.not_in_chat_ids),
        "house": house_of(viewer),
    }
    lead = can(viewer, member_rules.DECIDE_CONNECTION)
    if lead:
        asked |= {"today": clock.today(), "near": list(connections.near_to(viewer))}
    rows = [(row[0], row[1]) for row in session().execute(_unread(lead), asked)]
    loud = sum(what in (_LOUD, _CARD) for what, _stream in rows)
    cards = any(what in (_CARD, _CARD_SEEN) for what, _stream in rows)
    about = frozenset(stream_id for what, stream_id in rows if stream_id and what in (_LOUD, _FAINT))
    # What staff did about her counts with it, and the file of her data: she opens the one list, and it stands on top.
    own = viewer.acts_unseen + viewer.data_ready
    return Unread(loud + own, any(what == _FAINT for what, _stream in rows), about, cards)


@cache
def _unread(lead: bool) -> Any:
    """Asked for every page, so it is put together once: ten that count and ten that are no hurry, who has asked to
    write, and what waits for her alone. For a safety lead one more, however many connections wait for her."""
    anybody: Any = SimpleNamespace(
        id=bindparam("viewer"),
        excluded_ids=bindparam("excluded", expanding=True),
        separated_ids=bindparam("separated", expanding=True),
        told_ids=bindparam("told", expanding=True),
        not_in_chat_ids=bindparam("in_chat", expanding=True),
        known={},
        kind="resident",  # somebody with a house; who has none gives None for it
        house_id=bindparam("house"),
    )
    quiet = Notice.kind.in_(QUIET_KINDS)
    unread = _visible(anybody, bindparam("spaces", expanding=True)).where(Notice.read_at.is_(None))
    unread = unread.order_by(Notice.at.desc()).limit(MOST_SHOWN + 1)
    loud = unread.with_only_columns(literal(_LOUD), Notice.stream_id).where(~quiet).subquery()
    faint = unread.with_only_columns(literal(_FAINT), Notice.stream_id).where(quiet).subquery()
    asked = select(literal(_LOUD), StreamMember.stream_id).where(*_asked(anybody)).limit(MOST_SHOWN + 1).subquery()
    counts = OwnCard.read_at.is_(None) & OwnCard.kind.not_in(QUIET_CARDS)
    cards = select(case((counts, _CARD), else_=_CARD_SEEN), OwnCard.id).where(*waiting(anybody)).limit(MOST_SHOWN + 1)
    told = [select(loud), select(faint), select(asked), select(cards.subquery())]
    if lead:
        near: Any = bindparam("near", expanding=True)
        waits = connections.waits(near=near, hidden=anybody.excluded_ids, today=bindparam("today", type_=Date()))
        told.append(select(literal(_LOUD), literal(0)).where(exists().where(*waits)))
    return union_all(*told)


def asks_waiting(viewer: Viewer) -> bool:
    """Whether somebody has asked to write to the viewer, and she has not answered. One query."""
    return session().scalar(select(StreamMember.stream_id).where(*_asked(viewer)).limit(1)) is not None


def _asked(viewer: Viewer) -> list[ColumnElement[bool]]:
    return [
        StreamMember.member_id == viewer.id,
        StreamMember.state == "asked",
        StreamMember.by_id.not_in(viewer.excluded_ids),
    ]


def page_for(viewer: Viewer, before: Cursor | None = None, limit: int = PAGE) -> list[NoticeView]:
    """The viewer's notices, newest first, after a place in that order. At most ten queries."""
    places = {place.id: place for place in spaces.views_for(viewer)}
    statement = _visible(viewer, list(places)).order_by(Notice.at.desc(), Notice.id.desc()).limit(limit)
    if before is not None:
        statement = statement.where(tuple_(Notice.at, Notice.id) < tuple_(*before))
    rows = session().execute(statement.execution_options(populate_existing=True))
    places |= {one.space.id: spaces.view_of(viewer, one.space) for one in spaces.past_places(viewer)}
    return _views(viewer, [(row[0], row[1]) for row in rows], places)


def notice_for(viewer: Viewer, notice_id: int) -> Notice:
    """One of the viewer's own that she may still see. Raises NotFound."""
    statement = _visible(viewer, spaces.readable_ids(viewer)).where(Notice.id == notice_id)
    found = session().execute(statement.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound
    return found[0]


def place_of(viewer: Viewer, notice: Notice) -> tuple[Stream, int]:
    """Where a notice leads: its stream, and the first place of what is new to the viewer."""
    stream = streams.stream_for(viewer, notice.stream_id)
    if notice.kind not in SEVERAL:
        return stream, notice.from_nr
    first = session().scalar(select(func.min(Piece.nr)).where(*_new_pieces(viewer, notice)))
    return stream, first or notice.from_nr


def unread_in_letter(viewer: Viewer, letter_id: int) -> int:
    """How many of what a letter is about the viewer has not read and may still see."""
    waits = _visible(viewer, spaces.readable_ids(viewer), here=False)
    waits = waits.where(Notice.letter_id == letter_id, Notice.read_at.is_(None))
    cards = select(OwnCard.id).where(*waiting(viewer), OwnCard.letter_id == letter_id, OwnCard.read_at.is_(None))
    every = union_all(waits.with_only_columns(Notice.id), cards).subquery()
    return session().scalar(select(func.count()).select_from(every)) or 0


def _visible(viewer: Viewer, space_ids: Any, *, here: bool = True) -> Select[Notice, Stream]:
    """The viewer's notices of threads and chats she reads and has not muted (her farewell as long as it is open to
    her), and of what she stands in by name, in which something is left for her to see."""
    opening = select(Piece.id).where(Piece.id == Stream.opening_id, *streams.shown_to(viewer)).correlate(Stream)
    new = select(Piece.id).where(*_new_pieces(viewer, Notice)).correlate(Notice)
    about = select(Piece.id).where(Piece.id == Notice.piece_id, Piece.state == "published", *streams.shown_to(viewer))
    given = select(Reaction.piece_id).where(Reaction.piece_id == Notice.piece_id, *_reactions(viewer, Notice.since))
    stands = select(StreamMember.member_id).where(
        StreamMember.stream_id == Notice.stream_id, StreamMember.member_id == viewer.id, StreamMember.state == "in"
    )
    stands = stands.correlate(Notice)
    left = or_(
        and_(Notice.kind.in_(SEVERAL), new.exists()),
        and_(
            Notice.kind.not_in(SEVERAL),
            about.correlate(Notice).exists(),
            or_(Notice.kind != "reaction", given.correlate(Notice).exists()),
        ),
    )
    statement = (
        select(Notice, Stream)
        .join(Stream, Stream.id == Notice.stream_id)
        .where(
            Notice.member_id == viewer.id,
            or_(
                and_(
                    or_(and_(Stream.space_id.in_(space_ids), streams.said_to(viewer)), past.left_open_to(viewer)),
                    or_(Stream.opening_id.is_(None), opening.exists()),
                ),
                and_(Notice.kind == "message", stands.exists()),
            ),
            kept.not_muted_by(viewer),
            left,
        )
    )
    return statement.where(Notice.shown) if here else statement


def _new_pieces(viewer: Viewer, notice: type[Notice] | Notice) -> list[ColumnElement[bool]]:
    """What others answered, or where they mentioned her, in the places of a notice, as far as the viewer sees it: of a
    thread every reply is an answer, in a chat what quotes the message it is about."""
    kind: Any = notice.kind if isinstance(notice, type) else literal(notice.kind)
    named = exists().where(Mention.piece_id == Piece.id, Mention.member_id == viewer.id).correlate(Piece)
    answers = or_(Piece.kind == "reply", Piece.quote_id == notice.piece_id)
    return [
        Piece.stream_id == notice.stream_id,
        Piece.nr.between(notice.from_nr, notice.to_nr),
        or_(
            and_(kind == "reply", answers),
            and_(kind == "mention", or_(Piece.id == notice.piece_id, named)),
            and_(kind == "message", Piece.kind == "message"),
        ),
        Piece.state == "published",
        Piece.author_id != viewer.id,
        *streams.shown_to(viewer),
    ]


def _reactions(viewer: Viewer, since: InstrumentedAttribute[datetime]) -> list[ColumnElement[bool]]:
    others = Reaction.member_id.not_in(viewer.excluded_ids)
    return [Reaction.made_at >= since, Reaction.member_id != viewer.id, others]


def _views(
    viewer: Viewer, found: Sequence[tuple[Notice, Stream]], places: dict[int, spaces.SpaceView]
) -> list[NoticeView]:
    private = [_of_message(notice, stream) for notice, stream in found if notice.kind == "message"]
    public = _of_posts(viewer, [(notice, stream) for notice, stream in found if notice.kind != "message"], places)
    place = {notice.id: number for number, (notice, _stream) in enumerate(found)}
    return sorted([*private, *public], key=lambda view: place[view.id])


def _of_message(notice: Notice, stream: Stream) -> NoticeView:
    unread, answer = notice.read_at is None, stream.kind == "inbox"
    return NoticeView(notice.id, notice.kind, notice.at, unread, (), 0, False, (), None, False, None, answer=answer)


def _of_posts(
    viewer: Viewer, found: Sequence[tuple[Notice, Stream]], places: dict[int, spaces.SpaceView]
) -> list[NoticeView]:
    if not found:
        return []
    wanted = {stream.opening_id for _notice, stream in found} | {notice.piece_id for notice, _stream in found}
    pieces = session().scalars(select(Piece).where(Piece.id.in_([id_ for id_ in wanted if id_ is not None]))).all()
    answers = _newest_of(viewer, [notice for notice, _stream in found if notice.kind in SEVERAL])
    chats = places_called(viewer, {stream.id for _notice, stream in found if stream.opening_id is None})
    shown = {view.id: view for view in streams.views(viewer, [*pieces, *(p for ps in answers.values() for p in ps)])}
    reactions = _given(viewer, [notice for notice, _stream in found if notice.kind == "reaction"])
    made = []
    for notice, stream in found:
        if notice.kind in SEVERAL:
            authors = [shown[piece.id].author for piece in answers[notice.id]]
        elif notice.kind == "reaction":
            authors = [person for person, _kind, _at in reactions[notice.id]]
        else:
            authors = [shown[notice.piece_id].author]
        people = list({person.id: person for person in authors}.values())
        given = reactions.get(notice.id, ())
        kinds = {kind for _person, kind, _at in given}
        moments = [at for _person, _kind, at in given]
        moments += [piece.published_at for piece in answers.get(notice.id, ()) if piece.published_at is not None]
        many = notice.kind in SEVERAL and len(authors) == MOST_ASKED
        opening = shown[stream.opening_id] if stream.opening_id is not None else None
        made.append(
            NoticeView(
                id=notice.id,
                kind=notice.kind,
                at=notice.at,
                unread=notice.read_at is None,
                people=tuple(people[:2] if len(people) == 2 else people[:1]),
                others=0 if len(people) <= 2 else len(people) - 1,
                many=many,
                faces=tuple(streams.REACTION_FACES[kind] for kind in sorted(kinds, key=REACTIONS.index)),
                opening=opening,
                own_thread=opening is not None and opening.author.id == viewer.id,
                chat=chats.get(stream.id, ""),
                album=stream.kind == "album",
                space=places[stream.space_id],
                newest_at=max(moments, default=None) if viewer.sees_less else None,
            )
        )
    return made


def _newest_of(viewer: Viewer, notices: Sequence[Notice]) -> dict[int, list[Piece]]:
    """Of each notice the newest pieces it is about, the newest first; of a long talk not all. One query."""
    if not notices:
        return {}
    newest_first = func.row_number().over(partition_by=Notice.id, order_by=Piece.nr.desc()).label("place")
    ranked = (
        select(Notice.id.label("notice_id"), Piece.id.label("piece_id"), newest_first)
        .select_from(Notice)
        .join(Piece, and_(*_new_pieces(viewer, Notice)))
        .where(Notice.id.in_([notice.id for notice in notices]))
        .subquery()
    )
    rows = session().execute(
        select(ranked.c.notice_id, Piece)
        .join(Piece, Piece.id == ranked.c.piece_id)
        .where(ranked.c.place <= MOST_ASKED)
        .order_by(ranked.c.notice_id, ranked.c.place)
    )
    found: dict[int, list[Piece]] = defaultdict(list)
    for notice_id, piece in rows:
        found[notice_id].append(piece)
    return found


def _given(viewer: Viewer, notices: Iterable[Notice]) -> dict[int, list[tuple[AuthorView, str, datetime]]]:
    """Who reacted how and when since the notice began, the newest first. Two queries."""
    by_piece = {notice.piece_id: notice for notice in notices}
    if not by_piece:
        return {}
    statement = (
        select(Notice.id, Reaction.member_id, Reaction.kind, Reaction.made_at)
        .join(Reaction, and_(Reaction.piece_id == Notice.piece_id, *_reactions(viewer, Notice.since)))
        .where(Notice.id.in_([notice.id for notice in by_piece.values()]))
        .order_by(Reaction.made_at.desc(), Reaction.member_id)
    )
    rows = session().execute(statement).all()
    people = members.authors(member_id for _notice, member_id, _kind, _at in rows)
    found: dict[int, list[tuple[AuthorView, str, datetime]]] = defaultdict(list)
    for notice_id, member_id, kind, at in rows:
        found[notice_id].append((people[member_id], kind, at))
    return found
