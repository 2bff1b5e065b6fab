"""What this room does when a member has left: askings about whose a text of hers is, with their reasons."""

from __future__ import annotations

from sqlalchemy import delete, select

from community.core.db import transaction
from community.core.erasing import Leaver
from community.moderation.unmask_models import Unmasking
from community.streams.models import Piece


def unmaskings(leaver: Leaver) -> bool:
    """Those about her texts."""
    hers = select(Piece.id).where(Piece.author_id == leaver.id)
    with transaction() as s:
        s.execute(delete(Unmasking).where(Unmasking.piece_id.in_(hers)))
    return True
