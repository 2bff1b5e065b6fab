"""Handing over a shift: one sheet made from what is open in every room, signed by who goes, accepted by who comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from sqlalchemy import func, select

from community.acts.rules import decides
from community.concerns import queries as concerns
from community.core import answers, web
from community.core.db import session
from community.core.errors import Conflict
from community.core.i18n import lazy as _l
from community.core.policy import can, require
from community.forum import rules as forum_rules
from community.forum import unanswered
from community.home.unanswered import waits_after
from community.members import queries as members
from community.members.models import Profile
from community.members.people import Viewer
from community.moderation.waiting import count_for
from community.recovery import rules as recovery_rules
from community.recovery import waiting
from community.rota import handing, queries, rules
from community.rota.forms import SignForm
from community.rota.handing import NOTHING
from community.rota.rules import AROUND
from community.spaces import queries as spaces
from community.streams import queries as streams
from community.streams.apart import apart_from
from community.streams.models import Piece, Stream

pages = Blueprint("handover", __name__)

WORDS: dict[str, Any] = {
    "concerns": _l("people who wait for somebody, or whom somebody has"),
    "unanswered": _l("posts that ask for support and have no reply"),
    "review": _l("things to review"),
    "held": _l("texts that wait for a host"),
    "profiles": _l("words about oneself that wait for a host"),
    "requests": _l("people who can't get in and wait for us"),
    "gaps": _l("gaps in cover within a week"),
}
WHERE = {
    "concerns": "concern_desk.mine",
    "unanswered": "hosts.unanswered",
    "review": "review.queue",
    "requests": "recovery.requests",
    "gaps": "rota.week",
}


@dataclass(frozen=True)
class Line:
    """One thing on the sheet: how many, of what, and where one looks at it."""

    figure: int
    words: str
    url: str | None


@pages.get("/handover")
def sheet() -> Any:
    """What is open at my house now, and the last sheet that was signed."""
    viewer = web.viewer()
    require(viewer, rules.SEE)
    return render_template("handover.html", signed="signed" in request.args, **_page(viewer))


@pages.post("/handover")
def sign() -> Any:
    """Sign what stands there."""
    viewer = web.viewer()
    form = SignForm()

    def work() -> Any:
        figures = open_for(viewer)
        if form.seen.data != _as_seen(figures):
            raise Conflict(_l("Something changed while you read. Look at the sheet once more, then sign."))
        handing.sign(viewer, viewer.house_id, figures)
        return answers.go(url_for("handover.sheet", signed=1))

    require(viewer, rules.SEE)
    return answers.form_answer(form, work, "handover.html", "handover.html", **_page(viewer))


@pages.post("/handover/<int:handover_id>/accept")
def accept(handover_id: int) -> Any:
    """Take over."""
    handing.accept(web.viewer(), handover_id)
    return answers.go(url_for("handover.sheet"))


def open_for(viewer: Viewer) -> dict[str, int]:
    """What is open at the viewer's house, as far as she may know it: numbers alone. Nobody she is kept apart from is
    counted. Raises NotAllowed."""
    require(viewer, rules.SEE)
    found = {
        "concerns": len(concerns.open_for(viewer)),
        "held": _held(viewer),
        "profiles": _profiles(viewer),
        "gaps": len(queries.gaps_for(viewer, viewer.house_id)),
    }
    if can(viewer, forum_rules.SEE_UNANSWERED):
        found["unanswered"] = unanswered.count_waiting(viewer, waits_after())
    if can(viewer, recovery_rules.SEE_REQUESTS):
        found["requests"] = waiting.waiting_for(viewer)
    if decides(viewer):
        found["review"] = count_for(viewer)
    return {name: found[name] for name in WORDS if name in found}


def _held(viewer: Viewer) -> int:
    """Texts that wait in the channels the viewer reads."""
    statement = (
        select(func.count())
        .select_from(Piece)
        .join(Stream, Stream.id == Piece.stream_id)
        .where(
            Piece.state == "held",
            streams.readable_in(viewer, spaces.readable(viewer)),
            apart_from(viewer).leaves(Piece),
        )
    )
    return session().scalar(statement) or 0


def _profiles(viewer: Viewer) -> int:
    """What members of the viewer's house wrote about themselves and nobody has read yet."""
    here = [person.id for person in members.everybody(viewer) if person.house_id == viewer.house_id]
    waits = select(func.count()).select_from(Profile).where(Profile.waiting != "", Profile.member_id.in_(here))
    return session().scalar(waits) or 0


def _page(viewer: Viewer) -> dict[str, Any]:
    figures, last = open_for(viewer), queries.handover_for(viewer, viewer.house_id)
    comes = queries.on_duty(viewer, viewer.house_id, before=AROUND, after=NOTHING)
    goes = queries.on_duty(viewer, viewer.house_id, before=NOTHING, after=AROUND)
    return {
        "house": members.house_name(viewer, viewer.house_id),
        "lines": _lines(figures),
        "seen": _as_seen(figures),
        "gaps": queries.gaps_for(viewer, viewer.house_id),
        "last": last,
        "last_lines": _lines(last.figures) if last else [],
        "may_sign": can(viewer, rules.SIGN, goes),
        "may_accept": last is not None and last.accepter is None and can(viewer, rules.ACCEPT, (last, comes)),
        "waits": last is not None and last.accepter is None,
    }


def _lines(figures: dict[str, int]) -> list[Line]:
    return [
        Line(figures[name], str(WORDS[name]), url_for(WHERE[name]) if name in WHERE else None)
        for name in WORDS
        if name in figures
    ]


def _as_seen(figures: dict[str, int]) -> str:
    return "-".join(f"{name}:{number}" for name, number in figures.items())
