"""What this room does when a member has left: what she did not want to look back on goes. When something happened stays
with the words it belongs to, and goes where she takes them along."""

from __future__ import annotations

from sqlalchemy import delete, select

from community.core.db import transaction
from community.core.erasing import Leaver, rows
from community.memories.models import MemoryDate, MemoryOff, MemoryPutAway
from community.streams.models import Piece

off = rows(MemoryOff.member_id)


def put_away(leaver: Leaver) -> bool:
    """What she put away, and when what she told happened, where her words go."""
    with transaction() as s:
        s.execute(delete(MemoryPutAway).where(MemoryPutAway.member_id == leaver.id))
        if leaver.takes_words_along:
            hers = select(Piece.id).where(Piece.author_id == leaver.id)
            s.execute(delete(MemoryDate).where(MemoryDate.piece_id.in_(hers)))
    return True
