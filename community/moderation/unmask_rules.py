"""Who may find out who wrote without a name: one alone where a life may be at risk, otherwise two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from community.acts.rules import HOST, decides
from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.people import Viewer
from community.members.rules import is_lead, oversees, standing_refused
from community.moderation.unmask_models import Unmasking

OWN = _l("Nobody decides about her own.")


@dataclass(frozen=True)
class About:
    """A piece without a name, for one who asks about it. `own`: she wrote it herself. `holds`: she has in hand what
    waits about it and may not wait. `row`, `asker_leads`: an asking there is, and whether a safety lead asked."""

    own: bool = False
    holds: bool = False
    row: Unmasking | None = None
    asker_leads: bool = False


def _comes(actor: Any, _thing: Any) -> Refusal | None:
    return None if decides(actor) else _l("Hosts and those who answer for staff read this.")


def _may_ask(actor: Any, about: About) -> Refusal | None:
    works_here = isinstance(actor, Viewer) and actor.is_staff
    if not (works_here and (is_lead(actor) or about.holds or HOST in actor.duties)):
        return _l("Hosts and safety leads ask that. Tell one of them what worries you.")
    return OWN if about.own else standing_refused(actor)


def _may_alone(actor: Any, about: About) -> Refusal | None:
    refused = _may_ask(actor, about)
    if refused is not None:
        return refused
    if is_lead(actor) or about.holds:
        return None
    return _l("Alone only a safety lead may, or whoever has taken what can't wait. Ask a second person.")


def _may_second(actor: Any, about: About) -> Refusal | None:
    refused = _may_ask(actor, about)
    if refused is not None:
        return refused
    if about.row is None or about.row.state != "asked":
        return _l("There is nothing to answer here any more.")
    if about.row.asked_by == actor.id:
        return _l("You asked this yourself. A second person answers.")
    return None if about.asker_leads or is_lead(actor) else _l("One of the two is a safety lead. Ask one of them.")


def _may_judge(actor: Any, about: About) -> Refusal | None:
    if not oversees(actor):
        return _l("House managers and safety leads judge that.")
    if about.own:
        return OWN
    if about.row is None or not about.row.alone or about.row.right is not None:
        return _l("There is nothing to answer here any more.")
    if about.row.asked_by == actor.id:
        return _l("You did this yourself. A second person judges it.")
    return standing_refused(actor)


def _may_see(actor: Any, about: About) -> Refusal | None:
    row = about.row
    if row is None or row.state != "open" or row.right is False:
        return _l("The name stays where it is.")
    involved = actor.id == row.asked_by or (not row.alone and actor.id == row.second_by)
    if not involved or not actor.is_staff:
        return _l("Only those who asked see the name.")
    return standing_refused(actor)


LIST = Rule("unmask.list", "Hosts, safety leads and house managers: what waits for them.", _comes)
ASK = Rule(
    "unmask.ask", "Hosts, safety leads, and whoever has taken what can't wait about it; never her own.", _may_ask
)
ALONE = Rule(
    "unmask.alone",
    "A safety lead, or whoever has taken what can't wait about it, where a life or somebody's health may be at risk.",
    _may_alone,
)
SECOND = Rule("unmask.second", "A host or safety lead who did not ask; one of the two is a safety lead.", _may_second)
JUDGE = Rule("unmask.judge", "A safety lead or house manager, of what somebody else did alone, once.", _may_judge)
SEE_NAME = Rule(
    "unmask.see", "The two who agreed; whoever did it alone, unless it was judged wrong. Each look noted.", _may_see
)

ALL = (LIST, ASK, ALONE, SECOND, JUDGE, SEE_NAME)
