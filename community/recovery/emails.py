"""A member's e-mail address, and the way in by letter."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, update

from community.core import audit, clock, crypto, outbox, ratelimit
from community.core.db import new_id, session, transaction
from community.core.errors import Gone, Invalid
from community.core.i18n import lazy as _l
from community.core.jobs import Due
from community.core.policy import require
from community.members import fresh
from community.members.actions import plain_name
from community.members.models import Member
from community.members.people import Viewer, Visitor
from community.members.rules import private_side_open
from community.recovery import links, queries, rules
from community.recovery.models import EmailAddress, MailAsk, WayIn

CONFIRM_FOR = timedelta(hours=24)
KEPT = timedelta(days=30)
LETTERS_AN_HOUR = 3
AT_ONCE = 50
_ADDRESS = re.compile(r"[^@\s<>,;:\"()\\]{1,64}@[^@\s<>,;:\"()\\.]+(\.[^@\s<>,;:\"()\\.]+)+")


def add_email(viewer: Viewer, typed: str) -> None:
    """Ask for a letter to a new address; it counts once the letter is answered. Raises Invalid by field, NotFresh."""
    require(viewer, rules.CHANGE_EMAIL, viewer.id)
    fresh.require(viewer)
    address = plain_address(typed)
    if address is None:
        raise Invalid(_l("Write a whole address, as in name@example.com."), field="address")
    ratelimit.hit("email", viewer.id)
    secret, now, id_ = secrets.token_urlsafe(32), clock.now(), new_id()
    with transaction() as s:
        links.forget_asked_addresses(viewer.id)
        s.add(
            EmailAddress(
                id=id_,
                member_id=viewer.id,
                address_sealed=crypto.seal(address, f"email_address:{id_}:address"),
                address_hash=address_hash(address),
                link_hash=crypto.fingerprint(secret),
                made_at=now,
                expires_at=now + CONFIRM_FOR,
            )
        )
        s.flush()
        outbox.post(
            "email.confirm",
            address,
            cause=f"email_address:{id_}",
            language=viewer.language,
            good_for=CONFIRM_FOR,
            secret=secret,
            email=id_,
        )
        audit.append(viewer.id, "email.asked", f"member:{viewer.id}", address=address_hash(address))


def redeem_email(visitor: Visitor, secret: str) -> int:
    """Find the address a letter's link is about; returns its id. Raises Gone alike for every link that works no
    more."""
    require(visitor, rules.CONFIRM_EMAIL)
    by_link = EmailAddress.link_hash == crypto.fingerprint(secret)
    found = session().scalar(select(EmailAddress.id).where(by_link, _open()))
    if found is None:
        raise Gone
    return found


def confirm_email(visitor: Visitor, email_id: int) -> None:
    """The letter was answered: the address counts, one before it is over, and is told so. Raises Gone."""
    require(visitor, rules.CONFIRM_EMAIL)
    with transaction() as s:
        now = clock.now()
        taken = update(EmailAddress).where(EmailAddress.id == email_id, _open()).values(confirmed_at=now)
        member_id = s.scalar(taken.returning(EmailAddress.member_id))
        member = s.get(Member, member_id, populate_existing=True) if member_id is not None else None
        if member_id is None or member is None or member.frozen_at is not None or not private_side_open(member):
            raise Gone
        _end_current(member_id, but=email_id)
        audit.append(member_id, "email.confirmed", f"member:{member_id}", email=email_id)


def remove_email(viewer: Viewer) -> None:
    """No letters any more; the address is told. Raises NotFresh."""
    require(viewer, rules.CHANGE_EMAIL, viewer.id)
    fresh.require(viewer)
    with transaction():
        _end_current(viewer.id, but=0)
        links.forget_asked_addresses(viewer.id)
        audit.append(viewer.id, "email.removed", f"member:{viewer.id}")


def ask_by_mail(visitor: Visitor, said: str) -> None:
    """Ask for a link by letter, by name or address. One row for every name alike, known or not; what it leads to is
    done beside the page. Raises TooMany for more than ten an hour from one place, whatever was written."""
    require(visitor, rules.ASK)
    ratelimit.hit("recovery_mail", visitor.address)
    id_ = new_id()
    with transaction() as s:
        sealed = crypto.seal(said, f"way_in_mail_ask:{id_}:said")
        s.add(MailAsk(id=id_, said_sealed=sealed, asked_at=clock.now()))


def asks_due(_now: datetime) -> Iterable[Due]:
    """Those nobody has answered yet."""
    rows = session().execute(select(MailAsk.id, MailAsk.asked_at).order_by(MailAsk.asked_at).limit(AT_ONCE))
    found = [Due(str(id_), asked_at) for id_, asked_at in rows]
    session().rollback()
    return found


def answer_ask(due: Due) -> None:
    """Write a letter to each confirmed address that was meant; at most three an hour for one person."""
    with transaction() as s:
        ask = s.get(MailAsk, int(due.what))
        if ask is None:
            return
        said = crypto.unseal(ask.said_sealed, f"way_in_mail_ask:{ask.id}:said")
        for member_id, address in _meant(said):
            made = links.write(member_id, "mail")
            links.send(made, address)
            audit.append(None, "way_in.made", f"member:{member_id}", way_in=made.id, how="mail")
        s.delete(ask)


def clear_out(now: datetime) -> int:
    """Delete addresses that are over or were never confirmed. A job; returns how many."""
    unanswered = EmailAddress.confirmed_at.is_(None) & (EmailAddress.expires_at < now)
    with transaction() as s:
        over = delete(EmailAddress).where(unanswered | (EmailAddress.ended_at < now - KEPT))
        return int(s.execute(over).rowcount)  # type: ignore[attr-defined]


def plain_address(typed: str) -> str | None:
    """An address as it is kept, or None for what is none: one form of each letter, the server's name in small ones."""
    text = unicodedata.normalize("NFC", typed.strip())
    if len(text) > 254 or not _ADDRESS.fullmatch(text):
        return None
    local, _, host = text.rpartition("@")
    return f"{local}@{host.casefold()}"


