"""Who hears of a piece, and by which channels. One question to the database, however many there are.

Never the one who did it, nobody who may not see the piece or told staff of it, nobody kept apart from its author or
from whoever opened the thread, nobody who muted the thread or whoever did it, and nobody who does not want that kind or
that channel of the group.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from community.core import clock
from community.core.db import session
from community.members.models import Exclusion, Member, MembershipPeriod, ToldPiece
from community.members.queries import PERSON, person_facts
from community.members.separation_models import Separation
from community.notices.models import NoticeChoice, NoticeSettings, NoticeSpace
from community.spaces.models import Space
from community.spaces.rules import is_by_name, reads
from community.streams.apart import CHAT
from community.streams.models import KeptOpen, MutedPerson, Piece, Stream, StreamChoice, StreamMember

MAIL_DEFAULT = {"mention": True, "published": True, "message": True, "reply": False, "reaction": False}
"""What comes by letter once somebody has said yes to letters; without that yes nothing does."""

SPACE_KINDS = {"all": ("reply", "reaction", "mention"), "mentions": ("mention",), "nothing": ()}
"""What is heard from a channel by what one chose for it. That one's own text stands there is always told."""


@dataclass(frozen=True)
class Hearer:
    """Somebody who is told: here, by letter, or both."""

    member_id: int
    app: bool
    mail: bool


def followers(stream_id: int) -> ColumnElement[bool]:
    """The condition for members who follow a stream: they chose to, or wrote in it and chose nothing else."""
    mine = (StreamChoice.member_id == Member.id) & (StreamChoice.stream_id == stream_id)
    wrote = exists().where(
        Piece.stream_id == stream_id, Piece.author_id == Member.id, Piece.state.in_(("published", "held"))
    )
    follows = exists().where(mine, StreamChoice.choice == "follow")
    return or_(follows, wrote) & ~exists().where(mine, StreamChoice.choice != "follow")


def standing_in(stream_id: int) -> ColumnElement[bool]:
    """The condition for members who stand in a stream by name."""
    return exists().where(
        StreamMember.stream_id == stream_id, StreamMember.member_id == Member.id, StreamMember.state == "in"
    )


def these(member_ids: Iterable[int]) -> ColumnElement[bool]:
    """The condition for members named one by one."""
    return Member.id.in_(list(member_ids))


def hearers(kind: str, piece: Piece, among: ColumnElement[bool], *, but: int) -> list[Hearer]:
    """Who of `among` is told of `kind` about `piece`; never `but`, who did it. Of a reaction in a chat nobody: whoever
    is there sees it. What is said by name is told to those who stand there, as a message and as nothing else."""
    s = session()
    stream = s.get_one(Stream, piece.stream_id)
    space = s.get_one(Space, stream.space_id)
    if stream.opening_id is None and (kind == "reaction" or (kind != "message" and is_by_name(space))):
        return []
    about = [piece] if stream.opening_id is None else [piece, s.get_one(Piece, stream.opening_id)]
    today, app, mail = clock.today(), aliased(NoticeChoice), aliased(NoticeChoice)
    statement = (
        select(
            *PERSON,
            app.wanted.label("app"),
            mail.wanted.label("mail"),
            NoticeSettings.letters,
            NoticeSpace.wish,
            KeptOpen.until.label("kept"),
        )
        .join(MembershipPeriod, and_(MembershipPeriod.member_id == Member.id, MembershipPeriod.holds_on(today)))
        .outerjoin(app, and_(app.member_id == Member.id, app.kind == kind, app.channel == "app"))
        .outerjoin(mail, and_(mail.member_id == Member.id, mail.kind == kind, mail.channel == "mail"))
        .outerjoin(NoticeSettings, NoticeSettings.member_id == Member.id)
        .outerjoin(NoticeSpace, and_(NoticeSpace.member_id == Member.id, NoticeSpace.space_id == space.id))
        .outerjoin(KeptOpen, _left_open(stream.id))
        .where(
            among,
            Member.id != but,
            Member.left_at.is_(None),
            ~_muted(stream.id),
            ~_apart(about, but),
            *([~_not_in_chat(piece.author_id, but)] if stream.kind == CHAT else []),
            ~_told_staff(about),
            ~_muted_by_her(but if not (piece.unnamed and but == piece.author_id) else 0),
        )
        .order_by(MembershipPeriod.from_on, MembershipPeriod.id)
    )
    newest = {row.id: row for row in s.execute(statement)}  # the newest period wins
    house_id = stream.house_id
    found = [
        _hearer(kind, row)
        for row in newest.values()
        if kind == "message" or row.kept is not None or _reads(row, space, house_id)
    ]
    return [hearer for hearer in found if hearer.app or hearer.mail]


def _hearer(kind: str, row: Any) -> Hearer:
    heard = kind in ("published", "message") or kind in SPACE_KINDS[row.wish or "all"]
    mail = MAIL_DEFAULT[kind] if row.mail is None else row.mail
    return Hearer(row.id, heard and row.app is not False, heard and bool(row.letters) and mail)


def _reads(row: Any, space: Space, house_id: int | None) -> bool:
    return reads(person_facts(row, clock.today()), space, house_id)


def _left_open(stream_id: int) -> ColumnElement[bool]:
    """Whether a stream is open to the member for a while, wherever she lives now."""
    hers = (KeptOpen.member_id == Member.id) & (KeptOpen.stream_id == stream_id)
    return hers & (KeptOpen.until > clock.now())


def _muted(stream_id: int) -> ColumnElement[bool]:
    return exists().where(
        StreamChoice.member_id == Member.id, StreamChoice.stream_id == stream_id, StreamChoice.choice == "mute"
    )


def _muted_by_her(by_id: int) -> ColumnElement[bool]:
    """Whether the member has muted whoever did it; 0 where that one shows no name."""
    return exists().where(MutedPerson.member_id == Member.id, MutedPerson.muted_id == by_id)


def _told_staff(about: Sequence[Piece]) -> ColumnElement[bool]:
    """Whether the member told staff of one of these, so that it is not there for her."""
    return exists().where(ToldPiece.member_id == Member.id, ToldPiece.piece_id.in_([one.id for one in about]))


def _apart(about: Sequence[Piece], by_id: int) -> ColumnElement[bool]:
    """Whether a block or a separation stands between the member and whoever wrote one of these or did it to the first
    of them. What has no name is kept from nobody by a block (see streams/apart.py)."""
    nameless = {one.author_id for one in about if one.unnamed}
    named = {one.author_id for one in about if not one.unnamed}
    named |= set() if about[0].unnamed and by_id == about[0].author_id else {by_id}
    separated = Exclusion.kind == "separation"
    return exists().where(
        or_(
            and_(Exclusion.low_id == Member.id, _among(Exclusion.high_id, named, nameless, separated)),
            and_(Exclusion.high_id == Member.id, _among(Exclusion.low_id, named, nameless, separated)),
        )
    )


def _not_in_chat(author_id: int, by_id: int) -> ColumnElement[bool]:
    """Whether staff keep the member apart in chats from whoever wrote it or did something to it."""
    others = {author_id, by_id}
    return exists().where(
        Separation.is_open.is_(True),
        Separation.level == "chat",
        or_(
            and_(Separation.low_id == Member.id, Separation.high_id.in_(others)),
            and_(Separation.high_id == Member.id, Separation.low_id.in_(others)),
        ),
    )


def _among(
    other: ColumnElement[int] | InstrumentedAttribute[int],
    named: set[int],
    nameless: set[int],
    separated: ColumnElement[bool],
) -> ColumnElement[bool]:
    return or_(other.in_(named), and_(other.in_(nameless), separated))
