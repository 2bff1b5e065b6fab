"""Changing one's own password."""

from __future__ import annotations

import secrets

from sqlalchemy import update

from community.core import audit, clock, crypto
from community.core.announcements import announce
from community.core.db import transaction
from community.core.errors import Invalid, NotSignedIn
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members import passwords, proof, rules, sessions
from community.members.models import Member, SignInSession
from community.members.people import Viewer, Visitor
from community.members.queries import sign_in_name


def change_password(viewer: Viewer, visitor: Visitor, old: str, new: str) -> tuple[str, int]:
    """Put `new` in the place of `old`, which must be right; every other session ends. Returns the token this session
    has from now on (a copied cookie is worth nothing any more), and how many others were ended.

    Raises Invalid by field: `old_password`, or `password` for a new one that would not do for joining either.
    TooMany after wrong old ones, which count as they do when signing in.
    """
    require(viewer, rules.CHANGE_OWN, viewer.id)
    before = proof.by_own_password(viewer, old, visitor, field="old_password")
    if new == old:
        raise Invalid(_l("That is the password you have. Choose a new one."), field="password")
    passwords.check_new(new, viewer.name, sign_in_name(viewer))
    stored, token = passwords.hashed(new), secrets.token_urlsafe(32)
    with transaction() as s:
        this = (SignInSession.id == viewer.session_id) & SignInSession.ended_at.is_(None)
        renewed = {"token_hash": crypto.fingerprint(token), "password_at": clock.now()}
        if s.scalar(update(SignInSession).where(this).values(renewed).returning(SignInSession.id)) is None:
            raise NotSignedIn  # ended while the words were being hashed
        unchanged = (Member.id == viewer.id) & (Member.password_hash == before)
        if s.scalar(update(Member).where(unchanged).values(password_hash=stored).returning(Member.id)) is None:
            raise Invalid(proof.NOT_YOURS, field="old_password")
        announce(f"session:{viewer.session_id}", "session:renewed", session=viewer.session_id)
        ended = sessions.end_others(viewer, "password changed")
        audit.append(viewer.id, "member.password_changed", f"member:{viewer.id}", sessions=ended)
    return token, ended
