"""Invitations as the invited person and staff see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from community.core import clock
from community.core.db import session
from community.core.errors import Gone
from community.members.models import House, Invitation, Member
from community.members.people import Viewer, Visitor


@dataclass(frozen=True)
class Welcome:
    """What an invited person is told before she has joined."""

    invitation_id: int
    house_name: str
    maker_name: str | None
    preset_name: str | None
    language: str


def welcome_for(visitor: Visitor, invitation_id: int) -> Welcome:
    """An invitation this browser has shown the link or code of. Raises Gone when it can't be used any more."""
    assert visitor.address is not None
    found = (
        session()
        .execute(
            select(Invitation, House.name, Member.display_name)
            .join(House, House.id == Invitation.house_id)
            .outerjoin(Member, Member.id == Invitation.made_by)
            .where(Invitation.id == invitation_id, usable())
        )
        .one_or_none()
    )
    if found is None:
        raise Gone
    invitation, house, maker = found
    return Welcome(invitation.id, house, maker, invitation.preset_name, invitation.language)


def usable() -> ColumnElement[bool]:
    """Invitations somebody can still come in by."""
    return Invitation.used_at.is_(None) & Invitation.cancelled_at.is_(None) & (Invitation.expires_at > clock.now())


@dataclass(frozen=True)
class OpenInvitation:
    """An invitation as staff see it in their list."""

    id: int
    name: str | None
    kind: str
    house: str
    made_by: int | None
    expires_at: datetime
    state: str


def invitations_for(viewer: Viewer) -> list[OpenInvitation]:
    """The newest hundred invitations: all for house managers, her own for other staff."""
    statement = (
        select(Invitation, House.name).join(House, House.id == Invitation.house_id).order_by(Invitation.made_at.desc())
    )
    if "house_manager" not in viewer.duties:
        statement = statement.where(Invitation.made_by == viewer.id)
    return [
        OpenInvitation(
            invitation.id,
            invitation.preset_name,
            invitation.kind,
            house,
            invitation.made_by,
            invitation.expires_at,
            _state(invitation),
        )
        for invitation, house in session().execute(statement.limit(100))
    ]


def _state(invitation: Invitation) -> str:
    if invitation.used_at is not None:
        return "used"
    if invitation.cancelled_at is not None:
        return "cancelled"
    return "expired" if invitation.expires_at <= clock.now() else "open"
