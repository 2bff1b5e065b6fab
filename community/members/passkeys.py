"""Passkeys: a key kept by the device, opened by finger, face or PIN. The only user of webauthn.

A passkey counts as both steps, because the device has verified its person. The question (challenge) is asked of one
browser, for five minutes, and can be answered once.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import webauthn
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from webauthn.helpers import bytes_to_base64url, generate_challenge
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from community.core import audit, clock, crypto, ratelimit, text
from community.core.db import session, transaction
from community.core.errors import Conflict, Invalid, NotAllowed, NotFound
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members import fresh, proof, rules
from community.members.models import AuthenticatorApp, Passkey, SpentChallenge
from community.members.people import Viewer, Visitor
from community.members.queries import sign_in_name

ANSWER_WITHIN = timedelta(minutes=5)
MOST = 20
LONGEST_NAME = 60
SPENT_KEPT = timedelta(days=1)

NO_MATCH = _l("That passkey doesn't open anything here. Sign in with name and password.")
TOO_LATE = _l("That took too long. Press the button once more.")
NOT_MADE = _l("The passkey could not be made. Try again, or use another device.")

REQUIRED = UserVerificationRequirement.REQUIRED


_site: Site | None = None


def configure(origin: str, name: str) -> None:
    """Once per process: the address people use, as configured; never what a request claims."""
    global _site
    _site = Site(origin, name)


def site() -> Site:
    """Where passkeys of this house belong."""
    assert _site is not None, "passkeys were not configured"
    return _site


@dataclass(frozen=True)
class Site:
    """Where this house lives: passkeys are made for `host` and answer pages of `origin` alone."""

    origin: str
    name: str

    @property
    def host(self) -> str:
        return urlsplit(self.origin).hostname or "localhost"


@dataclass(frozen=True)
class Question:
    """What this browser was asked, as its cookie keeps it."""

    challenge: str
    asked_at: datetime

    @staticmethod
    def fresh() -> Question:
        return Question(bytes_to_base64url(generate_challenge()), clock.now())

    @staticmethod
    def kept(value: Any) -> Question | None:
        """From a cookie we signed ourselves; None where there is nothing."""
        return Question(value[0], datetime.fromisoformat(value[1])) if value else None

    def to_keep(self) -> list[str]:
        return [self.challenge, self.asked_at.isoformat()]


def passkeys_of(viewer: Viewer) -> list[Passkey]:
    """The viewer's own, the newest first."""
    return list(
        session().scalars(select(Passkey).where(Passkey.member_id == viewer.id).order_by(Passkey.made_at.desc()))
    )


def options_to_make(viewer: Viewer, site: Site, question: Question) -> dict[str, Any]:
    """What the browser needs to make a passkey. Raises NotFresh, Conflict when there are 20 already."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    fresh.require(viewer)
    mine = passkeys_of(viewer)
    _room_for_one_more(len(mine))
    known = [PublicKeyCredentialDescriptor(id=_bytes(key.credential_id)) for key in mine]
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=site.name,
        user_name=sign_in_name(viewer),
        user_id=_handle(viewer.id),
        user_display_name=viewer.name,
        challenge=_bytes(question.challenge),
        exclude_credentials=known,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=REQUIRED
        ),
    )
    return dict(json.loads(webauthn.options_to_json(options)))


def options_to_sign_in(site: Site, question: Question) -> dict[str, Any]:
    """What the browser needs to sign in; the same for everybody, because nobody has said who she is."""
    options = webauthn.generate_authentication_options(
        rp_id=site.host, challenge=_bytes(question.challenge), user_verification=REQUIRED
    )
    return dict(json.loads(webauthn.options_to_json(options)))


def add(viewer: Viewer, site: Site, question: Question | None, answer: str, name: str) -> None:
    """Keep the passkey the browser has made. Raises NotFresh, Conflict, and Invalid for an answer that does not fit
    the question, the site, or was given without finger, face or PIN."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    fresh.require(viewer)
    label = _checked_name(name)
    asked, credential = _in_time(question), _read(answer)
    _check_origin(credential, site)
    try:
        made = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=_bytes(asked.challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError) as error:
        raise Invalid(NOT_MADE) from error
    try:
        with transaction() as s:
            _spend(asked)
            _room_for_one_more(
                s.scalar(select(func.count()).select_from(Passkey).where(Passkey.member_id == viewer.id)) or 0
            )
            s.add(
                Passkey(
                    member_id=viewer.id,
                    credential_id=bytes_to_base64url(made.credential_id),
                    public_key=bytes_to_base64url(made.credential_public_key),
                    sign_count=made.sign_count,
                    name=label,
                    made_at=clock.now(),
                )
            )
            s.flush()
            audit.append(viewer.id, "passkey.added", f"member:{viewer.id}")
    except IntegrityError as error:
        raise Invalid(NOT_MADE) from error


