"""A safety lead and a second one, beside the cast: the world has none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from community.core.db import session, transaction
from community.forum import actions as forum
from community.members.models import Duty
from community.openness import numbers
from community.streams.actions import Said
from community.streams.models import Piece
from tests.world import World


@pytest.fixture
def duty(world: World) -> Callable[[str, str], None]:
    """Give somebody a duty from last year on."""

    def give(who: str, kind: str) -> None:
        with transaction() as s:
            s.add(Duty(member_id=world.id(who), kind=kind, from_on=date(2025, 3, 1)))
            s.flush()

    return give


@pytest.fixture
def lead(duty: Callable[[str, str], None]) -> None:
    """Petra, of Linden, is the safety lead."""
    duty("petra", "safeguarding_lead")


@pytest.fixture
def nameless(world: World) -> Piece:
    """A post of Amina's without her name."""
    said = Said("Hur gör ni när det är svårt", "nameless-open", unnamed=True, at_once=True)
    space = world.space("vardagsrummet")
    piece = forum.start_thread(world.viewer("amina"), space, said, mode="ask", just_listen=False)
    session().refresh(piece)
    session().expunge(piece)
    return piece


@pytest.fixture(autouse=True)
def _counted_anew() -> None:
    numbers.forget()
