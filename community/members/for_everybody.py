"""Words for everybody to read: names, rules, notices. They pass the gate like all others, and nothing of them waits."""

from __future__ import annotations

from community.core.errors import Invalid
from community.core.i18n import lazy as _l
from community.members.people import Viewer
from community.members.queries import facts_for
from community.safety import card
from community.safety.gate import Outcome, Surface, screen


def pass_the_gate(actor: Viewer, words: str, field: str) -> None:
    """Raises Invalid at the field where a list stops them. Whoever wrote something heavy is offered help."""
    verdict = screen(words, Surface.SPACE, facts_for(actor))
    card.offer(verdict)
    if verdict.outcome is not Outcome.PUBLISH:
        raise Invalid(_l("There is a word in it that can't be used here. Choose another."), field=field)
