"""One calm call for somebody that is open as the demo begins, through the action itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from community.concerns import actions
from community.concerns.actions import Wish
from community.core import clock
from community.members.queries import as_viewer

WORDS = "Hej. Det är inget farligt, jag skulle bara vilja prata med någon om flytten. Helst i köket, när det passar."


def write(anchor: datetime, people: dict[str, int]) -> None:
    """Wilma wants to talk; whoever works at her house then has been told."""
    with clock.at(anchor - timedelta(minutes=4)):
        actions.ask(as_viewer(people["wilma"]), Wish("talk", WORDS, "come"), "demo-wants-to-talk")
