"""What a room does for somebody who has left: one function a table. Called again it finds nothing more to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_

from community.core.db import transaction


@dataclass(frozen=True)
class Leaver:
    """Somebody who is no member any more since `gone_at`, and what she chose for what she wrote: it stays as hers
    (named), without her name (nameless), or goes (removed)."""

    id: int
    choice: str
    gone_at: datetime

    @property
    def takes_words_along(self) -> bool:
        return self.choice == "removed"


Step = Callable[[Leaver], bool]
"""Does its part; whether nothing is left to do, now or later."""


def rows(*columns: Any) -> Step:
    """The step that deletes the rows in which one of these columns of a table is hers."""

    def step(leaver: Leaver) -> bool:
        with transaction() as s:
            s.execute(delete(columns[0].class_).where(or_(*(column == leaver.id for column in columns))))
        return True

    return step
