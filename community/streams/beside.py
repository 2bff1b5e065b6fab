"""What hangs on pieces and is known further up: pictures. Whoever knows it says so once per process."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from community.members.people import Viewer

Known = dict[str, Any] | None
Shown = Callable[[Collection[int], Collection[int], Collection[int], Known], Mapping[int, tuple[Any, ...]]]
Waiting = Callable[[Viewer, Sequence[int]], dict[str, int]]

_shown: list[Shown] = []
_waiting: list[Waiting] = []


def configure(shown: Shown, waiting: Waiting) -> None:
    """Who knows the pictures of pieces, and which of them wait."""
    _shown[:], _waiting[:] = [shown], [waiting]


def pictures_on(
    piece_ids: Collection[int], hidden: Collection[int], whole: Collection[int], known: Known = None
) -> Mapping[int, tuple[Any, ...]]:
    """The pictures of these pieces for readers for whom the people in `hidden` are not there; of those in `whole` also
    what waits. `known`: where what was read is kept for the rest of this request or event. Asks nobody where there are
    none."""
    return _shown[0](piece_ids, hidden, whole, known) if piece_ids and _shown else {}


def waiting_for(viewer: Viewer, piece_ids: Sequence[int]) -> dict[str, int]:
    """On which of these pieces pictures wait that the viewer may see, and how many. Asks nobody of none."""
    return _waiting[0](viewer, piece_ids) if piece_ids and _waiting else {}
