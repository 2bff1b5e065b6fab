"""What `/design` shows of acts: each state, a closing as whom it concerns sees it, and a limit in a composer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from community.acts.queries import ActView, AppealView, ByView
from community.core import clock
from community.core.i18n import _
from community.home import design_apart, design_directory


def samples() -> dict[str, Any]:
    """Acts that hold, wait for a second yes, are over, ended early, undone and objected to."""
    noon = clock.start_of(clock.today()) + timedelta(hours=12)
    now = ActView(
        id=1,
        kind="suspended",
        title=_("Closed for now"),
        at=noon,
        by=ByView("Jonna", _("host")),
        reason=_("What was written hurt somebody."),
        house_rule="Vi skriver till andra så som vi vill att de skriver till oss.",
        words="Vi pratar på måndag, du och jag.",
        until=noon + timedelta(days=3),
        state="now",
        over_at=None,
        new=True,
        piece=None,
        waits_for_second=False,
        limits=True,
        may_object=True,
        object_until=noon + timedelta(days=30),
        appeal=None,
    )
    waiting = AppealView("Det var inte jag.", noon, "onsdag", answered=False, right=False, by=None, answer=None)
    over = replace(now, id=3, state="over", over_at=noon, new=False, words=None)
    return {
        **design_apart.samples(),
        **design_directory.samples(),
        "acts_shown": [
            now,
            replace(now, id=2, until=None, by=ByView(None, _("a host")), reason=None, house_rule=None, words=None),
            replace(now, id=6, waits_for_second=True, appeal=waiting),
            over,
            replace(over, id=4, state="lifted", appeal=replace(waiting, answered=True)),
            replace(over, id=5, state="undone", appeal=replace(waiting, answered=True, right=True)),
            replace(over, id=7, kind="noted", title=_("Your text got a heads-up"), state="done", over_at=None),
        ],
        "closed_here": lambda _space=None: now,
        "closed_by_server": lambda _space=None: None,
        "closed_to": SimpleNamespace(private_open=True),
        "closed_behind_pin": SimpleNamespace(private_open=False),
    }
