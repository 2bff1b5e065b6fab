"""Changing one's own password."""

from __future__ import annotations

import secrets

from sqlalchemy import update

from community.core import audit, clock, crypto
from community.core.db import transaction
from community.core.errors import Invalid
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
    account = sign_in_name(viewer)
    try:
        proof.by_password(account, old, visitor)
    except Invalid as error:
        raise Invalid(_l("That isn't your password. Try again."), field="old_password") from error
    if new == old:
        raise Invalid(_l("That is the password you have. Choose a new one."), field="password")
    passwords.check_new(new, viewer.name, account)
    stored, token = passwords.hashed(new), secrets.token_urlsafe(32)
    with transaction() as s:
        s.execute(update(Member).where(Member.id == viewer.id).values(password_hash=stored))
        s.execute(
            update(SignInSession)
            .where(SignInSession.id == viewer.session_id)
            .values(token_hash=crypto.fingerprint(token), password_at=clock.now())
        )
        ended = sessions.end_others(viewer, "password changed")
        audit.append(viewer.id, "member.password_changed", f"member:{viewer.id}", sessions=ended)
    return token, ended
