"""What staff see of an objection before they answer it. Whoever had a part in the decision does not answer."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from community.acts import rules, words
from community.acts.models import STANDING, Act, Appeal
from community.acts.queries import PieceWords, by_of
from community.acts.record import words_of
from community.core import clock, crypto, i18n
from community.core.db import session
from community.core.errors import NotFound
from community.core.i18n import _
from community.core.policy import require
from community.members import house_rules, named
from community.members import queries as members
from community.members.models import Duty
from community.members.people import Viewer
from community.safety.models import Case
from community.spaces.models import Space
from community.streams import mentions
from community.streams.gating import house_of_place
from community.streams.models import Piece, Stream
from community.streams.wordless import words_or_picture


@dataclass(frozen=True)
class About:
    """Where an objection to an act belongs: who may not answer it, in which lane, of which house (None: of all)."""

    deciders: frozenset[int]
    lane: str
    house_id: int | None
    unnamed: bool


@dataclass(frozen=True)
class AppealPage:
    """An objection with what it is about. `name` is who wrote it, or nobody's where the text has no name."""

    row: Appeal
    due: str
    act: Act
    case: Case | None
    name: str
    member_url: bool
    title: str
    by: str
    reason: str | None
    house_rule: str | None
    said: str | None
    objection: str
    piece: PieceWords | None
    answered_by: str | None
    answer: str | None


def about(act: Act) -> About:
    """Where an objection to this act belongs. Inside actions and queries that have asked."""
    s = session()
    same = [act.by_id]
    if act.sanction_id is not None:
        limit = (Act.sanction_id == act.sanction_id) & Act.kind.in_(STANDING)
        same = list(s.scalars(select(Act.by_id).where(limit)))
    deciders = frozenset(id_ for id_ in same if id_ is not None)
    person = named.called_now([act.member_id]).get(act.member_id)
    piece = s.get(Piece, act.piece_id) if act.piece_id is not None else None
    leads = (person is not None and person.is_staff) or bool(deciders & _leads(act))
    return About(deciders, "leads" if leads else "hosts", _house(act, piece), piece is not None and piece.unnamed)


def appeal_for(viewer: Viewer, appeal_id: int, *, lock: bool = False) -> AppealPage:
    """One objection for whoever may answer it. Raises NotAllowed (her own, her own decision) and NotFound."""
    require(viewer, rules.DECIDE)
    s = session()
    row = s.get(Appeal, appeal_id, populate_existing=True, with_for_update={"key_share": True} if lock else None)
    if row is None:
        raise NotFound
    act = s.get_one(Act, row.act_id, populate_existing=True)
    belongs = about(act)
    objection = rules.Objection(row.member_id, belongs.deciders, belongs.lane, belongs.house_id)
    person = named.called_now([row.member_id]).get(row.member_id)
    if not rules.handles(viewer, objection) or row.member_id in viewer.excluded_ids:
        raise NotFound
    require(viewer, rules.DECIDE, objection)
    piece = s.get(Piece, act.piece_id, populate_existing=True) if act.piece_id is not None else None
    place = s.get(Space, act.space_id) if act.space_id is not None else None
    case = s.scalar(select(Case).where(Case.target == f"appeal:{row.id}").order_by(Case.since.desc()).limit(1))
    answered = members.authors([row.decided_by]) if row.decided_by is not None else {}
    nameless = belongs.unnamed or person is None
    return AppealPage(
        row=row,
        due=i18n.weekday(row.due_at),
        act=act,
        case=case,
        name=_("Someone in the group") if nameless or person is None else person.name,
        member_url=not nameless,
        title=words.title(act, place.name(i18n.language()) if place is not None else None),
        by=by_of(viewer, [act])[act.id].who,
        reason=words.reason(act),
        house_rule=words.house_rule(act, house_rules.sentences(i18n.language())),
        said=words_of(act),
        objection=crypto.unseal(row.words_sealed, f"appeal:{row.id}:words"),
        piece=_shown(viewer, piece),
        answered_by=answered[row.decided_by].first_name if row.decided_by in answered else None,
        answer=crypto.unseal(row.answer_sealed, f"appeal:{row.id}:answer") if row.answer_sealed else None,
    )


def _shown(viewer: Viewer, piece: Piece | None) -> PieceWords | None:
    if piece is None or not (piece.text or piece.pictures):
        return None
    names = mentions.names_in([piece.text], viewer.excluded_ids)
    return PieceWords(piece.title, words_or_picture(names.in_text(piece.text), piece.pictures), piece.lang)


def _house(act: Act, piece: Piece | None) -> int | None:
    """The house whose staff answer: that of the channel or of those it was said to, else where the member lives."""
    s = session()
    stream = s.get(Stream, piece.stream_id) if piece is not None else None
    space_id = stream.space_id if stream is not None else act.space_id
    if space_id is not None:
        space = s.get(Space, space_id)
        said_to = stream.house_id if stream is not None else None
        return house_of_place(space, said_to) if space is not None else said_to
    person = named.called_now([act.member_id]).get(act.member_id)
    return person.house_id if person is not None and person.kind == "resident" else None


def _leads(act: Act) -> set[int]:
    """Safety leads on the day of an act."""
    had = (Duty.kind == rules.LEAD) & Duty.holds_on(clock.local(act.at).date())
    return set(session().scalars(select(Duty.member_id).where(had)))
