"""What `/design` shows of what waits to be read first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from community.streams.promises import Promise
from community.streams.queries import PieceView

LONG = "Realisationsvinstbeskattningsreglerna"
PROMISES = (
    Promise("usual", "Jonna", 20),
    Promise("usual", LONG, 40, change=True),
    Promise("late", "Jonna"),
    Promise("soon", minutes=60),
    Promise("later", time="07:00"),
    Promise("later", time="ons 25 nov 07", change=True),
    Promise("open"),
)


def samples(held: PieceView) -> dict[str, Any]:
    """A piece that waits, with everything its author may be told."""
    return {"held_pieces": [replace(held, id=1000 + number, promise=one) for number, one in enumerate(PROMISES)]}
