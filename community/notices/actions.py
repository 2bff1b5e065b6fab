"""Telling, reading and choosing: the only door for change to notices.

`tell_*` are called by name by the rooms, inside the transaction of the cause: one question who hears of it, and two
statements that write for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, delete, func, insert, literal, or_, select, update

from community.core import clock
from community.core.announcements import announce
from community.core.db import new_id, session, step, transaction
from community.core.errors import Gone
from community.core.policy import require
from community.members.models import Member
from community.members.people import Viewer, Visitor
from community.notices import laying, rules, tokens
from community.notices.models import CHANNELS, KINDS, Notice, NoticeChoice, NoticeSettings, NoticeSpace, OwnCard
from community.notices.recipients import Hearer, followers, hearers, standing_in, these
from community.spaces import queries as spaces
from community.spaces.models import Space
from community.spaces.rules import is_by_name
from community.streams import actions as streams
from community.streams import mentions
from community.streams.models import Piece, Reaction, ReadMark, Stream

BATCH = timedelta(minutes=30)  # what comes within it is one letter
KEPT_READ, KEPT_UNREAD = timedelta(days=90), timedelta(days=365)
MOMENT = Notice.at.type


def tell_new(piece: Piece) -> None:
    """A piece took its place: whoever is mentioned in it is told so, whoever follows the thread of a reply, and in a
    chat whoever is answered."""
    with step() as s:
        if piece.kind == "reply":
            tell_reply(piece)
        elif piece.kind == "message":
            stream = s.get_one(Stream, piece.stream_id)
            (tell_message if is_by_name(s.get_one(Space, stream.space_id)) else tell_answered)(piece)
        tell_mentioned(piece, sorted(mentions.named_in([piece.text])))


def tell_reply(piece: Piece) -> None:
    """A reply took its place: whoever follows the thread is told, and its writer has read up to there.

    One who heard nothing since she last read gets one notice; the next replies join it.
    """
    with step() as s:
        stream = s.get_one(Stream, piece.stream_id)
        told = hearers("reply", piece, followers(stream.id), but=piece.author_id)
        _write("reply", piece, told, about=stream.opening_id)
        _read_up_to(piece.author_id, stream.id)


def tell_message(piece: Piece, *, official: bool = False) -> None:
    """A message took its place: the others who stand there by name are told, in one notice however many there are until
    they look. `official`: the house says it, so that it reaches also whoever has muted the one who wrote it."""
    with step() as s:
        told = hearers("message", piece, standing_in(piece.stream_id), but=0 if official else piece.author_id)
        first = select(Piece.id).where(Piece.stream_id == piece.stream_id, Piece.nr.is_not(None))
        _write("message", piece, told, about=s.scalar(first.order_by(Piece.nr).limit(1)))
        _read_up_to(piece.author_id, piece.stream_id)


def tell_answered(piece: Piece) -> None:
    """A message took its place in a chat: whoever wrote what it quotes is told, and its writer has read up to there.

    However often one message is answered before she reads it, it is one notice.
    """
    with step() as s:
        quoted = s.get(Piece, piece.quote_id) if piece.quote_id is not None else None
        if quoted is not None:
            told = hearers("reply", piece, these([quoted.author_id]), but=piece.author_id)
            _write("reply", piece, told, about=quoted.id)
        _read_up_to(piece.author_id, piece.stream_id)


def tell_mentioned(piece: Piece, member_ids: Sequence[int]) -> list[int]:
    """Somebody was mentioned in a piece that stands in the group. Returns who is told of it: of `member_ids` those who
    may see it. The same piece mentions nobody twice, whoever is told so is not told of it as a reply as well, and all
    that mentions her in one chat before she reads it is one notice."""
    if not member_ids or piece.nr is None or piece.state != "published":
        return []
    with transaction() as s:
        told = hearers("mention", piece, these(member_ids), but=piece.author_id)
        here_before = (Notice.stream_id == piece.stream_id) & (Notice.from_nr <= piece.nr) & (Notice.to_nr >= piece.nr)
        known = select(Notice.member_id).where(Notice.kind == "mention", or_(Notice.piece_id == piece.id, here_before))
        before = set(s.scalars(known.where(Notice.member_id.in_([hearer.member_id for hearer in told]))))
        told = [hearer for hearer in told if hearer.member_id not in before]
        only_this = (Notice.kind == "reply") & (Notice.stream_id == piece.stream_id) & Notice.read_at.is_(None)
        only_this &= (Notice.from_nr == piece.nr) & (Notice.to_nr == piece.nr)
        here = [hearer.member_id for hearer in told if hearer.app]
        s.execute(delete(Notice).where(only_this, Notice.member_id.in_(here)))
        _write("mention", piece, told)
        return [hearer.member_id for hearer in told]


def tell_published(piece: Piece, by_id: int) -> None:
    """A piece that waited took its place: its author is told, and all who are told of a new one. Called by whoever let
    it through, inside the deciding action."""
    with transaction():
        _write("published", piece, hearers("published", piece, these([piece.author_id]), but=by_id))
        tell_new(piece)


def react(actor: Viewer, piece_id: int, kind: str) -> Piece:
    """Turn one's own reaction on or off; for one that came its author is told, quietly. Raises as `streams.react`."""
    with transaction() as s:
        piece = streams.react(actor, piece_id, kind)
        given = s.get(Reaction, (piece.id, actor.id, kind))
        if given is not None:
            told = hearers("reaction", piece, these([piece.author_id]), but=actor.id)
            _write("reaction", piece, told, at=given.made_at)
        return piece


