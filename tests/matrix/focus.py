"""What the matrix asks just now, and what it is to ask: for a trial that bends one rule and knows where it is met."""

from __future__ import annotations

from tests.matrix.answers import Case

now: Case | None = None  # the request under way
only: set[str] | None = None  # endpoints; None: all


def asks(case: Case) -> bool:
    return only is None or case[0] in only
