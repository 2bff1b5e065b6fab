"""Signing in, joining, and what a member changes about herself."""

from __future__ import annotations

import secrets
import unicodedata
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, true, update
from sqlalchemy.exc import IntegrityError

from community.core import audit, clock, crypto, text
from community.core.announcements import announce
from community.core.db import PATIENCE, session, transaction
from community.core.errors import Conflict, Gone, Invalid, NotFound, TooMany
from community.core.i18n import LANGUAGES
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members import house_rules, passwords, proof, rules, trust
from community.members.invited import usable
from community.members.models import HELLO_OFFERS, Duty, Invitation, Member, MembershipPeriod, Sanction
from community.members.models import SignInSession as Row
from community.members.people import MEMBER_UNUSED, Viewer, Visitor
from community.members.queries import facts_for
from community.members.sessions import end_rows
from community.safety import card
from community.safety.gate import Facts, Outcome, Surface, screen

FROZEN = _l("Somebody said that it wasn't you who came in last. Ring your house: they will help you in.")
TOUCH_EVERY = timedelta(seconds=60)
HELLO_AGAIN = timedelta(days=3)
ENDED_KEPT = timedelta(days=30)


def sign_in(visitor: Visitor, name: str, password: str, *, keep: bool, device: str = "") -> str:
    """Open a session for the right name and password; returns its token (256 bits, only its hash is stored).

    Known and unknown names take the same path and time. Raises Invalid for no match, TooMany for this account from
    this address; an account under attack answers ever slower but never locks its owner out.
    """
    require(visitor, rules.SIGN_IN)
    member_id, stored = proof.by_password(plain_name(name), password, visitor)
    if passwords.outdated(stored):
        fresh = passwords.hashed(password)
        with transaction() as s:
            unchanged = (Member.id == member_id) & (Member.password_hash == stored)
            if s.scalar(update(Member).where(unchanged).values(password_hash=fresh).returning(Member.id)) is not None:
                stored = fresh
    return open_session(member_id, kept=keep, device=device, proved_by=stored)


def open_session(
    member_id: int,
    *,
    kept: bool,
    device: str = "",
    password: bool = True,
    second_step: bool = False,
    proved_by: str | None = None,
) -> str:
    """A new session row for a member who has just proved who she is, by what is said here, on a `device` (see
    `devices.told`); returns its token. Raises Invalid while the account is frozen, whatever she proved it with, and
    when the password (`proved_by`: its hash) was changed while it was being checked."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    with transaction() as s:
        now_holds = select(Member.frozen_at, Member.password_hash).where(Member.id == member_id).with_for_update()
        frozen_at, stored = s.execute(now_holds).one()
        if frozen_at is not None:
            raise Invalid(FROZEN)
        if proved_by is not None and stored != proved_by:
            raise Invalid(proof.NO_MATCH)
        s.add(
            Row(
                token_hash=crypto.fingerprint(token),
                member_id=member_id,
                kept=kept,
                created_at=now,
                last_seen_at=now,
                password_at=now if password else None,
                factor_at=now if second_step else None,
                device=device,
            )
        )
    return token


def second_step_given(viewer: Viewer) -> str:
    """The viewer's present session is whole from now on. It goes on under a new token, which is returned: whoever
    knew the one from before the second step has nothing."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    token = secrets.token_urlsafe(32)
    with transaction() as s:
        s.execute(
            update(Row)
            .where(Row.id == viewer.session_id)
            .values(token_hash=crypto.fingerprint(token), factor_at=clock.now())
        )
        announce(f"session:{viewer.session_id}", "session:renewed", session=viewer.session_id)
    return token


def sign_out(viewer: Viewer, *, patience: float = PATIENCE) -> None:
    """End the viewer's present session; its open sockets close at once."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    with transaction(patience=patience):
        end_rows([viewer.session_id], "signed out")


def touch_session(viewer: Viewer) -> None:
    """Note that a session is in use, at most once a minute; gives way at once when the database is busy. Whoever
    stands before a locked tablet does not use it."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    if viewer.locked:
        return
    with transaction(patience=0) as s:
        s.execute(
            update(Row)
            .where(Row.id == viewer.session_id, Row.last_seen_at <= clock.now() - TOUCH_EVERY)
            .values(last_seen_at=clock.now())
        )


