"""Who of the demo leaves work soon, by the action itself: Olof in 20 days, Sara follows him, his goodbye is written."""

from __future__ import annotations

from datetime import datetime, timedelta

from community.core import clock
from community.lifecycle import leaving_work
from community.lifecycle.leaving_work import Wish
from community.members.queries import as_viewer

IN_DAYS = 20
GOODBYE = "Hej. Jag slutar nu, och jag är inte så bra på sånt här. Cykeln i förrådet är din. Sara vet var pumpen är."


def plan(anchor: datetime, people: dict[str, int]) -> None:
    """Birgitta has written the day down, and olof his goodbye."""
    with clock.at(anchor):
        wish = Wish(people["sara"], clock.today() + timedelta(days=IN_DAYS))
        leaving_work.plan(as_viewer(people["birgitta"]), people["olof"], wish)
        leaving_work.say_goodbye(as_viewer(people["olof"]), GOODBYE)
