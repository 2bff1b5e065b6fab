"""The app lock: a PIN of her own on a member's private pages, for when somebody else has her phone in hand.

Views say `@web.behind_pin` (or `@web.private_side`, which says it too), and that is all they do. It is asked for at
each new visit to the private side: after five minutes without opening a page there, and after she has been elsewhere
in between. Whoever forgot the PIN writes the password.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from community.core import audit, clock
from community.core.db import session, transaction
from community.core.errors import Busy, Invalid
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members import fresh, pins, rules
from community.members.models import Member
from community.members.models import SignInSession as Row
from community.members.people import Viewer, Visitor

NOTED_EVERY = timedelta(seconds=30)


def set_pin(viewer: Viewer, pin: str) -> None:
    """Put a PIN on the viewer's private pages, or another one in its place; here they stay open. Raises Invalid."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    stored = pins.hashed(viewer.id, pins.check_new(pin))
    with transaction() as s:
        s.execute(update(Member).where(Member.id == viewer.id).values(app_pin_hash=stored))
        _open(viewer)
        audit.append(viewer.id, "app_lock.set", f"member:{viewer.id}")


def remove_pin(viewer: Viewer) -> None:
    """Take the PIN off the viewer's private pages."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    with transaction() as s:
        s.execute(update(Member).where(Member.id == viewer.id).values(app_pin_hash=None))
        audit.append(viewer.id, "app_lock.removed", f"member:{viewer.id}")


def open_with_pin(viewer: Viewer, pin: str) -> None:
    """Open the private pages in this session. Raises Invalid by field; after the fifth wrong PIN in a row only the
    password opens them."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    tries = pins.count_try(viewer, Row.private_tries)
    stored = session().scalar(select(Member.app_pin_hash).where(Member.id == viewer.id))
    if tries is None:
        raise Invalid(_l("That was five wrong tries. Write your password instead."), field="pin")
    if not pins.matches(stored, viewer.id, pin):
        with transaction():
            audit.append(viewer.id, "app_lock.failed", f"session:{viewer.session_id}", tries=tries)
        raise Invalid(pins.WRONG, field="pin")
    with transaction():
        _open(viewer)


def open_with_password(viewer: Viewer, visitor: Visitor, password: str) -> None:
    """The way in for whoever forgot the PIN. Raises Invalid by field, TooMany; wrong ones count as signing in does."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    fresh.confirm(viewer, visitor, password)
    with transaction():
        _open(viewer)
        audit.append(viewer.id, "app_lock.opened_by_password", f"session:{viewer.session_id}")


def note_use(viewer: Viewer) -> None:
    """A private page is being opened: five minutes begin anew. Gives way when the database is busy."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    if viewer.private_at is not None and clock.now() - viewer.private_at >= NOTED_EVERY:
        _write(viewer, patience=0)


def leave(viewer: Viewer, *, patience: float = 0) -> None:
    """The viewer has gone elsewhere: next time the PIN is asked for. When the database is busy, five minutes do it."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    if viewer.private_at is not None:
        _write(viewer, patience=patience, shut=True)


def _open(viewer: Viewer) -> None:
    session().execute(update(Row).where(Row.id == viewer.session_id).values(private_at=clock.now(), private_tries=0))


def _write(viewer: Viewer, *, patience: float, shut: bool = False) -> None:
    try:
        with transaction(patience=patience) as s:
            moment = None if shut else clock.now()
            s.execute(update(Row).where(Row.id == viewer.session_id).values(private_at=moment))
    except Busy:
        pass  # what holds without it is the five minutes since the last page that was noted
