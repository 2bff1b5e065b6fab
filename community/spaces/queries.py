"""Spaces as a viewer may know them; others do not exist for her."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from sqlalchemy import inspect, select

from community.core import clock, i18n
from community.core.db import session
from community.core.errors import NotFound
from community.core.i18n import plural as ngettext
from community.core.policy import can
from community.members import queries as members
from community.members.models import House
from community.members.people import PersonFacts, Viewer
from community.spaces import rules
from community.spaces.models import Space


@dataclass(frozen=True)
class SpaceView:
    """A space as pages show it."""

    id: int
    slug: str
    name: str
    colour: str
    kind: str
    may_post: bool
    about: str = ""
    closed: bool = False

    @property
    def url(self) -> str:
        return f"/c/{self.slug}"


def readable(viewer: Viewer) -> list[Space]:
    """The spaces a viewer reads, in their order, closed ones last. One query, for one request or event."""
    known: list[Space] | None = viewer.known.get("spaces")
    if known is None or not all(_is_fresh(space) for space in known):
        order = (Space.closed_at.is_not(None), Space.position, Space.id)
        # Held on to as a whole: what the session alone has, it forgets, and asks for the two without readers anew.
        with_house = select(Space, House.name).outerjoin(House, House.id == Space.house_id)
        rows = session().execute(with_house.order_by(*order)).all()
        places = viewer.known["places"] = [space for space, _house in rows]
        known = viewer.known["spaces"] = [space for space in places if rules.reads(viewer, space)]
        viewer.known["houses"] = {space.house_id: house for space, house in rows if house is not None}
    return list(known)


def _is_fresh(space: Space) -> bool:
    """Read in this session, and not before a transaction: else each would be asked for anew, one by one."""
    state = inspect(space)
    return state.session is session() and not state.expired


def readable_ids(viewer: Viewer) -> list[int]:
    """Ids of the spaces a viewer reads."""
    return [space.id for space in readable(viewer)]


def space_for(viewer: Viewer, space_id: int) -> Space:
    """One space by id. Raises NotFound when it is not there for this viewer."""
    space = session().get(Space, space_id)
    if space is None or not rules.reads(viewer, space):
        raise NotFound
    return space


def space_by_slug(viewer: Viewer, slug: str) -> Space:
    """One space by its address. Raises NotFound when it is not there for this viewer."""
    space = next((space for space in readable(viewer) if space.slug == slug), None)
    if space is None:
        raise NotFound
    return space


@dataclass(frozen=True)
class PastView:
    """A house's channel as somebody has it who moved out: up to her day, and then no more."""

    space: Space
    house_id: int
    until: datetime

    @property
    def name(self) -> str:
        return self.space.name(i18n.language())

    @property
    def colour(self) -> str:
        return self.space.colour

    @property
    def last_day(self) -> str:
        """The last day whose words she reads: '2 December 2026'."""
        return i18n.long_day(clock.local(self.until).date() - timedelta(days=1))

    @property
    def day(self) -> str:
        """The day she moved: '3 December 2026'."""
        return i18n.long_day(clock.local(self.until).date())

    @property
    def url(self) -> str:
        return f"/c/{self.space.slug}"


def past_places(viewer: Viewer) -> list[PastView]:
    """The channels of houses the viewer has moved out of, in their order. No query beside her channels'."""
    if not viewer.past:
        return []
    readable(viewer)
    places: list[Space] = viewer.known["places"]
    found = [(space, rules.read_until(viewer, space)) for space in places if space.house_id is not None]
    return [PastView(space, space.house_id, until) for space, until in found if until and space.house_id]


def named_for(viewer: Viewer) -> dict[int, SpaceView | PastView]:
    """Every channel the viewer reads, or has the past of, by id. No query beside her channels'."""
    found: dict[int, SpaceView | PastView] = {place.space.id: place for place in past_places(viewer)}
    return found | {place.id: place for place in views_for(viewer)}


def past_by_slug(viewer: Viewer, slug: str) -> PastView | None:
    """The same by its address; None where it is no past of hers. No query beside her channels'."""
    return next((place for place in past_places(viewer) if place.space.slug == slug), None)


def by_name(audience: str) -> Space:
    """The space whose streams are read by name: `named` (talks) or `team` (the team's inboxes). One query."""
    return session().scalars(select(Space).where(Space.audience == audience)).one()


def view_of(viewer: Viewer, space: Space) -> SpaceView:
    """A space as pages show it, in the language of the page."""
    lang, may_post, closed = i18n.language(), can(viewer, rules.WRITE, space), space.closed_at is not None
    named = (space.id, space.slug, space.name(lang), space.colour, space.kind)
    return SpaceView(*named, may_post, space.about(lang), closed)


def views_for(viewer: Viewer) -> list[SpaceView]:
    """All spaces the viewer reads, as pages show them."""
    return [view_of(viewer, space) for space in readable(viewer)]


class Readers:
    """Who reads which space, in words. People are read once for as many spaces as are asked about."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer

    @cached_property
    def people(self) -> list[PersonFacts]:
        return members.everybody(self.viewer)

    def house(self, house_id: int) -> str:
        """What a house is called. No query where it has a channel and the viewer's channels were asked for."""
        known: dict[int, str] = self.viewer.known.setdefault("houses", {})
        if house_id not in known:
            known.update((house.id, house.name) for house in members.houses(self.viewer))
        return known[house_id]

    def counts(self, space: rules.Readership, house_id: int | None = None) -> Counter[str]:
        """How many of each kind read a space, or what is said there to one house."""
        return members.counts_by_kind([one for one in self.people if rules.reads(one, space, house_id)])

    def count(self, space: rules.Readership, house_id: int | None = None) -> int:
        """How many people read it."""
        return sum(self.counts(space, house_id).values())

    def sentence(self, space: rules.Readership, house_id: int | None = None) -> str:
        """'Who reads it: 8 who live here, 14 who have lived here and staff.' Staff are always among the readers; where
        one house reads, it is named, and staff are those who work there."""
        if rules.is_by_name(space):
            return i18n._("Only those who stand in it read this.")
        counts = self.counts(space, house_id)
        house_id = house_id if house_id is not None else space.house_id
        if house_id is not None:
            return self._of_house(counts["resident"], self.house(house_id))
        parts = []
        if counts["resident"]:
            parts.append(ngettext("%(num)s who lives here", "%(num)s who live here", counts["resident"]))
        if counts["alumnus"]:
            parts.append(ngettext("%(num)s who has lived here", "%(num)s who have lived here", counts["alumnus"]))
        if not parts:
            return i18n._("Who reads it: staff.")
        return i18n._("Who reads it: %(people)s and staff.", people=", ".join(parts))

    def _of_house(self, residents: int, house: str) -> str:
        if not residents:
            return i18n._("Who reads it: staff at %(house)s.", house=house)
        people = ngettext("%(num)s who lives at %(house)s", "%(num)s who live at %(house)s", residents, house=house)
        return i18n._("Who reads it: %(people)s and staff there.", people=people)
