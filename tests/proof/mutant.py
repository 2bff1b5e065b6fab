"""A pytest plugin that bends one rule: `RULE_MUTANT="thread.reply:allow" pytest -p tests.proof.mutant tests/matrix`.

The matrix must turn red for every rule, bent either way; one that does not is a missing test.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from community.app import RULES

BENT = {"allow": lambda _actor, _thing: None, "deny": lambda _actor, _thing: "Bent for a trial."}

KEY, HOW = os.environ["RULE_MUTANT"].rsplit(":", 1)
RULE: Any = next(rule for rule in RULES if rule.key == KEY)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Bent only while a test runs: what is prepared for it goes by the real rules."""
    del item
    straight = RULE.judge
    object.__setattr__(RULE, "judge", BENT[HOW])
    try:
        return (yield)
    finally:
        object.__setattr__(RULE, "judge", straight)
