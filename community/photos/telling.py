"""Open pages of a stream learn that something became of the pictures on a piece.

What everybody sees is an event of the piece (`streams/placing.py`). That pictures wait is said beside it, to those
alone who may see them: her who put them up, those in them who were asked, and those who work here and read there.
"""

from __future__ import annotations

from community.core.announcements import announce
from community.core.db import session
from community.streams import placing
from community.streams.models import Piece


def changed(piece: Piece) -> None:
    """What hangs on a piece is shown otherwise from now on. Inside the caller's transaction."""
    placing.changed(piece, None)
    waiting(piece)


def waiting(piece: Piece) -> None:
    """The same where everybody else sees what they saw. Of what never stood nobody hears. Inside the caller's
    transaction."""
    session().flush()
    if piece.nr is not None:
        announce(
            f"stream:{piece.stream_id}",
            "pictures:changed",
            stream=piece.stream_id,
            piece=piece.id,
            seq=piece.seq,
        )
