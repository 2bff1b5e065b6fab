"""Proving who one is by name and password. Guessing is slowed, and never locks the owner out."""

from __future__ import annotations

from sqlalchemy import select

from community.core import loop, ratelimit
from community.core.db import session
from community.core.errors import Invalid
from community.core.i18n import lazy as _l
from community.members import passwords
from community.members.models import Member
from community.members.people import Viewer, Visitor
from community.members.queries import sign_in_name, viewer_now

NOT_YOURS = _l("That isn't your password. Try again.")
NO_MATCH = _l("That name and password don't match. Try again, or tap I can't get in.")


def by_password(account: str, password: str, visitor: Visitor) -> tuple[int, str]:
    """Whose sign-in name and password these are: member id and stored hash. Known and unknown names take the same
    path and time. Raises Invalid, and counts it; TooMany for this account from this address. An account under attack
    answers ever slower, but its owner comes in."""
    ratelimit.check("sign_in_address", visitor.address)
    with ratelimit.trying("sign_in", account, visitor.address):
        return _proved(account, password, visitor)


def by_own_password(viewer: Viewer, password: str, visitor: Visitor, *, field: str) -> str:
    """That whoever sits here knows the viewer's password; returns its stored hash. Raises Invalid by `field`, TooMany;
    wrong ones count as they do when signing in."""
    try:
        return by_password(sign_in_name(viewer), password, visitor)[1]
    except Invalid as error:
        raise Invalid(NOT_YOURS, field=field) from error


def note_failure(account: str, visitor: Visitor) -> None:
    """Count one wrong try for an account from an address, in all three limits of signing in."""
    for limit, who in (("sign_in", (account, visitor.address)), ("sign_in_account", (account,))):
        ratelimit.note(limit, *who)
    ratelimit.note("sign_in_address", visitor.address)


def slow_down(limit: str, *who: object) -> None:
    """From the twentieth wrong try counted under `limit` on, whoever asks for this account waits up to two seconds."""
    guesses = ratelimit.used(limit, *who)
    if guesses >= 20:
        loop.sleep(min(0.1 * (guesses - 19), 2.0))


def _proved(account: str, password: str, visitor: Visitor) -> tuple[int, str]:
    slow_down("sign_in_account", account)
    known = select(Member.id, Member.password_hash).where(Member.sign_in_name == account, Member.left_at.is_(None))
    found = session().execute(known).one_or_none()
    session().rollback()  # no read snapshot is held open while the password is hashed
    fits = len(password) <= passwords.LONGEST and bool(account)
    if not fits or not passwords.matches(found.password_hash if found else None, password) or found is None:
        note_failure(account, visitor)
        raise Invalid(NO_MATCH)
    if not is_member_now(found.id):
        raise Invalid(NO_MATCH)
    return found.id, found.password_hash


def is_member_now(member_id: int) -> bool:
    """Somebody who works here no more keeps her row; she comes in no more, and is not told more than anybody else."""
    try:
        return viewer_now(member_id) is not None
    finally:
        session().rollback()
