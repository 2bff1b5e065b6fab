"""What `/design` shows of leaving: what is read before, the line meanwhile, and whoever has left."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from community.core import clock
from community.lifecycle import erasing
from community.lifecycle.leaving import OpenMatter
from community.members.people import somebody_gone


def samples() -> dict[str, Any]:
    """What is open of hers in each of its states, and nothing."""
    today = clock.today()
    return {
        "leaver": SimpleNamespace(leaving_on=today),
        "stays": erasing.told_to_stay(),
        "matters": [OpenMatter("told", today, None), OpenMatter("call", today, today)],
        "somebody_gone": somebody_gone(),
    }
