"""What hosts do to pieces and threads: publish, send back, hide, show again, take away, give a heads-up, lock.

Called inside the transaction of whoever decides (moderation, appeals, reports), who has asked her rule, and writes the
act, the audit line and the notice in the same one. `actor` None is a rule of the house.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from community.core import clock, crypto, text
from community.core.announcements import announce
from community.core.db import session, transaction
from community.core.errors import Conflict, Invalid
from community.core.i18n import lazy as _l
from community.core.i18n import number
from community.members.people import Viewer
from community.streams import placing
from community.streams.gating import own_changed
from community.streams.models import Piece, PieceRevision, PieceTold, Stream

STANDING = ("published", "removed")  # what fills its place for everybody
REWRITE_TIME = timedelta(days=7)
LONGEST_WHY = 200


def publish(actor: Viewer, piece: Piece) -> None:
    """Let what waited, or was sent back, stand: at the end, or where it stood before. Raises Conflict for anything
    else."""
    with transaction():
        _expect(piece, "held", "returned", "delayed")
        if piece.nr is None:
            placing.publish_held(piece, actor.id)
            _settle(piece)
            forget_told(piece)
        else:
            _stand_again(actor, piece)
        own_changed(piece)


def send_back(actor: Viewer | None, piece: Piece) -> None:
    """Only its author sees it, with the reason (`tell_author`); her text is kept, and she may change it and send it
    again. Raises Conflict for what was taken back."""
    with transaction():
        _expect(piece, "held", "delayed", "published", "hidden")
        _take_out(actor, piece, "returned")


def hide(actor: Viewer | None, piece: Piece) -> None:
    """Nobody but its author sees it any more. Raises Conflict for what does not stand in the group."""
    with transaction():
        _expect(piece, "published")
        _take_out(actor, piece, "hidden")


def show_again(actor: Viewer | None, piece: Piece) -> None:
    """What a host hid, sent back or took away stands in its place again. Raises Conflict for what never had one, is
    emptied, or was taken back by its author."""
    with transaction():
        _expect(piece, "hidden", "returned", "removed")
        theirs = piece.state == "removed" and piece.decided_by is None
        if theirs or piece.nr is None or not (piece.text or piece.pictures):
            raise Conflict(_l("This was taken back, and can't be shown again."))
        _stand_again(actor, piece)
        own_changed(piece)


def wait_again(actor: Viewer, piece: Piece) -> None:
    """Undoing: what was just published, sent back or taken away waits for a host again, as if nothing had been. Its
    place is given to nobody else."""
    with transaction() as s:
        _expect(piece, "published", "returned", "removed")
        piece.state, piece.removed_at, piece.decided_by = "held", None, None
        if piece.nr is not None:
            placing.changed(piece, actor, "hidden")
            piece.nr = piece.published_at = None
        _list_stream(piece, listed=False)
        forget_told(piece)
        s.flush()
        _settle(piece)
        own_changed(piece)


def remove(actor: Viewer, piece: Piece) -> None:
    """Take it away: a tombstone stays where it stood, and its author can't put it back."""
    with transaction():
        _expect(piece, "held", "returned", "delayed", "published", "hidden")
        piece.removed_at = clock.now()
        _take_out(actor, piece, "removed")


def set_right(by_id: int, piece: Piece, stream: Stream, kind: str) -> None:
    """What a host decided about it, or about its thread, was wrong: it is as it was before. What its author has taken
    back or changed meanwhile stays as she wants it. Called by whoever answers an objection, inside that action."""
    with transaction():
        if kind in ("hidden", "returned", "removed") and _is_out(piece):
            if piece.nr is None:
                piece.decided_by = None
                placing.publish_held(piece, by_id)
                forget_told(piece)
                _settle(piece)
            else:
                _stand_again(None, piece)
        elif kind == "rewrite":
            piece.rewrite_until = None
            forget_told(piece)
        elif kind == "heads_up" and piece.note_by is not None:
            piece.note, piece.note_by = None, None
            placing.changed(piece, None)
        elif kind in ("cooled", "locked"):
            _open(stream)
        own_changed(piece)


def _is_out(piece: Piece) -> bool:
    """Whether a host took it out of sight and its words are still there."""
    return piece.decided_by is not None and piece.state in ("hidden", "returned", "removed") and bool(piece.text)


def ask_to_rewrite(actor: Viewer, piece: Piece) -> None:
    """It stands as it is, and its author may change it for a week."""
    with transaction() as s:
        assert actor.id
        _expect(piece, "published")
        piece.rewrite_until = clock.now() + REWRITE_TIME
        s.flush()
        own_changed(piece)


def give_note(actor: Viewer, piece: Piece, note: str) -> None:
    """Fold it under a heads-up, which says that a host gave it. Its words stay as they are. Raises Invalid (`note`)."""
    line = text.tidy_line(note)
    if not text.says_something(line):
        raise Invalid(_l("Write something here first."), field="note")
    if len(line) > text.LONGEST_NOTE:
        raise Invalid(
            _l("That is too long. At most %(max)s characters fit here.", max=number(text.LONGEST_NOTE)), field="note"
        )
    with transaction() as s:
        _expect(piece, "held", "published")
        s.add(placing.revision_of(piece, actor.id))
        piece.note, piece.note_by, piece.version = line, actor.id, piece.version + 1
        if piece.kind == "opening":
            s.get_one(Stream, piece.stream_id).gentle = True
        placing.changed(piece, actor)