def edit_piece(actor: Viewer, piece_id: int, *, version: int, **changed: Any) -> Piece:
    """Change what one wrote; whoever is named in it only now is told. Arguments and errors as `streams.edit_piece`."""
    with transaction() as s:
        before = s.get(Piece, piece_id)
        waited = before is not None and before.nr is None
        named = mentions.named_in([before.text]) if before is not None else set()
        piece = streams.edit_piece(actor, piece_id, version=version, **changed)
        if waited and piece.nr is not None:
            tell_new(piece)  # it was sent back, or waited, and stands now
        else:
            tell_mentioned(piece, sorted(mentions.named_in([piece.text]) - named))
        return piece


def mark_read(actor: Viewer, stream: Stream, nr: int) -> None:
    """Note how far the actor has read; her notices of what stands before that are read, on every device."""
    require(actor, rules.KEEP_OWN, actor.id)
    with transaction():
        streams.mark_read(actor, stream, nr)
        _read_up_to(actor.id, stream.id)


def mark_all_read(actor: Viewer, until: datetime) -> None:
    """Everything the actor was told up to a moment is read; what came later stays new."""
    require(actor, rules.KEEP_OWN, actor.id)
    with transaction() as s:
        unread = update(Notice).where(Notice.member_id == actor.id, Notice.read_at.is_(None), Notice.at <= until)
        if s.execute(unread.values(read_at=clock.now()).execution_options(**_PLAIN)).rowcount:  # type: ignore[attr-defined]
            _hint([actor.id])
        laying.note_read(actor)


@dataclass(frozen=True)
class Wishes:
    """What a member wants to hear: kinds by channel, letters at all, quiet at night, and channels of the group."""

    kinds: dict[tuple[str, str], bool]
    letters: bool
    quiet: bool
    spaces: dict[int, str] = field(default_factory=dict)


def save_wishes(actor: Viewer, wishes: Wishes) -> None:
    """Keep what the actor wants to hear, from now on. Channels she does not read are left out."""
    require(actor, rules.KEEP_OWN, actor.id)
    with transaction() as s:
        s.execute(select(Member.id).where(Member.id == actor.id).with_for_update(key_share=True))
        for table in (NoticeChoice, NoticeSpace, NoticeSettings):
            s.execute(delete(table).where(table.member_id == actor.id))
        s.add(NoticeSettings(member_id=actor.id, letters=wishes.letters, quiet=wishes.quiet))
        s.add_all(
            NoticeChoice(
                member_id=actor.id, kind=kind, channel=channel, wanted=wishes.kinds.get((kind, channel), False)
            )
            for kind in KINDS
            for channel in CHANNELS
        )
        s.add_all(
            NoticeSpace(member_id=actor.id, space_id=space_id, wish=wishes.spaces[space_id])
            for space_id in spaces.readable_ids(actor)
            if wishes.spaces.get(space_id, "all") != "all"
        )
        s.flush()
        if not wishes.letters:
            drop_letters(actor.id)


def stop_letters(_visitor: Visitor | Viewer, token: str) -> None:
    """No letters any more for the member a letter's link names; the link can do nothing else, works for good, and a
    second time changes nothing. Raises Gone for one that was never given out."""
    member_id = tokens.member_of(token)
    with transaction() as s:
        if member_id is None or s.get(Member, member_id) is None:
            raise Gone
        s.execute(select(Member.id).where(Member.id == member_id).with_for_update(key_share=True))
        settings = s.get(NoticeSettings, member_id, populate_existing=True)
        if settings is None:
            s.add(NoticeSettings(member_id=member_id, letters=False, quiet=None))
        else:
            settings.letters = False
        s.flush()
        drop_letters(member_id)


def drop_letters(member_id: int) -> None:
    """Nothing of hers waits for a letter any more."""
    _letters(member_id, None)


def postpone_letter(member_id: int, until: datetime) -> None:
    """What waits for a letter waits until a moment. A job."""
    _letters(member_id, until)


