"""Which doors stand on the page Me, and how much waits behind each."""

from __future__ import annotations

from typing import Any

from community.acts import steps
from community.acts.rules import LOOK, decides
from community.core.policy import can
from community.forum import rules as forum_rules
from community.forum import unanswered as forum_unanswered
from community.home.unanswered import waits_after
from community.members import connections, rules
from community.members.people import Viewer
from community.moving import queries as moves
from community.recovery import rules as recovery_rules
from community.recovery import waiting as recovery_waiting
from community.reports import queries as reports
from community.separations import queries as separations
from community.separations import rules as separation_rules
from community.spaces.rules import MANAGE
from community.wordlists.rules import READ as READ_LISTS


def doors_of(viewer: Viewer) -> dict[str, Any]:
    """What the viewer may do beside what everybody may, and the figures beside it. Few queries."""
    return {
        "may_invite": can(viewer, rules.INVITE),
        "may_manage": can(viewer, MANAGE),
        "may_read_lists": can(viewer, READ_LISTS),
        "may_limit": can(viewer, LOOK),
        "second_yes": steps.waiting_for(viewer),
        "oversees": rules.oversees(viewer),
        "unmasks": decides(viewer),
        "may_help_in": can(viewer, recovery_rules.SEE_REQUESTS),
        "helps_waiting": recovery_waiting.waiting_for(viewer),
        "told_done": reports.count_done(viewer),
        "asked_of": connections.asked_of(viewer),
        "my_move": moves.has_one(viewer),
        "may_connect": can(viewer, rules.DECIDE_CONNECTION),
        "connections_wait": connections.waiting_for(viewer),
        "unanswered": forum_unanswered.count_waiting(viewer, waits_after()) if forum_rules.is_host(viewer) else 0,
        "may_part": can(viewer, separation_rules.SEE),
        "parts_wait": separations.waiting_for(viewer),
    }
