"""What this room does when a member has left.

What she said keeps its place in every case, so that what others said to it stands where it stood: under her name, under
none, or as something that is gone. Quotes and names in texts hold no words and are filled when shown, so they follow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, insert, select, update
from sqlalchemy.orm import aliased

from community.core import clock
from community.core.announcements import announce
from community.core.db import session, transaction
from community.core.erasing import Leaver, rows
from community.streams import by_name, gating, quotes
from community.streams.models import (
    Bridge,
    Draft,
    KeptOpen,
    Mention,
    MutedPerson,
    MutedWords,
    Piece,
    PieceRevision,
    PieceTold,
    Reaction,
    ReadMark,
    Saved,
    Stream,
    StreamChoice,
    StreamEvent,
    StreamMember,
    WaitingEdit,
)

SCATTERED = 14  # days over which her texts without a name go, each on its own, so that they tell of nobody
NEVER_STOOD = ("held", "returned", "delayed")
_PORTION = 500

reactions = rows(Reaction.member_id)
drafts = rows(Draft.member_id)
read_marks = rows(ReadMark.member_id)
choices = rows(StreamChoice.member_id)
saved = rows(Saved.member_id)
muted_people = rows(MutedPerson.member_id, MutedPerson.muted_id)
muted_words = rows(MutedWords.member_id)
kept_open = rows(KeptOpen.member_id)
bridges = rows(Bridge.low_id, Bridge.high_id)
named_in_texts = rows(Mention.member_id)


def let_go(leaver: Leaver) -> None:
    """From this moment on nothing she chose to take along is shown, no reaction is hers, what waited is gone, and she
    stands in no talk any more. Open pages hear of all of it. Inside the caller's transaction; called again it changes
    nothing."""
    with transaction() as s:
        waiting = select(Piece).where(Piece.author_id == leaver.id, Piece.state.in_(NEVER_STOOD), Piece.nr.is_(None))
        for piece in s.scalars(waiting):
            gating.taken_back(piece)
            piece.state, piece.removed_at = "removed", leaver.gone_at
        s.flush()
        reacted = select(Piece.id, Piece.stream_id).where(
            Piece.nr.is_not(None), Piece.id.in_(select(Reaction.piece_id).where(Reaction.member_id == leaver.id))
        )
        _tell([(*row, "reacted") for row in s.execute(reacted)], leaver.id)
        s.execute(delete(Reaction).where(Reaction.member_id == leaver.id))
        if leaver.takes_words_along:
            _take_back(leaver, Piece.unnamed.is_(False))
        for row in s.scalars(select(StreamMember).where(StreamMember.member_id == leaver.id)).all():
            if row.state in ("in", "asked"):
                by_name.put(s.get_one(Stream, row.stream_id), leaver.id, "left", leaver.id)


def words(leaver: Leaver) -> bool:
    """What she took along, and what does not stand, is emptied, with the names in it. What has no name goes over two
    weeks, a part each night."""
    nights = (clock.now() - leaver.gone_at) // timedelta(days=1)
    with transaction() as s:
        if leaver.takes_words_along:
            _take_back(leaver, Piece.unnamed.is_(True) & (Piece.id % SCATTERED <= nights))
        ids = list(s.scalars(select(Piece.id).where(Piece.author_id == leaver.id, Piece.state != "published")))
        for portion in _portions(ids):
            empty = {"text": "", "html": "", "title": None, "note": None, "check_at": None, **quotes.NONE}
            s.execute(update(Piece).where(Piece.id.in_(portion)).values(**empty))
            s.execute(delete(Mention).where(Mention.piece_id.in_(portion)))
            s.execute(delete(Reaction).where(Reaction.piece_id.in_(portion)))
    return not leaver.takes_words_along or nights >= SCATTERED - 1


def earlier_versions(leaver: Leaver) -> bool:
    """What her texts said before goes in any case."""
    hers = select(Piece.id).where(Piece.author_id == leaver.id)
    with transaction() as s:
        s.execute(delete(PieceRevision).where(PieceRevision.piece_id.in_(hers)))
    return True


def waiting_changes(leaver: Leaver) -> bool:
    """A change that waited to be read."""
    return _beside_hers(WaitingEdit, leaver)


def told_by_hosts(leaver: Leaver) -> bool:
    """What a host said to her about a text."""
    return _beside_hers(PieceTold, leaver)


def with_the_team(stream_ids: Sequence[int]) -> None:
    """Empty what was said in her own inboxes, by both sides. Inside the caller's transaction."""
    with transaction() as s:
        there = select(Piece.id).where(Piece.stream_id.in_(stream_ids))
        s.execute(delete(PieceRevision).where(PieceRevision.piece_id.in_(there)))
        s.execute(delete(Mention).where(Mention.piece_id.in_(there)))
        empty = {"text": "", "html": "", "title": None, "note": None, **quotes.NONE}
        s.execute(update(Piece).where(Piece.stream_id.in_(stream_ids)).values(state="removed", **empty))


