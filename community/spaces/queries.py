"""Spaces as a viewer may know them; others do not exist for her."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from community.core import i18n
from community.core.db import session
from community.core.errors import NotFound
from community.core.i18n import plural as ngettext
from community.core.policy import can
from community.members import queries as members
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

    @property
    def url(self) -> str:
        return f"/c/{self.slug}"


def readable(viewer: Viewer) -> list[Space]:
    """The spaces a viewer reads, in their order. One query."""
    spaces = session().scalars(select(Space).order_by(Space.position, Space.id))
    return [space for space in spaces if rules.reads(viewer, space)]


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
    space = session().scalar(select(Space).where(Space.slug == slug))
    if space is None or not rules.reads(viewer, space):
        raise NotFound
    return space


def view_of(viewer: Viewer, space: Space) -> SpaceView:
    """A space as pages show it, in the language of the page."""
    name = space.name(i18n.language())
    return SpaceView(space.id, space.slug, name, space.colour, space.kind, can(viewer, rules.WRITE, space))


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

    def counts(self, space: Space) -> Counter[str]:
        """How many of each kind read a space."""
        return members.counts_by_kind([person for person in self.people if rules.reads(person, space)])

    def count(self, space: Space) -> int:
        """How many people read a space."""
        return sum(self.counts(space).values())

    def sentence(self, space: Space) -> str:
        """'Who reads it: 8 who live here, 14 who have lived here and staff.' Staff are always among the readers."""
        counts = self.counts(space)
        parts = []
        if counts["resident"]:
            parts.append(ngettext("%(num)s who lives here", "%(num)s who live here", counts["resident"]))
        if counts["alumnus"]:
            parts.append(ngettext("%(num)s who has lived here", "%(num)s who have lived here", counts["alumnus"]))
        if not parts:
            return i18n._("Who reads it: staff.")
        return i18n._("Who reads it: %(people)s and staff.", people=", ".join(parts))
