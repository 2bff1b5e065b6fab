"""Finding out who wrote without a name, and everything that keeps it rare: a reason, a second person, the author told.

One person does it alone and at once where a life or somebody's health may be at risk; a second one judges that
afterwards. Otherwise one asks and another agrees, one of them a safety lead. The name is shown to those who asked, each
time it is wanted, and each time is written down and told to its owner. Queue, history, notes and lists do not have it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError

from community.acts import record as acts
from community.acts.rules import decides
from community.concerns import queries as concerns
from community.core import audit, clock, crypto, text
from community.core.db import new_id, session, transaction
from community.core.errors import Conflict, Invalid, NotAllowed, NotFound
from community.core.i18n import lazy as _l
from community.core.policy import can, require
from community.members import queries as members
from community.members import readings
from community.members.people import AuthorView, Viewer
from community.members.rules import is_lead
from community.moderation import unmask_rules as rules
from community.moderation.unmask_models import Unmasking
from community.moderation.unmask_rules import About
from community.safety.cases import close_case, open_case, open_case_of
from community.safety.models import HARM, LOOK, Case
from community.spaces import rules as space_rules
from community.spaces.models import Space
from community.streams.models import Piece, Stream

LONGEST_WHY = 500
LANE = "leads"
MOST = 50  # on the page of what waits


@dataclass(frozen=True)
class AskingView:
    """One asking, as those who have to do with it read it. It holds no name of whoever wrote."""

    id: int
    piece_id: int
    asker: str
    at: datetime
    alone: bool
    state: str
    why: str
    second: str | None
    right: bool | None
    answer: str
    may_answer: bool
    may_judge: bool
    may_see: bool


@dataclass(frozen=True)
class WhoView:
    """The page of one piece: its first words, what was asked about it, and what the viewer may do."""

    piece_id: int
    words: str
    askings: list[AskingView]
    may_ask: bool
    may_alone: bool


def who_for(viewer: Viewer, piece_id: int) -> WhoView:
    """What was asked about a piece without a name. Raises NotFound, NotAllowed for staff who have no part in this."""
    piece = _piece_for(viewer, piece_id)
    rows = session().scalars(
        select(Unmasking).where(Unmasking.piece_id == piece.id).order_by(Unmasking.asked_at.desc(), Unmasking.id)
    )
    found = list(rows)
    about = _about(viewer, piece)
    live = any(row.asked_by == viewer.id and row.state != "refused" for row in found)
    return WhoView(
        piece_id=piece.id,
        words=text.excerpt(piece.html),
        askings=_views(viewer, [(row, piece) for row in found]),
        may_ask=not live and can(viewer, rules.ASK, about),
        may_alone=not live and can(viewer, rules.ALONE, about),
    )


def waiting_for(viewer: Viewer) -> list[AskingView]:
    """What waits for the viewer's answer or judgement, and what she asked herself, the newest first. Raises
    NotAllowed."""
    require(viewer, rules.LIST)
    rows = session().execute(
        select(Unmasking, Piece)
        .join(Piece, Piece.id == Unmasking.piece_id)
        .where(
            or_(
                Unmasking.state == "asked",
                Unmasking.alone & Unmasking.right.is_(None),
                Unmasking.asked_by == viewer.id,
            )
        )
        .order_by(Unmasking.asked_at.desc(), Unmasking.id)
        .limit(MOST)
    )
    views = _views(viewer, [(row, piece) for row, piece in rows])
    return [one for one in views if one.may_answer or one.may_judge or one.may_see]


def piece_of(viewer: Viewer, asking_id: int) -> int:
    """The piece an asking is about. Raises NotFound, NotAllowed."""
    return _asking_for(viewer, asking_id)[1].id


def ask(actor: Viewer, piece_id: int, why: str, *, alone: bool) -> Unmasking:
    """Ask who wrote a piece without a name: a second person, or (`alone`) nobody, because it can't wait. Then the
    author is told at once and a second person judges it later.

    Raises NotFound, NotAllowed, Invalid by field without a reason, Conflict where the actor has asked already.
    """
    piece = _piece_for(actor, piece_id)
    require(actor, rules.ALONE if alone else rules.ASK, _about(actor, piece))
    why = _checked(why)
    row = Unmasking(id=new_id(), piece_id=piece.id, asked_by=actor.id, asked_at=clock.now(), alone=alone)
    row.state, row.why_sealed = "open" if alone else "asked", crypto.seal(why, f"unmasking:{row.id}:why")
    try:
        with transaction() as s:
            s.add(row)
            s.flush()
            case = open_case(
                f"unmask:{row.id}", "unmasked", harm=LOOK, by_id=actor.id, piece_id=piece.id, lane=LANE, alone=alone
            )
            if alone:
                _tell(actor, piece, case, "life", why)
            else:
                audit.append(actor.id, "unmask.asked", f"piece:{piece.id}", reason="own words", case=case.id)
    except IntegrityError as error:
        raise Conflict(_l("You have asked this already.")) from error
    return row


def agree(actor: Viewer, asking_id: int) -> Unmasking:
    """The second person says yes: both may see the name, and the author is told. Raises NotFound, NotAllowed (also
    where somebody was faster)."""
    with transaction():
        row, piece = _asking_for(actor, asking_id)
        require(actor, rules.SECOND, _about(actor, piece, row))
        row.state, row.second_by, row.second_at = "open", actor.id, clock.now()
        case = _close(row, actor, "agreed")
        _tell(actor, piece, case, "two", crypto.unseal(row.why_sealed, f"unmasking:{row.id}:why"))
        return row


def refuse(actor: Viewer, asking_id: int, why: str) -> Unmasking:
    """The second person says no, and why. Raises NotFound, NotAllowed, Invalid by field."""
    with transaction():
        row, piece = _asking_for(actor, asking_id)
        require(actor, rules.SECOND, _about(actor, piece, row))
        row.state = "refused"
        _answer(row, actor, why, "answer_why")
        case = _close(row, actor, "refused")
        audit.append(actor.id, "unmask.refused", f"piece:{piece.id}", reason="own words", case=_id_of(case))
        return row


def judge(actor: Viewer, asking_id: int, why: str, *, right: bool) -> Unmasking:
    """A second person says whether it was right to do it alone. Where it was not, the name is shown no more. Raises
    NotFound, NotAllowed, Invalid by field."""
    with transaction():
        row, piece = _asking_for(actor, asking_id)
        require(actor, rules.JUDGE, _about(actor, piece, row))
        row.right = right
        _answer(row, actor, why, "judged_why")
        case = _close(row, actor, "right" if right else "wrong")
        subject = f"piece:{piece.id}"
        audit.append(actor.id, "unmask.judged", subject, reason="own words", right=right, case=_id_of(case))
        return row


def see(actor: Viewer, asking_id: int) -> AuthorView:
    """Who wrote it, for one of those who asked; every look is written down and told to her. Raises NotFound,
    NotAllowed."""
    row, piece = _asking_for(actor, asking_id)
    require(actor, rules.SEE_NAME, _about(actor, piece, row))
    return readings.opened(
        actor,
        "who",
        f"piece:{piece.id}",
        piece.author_id,
        lambda: members.authors([piece.author_id])[piece.author_id],
        reason="worry",
    )


def _piece_for(viewer: Viewer, piece_id: int) -> Piece:
    """A piece without a name that the viewer reads the channel of; safety leads those of every house. Raises NotFound:
    for everybody else, and for what has a name."""
    found = (
        session()
        .execute(
            select(Piece, Stream, Space)
            .join(Stream, Stream.id == Piece.stream_id)
            .join(Space, Space.id == Stream.space_id)
            .where(Piece.id == piece_id, Piece.unnamed)
            .execution_options(populate_existing=True)
        )
        .one_or_none()
    )
    if found is None or not viewer.is_staff:
        raise NotFound
    piece, stream, space = found
    if not is_lead(viewer) and not space_rules.reads(viewer, space, stream.house_id):
        raise NotFound
    about = _about(viewer, piece)
    if not decides(viewer) and not about.holds:
        require(viewer, rules.ASK, about)
    return piece


def _asking_for(viewer: Viewer, asking_id: int) -> tuple[Unmasking, Piece]:
    """An asking, kept from others until the transaction ends, and its piece. Raises NotFound also for staff who have no
    part in it."""
    found = session().scalar(
        select(Unmasking).where(Unmasking.id == asking_id).with_for_update().execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    try:
        return found, _piece_for(viewer, found.piece_id)
    except NotAllowed as error:
        raise NotFound from error


def _about(viewer: Viewer, piece: Piece, row: Unmasking | None = None) -> About:
    urgent = select(Case.id).where(
        Case.piece_id == piece.id, Case.state == "open", Case.claimed_by == viewer.id, Case.harm >= HARM
    )
    holds = viewer.is_staff and (session().scalar(urgent.limit(1)) is not None or concerns.holds(viewer, piece.id))
    return About(piece.author_id == viewer.id, holds, row, row is not None and _leads(row.asked_by))


def _leads(member_id: int) -> bool:
    viewer = members.viewer_now(member_id)
    return viewer is not None and is_lead(viewer)


def _views(viewer: Viewer, found: list[tuple[Unmasking, Piece]]) -> list[AskingView]:
    people = members.authors({id_ for row, _p in found for id_ in (row.asked_by, row.second_by) if id_ is not None})
    made = []
    for row, piece in found:
        about = _about(viewer, piece, row)
        second = people.get(row.second_by) if row.second_by is not None else None
        made.append(
            AskingView(
                id=row.id,
                piece_id=piece.id,
                asker=people[row.asked_by].name,
                at=row.asked_at,
                alone=row.alone,
                state=row.state,
                why=crypto.unseal(row.why_sealed, f"unmasking:{row.id}:why"),
                second=second.name if second else None,
                right=row.right,
                answer=crypto.unseal(row.answer_sealed, f"unmasking:{row.id}:answer") if row.answer_sealed else "",
                may_answer=can(viewer, rules.SECOND, about),
                may_judge=can(viewer, rules.JUDGE, about),
                may_see=can(viewer, rules.SEE_NAME, about),
            )
        )
    return made


def _tell(actor: Viewer, piece: Piece, case: Case | None, reason: str, why: str) -> None:
    """The author is told by construction: the act is the news."""
    acts.record(actor, "unmasked", piece.author_id, reason=reason, words=why, piece_id=piece.id, case_id=_id_of(case))


def _answer(row: Unmasking, actor: Viewer, why: str, field: str) -> None:
    row.second_by, row.second_at = actor.id, clock.now()
    row.answer_sealed = crypto.seal(_checked(why, field), f"unmasking:{row.id}:answer")


def _close(row: Unmasking, actor: Viewer, outcome: str) -> Case | None:
    """What waited is decided."""
    session().flush()
    case = open_case_of(f"unmask:{row.id}", LANE)
    if case is not None:
        close_case(case, actor.id, outcome)
    return case


def _id_of(case: Case | None) -> int | None:
    return case.id if case is not None else None


def _checked(why: str, field: str = "why") -> str:
    if not text.says_something(why):
        raise Invalid(_l("Write something here first."), field=field)
    if len(why) > LONGEST_WHY:
        raise Invalid(_l("That is too long. At most %(max)s characters fit here.", max=LONGEST_WHY), field=field)
    return why.strip()