def take_note_off(actor: Viewer, piece: Piece) -> None:
    """Undoing: the heads-up a host gave goes, and what stood there before comes back."""
    before = session().get(PieceRevision, (piece.id, piece.version - 1))
    if piece.note_by is None or before is None:
        raise Conflict
    with transaction() as s:
        s.add(placing.revision_of(piece, actor.id))
        piece.note, piece.note_by, piece.version = before.note, None, piece.version + 1
        placing.changed(piece, actor)


def lock(actor: Viewer, stream: Stream, why: str, until: datetime | None = None) -> None:
    """No new replies, for good or until a moment; everybody who reads the thread reads why. Raises Invalid (`why`)."""
    line = text.tidy_line(why)
    if not text.says_something(line):
        raise Invalid(_l("Say why. Everybody who reads the thread reads it."), field="why")
    if len(line) > LONGEST_WHY:
        raise Invalid(_l("That is too long. At most %(max)s characters fit here.", max=LONGEST_WHY), field="why")
    with transaction() as s:
        assert actor.id
        stream.locked_at, stream.locked_until, stream.locked_why = clock.now(), until, line
        s.flush()
        announce(f"stream:{stream.id}", "thread:locked", stream=stream.id)


def unlock(actor: Viewer, stream: Stream) -> None:
    """Replies are welcome again."""
    assert actor.id
    _open(stream)


def _open(stream: Stream) -> None:
    with transaction() as s:
        stream.locked_at = stream.locked_until = stream.locked_why = None
        s.flush()
        announce(f"stream:{stream.id}", "thread:locked", stream=stream.id)


def is_locked(stream: Stream) -> bool:
    """Whether a stream takes no new replies just now."""
    return stream.locked_at is not None and (stream.locked_until is None or clock.now() < stream.locked_until)


def tell_author(
    actor: Viewer, piece: Piece, *, act_id: int | None = None, reason: str | None = None, words: str = ""
) -> None:
    """Write to its author why; she reads it beside her text, nobody else does."""
    with transaction() as s:
        told = s.get(PieceTold, piece.id) or PieceTold(piece_id=piece.id)
        told.by_id, told.act_id, told.reason, told.at = actor.id, act_id, reason, clock.now()
        told.words_sealed = crypto.seal(words.strip(), f"piece_told:{piece.id}:words") if words.strip() else None
        s.add(told)
        s.flush()
        own_changed(piece)


def forget_told(piece: Piece) -> None:
    """What was said to its author is over."""
    session().execute(delete(PieceTold).where(PieceTold.piece_id == piece.id))


def sent_again(actor: Viewer, piece: Piece, *, held: bool) -> None:
    """Its author has changed what waited for her. What was sent back stands now, or (`held`) waits for a host."""
    piece.rewrite_until = None
    if piece.state != "returned":
        piece.state = "held" if held else piece.state
        return
    with transaction() as s:
        forget_told(piece)
        piece.decided_by = None
        if held:
            piece.state = "held"
            s.flush()
        elif piece.nr is None:
            placing.publish_held(piece, actor.id)
        else:
            _stand_again(actor, piece)
        own_changed(piece)


def _expect(piece: Piece, *states: str) -> None:
    if piece.state not in states:
        raise Conflict(_l("It is not as it was: its author or somebody else was faster. Look once more."))


def _take_out(actor: Viewer | None, piece: Piece, state: str) -> None:
    piece.state, piece.decided_by = state, actor.id if actor is not None else None
    _list_stream(piece, listed=False)
    placing.changed(piece, actor, "hidden")
    _settle(piece)
    own_changed(piece)


def _stand_again(actor: Viewer | None, piece: Piece) -> None:
    piece.state, piece.removed_at, piece.decided_by = "published", None, None
    _list_stream(piece, listed=True)
    forget_told(piece)
    placing.changed(piece, actor, "shown")
    _settle(piece)


def _list_stream(piece: Piece, *, listed: bool) -> None:
    if piece.kind != "opening":
        return
    stream = session().get_one(Stream, piece.stream_id)
    if stream.listed and not listed:
        announce(f"space:{stream.space_id}", "feed:gone", space=stream.space_id, stream=stream.id)
    session().execute(update(Stream).where(Stream.id == stream.id).values(listed=listed))


def _settle(piece: Piece) -> None:
    """The stream's figures follow from what stands in it: how many places show nothing, and when it was last active."""
    here = (Piece.stream_id == piece.stream_id) & Piece.nr.is_not(None) & Piece.state.in_(STANDING)
    session().flush()
    shown, last = session().execute(select(func.count(), func.max(Piece.published_at)).where(here)).one()
    stream = update(Stream).where(Stream.id == piece.stream_id)
    session().execute(stream.values(gaps=Stream.last_nr - shown))
    if last is not None:
        session().execute(stream.values(active_at=last))
