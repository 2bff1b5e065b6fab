"""A pytest plugin that bends rules one after the other: `RULES_BENT=asked.json pytest -p tests.proof.mutant ...`.

Some test must turn red for every rule, bent either way; one that none sees is a missing test. With RULES_TRACED=file
the rules stay straight and the file tells, for each way to bend one, the tests in which it would have answered
otherwise, and at which endpoints of the matrix: only those can turn red. RULES_OF=chat.,talk. looks at the rules of
these rooms alone. RULES_BENT is such a file,
{"thread.reply:allow": {test: [endpoints]}}: of each line the tests are asked until one is red, and `<file>.red` says
which.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from community.app import RULES
from community.core.policy import Rule
from tests.matrix import focus

BENT = {"allow": lambda _actor, _thing: None, "deny": lambda _actor, _thing: "Bent for a trial."}
TRACED, ASKED = os.environ.get("RULES_TRACED"), os.environ.get("RULES_BENT")
BENDABLE = [rule for rule in RULES if rule.key.startswith(tuple(os.environ.get("RULES_OF", "").split(",")))]

ANYWHERE = ""  # met outside the requests of the matrix

Where = dict[str, list[str]]  # test -> the endpoints it asked when the rule was met
differs: dict[str, Where] = {f"{rule.key}:{how}": {} for rule in BENDABLE for how in BENT}
bent: list[str] = []  # what is bent now


def _noting(rule: Rule, test: str) -> Any:
    straight = rule.judge

    def judge(actor: Any, thing: Any) -> Any:
        refusal = straight(actor, thing)
        met = differs[f"{rule.key}:{'deny' if refusal is None else 'allow'}"].setdefault(test, [])
        endpoint = focus.now[0] if focus.now else ANYWHERE
        if endpoint not in met:
            met.append(endpoint)
        return refusal

    return judge


def _judges(test: str) -> dict[Rule, Any]:
    if TRACED:
        return {rule: _noting(rule, test) for rule in BENDABLE}
    wishes = [wish.rsplit(":", 1) for wish in bent]
    return {rule: BENT[how] for key, how in wishes for rule in BENDABLE if rule.key == key}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """No limit of time: with other work on the machine an actor asks for long, and slow is not red."""
    for item in items:
        item.add_marker(pytest.mark.timeout(0), append=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Bent only while a test runs: what is prepared for it goes by the real rules."""
    focus.now = None
    judges = _judges(item.nodeid)
    straight = {rule: rule.judge for rule in judges}
    try:
        for rule, judge in judges.items():
            object.__setattr__(rule, "judge", judge)
        return (yield)
    finally:
        for rule, judge in straight.items():
            object.__setattr__(rule, "judge", judge)


def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """In one session, because most of a short one is its beginning."""
    if not ASKED:
        return None
    asked: dict[str, Where] = json.loads(Path(ASKED).read_text())
    items = {item.nodeid: item for item in session.items}
    seen = {
        wish: _first_red(session, wish, [(items[test], met) for test, met in where.items()])
        for wish, where in asked.items()
    }
    session._setupstate.teardown_exact(None)
    Path(f"{ASKED}.red").write_text(json.dumps(seen))
    return True


def _first_red(session: pytest.Session, wish: str, where: list[tuple[pytest.Item, list[str]]]) -> str | None:
    """The first test that is red with the rule bent, and green with it straight."""
    for item, met in where:
        focus.only = None if ANYWHERE in met else set(met)
        if _is_red(session, item, [wish]):
            assert not _is_red(session, item, []), f"{item.nodeid} is red without {wish}"
            return item.nodeid
    return None


def _is_red(session: pytest.Session, item: pytest.Item, wishes: list[str]) -> bool:
    bent[:] = wishes
    session._setupstate.teardown_exact(item)  # what another file's tests had prepared
    reports = {report.when: report for report in runtestprotocol(item, log=False, nextitem=item.parent)}  # type: ignore[arg-type]
    assert reports["setup"].passed, f"{item.nodeid}: {reports['setup'].longreprtext[-500:]}"
    return reports["call"].failed


def pytest_sessionfinish() -> None:
    if TRACED:
        Path(TRACED).write_text(json.dumps(differs))
