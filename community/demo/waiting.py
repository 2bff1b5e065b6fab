"""What waits for a host as the demo begins, by the actions themselves: a text of a child, and what was told."""

from __future__ import annotations

from datetime import datetime, timedelta

from community.core import clock
from community.core.db import session
from community.members.queries import as_viewer
from community.reports import actions as reports
from community.reports.actions import Wish
from community.streams import actions as streams
from community.streams.actions import Said
from community.streams.models import Stream

REPLY = "can i bring my cousin on sunday? he is 12 and he eats a lot, sorry in advance"
TOLD = "Någon skriver elaka saker till mig i en annan app. Det är inte här, men jag ville att ni vet."


def write(anchor: datetime, people: dict[str, int], stream_id: int) -> None:
    """Dawit answers about Sunday dinner and is read first; Tuva tells of something."""
    with clock.at(anchor - timedelta(minutes=41)):
        said = Said(REPLY, "demo-dawit-waits")
        streams.reply(as_viewer(people["dawit"]), session().get_one(Stream, stream_id), said)
    with clock.at(anchor - timedelta(minutes=22)):
        reports.tell(as_viewer(people["tuva"]), Wish("unkind", TOLD))
