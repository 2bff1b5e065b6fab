"""What `/design` shows of moving out: the day on its way, what happens on it, and the question about one's name."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from community.core import clock
from community.lifecycle.on_the_day import Line


def samples() -> dict[str, Any]:
    """A made-up move in twelve days, and one that was."""
    day = clock.today() + timedelta(days=12)
    lines = [
        Line("Vid ditt namn står det", "circle-user-round", "alumnus"),
        Line("Linden: det som skrevs där före den dagen får du alltid läsa, chatten också.", "book-open"),
        Line("Utflyttat öppnar för dig.", "lock-keyhole"),
        Line("Mehmet är inte din kontaktperson längre.", "users-round"),
        Line("Allt du har skrivit finns kvar, och dina meddelanden också.", "check"),
    ]
    return {
        "move_lines": lines,
        "move_coming": SimpleNamespace(moves_on=day, leaves_at=clock.start_of(day)),
        "move_done": SimpleNamespace(moves_on=clock.today()),
    }
