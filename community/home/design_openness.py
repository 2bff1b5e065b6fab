"""What `/design` shows of what staff did, and of the line over every page while nothing can be written."""

from __future__ import annotations

from typing import Any

from community.core import clock
from community.home import design_leaving, design_my_data
from community.members.people import AuthorView, ReadOnly
from community.moderation.unmask_forms import JudgeForm, SecondForm
from community.moderation.unmasking import AskingView
from community.openness.actions import duty_words
from community.openness.lines import LineView

LONG = "Maximiliana-Alexandria af Klingenspoor"
WORDS = "Realisationsvinstbeskattningsreglerna gör att allt måste vila en stund. Fråga Birgitta."


def samples() -> dict[str, Any]:
    """Lines with everything and with nothing, one asking in each of its states, and a file with all one's data."""
    now = clock.now()
    base = {"piece_id": 1, "asker": LONG, "at": now, "why": WORDS, "second": None, "right": None, "answer": ""}
    no = {"may_answer": False, "may_judge": False, "may_see": False}

    def asking(number: int, state: str, **more: Any) -> AskingView:
        return AskingView(**{"id": number, "alone": False, "state": state, **base, **no, **more})

    return {
        "leaving": design_leaving.samples(),
        **design_my_data.samples(),
        "act_lines": [
            LineView(now, LONG, "texts", "dolde en text", "نور", "Vardagsrummet", WORDS, True),
            LineView(now, "Jonna", "rota", "lämnade över", None, "Köket", None, False, about_it=True),
        ],
        "duty": duty_words,
        "read_only": ReadOnly(WORDS, "We are mending something. Ask Birgitta."),
        "askings": [
            asking(1, "asked", may_answer=True),
            asking(2, "open", alone=True, may_judge=True),
            asking(3, "open", second="Karin", may_see=True),
            asking(4, "open", alone=True, second="Karin", right=True, answer=WORDS),
            asking(5, "refused", second="Karin", answer=WORDS),
        ],
        "asking_shown": (3, AuthorView(1, "نور", "resident", None, "a")),
        "asking_forms": {
            "second": SecondForm(formdata=None),
            "judging": JudgeForm(formdata=None),
        },
    }
