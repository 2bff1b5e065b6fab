"""What `/design` shows of the gate: the help card in both its states, and texts that were tried."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from community.home import help_card
from community.safety.gate import Grade, Outcome, Verdict
from community.wordlists import words as list_words
from community.wordlists.queries import MetView, Tried


def samples() -> dict[str, Any]:
    """The help card in both its states, and tried texts that are refused, wait, are looked at and stand."""
    met = MetView("refuse", "skällsord/skällsorden", "skällsord", False)
    held, own = MetView("personal", "phone", "phone", False), MetView("check", "hålligång", "hålligång", True)
    verdicts: tuple[tuple[Verdict, list[MetView]], ...] = (
        (Verdict(Outcome.REFUSE, ("skällsord",)), [met]),
        (Verdict(Outcome.HOLD, grade=Grade.INTENT, alert=True), [held]),
        (Verdict(Outcome.PUBLISH, check=True), [own]),
        (Verdict(Outcome.PUBLISH), []),
    )
    return {
        "cards": {grade.value: replace(help_card.made(None, grade), back="#") for grade in (Grade.HEAVY, Grade.INTENT)},
        "tried_texts": [Tried(*one) for one in verdicts],
        "words": list_words,
    }
