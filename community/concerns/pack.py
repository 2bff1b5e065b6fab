"""The evidence pack: everything about one concern in a ZIP, readable and as data, sealed behind a password.

Who made it, when and why stands in it, in the audit chain and in the steps; all leads are told (`handling.note_copy`).
"""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime
from typing import Any

from flask import render_template
from sqlalchemy import select

from community.concerns import queries
from community.concerns.models import Call, Concern, ConcernKeptFrom, ConcernStep
from community.core import clock, loop, sealed_files
from community.core.db import session
from community.core.errors import Invalid
from community.core.i18n import lazy as _l
from community.members.people import Viewer
from community.streams.models import Piece, PieceRevision

SHORTEST_PASSWORD = 10


def check_password(password: str) -> None:
    """Raises Invalid for one that is soon guessed."""
    if len(password) < SHORTEST_PASSWORD:
        sentence = _l("At least %(num)s characters, or it is soon guessed.", num=SHORTEST_PASSWORD)
        raise Invalid(sentence, field="password")


def made(viewer: Viewer, concern: Concern, reason: str, password: str) -> bytes:
    """The sealed file. `viewer` has been asked whether she may (`handling.note_copy`)."""
    facts = facts_of(viewer, concern, reason)
    page = render_template("concern_pack.html", facts=facts)
    open_ = io.BytesIO()
    with zipfile.ZipFile(open_, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("concern.html", page)
        file.writestr("concern.json", json.dumps(facts, ensure_ascii=False, indent=1))
    return loop.off_loop(sealed_files.locked, open_.getvalue(), password)


def facts_of(viewer: Viewer, concern: Concern, reason: str) -> dict[str, Any]:
    """All that is kept about it. Without a name it stays without, also here."""
    s = session()
    steps = list(s.scalars(select(ConcernStep).where(ConcernStep.concern_id == concern.id).order_by(ConcernStep.nr)))
    calls = list(s.scalars(select(Call).where(Call.concern_id == concern.id).order_by(Call.made_at, Call.id)))
    kept = list(s.scalars(select(ConcernKeptFrom).where(ConcernKeptFrom.concern_id == concern.id)))
    hidden = concern.member_id if concern.unnamed else None
    ids = {one.by_id for one in steps} | {one.member_id for one in calls} | {one.member_id for one in kept}
    names = queries.first_names(id_ for id_ in ids if id_ is not None and id_ != hidden)

    def who(id_: int | None) -> str | None:
        return None if id_ is None or id_ == hidden else names.get(id_)

    return {
        "concern": str(concern.id),
        "made_by": viewer.name,
        "made_at": _moment(clock.now()),
        "reason": reason,
        "member": queries.name_of(viewer, concern),
        "severity": concern.severity,
        "state": concern.state,
        "outcome": concern.outcome,
        "sent_at": _moment(concern.sent_at),
        "how": concern.how,
        "phone": concern.opened("phone"),
        "words": concern.opened("words"),
        "kept_from": [{"who": who(one.member_id), "why": one.why} for one in kept],
        "steps": [
            {"at": _moment(one.at), "who": who(one.by_id), "what": one.what, "words": one.words} for one in steps
        ],
        "calls": [
            {
                "at": _moment(one.made_at),
                "who": who(one.member_id) or one.who.split(":")[0],
                "channel": one.channel,
                "sent_at": _moment(one.sent_at),
                "answer": one.answer,
            }
            for one in calls
        ],
        "piece": _piece(concern),
    }


def _piece(concern: Concern) -> dict[str, Any] | None:
    """What she wrote elsewhere, in every version that is kept."""
    piece = session().get(Piece, concern.piece_id) if concern.piece_id is not None else None
    if piece is None:
        return None
    before = session().scalars(
        select(PieceRevision).where(PieceRevision.piece_id == piece.id).order_by(PieceRevision.version)
    )
    return {
        "id": str(piece.id),
        "state": piece.state,
        "version": piece.version,
        "written_at": _moment(piece.written_at),
        "title": piece.title,
        "words": piece.text,
        "earlier": [{"version": one.version, "title": one.title, "words": one.text} for one in before],
    }


def _moment(at: datetime | None) -> str | None:
    return clock.local(at).isoformat(timespec="seconds") if at is not None else None