def address_hash(address: str) -> str:
    """What an address is found by."""
    return crypto.keyed_hash(address.casefold(), "email address")


def _open() -> ColumnElement[bool]:
    free = EmailAddress.confirmed_at.is_(None) & EmailAddress.ended_at.is_(None)
    return free & (EmailAddress.expires_at > clock.now())


def _end_current(member_id: int, *, but: int) -> None:
    """End the confirmed address and tell it."""
    current = queries.confirmed_address(member_id, but=but)
    ended = update(EmailAddress).where(
        EmailAddress.member_id == member_id,
        EmailAddress.confirmed_at.is_not(None),
        EmailAddress.ended_at.is_(None),
        EmailAddress.id != but,
    )
    gone = session().scalars(ended.values(ended_at=clock.now()).returning(EmailAddress.id)).all()
    if current is not None and gone:
        outbox.post(
            "email.changed",
            current.address,
            cause=f"email_address:{gone[0]}:over",
            language=current.language,
            good_for=timedelta(days=3),
        )


def _meant(said: str) -> list[tuple[int, queries.Address]]:
    """Whose confirmed addresses a name or an address leads to. Not while the account is frozen."""
    address = plain_address(said)
    by_name = Member.sign_in_name == plain_name(said)
    by_address = EmailAddress.address_hash == address_hash(address or "")
    rows = session().execute(
        select(Member.id, EmailAddress, Member.language)
        .join(EmailAddress, EmailAddress.member_id == Member.id)
        .where(
            EmailAddress.confirmed_at.is_not(None),
            EmailAddress.ended_at.is_(None),
            Member.left_at.is_(None),
            Member.frozen_at.is_(None),
            by_address if address else by_name,
        )
    )
    found = [(id_, queries.Address(row.address, language)) for id_, row, language in rows]
    return [one for one in found if queries.is_here(one[0]) and _letters_lately(one[0]) < LETTERS_AN_HOUR]


def _letters_lately(member_id: int) -> int:
    lately = select(func.count()).where(
        WayIn.member_id == member_id, WayIn.how == "mail", WayIn.made_at > clock.now() - timedelta(hours=1)
    )
    return session().scalar(lately) or 0
