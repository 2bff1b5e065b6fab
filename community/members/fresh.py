"""What must not be done by somebody who found an open session: it asks for the password again."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from community.core import clock, policy
from community.core.db import transaction
from community.core.errors import NotFresh
from community.members import proof, rules
from community.members.models import SignInSession
from community.members.people import Viewer, Visitor

FRESH_FOR = timedelta(minutes=15)


def is_fresh(viewer: Viewer) -> bool:
    """Whether the password was typed in this session within the last 15 minutes. A clock that was put back counts as
    long ago, too."""
    return viewer.password_at is not None and abs(clock.now() - viewer.password_at) <= FRESH_FOR


def require(viewer: Viewer) -> None:
    """For e-mail, password, second factor, export and leaving: raises NotFresh, which pages answer with the form that
    asks for the password and then goes on with what was under way."""
    if not is_fresh(viewer):
        raise NotFresh


def confirm(viewer: Viewer, visitor: Visitor, password: str) -> None:
    """Note that the viewer has typed her password in this session. Raises Invalid by field, TooMany; wrong ones count
    as they do when signing in."""
    policy.require(viewer, rules.CHANGE_OWN, viewer.id)
    proof.by_own_password(viewer, password, visitor, field="password")
    with transaction() as s:
        s.execute(update(SignInSession).where(SignInSession.id == viewer.session_id).values(password_at=clock.now()))
