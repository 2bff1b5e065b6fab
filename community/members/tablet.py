"""The house's tablet: a member of staff signs in on it in full, and within her shift a PIN is enough after a pause.

The session stays hers: what is done on it is done by her. Whoever takes over signs in in full.
"""

from __future__ import annotations

from sqlalchemy import select, update

from community.core import audit, clock
from community.core.db import session, transaction
from community.core.errors import Invalid, NotSignedIn
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members import fresh, pins, rules
from community.members.models import Member
from community.members.models import SignInSession as Row
from community.members.people import Viewer
from community.members.sessions import end_rows


def has_pin(viewer: Viewer) -> bool:
    """Whether the viewer has chosen a PIN for house tablets before."""
    return _stored(viewer) is not None


def make_tablet(viewer: Viewer, pin: str) -> None:
    """Mark the viewer's present session as the house's tablet; an empty `pin` keeps the one she has.

    Raises NotFresh; Invalid by field for a PIN that will not do, or for none where there is none yet.
    """
    require(viewer, rules.TABLET)
    fresh.require(viewer)
    if not pin and not has_pin(viewer):
        raise Invalid(_l("Choose a PIN, so that you can go on after a pause."), field="pin")
    stored = pins.hashed(viewer.id, pins.check_new(pin)) if pin else _stored(viewer)
    with transaction() as s:
        s.execute(update(Member).where(Member.id == viewer.id).values(tablet_pin_hash=stored))
        s.execute(
            update(Row)
            .where(Row.id == viewer.session_id)
            .values(house_tablet=True, kept=False, locked_at=None, lock_tries=0, last_seen_at=clock.now())
        )
        audit.append(viewer.id, "session.made_tablet", f"session:{viewer.session_id}", new_pin=bool(pin))


def lock(viewer: Viewer) -> None:
    """Lock the tablet now instead of after ten idle minutes. Does nothing where this is no house tablet."""
    require(viewer, rules.TABLET)
    with transaction() as s:
        s.execute(update(Row).where(Row.id == viewer.session_id, Row.house_tablet).values(locked_at=clock.now()))


def unlock(viewer: Viewer, pin: str) -> None:
    """Go on after a pause. Raises Invalid by field for a wrong PIN; NotSignedIn at the fifth wrong one in a row, which
    ends the session: from there on only signing in helps."""
    require(viewer, rules.TABLET)
    tries = pins.count_try(viewer, Row.lock_tries)
    if tries is None:
        raise NotSignedIn
    if pins.matches(_stored(viewer), viewer.id, pin):
        with transaction() as s:
            s.execute(
                update(Row)
                .where(Row.id == viewer.session_id)
                .values(locked_at=None, lock_tries=0, last_seen_at=clock.now())
            )
            audit.append(viewer.id, "session.unlocked", f"session:{viewer.session_id}")
        return
    with transaction():
        audit.append(viewer.id, "session.unlock_failed", f"session:{viewer.session_id}", tries=tries)
        if tries >= pins.TRIES:
            end_rows([viewer.session_id], "wrong PIN")
    if tries >= pins.TRIES:
        raise NotSignedIn
    raise Invalid(pins.WRONG, field="pin")


def _stored(viewer: Viewer) -> str | None:
    return session().scalar(select(Member.tablet_pin_hash).where(Member.id == viewer.id))
