"""Reading concerns. Whoever it goes past finds nothing of it, counts included; a member sees hers alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, false, or_, select

from community.concerns import chain
from community.concerns.models import Call, Concern, ConcernKeptFrom, ConcernStep, DutyPhone
from community.core import clock
from community.core.db import session
from community.core.errors import NotFound
from community.members import queries as members
from community.members.people import Viewer, Visitor
from community.rota import queries as rota
from community.safety import outside

OF_HERS = 20  # of her own on one page
MOST = 100
SAMPLES = timedelta(days=14)
PROMISES = (10, 20, 40, 60)


@dataclass(frozen=True)
class StepView:
    """One step: `who` is a first name, None where it was the house's clock or she herself (`hers`)."""

    what: str
    at: datetime
    who: str | None
    whom: str | None
    hers: bool
    words: str
    minutes: int | None
    how: str | None


@dataclass(frozen=True)
class Told:
    """Who was told, and when first; `answer` is what she pressed."""

    name: str
    at: datetime
    channels: tuple[str, ...]
    answer: str | None


@dataclass(frozen=True)
class Status:
    """A concern as the member sees it. `alerted`: first names. `asked`: people her words name, who have not read them.
    `late`: nobody has come for ten minutes. `calm`: whoever works at her house may read it, all of them."""

    concern: Concern
    alerted: list[str]
    taker: str | None
    steps: list[StepView]
    asked: list[tuple[int, str]]
    late: bool
    calm: bool = False

    @property
    def is_open(self) -> bool:
        return self.concern.state != "closed"


@dataclass(frozen=True)
class Row:
    """A concern in a list of those who work here."""

    id: int
    name: str | None  # None: without a name, or of nobody (a case)
    severity: str
    sent_at: datetime
    state: str
    taker: str | None
    step_due_at: datetime | None
    mine: bool


@dataclass(frozen=True)
class Reach:
    """What the person outside learns once she has taken it: whom, and how to reach her. No words."""

    name: str | None
    how: str | None
    phone: str


@dataclass(frozen=True)
class Desk:
    """A concern as whoever has it reads it."""

    concern: Concern
    name: str | None
    words: str
    phone: str
    told: list[Told]
    steps: list[StepView]
    taker: str | None
    about: list[str]
    outside: bool


def own_for(viewer: Viewer, concern_id: int) -> Concern:
    """The viewer's own. Raises NotFound."""
    found = session().get(Concern, concern_id, populate_existing=True)
    if found is None or found.member_id != viewer.id or (found.severity == "words" and not _alerted(found)):
        raise NotFound
    return found


def own_open(viewer: Viewer) -> list[Concern]:
    """The viewer's own that are not closed, the newest first."""
    hers = select(Concern).where(Concern.member_id == viewer.id, Concern.state != "closed")
    return list(session().scalars(hers.order_by(Concern.sent_at.desc(), Concern.id).limit(OF_HERS)))


def alert_of(viewer: Viewer, since: timedelta = timedelta(minutes=10)) -> Status | None:
    """What the viewer's own words have just alerted, while she has not said how she wants to be reached; None where
    nobody was told."""
    hers = select(Concern).where(
        Concern.member_id == viewer.id,
        Concern.severity == "words",
        Concern.state != "closed",
        Concern.how.is_(None),
        Concern.sent_at > clock.now() - since,
    )
    found = session().scalar(hers.order_by(Concern.sent_at.desc(), Concern.id).limit(1))
    if found is None or not _alerted(found):
        return None
    return status_of(viewer, found)


def status_of(viewer: Viewer, concern: Concern) -> Status:
    """How far it is, for the member herself. Three queries."""
    steps = _steps(viewer, concern, for_member=True)
    kept = select(ConcernKeptFrom.member_id, ConcernKeptFrom.why).where(ConcernKeptFrom.concern_id == concern.id)
    kept_from = session().execute(kept).all()
    ids = [id_ for id_, why in kept_from if why == "named"]
    called = _alerted(concern)
    names = first_names([*called, concern.taken_by, *ids])
    person = outside.by_letter()
    told = [names[id_] for id_ in called if id_ in names]
    if concern.route == "leads" and person is not None:
        told.append(person.name)
    taker = names.get(concern.taken_by or 0)
    if concern.taken_by_independent and person is not None:
        taker = person.name
    waits = concern.state == "open" and clock.now() - concern.sent_at >= chain.BACK_UP_AFTER
    asked = [(id_, names[id_]) for id_ in ids if id_ in names]
    calm = concern.severity == "talk" and concern.route == "shift" and not kept_from
    return Status(concern, told, taker, steps, asked, waits, calm)


