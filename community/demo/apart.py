"""Two people of the demo whom staff keep from writing to each other in private, by the action itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from community.core import clock
from community.members.queries import as_viewer
from community.separations import actions

TWO = ("robin", "hanna")
WHY = "Ett gammalt bråk om pengar som blev hotfullt i meddelanden. I trådarna går det bra."


def write(anchor: datetime, people: dict[str, int]) -> None:
    """Decided by the house manager a month ago, to be looked at again in two."""
    with clock.at(anchor - timedelta(days=30)):
        until = clock.today() + timedelta(days=90)
        one, other = (people[name] for name in TWO)
        actions.keep_apart(as_viewer(people["birgitta"]), one, other, level="private", reason=WHY, review_on=until)
