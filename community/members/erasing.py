"""What this room does when a member has left: she is nobody any more, and what was hers alone goes."""

from __future__ import annotations

from sqlalchemy import or_, update

from community.core.db import session, transaction
from community.core.erasing import Leaver, rows
from community.members.actions import end_all_sessions
from community.members.models import (
    AuthenticatorApp,
    Connection,
    Duty,
    Exclusion,
    Invitation,
    Member,
    MembershipPeriod,
    Passkey,
    Profile,
    Reading,
    RecoveryCode,
    Sanction,
    SignInSession,
    ToldPiece,
    Trust,
)
from community.members.separation_models import Separation

sessions = rows(SignInSession.member_id)
periods = rows(MembershipPeriod.member_id)
passkeys = rows(Passkey.member_id)
apps = rows(AuthenticatorApp.member_id)
codes = rows(RecoveryCode.member_id)
duties = rows(Duty.member_id, Duty.resident_id)
limits = rows(Sanction.member_id)
connections = rows(Connection.minor_id, Connection.adult_id)
told_pieces = rows(ToldPiece.member_id)
profile = rows(Profile.member_id)
trusts = rows(Trust.member_id)
readings = rows(Reading.member_id)
invitations = rows(Invitation.used_by)

_between = rows(Exclusion.low_id, Exclusion.high_id)
_separated = rows(Separation.low_id, Separation.high_id)


def exclusions(leaver: Leaver) -> bool:
    """Where what she wrote goes on standing, whoever is kept apart from her goes on not meeting it."""
    return not leaver.takes_words_along or _between(leaver)


def separations(leaver: Leaver) -> bool:
    """The same of what staff decided about her and somebody else; why they did goes either way."""
    if leaver.takes_words_along:
        return _separated(leaver)
    hers = or_(Separation.low_id == leaver.id, Separation.high_id == leaver.id)
    with transaction() as s:
        s.execute(update(Separation).where(hers).values(reason_sealed="", ended_why_sealed=None))
    return True


def is_gone(member_id: int) -> bool:
    """Whether somebody has left for good, or never was."""
    member = session().get(Member, member_id, populate_existing=True)
    return member is None or member.left_at is not None


def close_account(leaver: Leaver) -> str:
    """Nobody signs in with it any more and no page shows her; her sessions end at once. Inside the caller's
    transaction. Returns what she was called. Called again it changes nothing."""
    with transaction() as s:
        member = s.get_one(Member, leaver.id, with_for_update=True, populate_existing=True)
        name = member.display_name
        end_all_sessions(leaver.id, "left")
        periods(leaver)
        s.execute(update(Member).where(Member.id == leaver.id).values(**_nobody(leaver)))
        s.expire(member)
        return name


def account(leaver: Leaver) -> bool:
    """The same as a step."""
    close_account(leaver)
    return True


def _nobody(leaver: Leaver) -> dict[str, object]:
    """A member's row as it stays: her number, for what others hold of her; and her name and picture only where what she
    wrote stays as hers."""
    empty = ("birth_on_sealed", "adult_checked_by", "adult_checked_at", "hello_again_at", "leaving_at", "frozen_at")
    also = ("tablet_pin_hash", "app_pin_hash", "private_shut_until", "way_in_id", "data_ready_until", "new_contact_id")
    values: dict[str, object] = dict.fromkeys((*empty, *also, "portrait"))
    values |= {"sign_in_name": f"gone-{leaver.id}", "password_hash": "", "left_at": leaver.gone_at, "acts_unseen": 0}
    if leaver.choice != "named":
        values |= {"display_name": "", "avatar": None, "colour": "f"}
    return values
