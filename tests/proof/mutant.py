"""A pytest plugin that bends one rule: `RULE_MUTANT="thread.reply:allow" pytest -p tests.proof.mutant tests/matrix`.

The matrix must turn red for every rule, bent either way; one that does not is a missing test.
"""

from __future__ import annotations

import os
from typing import Any

from community.app import RULES

BENT = {"allow": lambda _actor, _thing: None, "deny": lambda _actor, _thing: "Bent for a trial."}


def bend(wish: str) -> None:
    key, how = wish.rsplit(":", 1)
    rule: Any = next(rule for rule in RULES if rule.key == key)
    object.__setattr__(rule, "judge", BENT[how])


bend(os.environ["RULE_MUTANT"])
