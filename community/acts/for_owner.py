"""What a member takes along of this room: what staff decided about her, why and who, and what she said to it."""

from __future__ import annotations

from sqlalchemy import select

from community.acts import words
from community.acts.models import Act, Appeal, ForGood
from community.acts.queries import by_of
from community.core import i18n
from community.core.db import session
from community.core.own_rows import Row, plain
from community.members.for_owner import called
from community.members.people import Viewer
from community.spaces.models import Space
from community.streams.models import Piece


def acts(viewer: Viewer) -> list[Row]:
    """Everything staff decided about her, as she is told of it: who by first name, or "a host"."""
    rows = _acts(viewer)
    unnamed = select(Piece.id).join(Act, Act.piece_id == Piece.id).where(Act.member_id == viewer.id, Piece.unnamed)
    by = by_of(viewer, rows, session().scalars(unnamed))
    lang = i18n.language()
    names = {space.id: space.name(lang) for space in session().scalars(select(Space))}
    left = ("member_id", "case_id", "undone_by", "letter_at")
    return [
        plain(
            row,
            *left,
            by_id=by[row.id].who,
            title=words.title(row, names.get(row.space_id or 0)),
            reason=words.reason(row),
            space_id=names.get(row.space_id or 0),
        )
        for row in rows
    ]


def for_good(viewer: Viewer) -> list[Row]:
    """Closings without an end that were asked for about her, and whether a second one said so."""
    rows = session().scalars(select(ForGood).join(Act, Act.id == ForGood.act_id).where(Act.member_id == viewer.id))
    return [plain(row, "confirmed_by") for row in rows]


def appeals(viewer: Viewer) -> list[Row]:
    """What she said was wrong, and the answers."""
    rows = session().scalars(select(Appeal).where(Appeal.member_id == viewer.id).order_by(Appeal.at)).all()
    names = called(viewer, (row.decided_by for row in rows))
    return [plain(row, "member_id", decided_by=names[row.decided_by]) for row in rows]


def _acts(viewer: Viewer) -> list[Act]:
    return list(session().scalars(select(Act).where(Act.member_id == viewer.id).order_by(Act.at, Act.id)))
