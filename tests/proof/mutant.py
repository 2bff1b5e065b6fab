"""A pytest plugin that bends one rule: `RULE_MUTANT="thread.reply:allow" pytest -p tests.proof.mutant tests/matrix`.

Some test must turn red for every rule, bent either way; one that none sees is a missing test. With RULE_TRACE=file the
rules stay straight and the file tells, for each way to bend one, the tests in which it would have answered otherwise:
only those can turn red.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from community.app import RULES
from community.core.policy import Rule

BENT = {"allow": lambda _actor, _thing: None, "deny": lambda _actor, _thing: "Bent for a trial."}

differs: dict[str, list[str]] = {f"{rule.key}:{how}": [] for rule in RULES for how in BENT}


def _noting(rule: Rule, test: str) -> Any:
    straight = rule.judge

    def judge(actor: Any, thing: Any) -> Any:
        refusal = straight(actor, thing)
        tests = differs[f"{rule.key}:{'allow' if refusal else 'deny'}"]
        if test not in tests[-1:]:
            tests.append(test)
        return refusal

    return judge


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Bent only while a test runs: what is prepared for it goes by the real rules."""
    if "RULE_TRACE" in os.environ:
        bent = {rule: _noting(rule, item.nodeid) for rule in RULES}
    else:
        key, how = os.environ["RULE_MUTANT"].rsplit(":", 1)
        bent = {rule: BENT[how] for rule in RULES if rule.key == key}
    straight = {rule: rule.judge for rule in bent}
    try:
        for rule, judge in bent.items():
            object.__setattr__(rule, "judge", judge)
        return (yield)
    finally:
        for rule, judge in straight.items():
            object.__setattr__(rule, "judge", judge)


def pytest_sessionfinish() -> None:
    if "RULE_TRACE" in os.environ:
        Path(os.environ["RULE_TRACE"]).write_text(json.dumps(differs))
