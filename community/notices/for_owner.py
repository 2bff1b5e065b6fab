"""What a member takes along of this room: what she was told, and what she wants to hear."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from community.core import i18n
from community.core.db import session
from community.core.own_rows import Row, plain, plain_all
from community.members.people import Viewer
from community.notices.models import Notice, NoticeChoice, NoticeSettings, NoticeSpace, OwnCard
from community.spaces.models import Space
from community.streams.for_owner import exists_for, places
from community.streams.models import Piece, Stream


def notices(viewer: Viewer) -> list[Row]:
    """What she was told, as far as what it was about is there for her; who did it is not among it."""
    told = select(Notice).join(Piece, Piece.id == Notice.piece_id).join(Stream, Stream.id == Notice.stream_id)
    told = told.where(Notice.member_id == viewer.id, exists_for(viewer)).order_by(Notice.at, Notice.id)
    rows = list(session().scalars(told))
    where = places(viewer, (row.stream_id for row in rows))
    return [plain(row, "member_id", place=where[row.stream_id]) for row in rows]


def cards(viewer: Viewer) -> list[Row]:
    """Private cards of hers."""
    return plain_all(_hers(viewer, OwnCard), "member_id", "about_id", "what", "letter_id", "mail_due_at")


def choices(viewer: Viewer) -> list[Row]:
    """What she wants to hear, by which channel."""
    return plain_all(_hers(viewer, NoticeChoice), "member_id")


def spaces(viewer: Viewer) -> list[Row]:
    """What she wants to hear from which place."""
    lang, rows = i18n.language(), _hers(viewer, NoticeSpace)
    names = {space.id: space.name(lang) for space in session().scalars(select(Space))} if rows else {}
    return [plain(row, "member_id", space_id=names[row.space_id]) for row in rows]


def settings(viewer: Viewer) -> list[Row]:
    """Whether she wants letters, and when."""
    return plain_all(_hers(viewer, NoticeSettings), "member_id")


def _hers(viewer: Viewer, table: Any) -> list[Any]:
    return list(session().scalars(select(table).where(table.member_id == viewer.id)))
