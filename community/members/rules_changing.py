"""Changing the house rules: a new version, never an edit of an old one."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from community.core import audit, clock, text
from community.core.db import transaction
from community.core.errors import Conflict, Invalid
from community.core.i18n import LANGUAGES
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members import house_rules, rules
from community.members.for_everybody import pass_the_gate
from community.members.house_rules import LONGEST_SENTENCE, LONGEST_WHY, SEVEN, Sentence
from community.members.models import RulesVersion
from community.members.people import Viewer

FASTER = _l("Somebody changed the house rules meanwhile. Look at them once more.")


def publish(actor: Viewer, sentences: list[Sentence], why: dict[str, str], *, version: int) -> int:
    """Put a new version in force: everybody is asked again, whoever publishes included. `version`: the one she saw.
    Returns the new number.

    Raises NotAllowed; Invalid by field (`sv_1`, `en_7`, `why_sv`) for what is missing, too long or unchanged; Conflict
    where a newer one is in force.
    """
    require(actor, rules.CHANGE_RULES)
    check(actor, sentences, why)
    now = house_rules.in_force()
    if now.version != version:
        raise Conflict(FASTER, facts={"version": now.version})
    if now.rules == sentences:
        raise Invalid(_l("Nothing is changed yet."))
    try:
        with transaction() as s:
            audit.append(actor.id, "rules.changed", f"rules:{version + 1}", version=version + 1, before=version)
            made = RulesVersion(version=version + 1, sentences=sentences, at=clock.now(), by_id=actor.id)
            made.why_sv, made.why_en = why["sv"], why["en"]
            s.add(made)
            s.flush()
    except IntegrityError as error:
        raise Conflict(FASTER, facts={"version": version + 1}) from error
    return version + 1


def check(actor: Viewer, sentences: list[Sentence], why: dict[str, str]) -> None:
    """Seven sentences and a reason, each in both languages, that pass the gate. Raises NotAllowed, Invalid by field."""
    require(actor, rules.CHANGE_RULES)
    if len(sentences) != SEVEN:
        raise Invalid
    for number, sentence in enumerate(sentences, 1):
        for lang in LANGUAGES:
            _one(actor, sentence[lang], LONGEST_SENTENCE, f"{lang}_{number}")
    for lang in LANGUAGES:
        _one(actor, why[lang], LONGEST_WHY, f"why_{lang}")


def _one(actor: Viewer, words: str, longest: int, field: str) -> None:
    if not text.says_something(words):
        raise Invalid(_l("Write something here first."), field=field)
    if len(words) > longest:
        raise Invalid(_l("That is too long. At most %(max)s characters fit here.", max=longest), field=field)
    pass_the_gate(actor, words, field)
