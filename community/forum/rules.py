"""Who may start and answer threads."""

from __future__ import annotations

from typing import Any

from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.spaces import rules as space_rules


def _may_reply(actor: Any, thread: Any) -> Refusal | None:
    """`thread` has `space` and `opening_state`."""
    if thread.opening_state == "removed":
        return _l("The author took this back, so it takes no new replies.")
    if thread.opening_state == "delayed":
        return _l("It is not shown yet. You can answer when it is.")
    if thread.opening_state == "held":
        return _l("This is waiting to be read first. You can answer when it stands in the group.")
    return space_rules.WRITE.judge(actor, thread.space)


START_THREAD = Rule("thread.start", "Whoever may write in the space.", space_rules.WRITE.judge)
REPLY = Rule("thread.reply", "Whoever may write in the space, while the opening stands.", _may_reply)

ALL = (START_THREAD, REPLY)
