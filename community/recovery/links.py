"""Making, using, taking back and stopping ways in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from community.core import audit, clock, crypto, outbox
from community.core.announcements import announce
from community.core.db import new_id, session, transaction
from community.core.errors import Gone, NotFound
from community.core.policy import require
from community.members import codes, passwords
from community.members.actions import end_all_sessions, named
from community.members.models import AuthenticatorApp, Member, Passkey, RecoveryCode
from community.members.people import Viewer, Visitor
from community.members.rules import COMMAND_LINE, WALL
from community.recovery import queries, rules
from community.recovery.models import EmailAddress, Request, WayIn
from community.recovery.queries import Address
from community.recovery.rules import Holder

LINK_FOR = timedelta(minutes=30)
KEPT = timedelta(days=395)
SIGNS = 26  # of 32 signs nobody mistakes: 130 bits, and still short enough to read aloud
HELPED = ("staff", "request", "server")  # by somebody else: her private side waits, and she can stop it


@dataclass(frozen=True)
class Made:
    """Shown once to whoever made it: only a hash is kept."""

    id: int
    secret: str
    expires_at: datetime


def make_for(actor: Viewer, member_id: int) -> Made:
    """A way in for somebody the actor has before her. Raises NotFound for whom she does not see."""
    with transaction():
        target = queries.target_for(actor, member_id)
        require(actor, rules.MAKE_LINK, target)
        made = write(member_id, "staff", made_by=actor.id)
        audit.append(actor.id, "way_in.made", f"member:{member_id}", way_in=made.id, how="staff")
        return made


def make_on_server(actor: object, sign_in_name: str) -> Made:
    """The way in from the server's command line, for a house with one manager. Raises NotFound."""
    with transaction():
        member_id = named(sign_in_name)
        require(actor, rules.MAKE_LINK, queries.target_for(COMMAND_LINE, member_id))
        made = write(member_id, "server")
        audit.append(None, "way_in.made", f"member:{member_id}", way_in=made.id, how="server")
        return made


def redeem(visitor: Visitor, typed: str) -> int:
    """Find the way in behind a link or what was read aloud; returns its id. Raises Gone alike for used, expired,
    stopped and unknown ones. Its 130 bits need no limit against guessing."""
    require(visitor, rules.USE_LINK)
    found = session().scalar(select(WayIn.id).where(WayIn.link_hash == link_hash(typed), queries.usable()))
    if found is None:
        raise Gone
    return found


def choose_password(visitor: Visitor, way_in_id: int, password: str) -> str:
    """Use a way in up: the new password counts, every session ends, and the account is open again. Returns the
    sign-in name. Her second factor, if she has one, is asked for as always when she signs in with it.

    After help from somebody else her private side waits for 24 hours. Raises Gone, or Invalid by field.
    """
    require(visitor, rules.USE_LINK)
    member_id, name, words = queries.whose(visitor, way_in_id)
    passwords.check_new(password, name, words)
    stored = passwords.hashed(password)
    with transaction() as s:
        now = clock.now()
        taken = update(WayIn).where(WayIn.id == way_in_id, queries.usable()).values(used_at=now).returning(WayIn.id)
        if s.scalar(taken) is None:
            raise Gone
        way_in = s.get_one(WayIn, way_in_id, populate_existing=True)
        member = s.get_one(Member, member_id, populate_existing=True)
        if member.frozen_at is not None and way_in.made_at <= member.frozen_at:
            raise Gone  # it was made before she said stop: what opens a frozen account is made afterwards
        member.password_hash, member.frozen_at = stored, None
        if way_in.how in HELPED:
            member.private_shut_until = now + WALL
        ended = end_all_sessions(member_id, "recovered")
        _end_others(member_id, but=way_in.id)
        forget_asked_addresses(member_id)
        _settle_request(way_in, "done")
        audit.append(member_id, "way_in.used", f"member:{member_id}", way_in=way_in.id, how=way_in.how, sessions=ended)
        _tell(way_in, "used")
        return name


def withdraw(actor: Viewer, way_in_id: int) -> None:
    """Take a way in back before it is used. Raises NotFound; one that is used or over stays as it is."""
    with transaction() as s:
        way_in = s.get(WayIn, way_in_id, populate_existing=True)
        if way_in is None:
            raise NotFound
        queries.target_for(actor, way_in.member_id)
        require(actor, rules.WITHDRAW_LINK, way_in)
        if queries.is_usable(way_in):
            way_in.withdrawn_at = clock.now()
            audit.append(actor.id, "way_in.withdrawn", f"member:{way_in.member_id}", way_in=way_in.id)
            still = s.scalar(select(Member.way_in_id).where(Member.id == way_in.member_id))
            if still == way_in.id:
                _notice(way_in.member_id, None)


