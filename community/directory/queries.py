"""The directory as a viewer may read it. Nobody in it whom she could not meet, and no figure that counts more than she
sees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import select

from community.core import clock
from community.core.db import session
from community.directory.models import Entry
from community.directory.rules import lists
from community.members import named
from community.members.contact import Stay
from community.members.models import House, MembershipPeriod
from community.members.people import AuthorView, Named, Viewer
from community.streams.muted import as_compared

PAGE = 30


@dataclass(frozen=True)
class Asked:
    """What somebody looks for: the beginning of a name's words, a house, a year, those who lived there when she did."""

    words: str = ""
    house_id: int | None = None
    year: int | None = None
    mine: bool = False

    def __bool__(self) -> bool:
        return bool(self.words or self.house_id or self.year or self.mine)


@dataclass(frozen=True)
class Lived:
    """A stay as it is shown. `house` None: she keeps it to herself; so with `years`."""

    house: str | None
    years: str | None


@dataclass(frozen=True)
class PersonView:
    """Somebody in the list. `url` None: her name is all there is to read of her."""

    author: AuthorView
    lived: tuple[Lived, ...]
    works_at: str | None
    url: str | None
    bare: bool = False


@dataclass(frozen=True)
class Page:
    """A page of the list. `count`: all that match; `after`: from whom the next page goes on, None on the last."""

    people: list[PersonView]
    count: int
    after: int | None
    anybody: bool


def page_for(viewer: Viewer, asked: Asked, after: int | None = None) -> Page:
    """Those who want to be found, by name, from `after` on (of somebody who left it meanwhile: from the beginning). At
    most four queries."""
    entries = {entry.member_id: entry for entry in session().scalars(select(Entry))}
    wanted = entries.keys() - viewer.excluded_ids - {viewer.id}
    people = [one for one in named.called_now(wanted).values() if lists(viewer, one)]
    stays = _stays_of([*(one.id for one in people), viewer.id])
    found = [one for one in people if _matches(asked, one, entries[one.id], stays, viewer)]
    found.sort(key=lambda one: (as_compared(one.name), one.id))
    begin = next((place + 1 for place, one in enumerate(found) if one.id == after), 0)
    here, houses = found[begin : begin + PAGE], _house_names()
    views = [_view(one, entries[one.id], stays[one.id], houses) for one in here]
    more = here[-1].id if begin + PAGE < len(found) else None
    return Page(views, len(found), more, bool(people))


def own_entry(viewer: Viewer) -> Entry | None:
    """The viewer's own; None where she does not stand in it. One query."""
    return session().get(Entry, viewer.id, populate_existing=True)


def own_view(viewer: Viewer) -> PersonView:
    """How the viewer stands there, or would with all of it shown. Four queries."""
    entry = own_entry(viewer) or Entry(member_id=viewer.id, shows_picture=True, shows_house=True, shows_years=True)
    return _view(named.person_for(viewer, viewer.id), entry, _stays_of([viewer.id])[viewer.id], _house_names())


def years_for(viewer: Viewer) -> list[int]:
    """The years one can choose from, the newest first. One query."""
    assert viewer.id
    first = session().scalar(
        select(MembershipPeriod.from_on)
        .where(MembershipPeriod.kind == "resident")
        .order_by(MembershipPeriod.from_on)
        .limit(1)
    )
    today = clock.today().year
    return list(range(today, (first.year if first is not None else today) - 1, -1))


def _matches(asked: Asked, person: Named, entry: Entry, stays: dict[int, list[Stay]], viewer: Viewer) -> bool:
    """What she keeps to herself is not found by it: else a choice would tell what the row does not."""
    if not _is_called(person.name, asked.words):
        return False
    shows_house, shows_years = (shown and not person.protected for shown in (entry.shows_house, entry.shows_years))
    hers = stays[person.id]
    if asked.house_id is not None:
        there = {stay.house_id for stay in hers} | ({person.house_id} if person.kind != "alumnus" else set())
        if not shows_house or asked.house_id not in there:
            return False
        hers = [stay for stay in hers if stay.house_id == asked.house_id]
    if asked.year is not None and not (shows_years and any(_covers(stay, asked.year) for stay in hers)):
        return False
    return not asked.mine or (
        shows_house and shows_years and any(_together(one, other) for one in hers for other in stays[viewer.id])
    )


def _is_called(name: str, words: str) -> bool:
    """Whether each of these words begins one of the name's."""
    said = as_compared(name).split()
    return all(any(one.startswith(word) for one in said) for word in as_compared(words).split())


def _covers(stay: Stay, year: int) -> bool:
    return stay.from_on.year <= year and (stay.to_on is None or stay.to_on.year >= year)


def _together(one: Stay, other: Stay) -> bool:
    """In one house at the same time."""
    begin = max(one.from_on, other.from_on)
    return one.house_id == other.house_id and all(stay.to_on is None or begin < stay.to_on for stay in (one, other))


def _view(person: Named, entry: Entry, stays: Iterable[Stay], houses: dict[int, str]) -> PersonView:
    if person.protected:
        return PersonView(
            replace(person.author, kind="resident", avatar=None, portrait=None), (), None, None, bare=True
        )
    author = person.author if entry.shows_picture else replace(person.author, avatar=None, portrait=None)
    lived = [
        Lived(houses[stay.house_id] if entry.shows_house else None, _years(stay) if entry.shows_years else None)
        for stay in stays
    ]
    works_at = houses[person.house_id] if entry.shows_house and person.is_staff else None
    shown = tuple(dict.fromkeys(one for one in lived if one.house or one.years))
    return PersonView(author, shown, works_at, person.author.url)


def _years(stay: Stay) -> str:
    """'2004-2009', '2012', 'since 2024' without a word: '2024-'."""
    begin, end = stay.from_on.year, stay.to_on.year if stay.to_on is not None else None
    return f"{begin}" if begin == end else f"{begin}\N{EN DASH}{end or ''}"


def _stays_of(ids: Collection[int]) -> dict[int, list[Stay]]:
    """Where these people have lived with us, the first stay first; what has not begun is not there. One query."""
    today = clock.today()
    rows = session().execute(
        select(MembershipPeriod.member_id, MembershipPeriod.house_id, MembershipPeriod.from_on, MembershipPeriod.to_on)
        .where(
            MembershipPeriod.member_id.in_(ids),
            MembershipPeriod.kind == "resident",
            MembershipPeriod.from_on <= today,
        )
        .order_by(MembershipPeriod.from_on, MembershipPeriod.id)
    )
    stays: dict[int, list[Stay]] = defaultdict(list)
    for member_id, house_id, from_on, to_on in rows:
        stays[member_id].append(Stay(house_id, from_on, to_on if to_on is not None and to_on <= today else None))
    return stays


def _house_names() -> dict[int, str]:
    return dict(session().execute(select(House.id, House.name)).all())
