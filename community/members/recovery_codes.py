"""Ten codes on paper, each good once: in place of the second step, or for a new password.

Whoever has a second step gets no new password by a code alone: one sheet of paper would then be worth both steps.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, update

from community.core import audit, clock, crypto, ratelimit
from community.core.db import session, transaction
from community.core.errors import Gone, Invalid
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members import actions, codes, fresh, passwords, proof, rules
from community.members.models import AuthenticatorApp, Member, RecoveryCode
from community.members.people import Viewer, Visitor
from community.members.queries import as_viewer

HOW_MANY = 10
TIME_FOR_PASSWORD = timedelta(minutes=15)

WRONG = _l("That recovery code doesn't fit, or it has been used. Take another one.")
USED_UP = _l("That recovery code has been used. Begin again with another one.")
NO_MATCH = _l("That name and code don't match. Try another code, or ask staff at your house.")


def left(viewer: Viewer) -> int:
    """How many of the viewer's codes are still good."""
    mine = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.member_id == viewer.id, _unused())
    return session().scalar(mine) or 0


def make_anew(viewer: Viewer) -> list[str]:
    """Ten new codes, shown this once; the earlier ones are worth nothing any more. Raises NotFresh."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    fresh.require(viewer)
    with transaction():
        return write_new(viewer)


def write_new(viewer: Viewer) -> list[str]:
    """The same inside the transaction of something that has asked already."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    made = [codes.fresh() for _code in range(HOW_MANY)]
    with transaction() as s:
        s.execute(delete(RecoveryCode).where(RecoveryCode.member_id == viewer.id))
        hashes = [_hash(viewer.id, code) for code in made]
        s.add_all(RecoveryCode(member_id=viewer.id, code_hash=hash_, made_at=clock.now()) for hash_ in hashes)
        s.flush()
        audit.append(viewer.id, "recovery_codes.made", f"member:{viewer.id}")
    return made


def use(member_id: int, typed: str) -> None:
    """Use up one code in place of the second step. Raises Invalid by field. Called where the tries are counted."""
    with transaction() as s:
        good = (RecoveryCode.code_hash == _hash(member_id, typed)) & _unused()
        taken = s.scalar(update(RecoveryCode).where(good).values(used_at=clock.now()).returning(RecoveryCode.id))
        if taken is None:
            raise Invalid(WRONG, field="recovery")
        audit.append(member_id, "recovery_code.used", f"member:{member_id}", instead_of="second step")


def redeem(visitor: Visitor, name: str, typed: str) -> int:
    """The unused code that a name and a typed code belong to, for somebody who has forgotten her password; returns its
    id. Unknown names, wrong and used codes, and people with a second step get the same answer by the same path.
    Raises Invalid, TooMany; tries count as they do when signing in."""
    require(visitor, rules.SIGN_IN)
    account = actions.plain_name(name)
    ratelimit.check("sign_in_address", visitor.address)
    with ratelimit.trying("sign_in", account, visitor.address):
        proof.slow_down("sign_in_account", account)
        member_id = session().scalar(select(Member.id).where(Member.sign_in_name == account, Member.left_at.is_(None)))
        found = session().scalar(
            select(RecoveryCode.id).where(RecoveryCode.code_hash == _hash(member_id or 0, typed), _unused())
        )
        if found is None or member_id is None or not _may_recover(member_id):
            proof.note_failure(account, visitor)
            raise Invalid(NO_MATCH)
        return found


def name_behind(visitor: Visitor, code_id: int) -> str:
    """Whose new password is being chosen: the sign-in name. Raises Gone when the code was used meanwhile."""
    require(visitor, rules.SIGN_IN)
    found = session().scalar(
        select(Member.sign_in_name)
        .join(RecoveryCode, RecoveryCode.member_id == Member.id)
        .where(RecoveryCode.id == code_id, _unused())
    )
    if found is None:
        raise Gone(USED_UP)
    return found


def set_password(visitor: Visitor, code_id: int, password: str, *, device: str) -> str:
    """Use the code up for a new password; every session of hers ends, and a new one is opened: returns its token.
    Raises Gone for a code used meanwhile, Invalid by field for a password that cannot be used."""
    require(visitor, rules.SIGN_IN)
    name = name_behind(visitor, code_id)
    passwords.check_new(password, name)
    if not _may_recover(actions.named(name)):
        raise Gone(USED_UP)
    stored = passwords.hashed(password)
    with transaction() as s:
        good = (RecoveryCode.id == code_id) & _unused()
        member_id = s.scalar(
            update(RecoveryCode).where(good).values(used_at=clock.now()).returning(RecoveryCode.member_id)
        )
        if member_id is None:
            raise Gone(USED_UP)
        s.execute(update(Member).where(Member.id == member_id).values(password_hash=stored))
        actions.end_all_sessions(member_id, "new password")
        audit.append(member_id, "password.recovered", f"member:{member_id}", by="recovery code")
        return actions.open_session(member_id, kept=False, device=device)


def in_time(begun_at: datetime) -> bool:
    """Whether there is still time to choose the password."""
    return abs(clock.now() - begun_at) <= TIME_FOR_PASSWORD


def _unused() -> ColumnElement[bool]:
    return RecoveryCode.used_at.is_(None)


def _may_recover(member_id: int) -> bool:
    """Members who sign in by password alone. Staff, and whoever has turned a second step on, have more to prove."""
    if not proof.is_member_now(member_id):
        return False
    return not as_viewer(member_id).is_staff and session().get(AuthenticatorApp, member_id) is None


def _hash(member_id: int, typed: str) -> str:
    return crypto.keyed_hash(f"{member_id}:{codes.bare(typed)}", "recovery code")