def gather_letter(member_id: int) -> int:
    """Everything of hers that waits for a letter goes into one. A job; returns the letter's id."""
    letter_id = new_id()
    with transaction() as s:
        waits = (Notice.member_id == member_id) & Notice.mail_due_at.is_not(None)
        unread = case((Notice.read_at.is_(None), letter_id), else_=Notice.letter_id)
        s.execute(update(Notice).where(waits).values(mail_due_at=None, letter_id=unread).execution_options(**_PLAIN))
        cards = update(OwnCard).where(OwnCard.member_id == member_id, OwnCard.mail_due_at.is_not(None))
        s.execute(cards.values(mail_due_at=None, letter_id=letter_id).execution_options(**_PLAIN))
    return letter_id


def clear_out(now: datetime) -> int:
    """Delete notices read more than 90 days ago, and those nobody read for a year. A job; returns how many."""
    old = or_(Notice.read_at < now - KEPT_READ, and_(Notice.read_at.is_(None), Notice.at < now - KEPT_UNREAD))
    with transaction() as s:
        s.execute(delete(OwnCard).where(OwnCard.done_at < now - KEPT_READ))
        return int(s.execute(delete(Notice).where(old)).rowcount)  # type: ignore[attr-defined]


_PLAIN = {"synchronize_session": False}


def _write(
    kind: str, piece: Piece, told: Sequence[Hearer], *, about: int | None = None, at: datetime | None = None
) -> None:
    """One statement for those who have a notice of this kind about it already, one for all others. Writers in one
    stream come one after the other (its row is locked by the event before), so none is written twice."""
    if not told or piece.nr is None:
        return
    s, now, about, nr = session(), at or clock.now(), about or piece.id, piece.nr
    ids = [hearer.member_id for hearer in told]
    app = {hearer.member_id for hearer in told if hearer.app}
    mail = {hearer.member_id for hearer in told if hearer.mail}
    fresh, moment, due = Notice.read_at.is_(None), literal(now, MOMENT), literal(now + BATCH, MOMENT)
    in_chat = piece.kind == "message" and kind == "mention"
    same = (Notice.stream_id == piece.stream_id) & fresh if in_chat else Notice.piece_id == about
    changed = (
        update(Notice)
        .where(Notice.kind == kind, same, Notice.member_id.in_(ids))
        .values(
            to_nr=case((fresh & (Notice.to_nr > nr), Notice.to_nr), else_=nr),
            from_nr=case((fresh & (Notice.from_nr < nr), Notice.from_nr), else_=nr),
            since=case((fresh, Notice.since), else_=moment),
            at=now,
            read_at=None,
            shown=Notice.member_id.in_(app),
            # Who was told of it by letter and has not looked since is not written to again.
            mail_due_at=case(
                (and_(fresh, or_(Notice.letter_id.is_not(None), Notice.mail_due_at.is_not(None))), Notice.mail_due_at),
                (Notice.member_id.in_(mail), due),
                else_=None,
            ),
            letter_id=case((fresh, Notice.letter_id), else_=None),
        )
    )
    known = set(s.scalars(changed.returning(Notice.member_id).execution_options(**_PLAIN)))
    row = {"kind": kind, "stream_id": piece.stream_id, "piece_id": about, "from_nr": nr, "to_nr": nr}
    row |= {"since": now, "at": now, "read_at": None, "letter_id": None}
    rows = [
        {
            **row,
            "id": new_id(),
            "member_id": id_,
            "shown": id_ in app,
            "mail_due_at": now + BATCH if id_ in mail else None,
        }
        for id_ in ids
        if id_ not in known
    ]
    if rows:
        s.execute(insert(Notice), rows)
    _hint([id_ for id_ in ids if id_ in app])


def _read_up_to(member_id: int, stream_id: int) -> None:
    """What stands before her read mark is read: one statement. Of a notice she has read a part of, the rest stays."""
    mine = select(ReadMark.nr).where(ReadMark.member_id == member_id, ReadMark.stream_id == stream_id)
    mark = func.coalesce(mine.scalar_subquery(), 0)
    whole = Notice.to_nr <= mark
    changed = (
        update(Notice)
        .where(
            Notice.member_id == member_id,
            Notice.stream_id == stream_id,
            Notice.read_at.is_(None),
            Notice.from_nr <= mark,
        )
        .values(
            read_at=case((whole, literal(clock.now(), MOMENT)), else_=None),
            from_nr=case((whole, Notice.from_nr), else_=mark + 1),
        )
        .returning(Notice.read_at)
        .execution_options(**_PLAIN)
    )
    if any(read_at is not None for read_at in session().scalars(changed).all()):
        _hint([member_id])


def _letters(member_id: int, due: datetime | None) -> None:
    with transaction() as s:
        for table in (Notice, OwnCard):
            waits = (table.member_id == member_id) & table.mail_due_at.is_not(None)
            s.execute(update(table).where(waits).values(mail_due_at=due).execution_options(**_PLAIN))


def _hint(member_ids: Sequence[int]) -> None:
    """Open pages of theirs ask how many there are. One row, however many people."""
    if member_ids:
        room = f"member:{member_ids[0]}" if len(member_ids) == 1 else "members"
        announce(room, "notices:changed", members=list(member_ids))