def join(
    visitor: Visitor,
    invitation_id: int,
    *,
    display_name: str,
    password: str,
    language: str,
    avatar: str | None,
    colour: str,
    rules_seen: int | None = None,
) -> tuple[int, str]:
    """Come in by an invitation, which is used up; the house rules are accepted by joining: those her page showed
    (`rules_seen`), so that she is asked again at once where they have changed meanwhile.

    Returns the new member's id and the sign-in name made for her. Raises Gone for an invitation that is used or
    over, Invalid by field for a name or password that cannot be used.
    """
    require(visitor, rules.JOIN)
    name = checked_name(display_name, Facts("under 16", "resident"))
    passwords.check_new(password, name)
    stored = passwords.hashed(password)
    with transaction() as s:
        now = clock.now()
        taken = (
            update(Invitation)
            .where(Invitation.id == invitation_id, usable())
            .values(used_at=now)
            .returning(Invitation.id)
        )
        if s.scalar(taken) is None:
            raise Gone
        invitation = s.get_one(Invitation, invitation_id, populate_existing=True)
        member = _new_member(invitation, name, stored, language, avatar, colour)
        member.rules_version = min(rules_seen or member.rules_version, member.rules_version)
        invitation.used_by = member.id
        _first_period(invitation, member)
        audit.append(member.id, "member.joined", f"member:{member.id}", invitation=invitation.id)
        return member.id, member.sign_in_name


def accept_rules(viewer: Viewer, version: int | None = None) -> None:
    """Note that the viewer has read the house rules in force. `version`: the one her page showed. Raises Conflict where
    they have changed since."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    newest = house_rules.in_force().version
    if version is not None and version != newest:
        raise Conflict(_l("The house rules have just changed again. Read them once more, then go on."))
    with transaction() as s:
        s.execute(update(Member).where(Member.id == viewer.id).values(rules_version=newest))


def choose_language(viewer: Viewer, language: str) -> None:
    """Store the language the viewer reads in. Raises Invalid for one there is not."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    if language not in LANGUAGES:
        raise Invalid(_l("Hearth speaks Swedish and English."), field="lang")
    with transaction() as s:
        s.execute(update(Member).where(Member.id == viewer.id).values(language=language))


def change_profile(viewer: Viewer, *, display_name: str, avatar: str | None, colour: str) -> None:
    """Change the name and picture others see; the sign-in name stays. Raises Invalid by field."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    name = checked_name(display_name, facts_for(viewer), now_called=viewer.name)
    with transaction() as s:
        s.execute(update(Member).where(Member.id == viewer.id).values(display_name=name, avatar=avatar, colour=colour))
        if name != viewer.name:
            forget_former_name(viewer.id)


def forget_former_name(member_id: int) -> None:
    """The invitation somebody came in by need not keep the name it offered. Inside the transaction of a new name."""
    with transaction() as s:
        s.execute(update(Invitation).where(Invitation.used_by == member_id).values(preset_name=None))


def postpone_hello(viewer: Viewer) -> None:
    """ "Not now": the hello is offered once more after three days, then never."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    with transaction() as s:
        member = s.get_one(Member, viewer.id, populate_existing=True)
        member.hello_asked += 1
        member.hello_again_at = clock.now() + HELLO_AGAIN if member.hello_asked == 1 else None


def has_spoken(actor: Viewer) -> None:
    """Whoever wrote something is not offered to say hello any more; inside the transaction of what she wrote."""
    require(actor, rules.CHANGE_OWN, actor.id)
    if actor.hello_offered:
        never = {"hello_asked": HELLO_OFFERS, "hello_again_at": None}
        with transaction() as s:
            s.execute(update(Member).where(Member.id == actor.id).values(never))


def suspend(actor: object, sign_in_name: str) -> None:
    """Close Hearth to a member until she is restored; her open sockets close at once. Raises NotFound."""
    require(actor, rules.SUSPEND)
    with transaction() as s:
        member_id = named(sign_in_name)
        s.add(Sanction(member_id=member_id, kind="suspended", starts_at=clock.now()))
        audit.append(None, "member.suspended", f"member:{member_id}", reason="command line")
        announce(f"member:{member_id}", "member:closed", member=member_id)


def restore(actor: object, sign_in_name: str) -> None:
    """Lift every suspension of a member. Raises NotFound."""
    require(actor, rules.SUSPEND)
    with transaction() as s:
        member_id = named(sign_in_name)
        now = clock.now()
        open_ones = Sanction.ends_at.is_(None) | (Sanction.ends_at > now)
        s.execute(
            update(Sanction)
            .where(Sanction.member_id == member_id, Sanction.kind == "suspended", open_ones)
            .values(ends_at=now)
        )
        audit.append(None, "member.restored", f"member:{member_id}", reason="command line")


def sign_out_everywhere(actor: object, sign_in_name: str) -> int:
    """End all sessions of a member; returns how many. Raises NotFound."""
    require(actor, rules.SUSPEND)
    with transaction():
        member_id = named(sign_in_name)
        count = end_all_sessions(member_id, "command line")
        audit.append(None, "member.signed_out", f"member:{member_id}", reason="command line", sessions=count)
        return count


def end_all_sessions(member_id: int, why: str) -> int:
    """End every session of a member inside the present transaction; returns how many."""
    ids = list(session().scalars(select(Row.id).where(Row.member_id == member_id, Row.ended_at.is_(None))))
    end_rows(ids, why)
    return len(ids)


