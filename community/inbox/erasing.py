"""What this room does when a member has left: what she and the team wrote to each other goes, with the notes of it."""

from __future__ import annotations

from sqlalchemy import delete, select

from community.core.db import transaction
from community.core.erasing import Leaver
from community.inbox.models import Inbox, InboxStep
from community.streams import erasing as streams


def inboxes(leaver: Leaver) -> bool:
    """Every inbox of hers. An empty stream stays, in no list."""
    with transaction() as s:
        ids = list(s.scalars(select(Inbox.stream_id).where(Inbox.member_id == leaver.id)))
        streams.with_the_team(ids)
        s.execute(delete(InboxStep).where(InboxStep.stream_id.in_(ids)))
        s.execute(delete(Inbox).where(Inbox.member_id == leaver.id))
    return True
