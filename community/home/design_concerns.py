"""What `/design` shows of somebody who needs somebody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from community.concerns import words
from community.concerns.forms import StaffDoorForm
from community.concerns.models import Concern
from community.concerns.queries import Row, Status, StepView
from community.concerns.waiting import Needed
from community.core import clock
from community.core.forms import offered
from community.home.help_card import HelpCard, Told

LONG = "Realisationsvinstbeskattningsreglerna"
ARABIC = "نور"


def _door() -> StaffDoorForm:
    form = StaffDoorForm(formdata=None, prefix="door-", words=f"{LONG} {ARABIC}")
    form.about.choices = offered([(0, LONG)])
    return form


def samples() -> dict[str, Any]:
    """One that nobody has, late and with a question; one that is taken; rows, and the bar of whoever was called."""
    now = clock.now()

    def step(what: str, ago: int, who: str | None = None, **more: Any) -> StepView:
        given = {"whom": None, "hers": False, "words": "", "minutes": None, "how": None, **more}
        return StepView(what, now - timedelta(minutes=ago), who, **given)

    def concern(number: int, state: str, said: str) -> Concern:
        made = Concern(id=number, severity="urgent", state=state, sent_at=now - timedelta(minutes=12), how="come")
        made.keep("words", said)
        return made

    steps = [
        step("sent", 12),
        step("cannot", 11, LONG),
        step("lapsed", 6, whom=ARABIC),
        step("taken", 5, "Lars", how="come", minutes=5),
        step("wrote", 1, "Lars", words=f"{LONG} {ARABIC}"),
    ]

    def row(number: int, severity: str, name: str | None, **more: Any) -> Row:
        given = {"state": "open", "taker": None, "step_due_at": None, "mine": False, **more}
        return Row(number, name, severity, now, **given)

    return {
        "statuses": [
            Status(concern(1, "open", LONG), ["Lars", ARABIC], None, steps[:3], [(3, "Sara")], True),
            Status(concern(2, "taken", ARABIC), ["Lars"], "Lars", steps, [], False),
        ],
        "step_sentence": lambda one: words.sentence(one, mine=True),
        "and_so_on": words.and_so_on,
        "severities": words.SEVERITIES,
        "concern_rows": [
            row(1, "urgent", "Maximiliana-Alexandria af Klingenspoor"),
            row(2, "talk", ARABIC, state="taken", taker=LONG),
            row(3, "words", None, state="taken", mine=True),
            row(4, "unread", None, state="closed"),
        ],
        "door_form": _door(),
        "bars": [Needed(1, False), Needed(None, True)],
        "told_card": HelpCard(
            True,
            [],
            None,
            Told(1, ["Lars", LONG], [(way, words.HOWS[way]) for way in words.HOWS], True),
        ),
    }
