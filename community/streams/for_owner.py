"""What a member takes along of this room: what she wrote, pressed, keeps and follows. Of others' words nothing but the
messages of talks and inboxes that are hers to read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from community.core import crypto, i18n
from community.core.db import session
from community.core.i18n import _
from community.core.own_rows import Row, plain, plain_all
from community.members.for_owner import called
from community.members.people import Viewer
from community.spaces import queries as spaces
from community.spaces.models import Space
from community.streams import mentions, queries
from community.streams.models import (
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
    StreamMember,
    WaitingEdit,
)
from community.streams.muted import muted_by

AT_ONCE = 200


def places(viewer: Viewer, stream_ids: Iterable[int]) -> dict[int, str]:
    """Where streams are, by their channel alone: what others wrote there, titles too, is not hers. A query for
    each two hundred."""
    assert viewer.id
    lang, ids, found = i18n.language(), sorted(set(stream_ids)), {}
    names = {space.id: space.name(lang) for space in session().scalars(select(Space))} if ids else {}
    for part in (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE)):
        rows = session().execute(select(Stream.id, Stream.kind, Stream.space_id).where(Stream.id.in_(part)))
        found.update({id_: _of_kind(kind) or names[space_id] for id_, kind, space_id in rows})
    return found


def pieces(viewer: Viewer) -> list[Row]:
    """Everything she wrote, also without her name, and what waits or is hidden; people named in it as they are called
    now. Which host decided stands beside what staff did."""
    rows = session().scalars(select(Piece).where(Piece.author_id == viewer.id).order_by(Piece.written_at, Piece.id))
    hers = list(rows)
    names = mentions.names_in((row.text for row in hers), viewer.excluded_ids)
    where = places(viewer, (row.stream_id for row in hers))
    own, other = {row.id for row in hers}, _("a text by somebody else")
    left = ("author_id", "html", "decided_by", "note_by")
    return [
        plain(
            row,
            *left,
            text=names.in_text(row.text),
            place=where[row.stream_id],
            answers=None if row.quote_id is None else _("a text of mine") if row.quote_id in own else other,
        )
        for row in hers
    ]


def revisions(viewer: Viewer) -> list[Row]:
    """What her texts said before they were changed."""
    rows = _with_hers(viewer, PieceRevision, PieceRevision.piece_id, PieceRevision.version)
    names = mentions.names_in((row.text for row in rows), viewer.excluded_ids)
    by = {viewer.id: viewer.name}
    return [plain(row, text=names.in_text(row.text), replaced_by=by.get(row.replaced_by, _("a host"))) for row in rows]


def waiting_edits(viewer: Viewer) -> list[Row]:
    """Changes of hers that wait to be read."""
    rows = _with_hers(viewer, WaitingEdit, WaitingEdit.piece_id, WaitingEdit.at)
    names = mentions.names_in((row.text for row in rows), viewer.excluded_ids)
    return [plain(row, "html", text=names.in_text(row.text)) for row in rows]


def told(viewer: Viewer) -> list[Row]:
    """What hosts said of texts of hers."""
    return plain_all(_with_hers(viewer, PieceTold, PieceTold.piece_id, PieceTold.at), "by_id")


def drafts(viewer: Viewer) -> list[Row]:
    """What she has not sent."""
    rows = session().scalars(select(Draft).where(Draft.member_id == viewer.id).order_by(Draft.updated_at))
    return [
        plain(row, "member_id", "sealed", words=json.loads(crypto.unseal(row.sealed, f"draft:{row.id}:sealed")))
        for row in rows
    ]


def reactions(viewer: Viewer) -> list[Row]:
    """What she pressed, by the number of the text; the text is somebody's own."""
    return plain_all(_hers(viewer, Reaction, Reaction.made_at, Reaction.piece_id, Reaction.kind), "member_id")


def saved(viewer: Viewer) -> list[Row]:
    """What she saved, by number."""
    return plain_all(_hers(viewer, Saved, Saved.saved_at, Saved.piece_id), "member_id")


