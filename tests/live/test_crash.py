"""A power cut for the process: acknowledged is stored, once, in order. `make proof` does a hundred rounds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.copies import PostgresCopies, SqliteCopies
from tests.live.crash import Where, crash_rounds
from tests.live.house import copied
from tests.live.talks import Chat, Thread

AT_MOST = 15
UP = 5.0  # seconds (security.md C-01), of the median: other tests run beside


@pytest.mark.timeout(180)
@pytest.mark.parametrize(("where", "counting"), [(Thread, 3), (Chat, 4)])
def test_acknowledged_is_stored_once_and_in_order(
    database_copies: SqliteCopies | PostgresCopies, live_folder: Path, tmp_path: Path, where: Where, counting: int
) -> None:
    house = copied(database_copies, live_folder)
    rounds = crash_rounds(house, tmp_path, counting=counting, at_most=AT_MOST, seed=1, where=where)
    assert sum(found.counts for found in rounds) == counting, rounds
    assert sum(found.acked for found in rounds) > 0
    assert sorted(found.seconds_to_answer for found in rounds)[len(rounds) // 2] < UP, rounds
