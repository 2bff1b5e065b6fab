"""Telling staff, and what follows at once. Nothing here refuses anybody for telling too often, too much or too late."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select, update

from community.acts.cases import place_of
from community.core import audit, clock, crypto
from community.core.announcements import announce
from community.core.db import add_once, new_id, session, transaction
from community.core.errors import Invalid
from community.core.i18n import lazy as _l
from community.core.policy import can, require
from community.members import blocks, named, profile
from community.members import rules as member_rules
from community.members.models import Member, ToldPiece
from community.members.people import ADULT, Named, Viewer
from community.members.queries import authors
from community.reports import at_once, independent, passing, queries, rules, sealing
from community.reports.models import Report
from community.rota import queries as rota
from community.rota.cover import OnShift
from community.safety.cases import note_step, open_case
from community.safety.models import HARM, LOOK, Case
from community.spaces import rules as space_rules
from community.spaces.models import Space
from community.streams import by_name
from community.streams.gating import house_of_place
from community.streams.models import Piece, Stream

LONGEST_WORDS = 4000
MOST_AN_HOUR = 30  # above it one member's are taken together for those who decide
SAME = timedelta(minutes=10)  # without a thing, the same words within it are the same
KEPT, RECEIPTS_KEPT = timedelta(days=90), timedelta(days=400)  # after the case was closed
NOT_SAID = 0  # of somebody who works here, and she does not say who
HARMS = {"worried": HARM, "unwanted": HARM, "staff": HARM}


@dataclass(frozen=True)
class Sealed:
    """Words said to her alone that are no piece: what a case about them is named by, who wrote them, what they say, and
    how they are not there for her any more."""

    target: str
    by_id: int
    words: str
    put_away: Callable[[], None]


@dataclass(frozen=True)
class Wish:
    """What a member tells: of a piece, sealed words or a person she found through a query, or of none of them.
    `staff_id`: whom of those who work here it is about, where that is the reason. `asks_support`: the piece opens a
    thread that asks for it."""

    reason: str
    words: str = ""
    piece: Piece | None = None
    person: Named | None = None
    staff_id: int | None = None
    block: bool = False
    asks_support: bool = False
    sealed: Sealed | None = None

    @property
    def about_id(self) -> int | None:
        if self.sealed is not None:
            return self.sealed.by_id
        return self.piece.author_id if self.piece else self.person.id if self.person else None


@dataclass(frozen=True)
class _Matter:
    """What a report is about, for those who decide."""

    target: str
    about: Named | None
    about_id: int | None
    house_id: int | None
    space_id: int | None
    past_staff: bool = False
    kept_from: frozenset[int] = frozenset()
    independent: bool = False


def tell(actor: Viewer, wish: Wish) -> Report:
    """Tell staff. What she told of is not there for her from now on; for others, where the rule says so. The same
    about the same thing for the same reason, while nobody has decided, is the same report: new words join it.

    Raises NotAllowed for herself and what she wrote, Invalid by field.
    """
    about_id = wish.about_id
    require(actor, rules.TELL, about_id)
    if len(wish.words) > LONGEST_WORDS:
        raise Invalid(_l("That is too long. At most %(max)s characters fit here.", max=LONGEST_WORDS), field="words")
    with transaction() as s:
        s.execute(select(Member.id).where(Member.id == actor.id).with_for_update(key_share=True))
        report_id = new_id()
        matter = _matter(actor, wish, about_id, report_id)
        known = _known(actor, wish, matter.target)
        if known is not None:
            _add_words(known, wish.words)
            return known
        by_minor = actor.age_band != ADULT and matter.about is not None and not matter.about.is_minor
        grouped = _is_many(actor) and not matter.past_staff and not by_minor
        case = _case(actor, wish, matter, grouped)
        report = _written(actor, wish, matter, case, report_id, grouped)
        _put_away(actor, wish.piece)
        if wish.sealed is not None:
            wish.sealed.put_away()
        audit.append(None, "told.made", f"case:{case.id}", case=case.id)
        if matter.independent:
            independent.tell(case)
        if not matter.past_staff and not grouped:
            stands = wish.piece is not None and not wish.asks_support and not _by_the_other(wish.piece)
            at_once.follow(at_once.Telling(actor, report, case, wish.piece if stands else None, matter.about, by_minor))
        if wish.block:
            _block(actor, wish)
        return report


def add_words(actor: Viewer, report_id: int, words: str) -> Report:
    """Say more about what one told; when it is decided already, it waits anew. Raises NotFound, Invalid by field."""
    report = queries.report_for(actor, report_id)
    require(actor, rules.KEEP_OWN, report.by_id)
    if len(words) > LONGEST_WORDS:
        raise Invalid(_l("That is too long. At most %(max)s characters fit here.", max=LONGEST_WORDS), field="words")
    with transaction() as s:
        report = s.get_one(Report, report_id, with_for_update={"key_share": True}, populate_existing=True)
        case = s.get_one(Case, report.case_id, with_for_update=True, populate_existing=True)  # perhaps closed just now
        if case.state == "closed":
            harm = HARM if case.lane == "leads" else HARMS.get(report.reason, LOOK)
            again = open_case(
                case.target,
                "report" if report.piece_id else "person",
                harm=harm,
                alert=harm >= HARM,
                member_id=case.member_id,
                piece_id=case.piece_id,
                space_id=case.space_id,
                house_id=case.house_id,
                lane=case.lane,
                kept_from=place_of(case).kept_from,
            )
            report.case_id, report.seen_at = again.id, None
        _add_words(report, words)
        return report


def show_again(actor: Viewer, report_id: int) -> Report:
    """Let what she told of be there for her again. Raises NotFound."""
    report = queries.report_for(actor, report_id)
    require(actor, rules.KEEP_OWN, report.by_id)
    with transaction() as s:
        mine = (ToldPiece.member_id == actor.id) & (ToldPiece.piece_id == report.piece_id)
        s.execute(delete(ToldPiece).where(mine))
        announce(f"member:{actor.id}", "told:changed", member=actor.id)
    return report


def note_seen(actor: Viewer) -> None:
    """She has read which of hers are done."""
    require(actor, rules.KEEP_OWN, actor.id)
    if not queries.count_done(actor):
        return
    done = select(Case.id).where(Case.state == "closed")
    mine = update(Report).where(Report.by_id == actor.id, Report.seen_at.is_(None), Report.case_id.in_(done))
    with transaction() as s:
        s.execute(mine.values(seen_at=clock.now()).execution_options(synchronize_session=False))


def open_tellers(actor: Viewer, case: Case) -> list[str]:
    """Who told of it, by name, where somebody has to know: a safety lead, and the audit chain says so. Raises
    NotAllowed."""
    require(actor, rules.NAME, place_of(case))
    with transaction() as s:
        audit.append(actor.id, "told.who", f"case:{case.id}", case=case.id)
        ids = s.scalars(select(Report.by_id).where(Report.case_id == case.id).distinct())
        return sorted((one.name for one in authors(ids).values()), key=str.casefold)


def clear_out(now: datetime) -> int:
    """Empty what was said and kept 90 days after its case was closed; forget the receipt after 400. A job; returns how
    many were emptied or forgotten."""
    closed = select(Case.id).where(Case.state == "closed")
    with transaction() as s:
        old = Report.case_id.in_(closed.where(Case.closed_at < now - KEPT))
        still = or_(*(sealed.is_not(None) for sealed in (Report.kept_sealed, Report.words_sealed, Report.talk_sealed)))
        emptied = update(Report).where(old, still).values(kept_sealed=None, words_sealed=None, talk_sealed=None)
        count = int(s.execute(emptied.execution_options(synchronize_session=False)).rowcount)  # type: ignore[attr-defined]
        over = delete(Report).where(Report.case_id.in_(closed.where(Case.closed_at < now - RECEIPTS_KEPT)))
        return count + int(s.execute(over).rowcount)  # type: ignore[attr-defined]


def _matter(actor: Viewer, wish: Wish, about_id: int | None, report_id: int) -> _Matter:
    about = named.called_now([about_id]).get(about_id) if about_id is not None else None
    stream = session().get_one(Stream, wish.piece.stream_id) if wish.piece else None
    space = session().get_one(Space, stream.space_id) if stream else None
    target = f"piece:{wish.piece.id}" if wish.piece else f"member:{about_id}" if about_id else f"told:{report_id}"
    target = wish.sealed.target if wish.sealed is not None else target
    house_id: int | None = about.house_id if about and not wish.piece else actor.house_id
    if stream is not None and space is not None:
        private = space_rules.is_by_name(space)
        house_id = (about.house_id if about else actor.house_id) if private else house_of_place(space, stream.house_id)
    matter = _Matter(target, about, about_id, house_id, space.id if space else None)
    if about is not None and about.is_staff:
        return _past(matter, passing.beside(about.id, _near_shifts(), clock.now()), actor)
    if wish.reason != "staff":
        return matter
    if wish.staff_id == NOT_SAID:
        unsaid = _Matter(f"told:{report_id}", None, None, house_id, matter.space_id)
        return _past(unsaid, passing.around(actor.house_id, _near_shifts(), clock.now()), actor, unsaid=True)
    person = named.called_now([wish.staff_id or 0]).get(wish.staff_id or 0)
    if person is None or not person.is_staff or person.id == actor.id:
        raise Invalid(_l("Choose one of these."), field="staff_id")
    named_one = _Matter(f"member:{person.id}", person, person.id, person.house_id, matter.space_id)
    return _past(named_one, passing.beside(person.id, _near_shifts(), clock.now()), actor)


def _past(matter: _Matter, kept_from: frozenset[int], actor: Viewer, *, unsaid: bool = False) -> _Matter:
    """It goes past these. Where nobody is left, or nobody knows whom it is about, the person outside is told."""
    nobody_left = not set(queries.leads(actor, kept_from)) - {actor.id}
    return _Matter(
        matter.target,
        matter.about,
        matter.about_id,
        matter.house_id,
        matter.space_id,
        past_staff=True,
        kept_from=kept_from,
        independent=nobody_left or unsaid,
    )


def _near_shifts() -> list[OnShift]:
    now = clock.now()
    return rota.shifts_between(now - passing.AROUND, now + passing.AROUND)


def _known(actor: Viewer, wish: Wish, target: str) -> Report | None:
    """The same, while it waits. Without a thing to know it by: the same words a moment ago."""
    mine = select(Report).join(Case, Case.id == Report.case_id)
    mine = mine.where(Report.by_id == actor.id, Report.reason == wish.reason, Case.state == "open")
    mine = mine.order_by(Report.at.desc()).with_for_update(of=Case).execution_options(populate_existing=True)
    if not target.startswith("told:"):
        return session().scalar(mine.where(Report.target == target).limit(1))
    piece_id = wish.piece.id if wish.piece else None
    recent = mine.where(Report.target.like("told:%"), Report.at > clock.now() - SAME)
    found = session().scalars(recent).all()
    return next((one for one in found if one.piece_id == piece_id and queries.words_of(one) == wish.words), None)


def _add_words(report: Report, words: str) -> None:
    """New words join those that stand there already."""
    before = queries.words_of(report)
    if not words or words in before:
        return
    together = f"{before}\n\n{words}".strip()
    report.words_sealed = crypto.seal(together, f"report:{report.id}:words")
    session().flush()
    note_step(session().get_one(Case, report.case_id), None, "said more")


def _is_many(actor: Viewer) -> bool:
    hour = (Report.by_id == actor.id) & (Report.at > clock.now() - timedelta(hours=1))
    return (session().scalar(select(func.count()).select_from(Report).where(hour)) or 0) >= MOST_AN_HOUR


def _case(actor: Viewer, wish: Wish, matter: _Matter, grouped: bool) -> Case:
    """What those who decide get of it. Nothing in it says who told."""
    harm = HARM if matter.past_staff else HARMS.get(wish.reason, LOOK)
    if grouped:
        together = _group_of(actor)
        target = together.target if together is not None else f"told:{new_id()}"
        return open_case(target, "report", harm=harm, alert=harm >= HARM, house_id=actor.house_id, many=MOST_AN_HOUR)
    return open_case(
        matter.target,
        "report" if wish.piece or wish.sealed else "person",
        harm=harm,
        # Of what is written without a name no case knows whose it is.
        member_id=None if wish.piece is not None and wish.piece.unnamed else matter.about_id,
        piece_id=wish.piece.id if wish.piece and matter.target.startswith("piece:") else None,
        space_id=matter.space_id,
        house_id=matter.house_id,
        lane="leads" if matter.past_staff else "hosts",
        alert=harm >= HARM,
        kept_from=matter.kept_from,
        why=wish.reason,
    )


def _group_of(actor: Viewer) -> Case | None:
    """Where the last of very many went, while it is open."""
    hers = select(Case).join(Report, Report.case_id == Case.id)
    hers = hers.where(Report.by_id == actor.id, Report.grouped, Case.state == "open").order_by(Report.at.desc())
    return session().scalar(hers.limit(1))


def _written(actor: Viewer, wish: Wish, matter: _Matter, case: Case, report_id: int, grouped: bool) -> Report:
    kept = _as_it_stands(actor, wish)
    report = Report(
        id=report_id,
        by_id=actor.id,
        case_id=case.id,
        target=matter.target,
        piece_id=wish.piece.id if wish.piece else None,
        piece_version=wish.piece.version if wish.piece else None,
        about_id=matter.about_id,
        reason=wish.reason,
        words_sealed=crypto.seal(wish.words, f"report:{report_id}:words") if wish.words else None,
        kept_sealed=crypto.seal(json.dumps(kept, ensure_ascii=False), f"report:{report_id}:kept") if kept else None,
        talk_sealed=sealing.sealed(actor, wish.piece, report_id),
        at=clock.now(),
        grouped=grouped,
        independent=matter.independent,
    )
    with transaction() as s:
        s.add(report)
        s.flush()
    return report


def _as_it_stands(actor: Viewer, wish: Wish) -> dict[str, str]:
    """What stands there now, kept for the case whatever becomes of it."""
    if wish.piece is not None:
        said = {"title": wish.piece.title, "note": wish.piece.note, "text": wish.piece.text}
        return {what: text for what, text in said.items() if text}
    if wish.sealed is not None:
        return {"text": wish.sealed.words}
    if wish.person is not None:
        about = profile.profile_of(actor, wish.person.id).about
        return {"name": wish.person.name, **({"about": about} if about else {})}
    return {}


def _by_the_other(piece: Piece) -> bool:
    """Said to one other alone: to hide it would tell who told, and it is gone from her page already."""
    stream = session().get_one(Stream, piece.stream_id)
    return stream.kind == "talk" and len(by_name.rows_of(stream.id, "in")) <= 2


def _put_away(actor: Viewer, piece: Piece | None) -> None:
    """For whoever told of it, it is not there any more, on her open pages either."""
    if piece is not None:
        add_once(ToldPiece(member_id=actor.id, piece_id=piece.id, told_at=clock.now()))
        announce(f"member:{actor.id}", "told:changed", member=actor.id)


def _block(actor: Viewer, wish: Wish) -> None:
    """In the same step, where it may be: never of who shows no name."""
    author_id = wish.piece.author_id if wish.piece and not wish.piece.unnamed else None
    author_id = wish.sealed.by_id if wish.sealed is not None else author_id
    person = wish.person or (named.person_for(actor, author_id) if author_id else None)
    if person is not None and can(actor, member_rules.BLOCK, person):
        blocks.block(actor, person.id)