def rename(viewer: Viewer, passkey_id: int, name: str) -> None:
    """Call one of the viewer's passkeys something else. Raises NotFound, Invalid by field."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    label = _checked_name(name)
    with transaction() as s:
        if not s.execute(update(Passkey).where(_own(viewer, passkey_id)).values(name=label)).rowcount:  # type: ignore[attr-defined]
            raise NotFound


def remove(viewer: Viewer, passkey_id: int) -> None:
    """Forget one of the viewer's passkeys: it opens nothing from now on. Raises NotFound, NotFresh, and NotAllowed for
    the only second step of somebody who works here."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    if session().scalar(select(Passkey.id).where(_own(viewer, passkey_id))) is None:
        raise NotFound
    fresh.require(viewer)
    with transaction() as s:
        if viewer.is_staff and len(passkeys_of(viewer)) == 1 and s.get(AuthenticatorApp, viewer.id) is None:
            raise NotAllowed(_l("It is your only second step. Set up an app or another passkey first."))
        s.execute(delete(Passkey).where(_own(viewer, passkey_id)))
        audit.append(viewer.id, "passkey.removed", f"member:{viewer.id}")


def proved(visitor: Visitor, site: Site, question: Question | None, answer: str) -> int:
    """Whose passkey has answered: the member's id. Raises Invalid (alike for unknown, removed and wrong ones), TooMany
    for this address."""
    ratelimit.check("sign_in_address", visitor.address)
    asked, credential = _in_time(question), _read(answer)
    _check_origin(credential, site)
    try:
        return _verified(asked, credential, site)
    except (WebAuthnException, ValueError, TypeError, KeyError, IntegrityError) as error:
        ratelimit.note("sign_in_address", visitor.address)
        raise Invalid(NO_MATCH) from error


def forget_spent(now: datetime) -> int:
    """Delete the notes of questions answered long ago. A job; returns how many."""
    with transaction() as s:
        over = SpentChallenge.spent_at < now - SPENT_KEPT
        return int(s.execute(delete(SpentChallenge).where(over)).rowcount)  # type: ignore[attr-defined]


def _verified(asked: Question, credential: dict[str, Any], site: Site) -> int:
    wanted = select(Passkey.id, Passkey.member_id, Passkey.public_key, Passkey.sign_count)
    key = session().execute(wanted.where(Passkey.credential_id == credential["id"])).one_or_none()
    if key is None or not proof.is_member_now(key.member_id):
        raise ValueError("unknown")
    handle = credential["response"].get("userHandle")
    if handle and _bytes(handle) != _handle(key.member_id):
        raise ValueError("somebody else's")
    shown = webauthn.verify_authentication_response(
        credential=credential,
        expected_challenge=_bytes(asked.challenge),
        expected_rp_id=site.host,
        expected_origin=site.origin,
        credential_public_key=_bytes(key.public_key),
        credential_current_sign_count=key.sign_count,
        require_user_verification=True,
    )
    with transaction() as s:
        _spend(asked)
        used = (Passkey.id == key.id) & (Passkey.sign_count == key.sign_count)
        noted = update(Passkey).where(used).values(sign_count=shown.new_sign_count, last_used_at=clock.now())
        if not s.execute(noted).rowcount:  # type: ignore[attr-defined]
            raise ValueError("removed or used meanwhile")
    return int(key.member_id)


def _spend(question: Question) -> None:
    with transaction() as s:
        s.add(SpentChallenge(fingerprint=crypto.fingerprint(question.challenge), spent_at=clock.now()))
        s.flush()


def _in_time(question: Question | None) -> Question:
    if question is None or abs(clock.now() - question.asked_at) > ANSWER_WITHIN:
        raise Invalid(TOO_LATE)
    return question


def _read(answer: str) -> dict[str, Any]:
    """The browser's answer: an object with strings where strings belong."""
    try:
        credential = json.loads(answer)
        if isinstance(credential["id"], str) and isinstance(credential["response"]["clientDataJSON"], str):
            return dict(credential)
    except (ValueError, TypeError, KeyError, RecursionError):
        pass
    raise Invalid(NO_MATCH)


def _check_origin(credential: dict[str, Any], site: Site) -> None:
    """Said in a sentence of its own: the answer was signed for another address. Tells nothing about any account."""
    try:
        said = json.loads(_bytes(credential["response"]["clientDataJSON"]))
    except (ValueError, RecursionError):
        return
    if isinstance(said, dict) and said.get("origin") not in (None, site.origin):
        raise Invalid(
            _l("That passkey belongs to another address. Open %(address)s and try there.", address=site.origin)
        )


def _checked_name(name: str) -> str:
    label = text.tidy_line(name)
    if not text.says_something(label):
        raise Invalid(_l("Give it a name, such as the device it is on."), field="name")
    if len(label) > LONGEST_NAME:
        raise Invalid(_l("That name is too long. At most 60 characters fit."), field="name")
    return label


def _room_for_one_more(have: int) -> None:
    if have >= MOST:
        raise Conflict(_l("You have 20 passkeys. Remove one before you make another."))


def _own(viewer: Viewer, passkey_id: int) -> Any:
    return (Passkey.id == passkey_id) & (Passkey.member_id == viewer.id)


def _handle(member_id: int) -> bytes:
    """What a device stores as the account: says nothing about the member, and is the same for all her passkeys."""
    return bytes.fromhex(crypto.keyed_hash(str(member_id), "passkey handle"))


def _bytes(encoded: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    except (binascii.Error, UnicodeError) as error:
        raise ValueError("not base64url") from error
