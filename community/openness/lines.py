"""Lines of the audit chain as people read them: who did what to whom, why, on duty or not, and when.

A line shows no number, because a hole between two numbers would tell of one that is kept from the reader. What is kept:
lines of a matter she must not learn of, of another house, and whatever is no act of staff. They are left out before
anything is counted, paged or exported.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from community.acts.models import Act
from community.core import clock, i18n
from community.core.audit import AuditLine
from community.core.db import session
from community.core.i18n import _
from community.members import queries as members
from community.members.models import MembershipPeriod
from community.members.people import Viewer
from community.members.rules import is_lead
from community.openness import words
from community.rota import queries as rota
from community.safety.models import Case, CaseKeptFrom
from community.spaces.models import Space
from community.streams.models import Piece, Stream

MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class LineView:
    """One line. `whom` None: about nobody; `reason` None: it needed none; `on_duty` None: no person did it."""

    at: datetime
    who: str
    group: str
    done: str
    whom: str | None
    where: str | None
    reason: str | None
    on_duty: bool | None
    about_it: bool = False  # `where` is what was changed, not where something was


@dataclass(frozen=True)
class Kept:
    """Matters the viewer must not learn of: their numbers, and since when what they are about is kept from her."""

    cases: frozenset[int]
    targets: dict[str, datetime]
    acts: frozenset[int] = frozenset()  # what was decided in them

    def keeps(self, line: AuditLine) -> bool:
        """Whether a line belongs to one of them."""
        since = self.targets.get(line.subject)
        if since is not None and line.at >= since:
            return True
        about = line.subject.partition(":")[2] if line.subject.startswith(("case:", "review_case:")) else ""
        if line.facts.get("case") in self.cases or line.facts.get("act_id") in self.acts:
            return True
        return about.isdigit() and int(about) in self.cases


def kept_from(viewer: Viewer) -> Kept:
    """What is kept from the viewer: matters in whose list of those it is kept from she stands, and those of the safety
    leads unless she is one. Who looked behind a missing name is no secret among those who answer. Two queries."""
    hers = select(CaseKeptFrom.case_id).where(CaseKeptFrom.member_id == viewer.id)
    theirs: ColumnElement[bool] = Case.id.in_(hers)
    if not is_lead(viewer):
        theirs = or_(theirs, (Case.lane == "leads") & Case.target.not_like("unmask:%"))
    rows = session().execute(select(Case.id, Case.target, Case.since).where(theirs)).all()
    targets: dict[str, datetime] = {}
    for _id, target, since in rows:
        targets[target] = min(since, targets.get(target, since))
    decided = session().scalars(select(Act.id).join(Case, Case.id == Act.case_id).where(theirs))
    return Kept(frozenset(row.id for row in rows), targets, frozenset(decided))


class Reader:
    """Turns a batch of lines into words for one viewer. A fixed number of queries for a batch."""

    def __init__(self, viewer: Viewer, lines: Sequence[AuditLine]) -> None:
        self.viewer, self.lines = viewer, lines
        self.everywhere = is_lead(viewer)

    def shown(self) -> list[tuple[AuditLine, LineView]]:
        """The lines the viewer may read, in their order, each with its words."""
        return [(line, self._view(line)) for line in self.lines if self.everywhere or self._of_her_house(line)]

    def _view(self, line: AuditLine) -> LineView:
        group, done = words.DONE[line.act]
        return LineView(
            at=line.at,
            who=self._who(line),
            group=group,
            done=str(done),
            whom=self._whom(line),
            where=self._where(line),
            reason=str(words.REASONS.get(line.reason, line.reason)) if line.reason else None,
            on_duty=self._on_duty(line),
            about_it=line.subject.startswith("space:"),
        )

    def _who(self, line: AuditLine) -> str:
        if line.actor_id is None:
            return _("A rule of the house") if line.act.startswith("act.") else _("The server's command line")
        person = self._people.get(line.actor_id)
        return person.name if person is not None else _("Somebody")

    def _whom(self, line: AuditLine) -> str | None:
        piece = self._pieces.get(_id(line, "piece"))
        if piece is not None and piece.unnamed:
            return _("without a name")
        person = self._people.get(self._about(line))
        return person.name if person is not None else None

    def _about(self, line: AuditLine) -> int:
        """Whom a line is about, 0 for nobody and for whoever wrote without a name."""
        piece = self._pieces.get(_id(line, "piece"))
        if piece is not None:
            return 0 if piece.unnamed else int(piece.author_id)
        member_id = line.facts.get("member")
        return _id(line, "member") or (member_id if isinstance(member_id, int) else 0)

    def _where(self, line: AuditLine) -> str | None:
        space = self._spaces.get(self._space_id(line))
        return space.name(i18n.language()) if space is not None else None

    def _on_duty(self, line: AuditLine) -> bool | None:
        if line.actor_id is None:
            return None
        hers = (one for one in self._shifts if one.member_id == line.actor_id and one.counts)
        return any(one.holds(line.at) for one in hers)

    def _of_her_house(self, line: AuditLine) -> bool:
        """What belongs to all houses, to the viewer's own, or is nobody's house at all."""
        house_id = self._house_id(line)
        return house_id is None or house_id == self.viewer.house_id

    def _house_id(self, line: AuditLine) -> int | None:
        stream = self._streams.get(self._stream_id(line))
        if stream is not None and stream.house_id is not None:
            return int(stream.house_id)
        space = self._spaces.get(self._space_id(line))
        if space is not None:
            return space.house_id
        house_id = line.facts.get("house")
        return house_id if isinstance(house_id, int) else self._houses.get(self._about(line))

    def _stream_id(self, line: AuditLine) -> int:
        piece = self._pieces.get(_id(line, "piece"))
        return int(piece.stream_id) if piece is not None else _id(line, "stream")

    def _space_id(self, line: AuditLine) -> int:
        stream = self._streams.get(self._stream_id(line))
        return int(stream.space_id) if stream is not None else _id(line, "space")

    @cached_property
    def _pieces(self) -> dict[int, Any]:
        wanted = select(Piece.id, Piece.author_id, Piece.unnamed, Piece.stream_id)
        return _by_id(session().execute(wanted.where(Piece.id.in_({_id(line, "piece") for line in self.lines}))))

    @cached_property
    def _streams(self) -> dict[int, Any]:
        ids = {piece.stream_id for piece in self._pieces.values()} | {_id(line, "stream") for line in self.lines}
        return _by_id(session().execute(select(Stream.id, Stream.space_id, Stream.house_id).where(Stream.id.in_(ids))))

    @cached_property
    def _spaces(self) -> dict[int, Space]:
        ids = {stream.space_id for stream in self._streams.values()} | {_id(line, "space") for line in self.lines}
        return _by_id(session().scalars(select(Space).where(Space.id.in_(ids))))

    @cached_property
    def _people(self) -> dict[int, Any]:
        actors = {line.actor_id for line in self.lines if line.actor_id is not None}
        return members.authors(actors | {self._about(line) for line in self.lines} - {0})

    @cached_property
    def _houses(self) -> dict[int, int]:
        """The house of whoever lives or works at one today; whoever has moved out belongs to all."""
        about = {self._about(line) for line in self.lines}
        here = MembershipPeriod.holds_on(clock.today()) & MembershipPeriod.kind.in_(("resident", "staff"))
        rows = session().execute(
            select(MembershipPeriod.member_id, MembershipPeriod.house_id)
            .where(MembershipPeriod.member_id.in_(about), here)
            .order_by(MembershipPeriod.from_on)
        )
        return dict(rows.all())

    @cached_property
    def _shifts(self) -> list[Any]:
        if not self.lines:
            return []
        moments = [line.at for line in self.lines]
        return rota.shifts_between(min(moments), max(moments) + MOMENT)


def _id(line: AuditLine, kind: str) -> int:
    """The number in a subject of this kind, 0 in another."""
    name, _colon, number = line.subject.partition(":")
    return int(number) if name == kind and number.isdigit() else 0


def _by_id(rows: Iterable[Any]) -> dict[int, Any]:
    return {row.id: row for row in rows}