def stop(holder: Holder) -> bool:
    """ "It wasn't me": the link is dead. If it was used already, whoever came in is out, and nobody comes in with any
    password until a house manager or the safety lead, with no part in it, has met her. Returns whether it was used.

    It gives whoever presses nothing: no session and no password, old or new. Raises Gone when it is too late.
    """
    with transaction() as s:
        now = clock.now()
        way_in = s.get(WayIn, holder.way_in_id)
        if way_in is None:
            raise Gone
        require(holder, rules.STOP, way_in)
        taken = update(WayIn).where(WayIn.id == way_in.id, queries.stoppable(now)).returning(WayIn.used_at)
        row = s.execute(taken.values(stopped_at=now, stopped_how=holder.how)).one_or_none()
        if row is None:
            raise Gone
        used = row.used_at is not None
        if used:
            end_all_sessions(way_in.member_id, "stopped")
            s.execute(update(Member).where(Member.id == way_in.member_id).values(frozen_at=now))
            _undo_ways_made_since(way_in.member_id, row.used_at)
        _end_others(way_in.member_id, but=way_in.id)
        forget_asked_addresses(way_in.member_id)
        s.refresh(way_in)
        _settle_request(way_in, "stopped")
        audit.append(None, "way_in.stopped", f"member:{way_in.member_id}", way_in=way_in.id, how=holder.how, used=used)
        _notice(way_in.member_id, None)
        for address in queries.addresses_of_settlers(holder):
            outbox.post(
                "recovery.stopped",
                address.address,
                cause=f"way_in:{way_in.id}:stopped",
                language=address.language,
                good_for=timedelta(days=3),
            )
        return used


def clear_out(now: datetime) -> int:
    """Delete ways in from more than a year ago. A job; returns how many."""
    with transaction() as s:
        return int(s.execute(delete(WayIn).where(WayIn.made_at < now - KEPT)).rowcount)  # type: ignore[attr-defined]


def write(member_id: int, how: str, **more: Any) -> Made:
    """The row itself, its notice to every device and the letter to a confirmed address; earlier ones are dead. Called
    inside the deciding action."""
    secret, id_ = codes.fresh(SIGNS), new_id()
    now, helped = clock.now(), how in HELPED
    with transaction() as s:
        if helped:  # a letter anybody can ask for must not kill what staff have just made
            _end_others(member_id, but=0)
        settling = queries.stopped_makers(member_id) is not None
        way_in = WayIn(
            id=id_,
            member_id=member_id,
            how=how,
            link_hash=link_hash(secret),
            # What settles a stop can't be stopped by the same old device again.
            stop_hash=crypto.fingerprint(stop_secret(id_)) if helped and not settling else None,
            made_at=now,
            expires_at=now + LINK_FOR,
            **more,
        )
        s.add(way_in)
        s.flush()
        if helped:
            _notice(member_id, way_in.id)
            _tell(way_in, "made")
    return Made(way_in.id, secret, way_in.expires_at)


def close(request: Request, state: str, closed_by: int | None = None) -> None:
    """A request is settled: what she wrote goes, also where she wrote it again. Inside the deciding action."""
    request.state, request.closed_at, request.closed_by = state, clock.now(), closed_by
    for row in [request, *session().scalars(select(Request).where(Request.first_id == request.id))]:
        row.wipe()


def link_hash(typed: str) -> str:
    """What is kept of a link's secret, typed or followed: spaces, dashes and small letters do not matter."""
    return crypto.fingerprint(codes.bare(typed))


def _undo_ways_made_since(member_id: int, moment: datetime) -> None:
    """Whoever came in may have made herself other ways: they go with her."""
    for made in (Passkey, AuthenticatorApp, RecoveryCode):
        session().execute(delete(made).where(made.member_id == member_id, made.made_at >= moment))


def send(made: Made, address: Address) -> None:
    """The link goes by letter, in the transaction that made it."""
    outbox.post(
        "recovery.link",
        address.address,
        cause=f"way_in:{made.id}:link",
        language=address.language,
        good_for=LINK_FOR,
        secret=made.secret,
        way_in=made.id,
    )


def forget_asked_addresses(member_id: int) -> None:
    """An address that waits for its letter to be answered is never confirmed afterwards. Inside the deciding action."""
    session().execute(
        delete(EmailAddress).where(EmailAddress.member_id == member_id, EmailAddress.confirmed_at.is_(None))
    )


def _end_others(member_id: int, *, but: int) -> None:
    others = update(WayIn).where(WayIn.member_id == member_id, WayIn.id != but, queries.usable())
    session().execute(others.values(withdrawn_at=clock.now()))


def _notice(member_id: int, way_in_id: int | None) -> None:
    session().execute(update(Member).where(Member.id == member_id).values(way_in_id=way_in_id))
    announce(f"member:{member_id}", "way-in:notice", member=member_id)


def stop_secret(way_in_id: int) -> str:
    """The same in both letters (made, used), though only a hash of it is kept."""
    return crypto.keyed_hash(str(way_in_id), "stop a way in")


def _tell(way_in: WayIn, what: str) -> None:
    """A letter to the confirmed address."""
    address = queries.confirmed_address(way_in.member_id)
    if address is None:
        return
    outbox.post(
        f"recovery.{what}",
        address.address,
        cause=f"way_in:{way_in.id}:{what}",
        language=address.language,
        good_for=WALL,
        secret=stop_secret(way_in.id) if way_in.stop_hash is not None else None,
        way_in=way_in.id,
    )


def _settle_request(way_in: WayIn, state: str) -> None:
    request = session().get(Request, way_in.request_id) if way_in.request_id else None
    if request is not None:
        close(request, state)
