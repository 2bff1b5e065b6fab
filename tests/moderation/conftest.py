"""Cases as the rooms that open them would: about pieces, by rules and by people who tell staff."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import update

from community.core.db import session, transaction
from community.moderation import waiting
from community.safety import cases
from community.safety.models import PLAIN, Case
from community.spaces.models import Space
from community.streams.models import Piece, Stream
from tests.world import World

MakeCase = Callable[..., Case]


def case_about(
    piece: Piece, reason: str = "held", *, harm: int = PLAIN, by_id: int | None = None, **how: object
) -> Case:
    stream = session().get_one(Stream, piece.stream_id)
    space = session().get_one(Space, stream.space_id)
    case = cases.open_case(
        f"piece:{piece.id}",
        reason,
        harm=harm,
        by_id=by_id,
        member_id=piece.author_id,
        piece_id=piece.id,
        space_id=space.id,
        house_id=stream.house_id if stream.house_id is not None else space.house_id,
        **how,  # type: ignore[arg-type]
    )
    session().refresh(case)
    session().expunge(case)
    return case


@pytest.fixture
def waits(world: World) -> MakeCase:
    """`waits("held-reply")`: a case about what was written under a label. Nothing else waits."""
    waiting.forget()
    with transaction() as s:
        s.execute(update(Case).where(Case.state == "open").values(state="closed"))
    return lambda label, reason="held", **how: case_about(world.piece(label), reason, **how)
