"""What one does to a question: say which reply helped, whether it still holds, and what it is about."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, select, update

from community.core import audit, clock
from community.core.announcements import announce
from community.core.db import session, transaction
from community.core.errors import Invalid, NotFound
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.forum import helped, queries, rules
from community.forum.models import TAGS, WORDS, AnswerMark, Thread, ThreadTag, topics_of
from community.forum.queries import Found
from community.members.people import Viewer
from community.streams.models import Piece, Stream

MOST_TAGS = 3


def mark_helped(actor: Viewer, piece_id: int) -> Piece:
    """Say that this reply helped, in place of another that was marked. The same once more changes nothing.

    Raises NotFound, NotAllowed.
    """
    with transaction() as s:
        marking = queries.marking_for(actor, piece_id)
        require(actor, rules.MARK_ANSWER, marking)
        piece, found = marking.piece, marking.thread
        before = _locked_mark(found.stream.id)
        if before is not None and before.piece_id == piece.id:
            return piece
        was = before.piece_id if before is not None else 0
        values = {"piece_id": piece.id, "marked_by": actor.id, "marked_at": clock.now()}
        if before is None:
            s.add(AnswerMark(stream_id=found.stream.id, **values))
        else:
            unsaid = {"word": None, "word_by": None, "word_at": None}
            s.execute(update(AnswerMark).where(AnswerMark.stream_id == found.stream.id).values(**values, **unsaid))
        s.flush()
        _tell(found, was, piece.id)
        _note(actor, found, "question.marked", piece)
        return piece


def unmark_helped(actor: Viewer, piece_id: int) -> Piece:
    """Take the mark off again; where it is not, nothing changes. Raises NotFound, NotAllowed."""
    with transaction() as s:
        marking = queries.marking_for(actor, piece_id)
        require(actor, rules.UNMARK_ANSWER, marking.thread)
        piece, found = marking.piece, marking.thread
        before = _locked_mark(found.stream.id)
        if before is not None and before.piece_id == piece.id:
            s.execute(delete(AnswerMark).where(AnswerMark.stream_id == found.stream.id))
            _tell(found, piece.id, 0)
            _note(actor, found, "question.unmarked", piece)
        return piece


def say_still_true(actor: Viewer, stream_id: int, word: str) -> None:
    """Say whether the reply that helped is 'true' still, or 'not' any more. It is asked again a year later.

    Raises NotFound (also where nothing is marked that the actor sees), NotAllowed, Invalid for another word.
    """
    if word not in WORDS:
        raise Invalid(_l("Choose whether it is still true."), field="word")
    with transaction() as s:
        found = queries.thread_for(actor, stream_id)
        require(actor, rules.SAY_STILL_TRUE, found)
        _locked_mark(stream_id)
        marked = helped.marked_for(actor, stream_id)
        if marked is None:
            raise NotFound
        said = {"word": word, "word_by": actor.id, "word_at": clock.now()}
        s.execute(update(AnswerMark).where(AnswerMark.stream_id == stream_id).values(**said))
        _tell(found, marked.piece.id, marked.piece.id)
        _note(actor, found, f"question.still_{word}", marked.piece)


def choose_tags(actor: Viewer, stream_id: int, tags: Iterable[str]) -> None:
    """Say anew what a question is about. Raises NotFound, NotAllowed, Invalid for more than three."""
    wanted = checked_tags(tags)
    with transaction() as s:
        found = queries.thread_for(actor, stream_id)
        require(actor, rules.TAG_QUESTION, found)
        _locked_mark(stream_id)
        s.execute(delete(ThreadTag).where(ThreadTag.stream_id == stream_id))
        write_tags(stream_id, wanted)
        _note(actor, found, "question.tagged", found.opening)


def write_tags(stream_id: int, tags: Iterable[str]) -> None:
    """Write a new question's tags, checked before; called inside actions that have asked."""
    with transaction() as s:
        wanted = list(tags)
        s.add_all([ThreadTag(stream_id=stream_id, tag=tag) for tag in wanted])
        s.flush()
        s.execute(update(Stream).where(Stream.id == stream_id).values(topics=topics_of(wanted)))


def checked_tags(tags: Iterable[str]) -> list[str]:
    """Tags, each once and in their order. Raises Invalid for more than three, or one there is not."""
    wanted = set(tags)
    if not wanted <= set(TAGS):
        raise Invalid(_l("Choose from the six."), field="tag_money")
    if len(wanted) > MOST_TAGS:
        raise Invalid(_l("Choose at most three."), field="tag_money")
    return [tag for tag in TAGS if tag in wanted]


def _locked_mark(stream_id: int) -> AnswerMark | None:
    """The mark, kept from others until the transaction ends, also where there is none yet."""
    session().execute(select(Thread.stream_id).where(Thread.stream_id == stream_id).with_for_update())
    return session().get(AnswerMark, stream_id, populate_existing=True)


def _tell(found: Found, was: int, piece_id: int) -> None:
    """Open pages show it: the reply concerned, and the one before."""
    announce(f"stream:{found.stream.id}", "thread:helped", stream=found.stream.id, was=was, piece=piece_id)


def _note(actor: Viewer, found: Found, act: str, piece: Piece) -> None:
    """What a host does for somebody else is in the audit chain."""
    if actor.id != found.asker_id:
        audit.append(actor.id, act, f"piece:{piece.id}")
