"""Two inboxes of the demo, by the actions themselves: one that was answered, one that waits. Minutes before the anchor,
who, what."""

from __future__ import annotations

from datetime import datetime, timedelta

from community.core import clock, ratelimit
from community.inbox import actions
from community.members.queries import as_viewer
from community.streams.actions import Said

ANSWERED: tuple[tuple[int, str, str], ...] = (
    (1630, "amina", "kan man få byta rum om man har en anledning men inte orkar säga den"),
    (1604, "sara", "Ja. Du behöver inte säga varför. Rummet mot gården blir ledigt på torsdag, vill du titta på det?"),
    (1601, "amina", "ja. tack"),
    (1588, "sara", "Jag hämtar nyckeln efter middagen, så går vi dit du och jag."),
)
WAITS = (75, "johanna", "Hej, jag hittar inte mina papper från när jag flyttade ut. Finns det kopior hos er?")


def write(anchor: datetime, people: dict[str, int]) -> None:
    """Amina asks and sara answers; johanna waits."""
    stream_id = 0
    for number, (minutes, who, words) in enumerate(ANSWERED):
        with clock.at(anchor - timedelta(minutes=minutes)), ratelimit.ignored():
            viewer, said = as_viewer(people[who]), Said(words, f"demo-team-{number}")
            if viewer.is_staff:
                actions.answer(viewer, stream_id, said)
            else:
                stream_id = actions.write(viewer, said)[0].stream_id
    minutes, who, words = WAITS
    with clock.at(anchor - timedelta(minutes=minutes)), ratelimit.ignored():
        actions.write(as_viewer(people[who]), Said(words, "demo-team-waits"))