def told_first(viewer: Viewer, severity: str, about: bool = False) -> list[str]:
    """First names of whoever a door tells at once, for the line above the form."""
    now = clock.now()
    probe = Concern(severity=severity, route="leads" if about else "shift", chain_from=0, chain_since=now)
    gone = chain.apart_from(viewer.id) | {viewer.id}
    found = chain.links(probe, chain.people_now(viewer.house_id, now), gone, now)
    names = first_names(found[0].ids if found else ())
    person = outside.by_letter()
    return [*names.values(), *([person.name] if about and person is not None else [])]


def answer_time(viewer: Viewer) -> int | None:
    """Within how many minutes somebody answers the calm door at this time; None while nobody works."""
    if rota.cover_at(viewer.house_id).kind == "none":
        return None
    took = session().execute(
        select(Concern.sent_at, Concern.first_taken_at).where(
            Concern.house_id == viewer.house_id,
            Concern.severity == "talk",
            Concern.first_taken_at.is_not(None),
            Concern.sent_at > clock.now() - SAMPLES,
        )
    )
    minutes = sorted((taken - sent).total_seconds() / 60 for sent, taken in took if taken is not None)
    middle = minutes[len(minutes) // 2] if minutes else PROMISES[-1]
    return next((one for one in PROMISES if middle <= one), PROMISES[-1])


def answers_from(viewer: Viewer) -> datetime | None:
    """When somebody works at the viewer's house again; None where that is not known for a day."""
    now = clock.now()
    gaps = rota.gaps_between(viewer.house_id, now, now + timedelta(days=1))
    ends = next((gap.ends_at for gap in gaps if gap.starts_at <= now), None)
    return None if ends is None or ends >= now + timedelta(days=1) else ends


def about(concern: Concern) -> set[int]:
    """Whom of staff it is about."""
    named = (ConcernKeptFrom.concern_id == concern.id) & (ConcernKeptFrom.why == "about")
    return set(session().scalars(select(ConcernKeptFrom.member_id).where(named)))


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """The condition for concerns a viewer who works here may know of: she was called, has it, or is a safety lead; and
    it does not go past her. False for everybody else."""
    if not viewer.is_staff:
        return false()
    kept = exists().where(ConcernKeptFrom.concern_id == Concern.id, ConcernKeptFrom.member_id == viewer.id)
    called = exists().where(Call.concern_id == Concern.id, Call.member_id == viewer.id)
    mine = or_(Concern.taken_by == viewer.id, Concern.handed_to == viewer.id, called)
    apart = Concern.member_id.in_(viewer.separated_ids) if viewer.separated_ids else false()
    own = Concern.member_id == viewer.id
    sees = ~kept & ~apart & or_(Concern.member_id.is_(None), ~own)
    return sees if "safeguarding_lead" in viewer.duties else sees & mine


def open_for(viewer: Viewer) -> list[Row]:
    """Concerns that are not closed and the viewer may know of: what is urgent first, then what waits longest. Two
    queries; an empty list for whoever does not work here."""
    return _rows(viewer, visible(viewer) & (Concern.state != "closed"))


def closed_for(viewer: Viewer) -> list[Row]:
    """Those closed within two weeks, the newest first."""
    recent = (Concern.state == "closed") & (Concern.closed_at > clock.now() - SAMPLES)
    return sorted(_rows(viewer, visible(viewer) & recent), key=lambda row: row.sent_at, reverse=True)


def concern_for(viewer: Viewer, concern_id: int) -> Concern:
    """One the viewer may know of. Raises NotFound."""
    found = session().scalar(
        select(Concern).where(Concern.id == concern_id, visible(viewer)).execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def desk_of(viewer: Viewer, concern: Concern) -> Desk:
    """A concern with everything in it, for somebody who may see it."""
    rows = session().execute(
        select(Call.who, Call.member_id, Call.channel, Call.made_at, Call.answer)
        .where(Call.concern_id == concern.id)
        .order_by(Call.made_at, Call.id)
    )
    found: dict[str, tuple[int | None, datetime, list[str], str | None]] = {}
    for who, member_id, channel, at, answer in rows:
        known = found.get(who)
        channels = [*(known[2] if known else []), channel]
        found[who] = (member_id, known[1] if known else at, channels, answer or (known[3] if known else None))
    person = outside.by_letter()
    names = first_names([*(one[0] for one in found.values()), concern.taken_by, *(ids := about(concern))])
    told = [
        Told(names.get(id_ or 0) or (person.name if person else ""), at, tuple(dict.fromkeys(ways)), answer)
        for id_, at, ways, answer in found.values()
    ]
    return Desk(
        concern,
        name_of(viewer, concern),
        concern.opened("words"),
        concern.opened("phone"),
        told,
        _steps(viewer, concern, for_member=False),
        names.get(concern.taken_by or 0),
        [names[id_] for id_ in ids if id_ in names],
        concern.taken_by_independent,
    )


def colleagues_for(viewer: Viewer, concern: Concern) -> list[tuple[int, str]]:
    """Whom it may be handed to: those who work here and may act, but whom it goes past."""
    gone = set(session().scalars(select(ConcernKeptFrom.member_id).where(ConcernKeptFrom.concern_id == concern.id)))
    gone |= chain.apart_from(concern.member_id) | chain.beside(about(concern), clock.now())
    people = chain.people_now(concern.house_id, clock.now())
    ids = [id_ for id_ in people.others if id_ not in gone and id_ not in (viewer.id, concern.member_id)]
    return sorted(((id_, view.name) for id_, view in members.authors(ids).items()), key=lambda pair: pair[1].casefold())


def reach_of(visitor: Visitor, call: Call) -> Reach:
    """Whom the person outside, who has just taken it by her link, is to reach."""
    assert visitor.address is not None and call.member_id is None
    concern = session().get_one(Concern, call.concern_id)
    name = members.authors([concern.member_id])[concern.member_id].name if concern.member_id is not None else None
    return Reach(name, concern.how, concern.opened("phone"))


def name_of(viewer: Viewer, concern: Concern) -> str | None:
    """Whose it is, as the viewer may know it; None without a name."""
    if concern.member_id is None or concern.unnamed:
        return None
    return members.authors([concern.member_id])[concern.member_id].name


def holds(viewer: Viewer, piece_id: int) -> bool:
    """Whether the viewer has taken a concern that came from a piece."""
    taken = (Concern.piece_id == piece_id) & (Concern.state == "taken") & (Concern.taken_by == viewer.id)
    return session().scalar(select(Concern.id).where(taken).limit(1)) is not None


def leads_of(viewer: Viewer, concern: Concern) -> list[int]:
    """Safety leads it does not go past."""
    gone = set(session().scalars(select(ConcernKeptFrom.member_id).where(ConcernKeptFrom.concern_id == concern.id)))
    return [id_ for id_ in chain.people_now(concern.house_id, clock.now()).leads if id_ not in gone]


def number_of(viewer: Viewer) -> str:
    """Where the viewer is rung up; empty where she gave no number."""
    found = session().get(DutyPhone, viewer.id)
    return found.phone if found is not None else ""


def first_names(ids: Iterable[int | None]) -> dict[int, str]:
    """What people are called at work. One query."""
    wanted = [id_ for id_ in ids if id_ is not None]
    found = members.authors(wanted)
    return {id_: found[id_].first_name for id_ in dict.fromkeys(wanted) if id_ in found}


def _rows(viewer: Viewer, holds: ColumnElement[bool]) -> list[Row]:
    found = list(session().scalars(select(Concern).where(holds).order_by(Concern.sent_at, Concern.id).limit(MOST)))
    people = members.authors(id_ for one in found for id_ in (one.member_id, one.taken_by) if id_ is not None)
    rows = [
        Row(
            one.id,
            None if one.unnamed or one.member_id is None else people[one.member_id].name,
            one.severity,
            one.sent_at,
            one.state,
            people[one.taken_by].first_name if one.taken_by is not None else None,
            one.step_due_at,
            one.taken_by == viewer.id,
        )
        for one in found
    ]
    return sorted(rows, key=lambda row: row.severity == "talk")


def _alerted(concern: Concern) -> list[int]:
    rows = select(Call.member_id).where(Call.concern_id == concern.id, Call.member_id.is_not(None))
    return [id_ for id_ in dict.fromkeys(session().scalars(rows.order_by(Call.made_at, Call.id))) if id_ is not None]


FOR_STAFF = ("note", "pack")
"""Steps the member is not shown: what colleagues write for each other, and that a copy was taken."""


def _steps(viewer: Viewer, concern: Concern, *, for_member: bool) -> list[StepView]:
    rows: Sequence[ConcernStep] = list(
        session().scalars(select(ConcernStep).where(ConcernStep.concern_id == concern.id).order_by(ConcernStep.nr))
    )
    names = first_names(id_ for row in rows for id_ in (row.by_id, row.facts.get("member")))
    shown = [row for row in rows if not (for_member and row.what in FOR_STAFF)]
    return [
        StepView(
            row.what,
            row.at,
            names.get(row.by_id or 0),
            names.get(row.facts.get("member") or 0),
            row.by_id is not None and row.by_id == concern.member_id,
            "" if for_member and row.what == "closed" else row.words,
            row.facts.get("minutes"),
            row.facts.get("how"),
        )
        for row in shown
    ]
