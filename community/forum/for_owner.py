"""What a member takes along of this room: what her threads are after and about, and which reply helped."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select

from community.core.db import session
from community.core.i18n import _
from community.core.own_rows import Row, plain, plain_all
from community.forum.models import AnswerMark, Thread, ThreadTag
from community.members.people import Viewer
from community.streams.models import Piece, Stream


def threads(viewer: Viewer) -> list[Row]:
    """What she was after with each thread of hers."""
    return plain_all(_begun(viewer, Thread))


def tags(viewer: Viewer) -> list[Row]:
    """What her questions are about."""
    return plain_all(_begun(viewer, ThreadTag))


def helped(viewer: Viewer) -> list[Row]:
    """Which reply helped, where she asked, said so, or wrote it. Others are not named: a question may have none."""
    mine = or_(AnswerMark.marked_by == viewer.id, AnswerMark.word_by == viewer.id, Piece.author_id == viewer.id)
    marks = select(AnswerMark).join(Piece, Piece.id == AnswerMark.piece_id)
    asked = marks.join(Stream, Stream.id == AnswerMark.stream_id)
    by = {viewer.id: viewer.name, None: None}
    return [
        plain(
            row,
            marked_by=by.get(row.marked_by, _("somebody")),
            word_by=by.get(row.word_by, _("somebody")),
        )
        for row in session().scalars(asked.where(mine).order_by(AnswerMark.marked_at))
    ]


def _begun(viewer: Viewer, table: Any) -> list[Any]:
    mine = select(table).join(Stream, Stream.id == table.stream_id).join(Piece, Piece.id == Stream.opening_id)
    return list(session().scalars(mine.where(Piece.author_id == viewer.id).order_by(Piece.written_at)))
