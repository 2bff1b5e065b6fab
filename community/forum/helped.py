"""Reading what a question has beside its thread: the reply that helped, what was said of it later, and its tags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, literal, or_, select

from community.core import clock, i18n
from community.core.db import session
from community.core.i18n import lazy as _l
from community.forum.models import TAGS, AnswerMark, Thread, ThreadTag
from community.members.people import Viewer
from community.streams import past
from community.streams import queries as streams
from community.streams.models import Piece

ASKED_AGAIN = timedelta(days=365)

TAG_WORDS = {
    "money": _l("money"),
    "housing": _l("housing"),
    "work": _l("work & study"),
    "practical": _l("practical"),
    "whom": _l("whom do I turn to"),
    "lonely": _l("lonely"),
}


@dataclass(frozen=True)
class TagView:
    """What a question is about, as pages show it."""

    key: str

    @property
    def label(self) -> str:
        return str(TAG_WORDS[self.key])

    @property
    def url(self) -> str:
        return f"/tags/{self.key}"


@dataclass(frozen=True)
class QuestionFacts:
    """Whether a reply helped, as far as the viewer sees it, and what the question is about."""

    answered: bool = False
    tags: tuple[TagView, ...] = ()


NOTHING = QuestionFacts()
HELPED = "helped"  # beside the six in one query's answer; no tag is called so


@dataclass(frozen=True)
class HelpedView:
    """The reply that helped, for everybody alike. `asked_again`: more than a year has gone since it was written, or
    since somebody last said whether it is true."""

    piece: streams.PieceView
    word: str | None
    word_at: datetime | None
    asked_again: bool

    @property
    def place_url(self) -> str:
        return f"/t/{self.piece.stream_id}?around={self.piece.nr}#p{self.piece.nr}"

    @property
    def said_in(self) -> str | None:
        """The month of the last word."""
        return i18n.month(self.word_at) if self.word_at else None


@dataclass(frozen=True)
class Marked:
    """The rows behind it."""

    mark: AnswerMark
    piece: Piece

    def shown_as(self, piece: streams.PieceView) -> HelpedView:
        written_at = self.piece.published_at or self.piece.written_at
        again = clock.now() - (self.mark.word_at or written_at) > ASKED_AGAIN
        return HelpedView(piece, self.mark.word, self.mark.word_at, again)


def all_tags() -> list[TagView]:
    """The six, in their order."""
    return [TagView(key) for key in TAGS]


def marked_for(viewer: Viewer, stream_id: int) -> Marked | None:
    """The reply that helped in a thread the viewer reads; None where there is none she sees. One query."""
    return _marked(stream_id, [*streams.shown_to(viewer), *_of_her_time(viewer, stream_id)])


def beside(viewer: Viewer, stream_id: int) -> tuple[Marked | None, tuple[TagView, ...]]:
    """What a question's page has beside its pieces: the reply that helped, and its tags. One query."""
    seen = [*streams.shown_to(viewer), *_of_her_time(viewer, stream_id)]
    standing = and_(Piece.id == AnswerMark.piece_id, Piece.state == "published", *seen)
    rows = (
        session()
        .execute(
            select(AnswerMark, Piece, ThreadTag.tag)
            .select_from(Thread)
            .outerjoin(AnswerMark, AnswerMark.stream_id == Thread.stream_id)
            .outerjoin(Piece, standing)
            .outerjoin(ThreadTag, ThreadTag.stream_id == Thread.stream_id)
            .where(Thread.stream_id == stream_id)
            .execution_options(populate_existing=True)
        )
        .all()
    )
    mark, piece = (rows[0][0], rows[0][1]) if rows else (None, None)
    return (Marked(mark, piece) if mark and piece else None), in_order(tag for _m, _p, tag in rows if tag)


def helped_for(viewer: Viewer, stream_id: int) -> HelpedView | None:
    """The same as pages show it."""
    marked = marked_for(viewer, stream_id)
    return marked.shown_as(streams.views(viewer, [marked.piece])[0]) if marked else None


def neutral_helped(stream_id: int) -> HelpedView | None:
    """The same as everybody sees it who is kept apart from nobody; for the shared live frame only."""
    marked = _marked(stream_id, [Piece.nr.is_not(None)])
    return marked.shown_as(streams.neutral_view(marked.piece)) if marked else None


def facts_among(viewer: Viewer, stream_ids: Sequence[int]) -> dict[int, QuestionFacts]:
    """What lists say of these questions, which the viewer has found. One query; none where there are none."""
    if not stream_ids:
        return {}
    tags = select(ThreadTag.stream_id, ThreadTag.tag).where(ThreadTag.stream_id.in_(stream_ids))
    marks = select(AnswerMark.stream_id, literal(HELPED)).join(Piece, Piece.id == AnswerMark.piece_id)
    standing = (Piece.state == "published", *streams.shown_to(viewer))
    found: dict[int, set[str]] = defaultdict(set)
    for stream_id, fact in session().execute(
        tags.union_all(marks.where(AnswerMark.stream_id.in_(stream_ids), *standing))
    ):
        found[stream_id].add(fact)
    return {id_: QuestionFacts(HELPED in facts, in_order(facts - {HELPED})) for id_, facts in found.items()}


def tags_of(viewer: Viewer, stream_id: int) -> tuple[TagView, ...]:
    """What one question is about."""
    return facts_among(viewer, [stream_id]).get(stream_id, NOTHING).tags


def in_order(tags: Iterable[str]) -> tuple[TagView, ...]:
    """Tags as pages show them."""
    return tuple(TagView(tag) for tag in sorted(tags, key=TAGS.index))


def _of_her_time(viewer: Viewer, stream_id: int) -> list[ColumnElement[bool]]:
    """The condition for marks a viewer may know of: of a thread that has ended for her, those made before."""
    until = past.ended_at(viewer, stream_id)
    return (
        []
        if until is None
        else [AnswerMark.marked_at < until, or_(AnswerMark.word_at.is_(None), AnswerMark.word_at < until)]
    )


def _marked(stream_id: int, seen: list[ColumnElement[bool]]) -> Marked | None:
    statement = select(AnswerMark, Piece).join(Piece, Piece.id == AnswerMark.piece_id)
    standing = (AnswerMark.stream_id == stream_id, Piece.state == "published", *seen)
    row = session().execute(statement.where(*standing).execution_options(populate_existing=True)).one_or_none()
    return Marked(*row) if row else None
