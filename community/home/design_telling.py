"""What `/design` shows of telling staff."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from community.core import clock
from community.members.people import AuthorView
from community.reports.queries import Receipt
from community.reports.words import REASONS, hour_of
from community.safety.outside import Outside

LONG = "Realisationsvinstbeskattningsreglerna"


def samples() -> dict[str, Any]:
    """Receipts in every state."""
    now = clock.now()
    person = AuthorView(5, "Maximiliana-Alexandria af Klingenspoor", "alumnus", None, "d")
    received = Receipt(
        id=1,
        reason="worried",
        at=now,
        state="received",
        looks=None,
        thing="piece",
        kind="reply",
        person=person,
        stands=True,
        past_staff=False,
        independent=False,
        fresh=False,
    )
    nameless = replace(received, kind="opening", person=None, stands=False)
    looking = replace(received, state="looking", looks="Jonna", thing="member", kind="", stands=False)
    done = replace(received, state="done", fresh=True, reason="private")
    states = [
        replace(received, reads="Jonna"),
        replace(received, reads_by=now + timedelta(hours=9)),
        received,
        replace(received, past_staff=True),
        replace(received, past_staff=True, independent=True),
        looking,
        replace(looking, looks=None),
        done,
    ]
    return {
        "tell_reasons": {**REASONS, "long": LONG},
        "tell_receipts": [received, nameless, looking, replace(looking, looks=None), done],
        "tell_states": states,
        "tell_outside": Outside("Ingrid Ask", f"070-174 06 35, {LONG}@example.com"),
        "tell_hour_of": hour_of,
    }
