"""How a piece takes its place in its stream, and how open pages hear of it and of what becomes of it."""

from __future__ import annotations

from sqlalchemy import select, update

from community.core import clock
from community.core.announcements import announce
from community.core.db import session, step, transaction
from community.core.policy import can
from community.members.people import Viewer
from community.members.queries import viewer_now
from community.spaces import rules as space_rules
from community.spaces.models import Space
from community.streams import gating
from community.streams.models import Piece, PieceRevision, Stream, StreamEvent


def publish_due(piece_id: int) -> Piece | None:
    """Let a delayed piece take its place, and return it. Where its author may not write any more a host looks first.
    None when it has not taken it now."""
    with transaction() as s:
        piece = s.get(Piece, piece_id, with_for_update={"key_share": True}, populate_existing=True)
        if piece is None or piece.state != "delayed":
            return None
        stream = s.get_one(Stream, piece.stream_id)
        space = s.get_one(Space, stream.space_id)
        author = viewer_now(piece.author_id)
        if author is not None and can(author, space_rules.WRITE, space):
            publish_held(piece, piece.author_id)
            return piece
        gating.wait(piece, stream, space)
        s.flush()
        return None


def publish_held(piece: Piece, by_id: int) -> None:
    """Let a held piece take its place: now, at the end. Called by whoever decides (moderation) inside a transaction."""
    with transaction():
        stream = session().get_one(Stream, piece.stream_id)
        waited, piece.state, piece.held_why = piece.state == "held", "published", None
        take_place(piece, stream, by_id)
        if waited:
            gating.own_changed(piece)


def take_place(piece: Piece, stream: Stream, by_id: int) -> None:
    """The next place in its stream and the event that tells open pages of it, by one statement: the stream's row is the
    lock that keeps writers in one order. Lists of threads hear of it too, if they show its stream. The piece may be new
    to the database. Inside the caller's transaction."""
    now = clock.now()
    with step() as s:
        raised = {"last_nr": Stream.last_nr + 1, "seq": Stream.seq + 1, "active_at": now}
        if piece.kind == "opening":
            raised["listed"] = True
        taken = update(Stream).where(Stream.id == stream.id).values(**raised).returning(Stream.last_nr, Stream.seq)
        piece.nr, seq = s.execute(taken).one()
        piece.published_at = now
        if piece.check_at is not None:
            piece.check_at = now
        s.add(piece)
        _tell(piece, seq, by_id, "published")
    if piece.kind != "message":
        hint_at(stream, piece.id)


def hint_at(stream: Stream, piece_id: int) -> None:
    """Tell open lists that there is something to look for at a piece: whoever may see it, and nobody else. Inside the
    caller's transaction."""
    place = {"space": stream.space_id, "house": stream.house_id or 0}
    announce(f"space:{stream.space_id}", "feed:hint", **place, piece=piece_id)


def changed(piece: Piece, actor: Viewer | None, kind: str = "changed") -> None:
    """Tell the stream, if the piece ever stood in it (a held one leaves no trace). What quotes it shows its words, so
    it has changed too: words taken back go from open pages wherever they stood. `actor` None: a rule of the house."""
    session().flush()
    if piece.nr is None:
        return
    by_id = actor.id if actor is not None else piece.author_id
    _event(piece, by_id, kind)
    if kind != "reacted":
        for quoting in session().scalars(select(Piece).where(Piece.quote_id == piece.id, Piece.nr.is_not(None))):
            _event(quoting, by_id, "changed")


def revision_of(piece: Piece, by_id: int) -> PieceRevision:
    """What a piece says now, to be kept before somebody changes it. Goes into the caller's session."""
    return PieceRevision(
        piece_id=piece.id,
        version=piece.version,
        title=piece.title,
        text=piece.text,
        note=piece.note,
        replaced_at=clock.now(),
        replaced_by=by_id,
    )


def _event(piece: Piece, by_id: int, kind: str) -> None:
    with step() as s:
        raised = update(Stream).where(Stream.id == piece.stream_id).values(seq=Stream.seq + 1)
        seq = s.scalar(raised.returning(Stream.seq))
        assert seq is not None
        _tell(piece, seq, by_id, kind)


def _tell(piece: Piece, seq: int, by_id: int, kind: str) -> None:
    """Write down what happened to a piece at `seq`, and tell open pages."""
    with step() as s:
        place = {"stream_id": piece.stream_id, "seq": seq, "prev": seq - 1, "piece_id": piece.id}
        s.add(StreamEvent(**place, kind=kind, by_id=by_id, at=clock.now()))
        piece.seq = seq
        s.flush()
        # Whose act it is to a reader: a reaction is its giver's, everything else the author's, whoever let it through.
        whose = by_id if kind == "reacted" else piece.author_id
        ids = {"stream": piece.stream_id, "seq": seq, "prev": seq - 1, "piece": piece.id}
        announce(f"stream:{piece.stream_id}", "stream:piece", **ids, by=whose)
