"""What `/design` shows of talks: the list, an ask, the head and every state of the line above the field."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from community.core import clock
from community.members.contact import REFUSAL
from community.members.people import AuthorView
from community.streams.models import Stream, StreamMember
from community.talks.models import Talk
from community.talks.queries import Found, OpenedView, TalkRow

ELIAS = AuthorView(2, "Elias", "resident", "a01", "e")
CALLUM = AuthorView(3, "Callum", "alumnus", "a20", "a")
LONG = AuthorView(4, "Ungdomsvårdsöverraskning", "resident", None, "d")


def samples() -> dict[str, Any]:
    """Made-up talks, in their states."""
    now = clock.now()
    opened = [OpenedView("Jonna", now - timedelta(days=2), "Någon sa till, och jag behövde se början.")]
    rows = [
        TalkRow(1, "Elias", ELIAS, False, 3, now - timedelta(minutes=4), False, False),
        TalkRow(2, "Callum", CALLUM, False, 0, now - timedelta(days=1), False, True),
        TalkRow(3, LONG.name * 2, LONG, True, 100, now - timedelta(days=40), False, False),
    ]
    states = [
        {"refusal": None, "waits": False, "grown": "", "opened": [], "opened_lately": []},
        {"refusal": None, "waits": True, "grown": "", "opened": [], "opened_lately": []},
        {"refusal": REFUSAL, "waits": False, "grown": "ended", "opened": opened, "opened_lately": opened},
        {"refusal": None, "waits": False, "grown": "kept", "opened": [], "opened_lately": []},
    ]
    return {
        "talk_rows": rows,
        "talk_asks": [TalkRow(4, "Callum", CALLUM, False, 0, now, True, False)]
        + [TalkRow(5, "Elias", ELIAS, True, 0, now, True, False)],
        "talk_pages": [
            SimpleNamespace(talk=_found(group=bool(number % 2)), **state) for number, state in enumerate(states)
        ],
        "talk_notice": SimpleNamespace(id=900, kind="message", at=now, unread=True),
    }


def _found(*, group: bool) -> Found:
    stream: Any = Stream(id=701, kind="talk")
    talk = Talk(stream_id=701, name="Fikagänget" if group else None, low_id=None if group else 1, high_id=None)
    talk.high_id = None if group else 2
    people = {2: ELIAS, 3: CALLUM} if group else {2: ELIAS}
    states = {2: "in", 3: "asked"}
    rows = [StreamMember(stream_id=701, member_id=id_, state=states[id_]) for id_ in people]
    nowhere: Any = None
    return Found(stream, nowhere, talk, rows, people)
