"""Notices by letter: what came within half an hour is one letter, not at night where nights are quiet, and none when
all of it was read or is not to be seen any more by then. The letter says that there is something, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import func, select, union_all

from community.core import clock, outbox
from community.core.db import session
from community.core.i18n import _
from community.core.jobs import Due, Job
from community.core.outbox import NotYet, Words, Writer
from community.members.people import Viewer
from community.members.queries import viewer_now
from community.notices import actions, queries
from community.notices.chosen import letters_wanted
from community.notices.models import Notice, OwnCard
from community.notices.tokens import token_for
from community.recovery import queries as recovery

GOOD_FOR = timedelta(days=3)
AT_ONCE = 50


def letters_due(now: datetime) -> Iterable[Due]:
    """Members for whom something waits that was to be in a letter by now."""
    waits = union_all(
        *(select(one.member_id, one.mail_due_at).where(one.mail_due_at <= now) for one in (Notice, OwnCard))
    ).subquery()
    first = func.min(waits.c.mail_due_at)
    rows = session().execute(
        select(waits.c.member_id, first).group_by(waits.c.member_id).order_by(first).limit(AT_ONCE)
    )
    found = [Due(str(member_id), due_at) for member_id, due_at in rows if due_at is not None]
    session().rollback()
    return found


def write_letter(due: Due) -> None:
    """One letter for all that waits for a member, if it is of use now; the occurrence and the letter are one row each,
    so it is written once, whichever process dies when."""
    viewer = _reader(int(due.what))
    address = recovery.confirmed_address(viewer.id) if viewer is not None else None
    if viewer is None or address is None:
        actions.drop_letters(int(due.what))
        return
    until = quiet_until(viewer)
    if until is not None:
        actions.postpone_letter(viewer.id, until)
        return
    if viewer.standing.state == "break" and viewer.standing.until is not None:
        actions.rest_letters(viewer.id, viewer.standing.until)
    letter_id = actions.gather_letter(viewer.id)
    if not queries.unread_in_letter(viewer, letter_id):
        return
    outbox.post(
        "notices.new",
        address.address,
        cause=f"notices:{letter_id}",
        language=address.language,
        good_for=GOOD_FOR,
        member=viewer.id,
        letter=letter_id,
    )


def night_ends(moment: datetime) -> datetime | None:
    """When the night a moment lies in is over; None by day."""
    local = clock.local(moment)
    if not clock.is_night(moment):
        return None
    day = local.date() + timedelta(days=1 if local.hour >= clock.NIGHT_FROM else 0)
    return clock.local(datetime.combine(day, time(clock.NIGHT_TO), tzinfo=clock.zone())).astimezone(moment.tzinfo)


def reader(member_id: int) -> Viewer | None:
    """Somebody who is here, closed out or not, and wants letters."""
    viewer = viewer_now(member_id)
    return viewer if viewer is not None and letters_wanted(viewer)[0] else None


def quiet_until(viewer: Viewer) -> datetime | None:
    """When the night is over in which she wants no letter; None where one may come now."""
    return night_ends(clock.now()) if letters_wanted(viewer)[1] else None


def not_at_night(viewer: Viewer) -> None:
    """Raises NotYet while she wants none."""
    until = quiet_until(viewer)
    if until is not None:
        raise NotYet(until)


def _reader(member_id: int) -> Viewer | None:
    """Somebody who reads here now and wants letters."""
    viewer = reader(member_id)
    return viewer if viewer is not None and not viewer.suspended else None


def _new(facts: dict[str, Any], _secret: str | None) -> Words | None:
    viewer = _reader(facts["member"])
    if viewer is None or not queries.unread_in_letter(viewer, facts["letter"]):
        return None
    not_at_night(viewer)
    return something_new(viewer, "notices.notifications")


def something_new(viewer: Viewer, endpoint: str) -> Words:
    """The one letter there is: that something waits, where, and how one ends such letters."""
    stop = _address("notices.stop_letters", token=token_for(viewer.id))
    body = _(
        "Hi,\n\nsomething new waits for you. You see it when you sign in:\n\n%(url)s"
        "\n\nNo more letters like this? One press, and you need not sign in:\n\n%(stop)s",
        url=_address(endpoint),
        stop=stop,
    )
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return Words(_("Something new for you"), f"{body}\n\n{current_app.config['SETTINGS'].community_name}\n", headers)


def _address(endpoint: str, **values: Any) -> str:
    """A whole address, built on the configured one; a letter is written outside any request."""
    adapter = current_app.url_map.bind("unused.invalid")
    return str(current_app.config["SETTINGS"].root) + adapter.build(endpoint, values)


JOBS = (Job("notices by letter", letters_due, write_letter),)
WRITERS: dict[str, Writer] = {"notices.new": _new}
