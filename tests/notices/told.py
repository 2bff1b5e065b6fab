"""What somebody's notifications say, and how many questions an answer costs."""

from __future__ import annotations

from sqlalchemy import select

from community.core.db import session
from community.notices import queries
from community.notices.models import Notice
from community.notices.queries import NoticeView, Unread
from community.spaces import queries as spaces
from community.streams.models import Stream
from tests.world import World


def told(world: World, who: str, stream: Stream | int | None = None) -> list[NoticeView]:
    """What stands on her page, of one thread or of all."""
    found = queries.page_for(world.viewer(who), limit=500)
    wanted = stream.id if isinstance(stream, Stream) else stream
    return [one for one in found if wanted is None or one.opening.stream_id == wanted]


def rows(world: World, who: str, stream: Stream) -> list[Notice]:
    """What is stored, seen or not."""
    mine = select(Notice).where(Notice.member_id == world.id(who), Notice.stream_id == stream.id)
    return list(session().scalars(mine.order_by(Notice.at).execution_options(populate_existing=True)))


def unread(world: World, who: str) -> Unread:
    viewer = world.viewer(who)
    return queries.unread_for(viewer, spaces.readable_ids(viewer))


def names(view: NoticeView) -> list[str]:
    return [person.name for person in view.people]
