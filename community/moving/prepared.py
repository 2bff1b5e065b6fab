"""What somebody on her way has prepared for herself: whom she wants to keep, what she wants of a move, and who is there
for her. Hers alone; the others are not told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from community.core import clock
from community.core.db import session
from community.core.errors import NotFound
from community.members import named
from community.members.kept_apart import excluded_ids
from community.members.people import AuthorView, Named, Viewer
from community.moving import prepared_rules as rules
from community.moving.models import Move
from community.moving.prepared_models import KeptPerson, MoveWish, NamedAdult
from community.streams import near, pairs

REACHABLE_DAYS = 30


@dataclass(frozen=True)
class KeptView:
    """Somebody she wants to keep, and where it leads: to a message where the two may write, to the team for those who
    work here, else to the person's page, where one asks to keep in touch."""

    person: AuthorView
    leads: str  # message, team, page


@dataclass(frozen=True)
class AdultView:
    """Who is there for her, until when (counted)."""

    person: AuthorView
    until_on: date


@dataclass(frozen=True)
class AdultDesk:
    """The same for whoever names her: the move, who moved, who is named now, and whom one can name."""

    move: Move
    member: Named
    adult_id: int | None
    choices: tuple[AuthorView, ...]


def kept_for(viewer: Viewer) -> list[KeptView]:
    """Whom the viewer wants to keep, as they are called now; without those who are gone, protected, or kept apart from
    her. Five queries, one where there is nobody."""
    ids = set(session().scalars(select(KeptPerson.other_id).where(KeptPerson.member_id == viewer.id)))
    people = {one.id: one for one in named.called_now(ids - viewer.excluded_ids).values() if not one.protected}
    may = pairs.reachable(viewer.id, people.keys()) if people else set()
    views = [KeptView(one.author, _leads(one, may)) for one in people.values()]
    return sorted(views, key=lambda view: view.person.name.casefold())


def _leads(person: Named, may: set[int]) -> str:
    if person.is_staff:
        return "team"
    return "message" if person.id in may else "page"


def offered_to(viewer: Viewer) -> list[AuthorView]:
    """Whom she can keep: exactly those she is offered to write to anyway, and those of staff she can have met. At most
    six queries."""
    kept = set(session().scalars(select(KeptPerson.other_id).where(KeptPerson.member_id == viewer.id)))
    there = {one.id: one for one in named.others(viewer) if not one.protected and one.id not in kept}
    staff = {id_ for id_, one in there.items() if one.is_staff}
    may = staff | pairs.reachable(viewer.id, there.keys() - staff)
    met = near.met_among(viewer, {id_: there[id_] for id_ in may})
    return sorted((there[id_].author for id_ in met), key=lambda person: person.name.casefold())


def wish_for(viewer: Viewer, move: Move) -> MoveWish:
    """What the viewer wants of a move of hers; as it is without a word of hers: no letters, and she is asked. One
    query."""
    assert move.member_id == viewer.id
    found = session().get(MoveWish, move.id, populate_existing=True)
    return found or MoveWish(move_id=move.id, member_id=viewer.id, letters=False, asks=True)


def adult_for(viewer: Viewer) -> AdultView | None:
    """Who is there for the viewer by name, after she had to move at once; None: nobody, not any more, or she is kept
    apart from her. Two queries, most times one."""
    hers = select(NamedAdult).where(NamedAdult.member_id == viewer.id, NamedAdult.until_on >= clock.today())
    row = session().scalar(hers.order_by(NamedAdult.until_on.desc()).limit(1))
    if row is None or row.adult_id in viewer.excluded_ids:
        return None
    person = named.called_now([row.adult_id]).get(row.adult_id)
    return AdultView(person.author, row.until_on) if person is not None and person.is_staff else None


def adult_desk_for(viewer: Viewer, move_id: int) -> AdultDesk:
    """Naming who is there for somebody who had to move at once. Raises NotFound: for all but house managers of that
    house, and of every other move. Six queries."""
    move = session().get(Move, move_id, populate_existing=True)
    if move is None or move.kind != "sudden" or move.cancelled_at is not None:
        raise NotFound
    if not rules.names_adults(viewer, move.house_id):
        raise NotFound
    member = named.person_for(viewer, move.member_id)
    row = session().get(NamedAdult, move.id, populate_existing=True)
    apart = excluded_ids(member.id)
    colleagues = [named.person_for(viewer, viewer.id), *(one for one in named.others(viewer) if one.is_staff)]
    choices = tuple(one.author for one in colleagues if one.house_id == move.house_id and one.id not in apart)
    return AdultDesk(move, member, row.adult_id if row is not None else None, choices)


def sudden_move_of(viewer: Viewer, person: Named) -> int | None:
    """The move for which the viewer names who is there, where she looks after that. One query, none for others."""
    if not rules.names_adults(viewer, person.house_id):
        return None
    sudden = (Move.member_id == person.id) & (Move.kind == "sudden") & Move.cancelled_at.is_(None)
    sudden &= Move.moves_on > clock.today() - timedelta(days=REACHABLE_DAYS)
    return session().scalar(select(Move.id).where(sudden).order_by(Move.moves_on.desc()).limit(1))
