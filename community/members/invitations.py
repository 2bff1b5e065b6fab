"""Making, using up and taking back invitations."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, or_, select

from community.core import audit, clock, crypto, ratelimit, text
from community.core.db import new_id, session, transaction
from community.core.errors import Gone, Invalid, NotFound
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members import codes, rules
from community.members.actions import checked_name
from community.members.invited import usable
from community.members.models import House, Invitation
from community.members.people import Viewer, Visitor
from community.members.queries import facts_for

OPEN_FOR, KEPT = timedelta(days=14), timedelta(days=90)


@dataclass(frozen=True)
class Wish:
    """Whom an invitation is for. `known`: whoever makes it knows an adult, so that her first posts need not wait."""

    kind: str
    house_id: int
    preset_name: str = ""
    birth_on: date | None = None
    adult_checked: bool = False
    known: bool = False
    key_worker_id: int | None = None
    duty: str | None = None
    language: str = "sv"


@dataclass(frozen=True)
class Made:
    """Shown once to whoever made it: only hashes are kept."""

    id: int
    link: str
    code: str
    expires_at: datetime


def make_invitation(actor: Viewer, wish: Wish) -> Made:
    """Invite one person. Raises Invalid by field: residents need a birth date, or "adult, I have checked"."""
    require(actor, rules.INVITE_AS, wish)
    _check(wish)
    preset = checked_name(wish.preset_name, facts_for(actor)) if wish.preset_name else None
    with transaction() as s:
        if s.get(House, wish.house_id) is None:
            raise Invalid(_l("Choose a house from the list."), field="house_id")
        made = _write(wish, preset, actor.id)
        audit.append(actor.id, "invitation.made", f"invitation:{made.id}", kind=wish.kind, house=wish.house_id)
        return made


def invite_first_manager(actor: object, house_name: str) -> Made:
    """The way in for the first house manager of a fresh installation; makes the house when it is not there."""
    require(actor, rules.SUSPEND)
    with transaction() as s:
        house = s.scalar(select(House).where(House.name == house_name))
        if house is None:
            house = House(name=text.tidy_line(house_name))
            s.add(house)
            s.flush()
        made = _write(Wish("staff", house.id, adult_checked=True, duty="house_manager"), None, None)
        audit.append(None, "invitation.made", f"invitation:{made.id}", kind="staff", house=house.id)
        return made


def cancel_invitation(actor: Viewer, invitation_id: int) -> None:
    """Take an invitation back. Raises NotFound; one that is used or over stays as it is."""
    with transaction() as s:
        invitation = s.get(Invitation, invitation_id, populate_existing=True)
        if invitation is None:
            raise NotFound
        require(actor, rules.CANCEL_INVITATION, invitation)
        if invitation.used_at is None and invitation.cancelled_at is None:
            invitation.cancelled_at = clock.now()
            audit.append(actor.id, "invitation.cancelled", f"invitation:{invitation.id}")


def redeem_link(visitor: Visitor, link: str) -> int:
    """Find the invitation behind a link; returns its id. Raises Gone for used, expired, cancelled and unknown ones."""
    require(visitor, rules.JOIN)
    found = session().scalar(select(Invitation.id).where(Invitation.link_hash == crypto.fingerprint(link), usable()))
    if found is None:
        raise Gone
    return found


def redeem_code(visitor: Visitor, typed: str) -> int:
    """Find the invitation behind a typed code; returns its id. Raises Gone alike for every other code, TooMany after
    five wrong ones a minute from one address or fifty an hour in all."""
    require(visitor, rules.JOIN)
    ratelimit.check("code_everywhere")
    with ratelimit.trying("code", visitor.address):
        found = session().scalar(select(Invitation.id).where(Invitation.code_hash == _code_hash(typed), usable()))
        if found is None:
            ratelimit.note("code", visitor.address)
            ratelimit.note("code_everywhere")
            raise Gone
        return found


def clear_out(now: datetime) -> int:
    """Delete invitations used, taken back or over 90 days ago, with the name and birth date in them. A job; returns how
    many."""
    before = now - KEPT
    old = or_(Invitation.used_at < before, Invitation.cancelled_at < before, Invitation.expires_at < before)
    with transaction() as s:
        return int(s.execute(delete(Invitation).where(old)).rowcount)  # type: ignore[attr-defined]


def _check(wish: Wish) -> None:
    if wish.kind == "resident" and wish.birth_on is None and not wish.adult_checked:
        raise Invalid(
            _l("Give the birth date, or say that you have checked that the person is adult."), field="birth_date"
        )
    if wish.birth_on is not None and not date(1900, 1, 1) <= wish.birth_on <= clock.today():
        raise Invalid(_l("That date can't be a birth date."), field="birth_date")
    if wish.kind in ("staff", "alumnus") and wish.birth_on is None and not wish.adult_checked:
        raise Invalid(
            _l("Say that you have checked that the person is adult, or give the birth date."), field="birth_date"
        )


def _write(wish: Wish, preset: str | None, made_by: int | None) -> Made:
    link = secrets.token_urlsafe(32)
    code = codes.fresh()
    now, id_ = clock.now(), new_id()
    birth = crypto.seal(wish.birth_on.isoformat(), f"invitation:{id_}:birth_on") if wish.birth_on else None
    with transaction() as s:
        s.add(
            Invitation(
                id=id_,
                link_hash=crypto.fingerprint(link),
                code_hash=_code_hash(code),
                kind=wish.kind,
                house_id=wish.house_id,
                preset_name=preset,
                birth_on_sealed=birth,
                adult_checked=wish.adult_checked,
                known=wish.known,
                duty=wish.duty,
                language=wish.language,
                key_worker_id=wish.key_worker_id,
                made_by=made_by,
                made_at=now,
                expires_at=now + OPEN_FOR,
            )
        )
        s.flush()
    return Made(id_, link, code, now + OPEN_FOR)


def _code_hash(typed: str) -> str:
    return crypto.keyed_hash(codes.bare(typed), "invitation code")
