"""Reading acts about oneself: what was done, why, by whom, until when, and what came of an objection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select, tuple_

from community.acts import rules, words
from community.acts.models import FREE, NO_NEWS, STANDING, Act, Appeal, ForGood
from community.acts.record import words_of
from community.core import clock, crypto, i18n
from community.core.db import session
from community.core.errors import NotFound
from community.core.i18n import _
from community.core.policy import can
from community.members import house_rules
from community.members import queries as members
from community.members.models import Duty, Sanction
from community.members.people import Viewer
from community.spaces.models import Space
from community.streams import mentions
from community.streams.models import Piece
from community.streams.wordless import words_or_picture

PAGE = 30

Cursor = tuple[datetime, int]


@dataclass(frozen=True)
class ByView:
    """Who decided: a first name and as what; `name` None where nobody is named."""

    name: str | None
    role: str

    @property
    def who(self) -> str:
        """'Jonna, host', 'a host', 'a rule of the house'."""
        return f"{self.name}, {self.role}" if self.name else self.role


@dataclass(frozen=True)
class PieceWords:
    """Her own text that an act is about, as she wrote it."""

    title: str | None
    text: str
    lang: str


@dataclass(frozen=True)
class AppealView:
    """What the member wrote against an act, and what came of it."""

    words: str
    at: datetime
    due: str
    answered: bool
    right: bool
    by: ByView | None
    answer: str | None


@dataclass(frozen=True)
class ActView:
    """One act as the member reads it. `state`: now, over, lifted, undone, or done (it had no length)."""

    id: int
    kind: str
    title: str
    at: datetime
    by: ByView
    reason: str | None
    house_rule: str | None
    words: str | None
    until: datetime | None
    state: str
    over_at: datetime | None
    new: bool
    piece: PieceWords | None
    waits_for_second: bool
    limits: bool
    may_object: bool
    object_until: datetime
    appeal: AppealView | None

    @property
    def why(self) -> list[str]:
        return [said for said in (self.reason, self.words) if said]


def own_for(viewer: Viewer, before: Cursor | None = None, limit: int = PAGE) -> list[ActView]:
    """What staff did about the viewer, the newest first; not that something of hers was let through."""
    statement = select(Act).where(Act.member_id == viewer.id, Act.kind.not_in(NO_NEWS))
    if before is not None:
        statement = statement.where(tuple_(Act.at, Act.id) < tuple_(*before))
    rows = session().scalars(statement.order_by(Act.at.desc(), Act.id.desc()).limit(limit))
    return views(viewer, list(rows))


def act_for(viewer: Viewer, act_id: int) -> Act:
    """One act about the viewer. Raises NotFound."""
    act = session().get(Act, act_id, populate_existing=True)
    if act is None or act.member_id != viewer.id or act.kind in NO_NEWS:
        raise NotFound
    return act


def view_for(viewer: Viewer, act_id: int) -> ActView:
    """The same as she reads it. Raises NotFound."""
    return views(viewer, [act_for(viewer, act_id)])[0]


def limit_for(viewer: Viewer | None, space_id: int | None = None) -> ActView | None:
    """Why the viewer is closed out or may not write (there) just now, where staff decided it here; asked only about
    somebody who is limited."""
    if viewer is None:
        return None
    kinds: ColumnElement[bool]
    if viewer.standing.state in STANDING:
        kinds = Sanction.kind == viewer.standing.state
    elif space_id is not None and space_id in viewer.standing.cooled_spaces:
        kinds = (Sanction.kind == "cooled_off") & (Sanction.space_id == space_id)
    else:
        return None
    last = holding().where(Act.member_id == viewer.id, kinds).order_by(None)
    last = last.order_by(Sanction.ends_at.is_not(None), Sanction.ends_at.desc(), Act.at.desc()).limit(1)
    act = session().scalar(last)
    return views(viewer, [act])[0] if act is not None else None


def holding() -> Select[Any]:
    """Acts whose limit holds now, in their order; part of a query about them."""
    now = clock.now()
    return (
        select(Act)
        .join(Sanction, Sanction.id == Act.sanction_id)
        .outerjoin(ForGood, ForGood.act_id == Act.id)
        .where(
            Act.kind.in_(STANDING),
            Act.undone_at.is_(None),
            Sanction.starts_at <= now,
            or_(Sanction.ends_at.is_(None), Sanction.ends_at > now),
        )
        .order_by(Act.at, Act.id)
    )


def by_of(viewer: Viewer, acts: Iterable[Act], unnamed: Iterable[int] = ()) -> dict[int, ByView]:
    """Who decided each of these, as the viewer is told: a first name and as what. Nobody is named whom she is kept
    apart from, and nobody about what was written without a name (`unnamed`: those pieces)."""
    rows, nameless = list(acts), set(unnamed)
    ids = {act.by_id for act in rows if act.by_id is not None}
    people = members.authors(ids)
    duties = session().execute(select(Duty).where(Duty.member_id.in_(ids))).scalars().all() if ids else []
    found = {}
    for act in rows:
        if act.by_id is None:
            found[act.id] = ByView(None, _("a rule of the house"))
        elif act.piece_id in nameless or act.by_id in viewer.excluded_ids:
            found[act.id] = ByView(None, _("a host"))
        else:
            found[act.id] = ByView(people[act.by_id].first_name, _role(act.by_id, act.at, duties))
    return found


def _role(member_id: int, at: datetime, duties: Iterable[Duty]) -> str:
    """As what somebody decided: the strongest duty she had that day."""
    day = clock.local(at).date()
    had = {
        duty.kind
        for duty in duties
        if duty.member_id == member_id and duty.from_on <= day and (duty.to_on is None or duty.to_on > day)
    }
    return next((str(said) for duty, said in words.ROLES.items() if duty in had), _("works here"))


def views(viewer: Viewer, acts: Sequence[Act]) -> list[ActView]:
    """Acts as whom they concern reads them. At most eight queries, however many there are."""
    if not acts:
        return []
    s, ids = session(), [act.id for act in acts]
    limit_ids = {act.sanction_id for act in acts if act.sanction_id is not None}
    limits = {row.id: row for row in s.scalars(select(Sanction).where(Sanction.id.in_(limit_ids)))}
    lifts = {
        act.sanction_id: act
        for act in s.scalars(select(Act).where(Act.sanction_id.in_(limit_ids), Act.kind == "lifted"))
    }
    appeals = {row.act_id: row for row in s.scalars(select(Appeal).where(Appeal.act_id.in_(ids)))}
    asked = {row.act_id: row for row in s.scalars(select(ForGood).where(ForGood.act_id.in_(ids)))}
    pieces = {row.id: row for row in s.scalars(select(Piece).where(Piece.id.in_({act.piece_id for act in acts})))}
    places = {row.id: row for row in s.scalars(select(Space).where(Space.id.in_({act.space_id for act in acts})))}
    by = by_of(viewer, acts, {piece.id for piece in pieces.values() if piece.unnamed})
    answers = _answers([row for row in appeals.values() if row.decided_by is not None])
    names = mentions.names_in((piece.text for piece in pieces.values()), viewer.excluded_ids)
    sentences = house_rules.sentences(i18n.language())
    return [
        _view(
            viewer,
            act,
            by[act.id],
            limits.get(act.sanction_id or 0),
            lifts.get(act.sanction_id or 0),
            asked.get(act.id),
            _words_of_hers(act, pieces.get(act.piece_id or 0), names),
            places.get(act.space_id or 0),
            _appeal(appeals.get(act.id), answers),
            sentences,
        )
        for act in acts
    ]


def _view(
    viewer: Viewer,
    act: Act,
    by: ByView,
    limit: Sanction | None,
    lift: Act | None,
    asked: ForGood | None,
    piece: PieceWords | None,
    place: Space | None,
    appeal: AppealView | None,
    sentences: Sequence[str],
) -> ActView:
    until = limit.ends_at if limit is not None else act.until
    state, over_at = _state(act, limit, lift)
    return ActView(
        id=act.id,
        kind=act.kind,
        title=words.title(act, place.name(i18n.language()) if place is not None else None),
        at=act.at,
        by=by,
        reason=words.reason(act),
        house_rule=words.house_rule(act, sentences),
        words=words_of(act),
        until=until,
        state=state,
        over_at=over_at,
        new=act.seen_at is None,
        piece=piece,
        waits_for_second=asked is not None and asked.confirmed_by is None and state == "now",
        limits=act.kind not in FREE,
        may_object=appeal is None and can(viewer, rules.OBJECT, act),
        object_until=rules.last_moment(act),
        appeal=appeal,
    )


def _words_of_hers(act: Act, piece: Piece | None, names: mentions.Names) -> PieceWords | None:
    if piece is None or piece.author_id != act.member_id or not (piece.text or piece.pictures):
        return None
    return PieceWords(piece.title, words_or_picture(names.in_text(piece.text), piece.pictures), piece.lang)


def _state(act: Act, limit: Sanction | None, lift: Act | None) -> tuple[str, datetime | None]:
    """How an act stands, and since when it is over."""
    if act.undone_at is not None:
        return "undone", act.undone_at
    if limit is None or act.kind not in STANDING:
        return "done", None
    if limit.ends_at is None or limit.ends_at > clock.now():
        return "now", None
    return ("lifted", lift.at) if lift is not None else ("over", limit.ends_at)


def _answers(rows: Iterable[Appeal]) -> dict[int, ByView]:
    """Who answered which appeal, by its id. An answer is the house's, so the one who gave it is named as a host is."""
    found = list(rows)
    people = members.authors({row.decided_by for row in found if row.decided_by is not None})
    return {row.id: ByView(people[row.decided_by].first_name, "") for row in found if row.decided_by in people}


def _appeal(row: Appeal | None, answers: dict[int, ByView]) -> AppealView | None:
    if row is None:
        return None
    return AppealView(
        words=crypto.unseal(row.words_sealed, f"appeal:{row.id}:words"),
        at=row.at,
        due=i18n.weekday(row.due_at),
        answered=row.decided_at is not None,
        right=bool(row.right),
        by=answers.get(row.id),
        answer=crypto.unseal(row.answer_sealed, f"appeal:{row.id}:answer") if row.answer_sealed else None,
    )
