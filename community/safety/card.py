"""The help card: shown once to whoever wrote something heavy, on her own screen, with the next thing she sees.

It lies in her signed cookie for as long as that takes and nowhere else: not beside the text, not in the database.
"""

from __future__ import annotations

from flask import has_request_context, session

from community.core import clock, web
from community.safety.gate import Grade, Verdict

NAME = "card"
LASTS = 600  # seconds: a tablet that passes on shows it to nobody else


def offer(verdict: Verdict) -> None:
    """Show the card with the next answer to whoever is asking. Nothing where there is no page (a job, a command)."""
    if verdict.help and has_request_context():
        put(verdict.grade)


def put(grade: Grade) -> None:
    """Lay the card into the cookie of whoever is asking now."""
    session[NAME] = [_whose(), grade.value, int(clock.now().timestamp())]


def take() -> Grade | None:
    """What the card is for, once; None where there is nothing to show to whoever is asking now."""
    if NAME not in session:
        return None
    whose, grade, at = session.pop(NAME)
    if whose != _whose() or clock.now().timestamp() - at > LASTS:
        return None
    return Grade(grade)


def waits() -> bool:
    """Whether the next answer is to show it."""
    return NAME in session


def leading(url: str) -> str:
    """An address to go to next, with the card in sight where there is one."""
    return f"{url.partition('#')[0]}#help-card" if waits() else url


def _whose() -> int:
    viewer = web.someone()
    return viewer.id if viewer is not None else 0
