"""What `/design` shows of the rota."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from community.core import clock
from community.home.handover import Line
from community.rota.cover import Gap, OnShift
from community.rota.words import SHORT
from community.rota.working import Working

LONG = "Realisationsvinstbeskattningsreglerna"


def samples() -> dict[str, Any]:
    """Shifts of one day, the last of which does not count, and what follows from them."""
    midnight = clock.start_of(clock.today())

    def one(number: int, name: str, role: str, begins: int, ends: int, **more: Any) -> OnShift:
        begins_at, ends_at = midnight + timedelta(hours=begins), midnight + timedelta(hours=ends)
        return OnShift(number, number, name, more.pop("house_id", 1), role, begins_at, ends_at, **more)

    later = midnight + timedelta(hours=22)
    return {
        "on_now": [Working("Sara", "22", later), Working(LONG, "22:30", later), Working(None, "22", later)],
        "shifts": [
            one(1, "Sara", "host", 14, 22, back_up="Karin"),
            one(2, "Maximiliana-Alexandria af Klingenspoor", "staff", 22, 31, house_id=None),
            one(3, "نور", "on_call", 22, 79, counts=False),
        ],
        "shift_gaps": [Gap(midnight, midnight + timedelta(hours=7)), Gap(later, later + timedelta(days=2))],
        "shift_roles": SHORT,
        "open_lines_shown": [Line(2, LONG, "#rota"), Line(0, str(SHORT["host"]), None)],
    }
