"""Who works, and a change of who reads first, as tests of it say them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import delete

from community.core.db import transaction
from community.publishing import actions, queries, words
from community.rota import working
from community.rota.models import Shift
from community.streams import promises
from tests.make import Make
from tests.world import World

Cover = Callable[..., None]
Change = Callable[..., None]


@pytest.fixture
def cover(world: World, make: Make) -> Iterator[Cover]:
    """`cover("host")`: who works from an hour ago to four hours from now, and nobody else at any time."""

    def works(kind: str = "none", begins: float = -1, ends: float = 4) -> None:
        with transaction() as s:
            s.execute(delete(Shift))
        working.forget()
        if kind != "none":
            who, role = ("jonna", "host") if kind == "host" else ("sara", "staff")
            make.shift(who, None, begins, ends, role)

    yield works
    working.forget()
    promises.forget()


@pytest.fixture
def change(world: World) -> Change:
    """`change("16-17", host="hold")`, `change("figures", first_posts=20)`, `change("start")`, by Birgitta."""

    def says(what: str, **new: str | int) -> None:
        birgitta = world.viewer("birgitta")
        how = {"reason": "Vi provar", "version": queries.now_for(birgitta).version}
        if what == "start":
            actions.set_back(birgitta, **how)  # type: ignore[arg-type]
        elif what == "figures":
            actions.change_figures(birgitta, new, **how)  # type: ignore[arg-type]
        else:
            actions.change_row(birgitta, words.PARTS[what], new, **how)  # type: ignore[arg-type]

    return says
