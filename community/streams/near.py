"""Whom somebody can have met: who shares her house or her work, and who has written by name where she reads. Nobody is
listed because she is a member."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import exists, select

from community.core.db import session
from community.members.models import Member
from community.members.people import Named, Viewer
from community.spaces import queries as spaces
from community.spaces import rules as space_rules
from community.streams import queries as streams
from community.streams.models import Piece, Stream


def met_among(viewer: Viewer, people: Mapping[int, Named], *, also: int | None = None) -> set[int]:
    """Those of these people whom the viewer can have met; `also`: the one whose page led here. One query."""
    near = {id_ for id_, one in people.items() if id_ == also or shares_house(viewer, one)}
    return near | _heard_of(viewer, people.keys() - near)


def shares_house(viewer: Viewer, other: Named) -> bool:
    """Whether the two live or work at one house now, or both work here. No query."""
    if viewer.is_staff and other.is_staff:
        return True
    house_id = space_rules.house_of(viewer)
    return house_id is not None and space_rules.house_of(other) == house_id


def _heard_of(viewer: Viewer, ids: Collection[int]) -> set[int]:
    """Those of these people who have written by name in what the viewer reads. One query."""
    wrote = exists().where(
        Piece.author_id == Member.id,
        Piece.by_name(),
        Piece.state == "published",
        Stream.id == Piece.stream_id,
        streams.readable_in(viewer, spaces.readable(viewer)),
    )
    return set(session().scalars(select(Member.id).where(Member.id.in_(ids), wrote)))
