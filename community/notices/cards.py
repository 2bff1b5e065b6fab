"""What waits for one member alone and is about no piece: a private card on the landing page and above her notices.

Nobody else learns that it waits, that it was answered, or that it was not.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select

from community.core.db import session
from community.core.errors import NotFound
from community.members.people import Viewer
from community.notices.models import CARDS, OwnCard


def cards_for(viewer: Viewer) -> list[OwnCard]:
    """What waits for the viewer alone, what comes first first. One query."""
    found = session().scalars(select(OwnCard).where(*waiting(viewer)).execution_options(populate_existing=True))
    return sorted(found, key=lambda card: (CARDS.index(card.kind), -card.at.timestamp(), card.id))


def card_for(viewer: Viewer, card_id: int) -> OwnCard:
    """One of the viewer's own, also when it is gone. Raises NotFound. One query."""
    hers = select(OwnCard).where(OwnCard.id == card_id, OwnCard.member_id == viewer.id)
    found = session().scalar(hers.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def waiting(viewer: Any) -> list[ColumnElement[bool]]:
    """The condition for cards that wait for somebody."""
    return [OwnCard.member_id == viewer.id, OwnCard.done_at.is_(None)]
