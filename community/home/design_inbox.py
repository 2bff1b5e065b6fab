"""What `/design` shows of the team's inboxes and of connections: the list, the line above a member's field, what staff
do, and how a connection stands."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from community.core import clock, i18n
from community.core.forms import offered
from community.inbox import forms
from community.inbox.answering import Answering
from community.inbox.models import Inbox
from community.inbox.queries import InboxView, StepView
from community.inbox.views import first_form
from community.members import forms as member_forms
from community.members.connections import OwnView
from community.members.models import Connection
from community.members.people import AuthorView

AMINA = AuthorView(2, "Amina", "resident", "a13", "c")
LONG = AuthorView(4, "Ungdomsvårdsöverraskning", "resident", None, "d")


def samples() -> dict[str, Any]:
    """Made-up ones, in their states."""
    now = clock.now()
    later = now + timedelta(hours=3)
    return {
        "inbox_rows": [
            InboxView(1, AMINA, "open", now - timedelta(hours=7), now, None, False),
            InboxView(2, LONG, "open", now - timedelta(minutes=4), now, "Sara", False),
            InboxView(3, AMINA, "open", None, now, "Sara", True),
        ],
        "inbox_states": [
            SimpleNamespace(taken_by="Sara", answering=Answering(True, "Sara", later, True)),
            SimpleNamespace(taken_by=None, answering=Answering(True, None, later, True)),
            SimpleNamespace(taken_by=None, answering=Answering(False, "Lars", later, True)),
            SimpleNamespace(taken_by=None, answering=Answering(False, None, None, False)),
        ],
        "inbox_pages": [
            SimpleNamespace(found=SimpleNamespace(stream=SimpleNamespace(id=1), inbox=inbox), taken_by=name)
            for inbox, name in (
                (Inbox(state="open", taken_by=None), None),
                (Inbox(state="open", taken_by=3), "Sara"),
                (Inbox(state="closed", taken_by=None), None),
            )
        ],
        "inbox_steps": [
            StepView("Sara", "took", None, "", now),
            StepView("Sara", "handed", "Lars", "Hon vill prata om flytten.", now),
        ],
        "inbox_form": first_form(),
        "inbox_doing": forms.DoForm(formdata=None, version=1),
        "inbox_hour": lambda at: f"{clock.local(at):%H:%M}",
        **_connections(),
    }


def _connections() -> dict[str, Any]:
    now, day = clock.now(), clock.today() + timedelta(days=200)
    passing = member_forms.PassOnForm(formdata=None, prefix="drawn-", version=1)
    passing.to_id.choices = offered([(0, "Ingen"), (1, "Amina")])
    rows = [
        Connection(id=1, state="waiting", minor_id=1),
        Connection(id=2, state="asked"),
        Connection(id=3, state="approved", minor_id=1, review_on=day, is_open=True),
    ]
    return {
        "connection_own": [
            OwnView(1, step, "Callum", now, "Karin", "Inte nu. Prata gärna med mig.", day, "En av er avslutade det.")
            for step in ("theirs", "mine", "approved", "refused", "ended")
        ],
        "connection_rows": [_desk(row, day) for row in rows],
        "houses": {1: "Solgläntan", 2: "Linden"},
        "connection_deciding": member_forms.DecideConnectionForm(formdata=None, prefix="drawn-", version=1),
        "connection_stopping": member_forms.StopForm(formdata=None, prefix="drawn-", version=1),
        "connection_passing": passing,
        "calendar_day": i18n.calendar_day,
    }


def _desk(row: Connection, day: date) -> SimpleNamespace:
    now = clock.now()
    row.decided_at = now if row.state == "approved" else None
    amina = SimpleNamespace(name="Amina", is_minor=True, house_id=1, kind="resident")
    callum = SimpleNamespace(name="Callum", is_minor=False, house_id=2, kind="alumnus")
    return SimpleNamespace(
        row=row,
        due=False,
        lapses_on=day,
        minor=amina if row.minor_id else None,
        adult=callum,
        about="Amina på Solgläntan",
        wishes=((callum, now, "Vi lagade cyklar ihop i två år."), (amina, now, "")),
        decided_by="Karin" if row.state == "approved" else None,
        reason="De har känt varandra länge." if row.state == "approved" else "",
        may_decide=True,
        ages=(16, None),
    )
