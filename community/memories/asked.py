"""What was asked for help is no memory by itself. Which streams those are the rooms around them know; whoever puts the
rooms together says so once per process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, not_, or_, select

from community.safety.models import HARM, Case
from community.streams.models import Piece

_streams: list[Callable[[], Select[Any]]] = []


def configure(streams: Callable[[], Select[Any]]) -> None:
    """Who knows the streams in which somebody asks, or wants to be heard."""
    _streams[:] = [streams]


def alarmed() -> Any:
    """The condition for pieces that made us afraid for somebody, or were told to staff as harm."""
    return select(Case.id).where(Case.piece_id == Piece.id, or_(Case.alert_at.is_not(None), Case.harm >= HARM)).exists()


def told_for_its_own_sake() -> list[Any]:
    """The conditions for pieces that may be memories without their author saying so."""
    return [*(Piece.stream_id.not_in(asked()) for asked in _streams), not_(alarmed())]
