"""Who may do what: named rules, one engine, deny by default.

A rule is an object in its room's rules.py and is asked for by name: `require(actor, rules.EDIT_PIECE, piece)`. Its
judge answers None (allowed) or a sentence for the person (refused). What a person may not even see is not the
business of a rule: queries take the viewer and find nothing. The readable table in docs/policy.md is rendered from
the same objects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from community.core.errors import NotAllowed

Refusal = Any  # a lazy sentence; None means allowed


@dataclass(frozen=True)
class Rule:
    """`key` as in 'piece.edit'; `who` in plain English for the table; `judge(actor, thing)` decides."""

    key: str
    who: str
    judge: Callable[[Any, Any], Refusal | None]


def refusal(actor: Any, rule: Rule, thing: Any = None) -> Refusal | None:
    """Why `actor` may not, or None when she may. For pages that show or leave out a button."""
    return rule.judge(actor, thing)


def can(actor: Any, rule: Rule, thing: Any = None) -> bool:
    """Whether `actor` may."""
    return refusal(actor, rule, thing) is None


def require(actor: Any, rule: Rule, thing: Any = None) -> None:
    """Raise NotAllowed with the rule's sentence unless `actor` may."""
    sentence = refusal(actor, rule, thing)
    if sentence is not None:
        raise NotAllowed(sentence, facts={"rule": rule.key})


def as_table(rules: Iterable[Rule]) -> str:
    """The rules as a Markdown table, sorted by key."""
    rows = [f"| `{rule.key}` | {rule.who} |" for rule in sorted(rules, key=lambda rule: rule.key)]
    return "\n".join(["| rule | who may |", "| --- | --- |", *rows]) + "\n"
