"""The help card as a page shows it: whom to call, for the age and the language of whoever wrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, has_request_context, request, session

from community.concerns import queries as concerns
from community.concerns import words
from community.concerns.actions import ways_for
from community.core import i18n
from community.home import help_numbers
from community.members.people import ADULT
from community.safety import card
from community.safety.gate import Grade

MOST = 3  # public numbers on the card; all of them are a tap away


@dataclass(frozen=True)
class Told:
    """Whom what she wrote alerted, and how they can reach her. `nameless`: they don't know yet who it is."""

    id: int
    names: list[str]
    ways: list[tuple[str, Any]]
    nameless: bool

    @property
    def joined(self) -> str:
        return words.and_so_on(self.names)


@dataclass(frozen=True)
class HelpCard:
    """`waits`: what she wrote is held. `back`: this page again, without the card; None while she is in a form. `told`:
    whom her words alerted."""

    waits: bool
    calls: list[help_numbers.Call]
    back: str | None
    told: Told | None = None


def for_page(viewer: Any) -> HelpCard | None:
    """The card, the first time it is asked for after something heavy was written; then None."""
    grade = card.take()
    return None if grade is None else made(viewer, grade)


def made(viewer: Any, grade: Grade) -> HelpCard:
    """The card for a grade."""
    back = request.path if request.method == "GET" else None
    told = _told(viewer) if grade is Grade.INTENT and viewer is not None else None
    return HelpCard(grade is Grade.INTENT, calls_for(viewer), back, told)


def calls_for(viewer: Any) -> list[help_numbers.Call]:
    """The few numbers that matter most, for the age and the country of whoever reads, and the houses' own."""
    file, lang = current_app.config["SETTINGS"].help_file, i18n.language()
    grown = viewer is not None and viewer.age_band == ADULT
    every = help_numbers.first_country(file, lang, country())
    public = [call for call in every if not (grown and call.for_age == "under18")]
    return [*public[:MOST], *help_numbers.of_houses(file, lang)]


def country() -> str:
    """Where whoever reads is: as she said on Help now, else at home."""
    settings = current_app.config["SETTINGS"]
    said = session.get("country") if has_request_context() else None
    return said if said in help_numbers.countries(settings.help_file) else settings.help_country


def _told(viewer: Any) -> Told | None:
    status = concerns.alert_of(viewer)
    if status is None:
        return None
    ways = [(way, words.HOWS[way]) for way in ways_for(viewer)]
    return Told(status.concern.id, status.alerted, ways, status.concern.unnamed)