def clear_out_sessions(now: datetime) -> int:
    """Delete session rows that ended, or were last used, long ago. A job; returns how many."""
    over = (Row.ended_at < now - ENDED_KEPT) | (Row.last_seen_at < now - MEMBER_UNUSED - ENDED_KEPT)
    with transaction() as s:
        return int(s.execute(delete(Row).where(over)).rowcount)  # type: ignore[attr-defined]


def named(sign_in_name: str) -> int:
    """The id behind a sign-in name. Raises NotFound."""
    found = session().scalar(select(Member.id).where(Member.sign_in_name == plain_name(sign_in_name)))
    if found is None:
        raise NotFound(_l("Nobody has that sign-in name."))
    return found


def plain_name(raw: str) -> str:
    """A name as sign-in names are written: lower case, no accents, letters and digits. 'Älva M.' -> 'alvam'."""
    replaced = raw.casefold().replace("ß", "ss").replace("æ", "ae").replace("ø", "o").replace("đ", "d")
    bare = unicodedata.normalize("NFKD", replaced)
    return "".join(char for char in bare if char.isalnum() and not unicodedata.combining(char))[:40]


def checked_name(raw: str, facts: Facts, *, now_called: str = "") -> str:
    """A display name that says something, fits, passes the gate, and is not that of somebody who works here; the name
    somebody goes by already stays hers. Raises Invalid by field."""
    name = text.tidy_line(raw)
    if not text.says_something(name):
        raise Invalid(_l("Write the name you want to go by here."), field="display_name")
    if len(name) > text.LONGEST_NAME:
        raise Invalid(_l("That name is too long. At most 40 characters fit."), field="display_name")
    verdict = screen(name, Surface.DISPLAY_NAME, facts)
    card.offer(verdict)
    if verdict.outcome is not Outcome.PUBLISH:
        raise Invalid(_l("That name can't be used here. Choose another."), field="display_name")
    if plain_name(name) != plain_name(now_called) and plain_name(name) in _staff_names():
        raise Invalid(
            _l("Somebody who works here goes by that name. Add a letter or a nickname, so that nobody mixes you up."),
            field="display_name",
        )
    return name


def _staff_names() -> set[str]:
    working = select(Member.display_name).join(MembershipPeriod, MembershipPeriod.member_id == Member.id)
    now = working.where(
        MembershipPeriod.holds_on(clock.today()), MembershipPeriod.kind == "staff", Member.left_at.is_(None)
    )
    return {plain_name(name) for name in session().scalars(now)}


def _new_member(
    invitation: Invitation, name: str, stored: str, language: str, avatar: str | None, colour: str
) -> Member:
    """Two people with one name at the same moment: the second tries the next number."""
    birth_on = None
    if invitation.birth_on_sealed:
        opened = crypto.unseal(invitation.birth_on_sealed, f"invitation:{invitation.id}:birth_on")
        birth_on = datetime.fromisoformat(opened).date()
    for _attempt in range(5):
        member = Member(
            sign_in_name=free_sign_in_name(name),
            display_name=name,
            password_hash=stored,
            language=language,
            avatar=avatar,
            colour=colour,
            birth_on=birth_on,
            adult_checked_by=invitation.made_by if invitation.adult_checked else None,
            adult_checked_at=invitation.made_at if invitation.adult_checked else None,
            rules_version=house_rules.in_force().version,
            joined_at=clock.now(),
        )
        try:
            with transaction() as s:
                s.add(member)
                s.flush()
            return member
        except IntegrityError:
            continue
    raise TooMany(1)


def free_sign_in_name(name: str, *, but: int | None = None) -> str:
    """A sign-in name made from a name, with a number where it is taken by somebody else."""
    base = plain_name(name)[:30] or "medlem"
    same = func.lower(Member.sign_in_name).startswith(base) & (Member.id != but if but is not None else true())
    taken = set(session().scalars(select(Member.sign_in_name).where(same)))
    if base not in taken:
        return base
    number = 2
    while f"{base}{number}" in taken:
        number += 1
    return f"{base}{number}"


def _first_period(invitation: Invitation, member: Member) -> None:
    today = clock.today()
    with transaction() as s:
        s.add(MembershipPeriod(member_id=member.id, kind=invitation.kind, house_id=invitation.house_id, from_on=today))
        if invitation.duty:
            s.add(Duty(member_id=member.id, kind=invitation.duty, from_on=today, given_by=invitation.made_by))
        if invitation.known:
            trust.note_known(member.id, invitation.made_by)
        if invitation.key_worker_id and invitation.kind == "resident":
            s.add(
                Duty(
                    member_id=invitation.key_worker_id,
                    kind="key_worker",
                    resident_id=member.id,
                    from_on=today,
                    given_by=invitation.made_by,
                )
            )