def _take_back(leaver: Leaver, which: ColumnElement[bool]) -> None:
    """Her pieces that stand are gone for everybody, and open pages hear of them, and of what quotes them."""
    s = session()
    hers = (Piece.author_id == leaver.id) & (Piece.state == "published") & Piece.nr.is_not(None) & which
    found = [(id_, stream_id, "changed") for id_, stream_id in s.execute(select(Piece.id, Piece.stream_id).where(hers))]
    ids = [id_ for id_, _stream, _kind in found]
    for portion in _portions(ids):
        gone = {"state": "removed", "removed_at": leaver.gone_at, "check_at": None}
        s.execute(update(Piece).where(Piece.id.in_(portion)).values(**gone))
        quoting = select(Piece.id, Piece.stream_id).where(Piece.quote_id.in_(portion), Piece.nr.is_not(None))
        found += [(id_, stream_id, "changed") for id_, stream_id in s.execute(quoting.where(Piece.id.not_in(ids)))]
        _leave_lists(portion)
    _tell(found, leaver.id)


def _leave_lists(portion: Sequence[int]) -> None:
    """A thread in which nobody else said anything stands in no list any more; another keeps its place."""
    other = aliased(Piece)
    answered = exists().where(
        other.stream_id == Stream.id, other.id != Stream.opening_id, other.nr.is_not(None), other.state == "published"
    )
    alone = update(Stream).where(Stream.opening_id.in_(portion), ~answered)
    session().execute(alone.values(listed=False), execution_options={"synchronize_session": False})


def _tell(changes: Iterable[tuple[int, int, str]], by_id: int) -> None:
    """An event for each change, in one go for each stream, and one announcement: whoever has a page of it open sees
    that events are missing, and fetches them."""
    s, now = session(), clock.now()
    by_stream: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for piece_id, stream_id, kind in dict.fromkeys(changes):
        by_stream[stream_id].append((piece_id, kind))
    events: list[dict[str, Any]] = []
    for stream_id, changed in sorted(by_stream.items()):
        raised = update(Stream).where(Stream.id == stream_id).values(seq=Stream.seq + len(changed))
        last = s.scalar(raised.returning(Stream.seq)) or 0
        for seq, (piece_id, kind) in enumerate(changed, last - len(changed) + 1):
            event = {"stream_id": stream_id, "seq": seq, "prev": seq - 1, "kind": kind, "piece_id": piece_id}
            events.append({**event, "by_id": by_id, "at": now})
        place = {"stream": stream_id, "seq": last, "prev": last - 1, "piece": changed[-1][0], "by": by_id}
        announce(f"stream:{stream_id}", "stream:piece", **place)
    if events:
        s.execute(insert(StreamEvent), events)
        s.execute(update(Piece), [{"id": event["piece_id"], "seq": event["seq"]} for event in events])
    s.expire_all()


def _beside_hers(table: Any, leaver: Leaver) -> bool:
    hers = select(Piece.id).where(Piece.author_id == leaver.id)
    with transaction() as s:
        s.execute(delete(table).where(table.piece_id.in_(hers)))
    return True


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _PORTION):
        yield ids[start : start + _PORTION]