def mentioned(viewer: Viewer) -> list[Row]:
    """Where others name her, as far as she reads there."""
    theirs = select(Mention, Piece.published_at, Piece.stream_id).join(Piece, Piece.id == Mention.piece_id)
    theirs = theirs.join(Stream, Stream.id == Piece.stream_id).where(Mention.member_id == viewer.id)
    rows = session().execute(theirs.where(exists_for(viewer)).order_by(Piece.published_at, Piece.id)).all()
    where = places(viewer, (stream_id for _row, _at, stream_id in rows))
    return [plain(row, "member_id", at=at, place=where[stream_id]) for row, at, stream_id in rows]


def exists_for(viewer: Viewer) -> ColumnElement[bool]:
    """The condition for pieces (joined with their streams) that stand for her where she reads: channels, and streams
    she stands in by name."""
    inside = select(StreamMember.stream_id).where(StreamMember.member_id == viewer.id, StreamMember.state == "in")
    reads = or_(queries.readable_in(viewer, spaces.readable(viewer)), Stream.id.in_(inside))
    standing: ColumnElement[bool] = reads
    for condition in queries.shown_to(viewer):
        standing = standing & condition
    return standing


def read_marks(viewer: Viewer) -> list[Row]:
    """How far she has read where."""
    return _placed(viewer, _hers(viewer, ReadMark, ReadMark.marked_at, ReadMark.stream_id))


def choices(viewer: Viewer) -> list[Row]:
    """What she follows and does not want to hear of."""
    return _placed(viewer, _hers(viewer, StreamChoice, StreamChoice.chosen_at, StreamChoice.stream_id))


def kept_open(viewer: Viewer) -> list[Row]:
    """What of her old house stays open to her for a while after a move."""
    return _placed(viewer, _hers(viewer, KeptOpen, KeptOpen.until, KeptOpen.stream_id))


def muted_people(viewer: Viewer) -> list[Row]:
    """Whose texts are folded for her."""
    rows = _hers(viewer, MutedPerson, MutedPerson.muted_at, MutedPerson.muted_id)
    names = called(viewer, (row.muted_id for row in rows))
    return [plain(row, "member_id", muted_id=names[row.muted_id]) for row in rows]


def muted_words(viewer: Viewer) -> list[Row]:
    """Words she does not want to meet by surprise."""
    rows = _hers(viewer, MutedWords)
    return [plain(row, "member_id", "sealed", words=list(muted_by(viewer).words)) for row in rows]


def standings(viewer: Viewer) -> list[Row]:
    """In which talks and inboxes she stands, and whom she was asked in by, but for people she is kept apart from."""
    rows = _hers(viewer, StreamMember, StreamMember.at, StreamMember.stream_id)
    rows = [row for row in rows if not (row.state == "asked" and row.by_id in viewer.excluded_ids)]
    names = called(viewer, (row.by_id for row in rows))
    where = places(viewer, (row.stream_id for row in rows))
    return [plain(row, "member_id", by_id=names[row.by_id], place=where[row.stream_id]) for row in rows]


def messages(viewer: Viewer, stream: Stream) -> Iterator[Row]:
    """What stands in a talk or an inbox she has found, which makes it hers to read: with the names it has for her."""
    last = 0
    while rows := queries.replies_after(viewer, stream, last, AT_ONCE):
        mine = {row.id for row in rows if row.author_id == viewer.id}
        for view in queries.views(viewer, rows):
            yield {
                "nr": view.nr,
                "at": view.posted_at,
                "by": view.author.name,
                "mine": view.id in mine,
                "text": view.text,
                "state": view.state,
                "edited_at": view.edited_at,
            }
        last = rows[-1].nr or 0


def _of_kind(kind: str) -> str | None:
    return {"talk": _("a talk"), "inbox": _("the team's inbox")}.get(kind)


def _placed(viewer: Viewer, rows: list[Any]) -> list[Row]:
    where = places(viewer, (row.stream_id for row in rows))
    return [plain(row, "member_id", place=where[row.stream_id]) for row in rows]


def _hers(viewer: Viewer, table: Any, *order: Any) -> list[Any]:
    return list(session().scalars(select(table).where(table.member_id == viewer.id).order_by(*order)))


def _with_hers(viewer: Viewer, table: Any, key: Any, *order: Any) -> list[Any]:
    mine = select(table).join(Piece, Piece.id == key).where(Piece.author_id == viewer.id)
    return list(session().scalars(mine.order_by(Piece.written_at, key, *order)))
