"""What of a talk goes with a report: the message and the ten before it, as they stood for whoever told, sealed.
Whatever becomes of the talk, those who decide read these eleven and no other."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from community.core import crypto
from community.core.db import session
from community.members.people import Viewer
from community.members.queries import authors
from community.reports.models import Report
from community.streams import mentions
from community.streams.apart import apart_from
from community.streams.models import Piece, Stream

BEFORE = 10


@dataclass(frozen=True)
class SealedLine:
    """One message of those sealed, with who wrote it. `told`: the one that staff were told of."""

    who: str
    at: datetime
    text: str
    told: bool


def sealed(actor: Viewer, piece: Piece | None, report_id: int) -> str | None:
    """A message of a talk and the ten before it that were there for the actor, sealed; None of anything else."""
    if piece is None or session().get_one(Stream, piece.stream_id).kind != "talk":
        return None
    hers = replace(apart_from(actor), told=frozenset()).leaves(Piece)
    before = or_(Piece.id == piece.id, (Piece.nr < piece.nr) & (Piece.state == "published"))
    rows = select(Piece).where(Piece.stream_id == piece.stream_id, Piece.nr.is_not(None), before, hers)
    found = list(session().scalars(rows.order_by(Piece.nr.desc()).limit(BEFORE + 1)))[::-1] or [piece]
    lines = [
        {"by": one.author_id, "at": (one.published_at or one.written_at).isoformat(), "text": one.text, "id": one.id}
        for one in found
    ]
    return crypto.seal(json.dumps(lines, ensure_ascii=False), f"report:{report_id}:talk")


def opened(viewer: Viewer, reports: Sequence[Report]) -> dict[int, tuple[SealedLine, ...]]:
    """What is sealed with these reports, for whoever decides, by report; whoever shows it has noted that it is read."""
    assert viewer.is_staff
    kept = {one.id: _lines(one) for one in reports if one.talk_sealed}
    lines = [line for found in kept.values() for line in found]
    people = authors(line["by"] for line in lines)
    names = mentions.names_in([line["text"] for line in lines], viewer.excluded_ids)
    pieces = {one.id: one.piece_id for one in reports}
    return {
        id_: tuple(
            SealedLine(
                people[line["by"]].name,
                datetime.fromisoformat(line["at"]),
                names.in_text(line["text"]),
                line["id"] == pieces[id_],
            )
            for line in found
        )
        for id_, found in kept.items()
    }


def _lines(report: Report) -> list[dict[str, Any]]:
    return list(json.loads(crypto.unseal(report.talk_sealed or "[]", f"report:{report.id}:talk")))
