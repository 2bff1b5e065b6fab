"""The second step by an app on a phone: setting it up, giving its code, turning it off. The only user of pyotp.

A code is good for its half-minute and the ones beside it (clocks differ), and once. The steps of the latest codes are
kept, so that a clock that is put back makes none of them good again, and shuts nobody out either.
"""

from __future__ import annotations

import hmac
import unicodedata

import pyotp
from sqlalchemy import delete

from community.core import audit, clock, crypto, ratelimit
from community.core.db import session, transaction
from community.core.errors import Invalid
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members import actions, fresh, proof, recovery_codes, rules
from community.members.models import AuthenticatorApp, Passkey, RecoveryCode
from community.members.people import Viewer, Visitor

STEP = 30  # seconds a code is shown
DIGITS = 6
KEPT = 50  # codes remembered as used

WRONG = _l("That code doesn't fit. Take the one your app shows now.")
USED = _l("That code has been used. Wait for the next one, it comes within half a minute.")


def new_secret() -> str:
    """A fresh secret (160 bits), as apps take it."""
    return pyotp.random_base32(32)


def address_of(secret: str, sign_in_name: str, community: str) -> str:
    """What the picture says to the app."""
    return pyotp.TOTP(secret, digits=DIGITS, interval=STEP).provisioning_uri(name=sign_in_name, issuer_name=community)


def is_on(viewer: Viewer) -> bool:
    """Whether the viewer has an app set up."""
    return session().get(AuthenticatorApp, viewer.id) is not None


def set_up(viewer: Viewer, secret: str, typed: str) -> list[str]:
    """Turn the second step on, or replace the app, by a code that shows the app has `secret`. Returns ten recovery
    codes, which replace all earlier ones. Raises NotFresh, Invalid by field, TooMany."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    fresh.require(viewer)
    with ratelimit.trying("second_step", viewer.id, "setting up"):
        step = _step_of(secret, typed)
        if step is None:
            ratelimit.note("second_step", viewer.id, "setting up")
            raise Invalid(WRONG, field="code")
    with transaction() as s:
        app = s.get(AuthenticatorApp, viewer.id, populate_existing=True, with_for_update=True)
        act = "second_step.on" if app is None else "second_step.replaced"
        app = app or AuthenticatorApp(member_id=viewer.id, used_steps=[])
        app.secret_sealed = crypto.seal(secret, _place(viewer.id))
        app.used_steps, app.made_at = [step], clock.now()
        s.add(app)
        s.flush()
        audit.append(viewer.id, act, f"member:{viewer.id}")
        return recovery_codes.write_new(viewer)


def turn_off(viewer: Viewer) -> None:
    """Do without the second step again; members only. The recovery codes stay good for a forgotten password. Raises
    NotAllowed, NotFresh; where it is off already it stays so."""
    require(viewer, rules.TURN_OFF_SECOND_STEP, viewer)
    fresh.require(viewer)
    with transaction() as s:
        gone = delete(AuthenticatorApp).where(AuthenticatorApp.member_id == viewer.id)
        if s.execute(gone).rowcount:  # type: ignore[attr-defined]
            audit.append(viewer.id, "second_step.off", f"member:{viewer.id}")


def reset(actor: object, sign_in_name: str) -> None:
    """Forget everything but the password a member comes in by, and end her sessions. Raises NotFound."""
    require(actor, rules.SUSPEND)
    with transaction() as s:
        member_id = actions.named(sign_in_name)
        for table in (AuthenticatorApp, RecoveryCode, Passkey):
            s.execute(delete(table).where(table.member_id == member_id))
        audit.append(None, "second_step.reset", f"member:{member_id}", reason="command line")
        actions.sign_out_everywhere(actor, sign_in_name)


def give(viewer: Viewer, visitor: Visitor, *, code: str = "", recovery: str = "") -> None:
    """The second step of a session that waits for it, by the app's code or by a recovery code, which is used up.

    Raises Invalid by field, TooMany for this account from this address; each wrong one is in the audit chain. An
    account under attack answers ever slower, but its owner comes in; after a hundred wrong codes of the app within a
    day by a recovery code or a passkey alone.
    """
    require(viewer, rules.CHANGE_OWN, viewer.id)
    with ratelimit.trying("second_step", viewer.id, visitor.address):
        proof.slow_down("second_step_account", viewer.id)
        if not recovery:
            ratelimit.check("app_code", viewer.id)
        try:
            if recovery:
                recovery_codes.use(viewer.id, recovery)
            else:
                _use_code(viewer, code)
        except Invalid:
            _note_failure(viewer, visitor, "recovery code" if recovery else "code")
            raise


def _use_code(viewer: Viewer, typed: str) -> None:
    with transaction() as s:
        app = s.get(AuthenticatorApp, viewer.id, populate_existing=True, with_for_update=True)
        step = _step_of(crypto.unseal(app.secret_sealed, _place(viewer.id)), typed) if app is not None else None
        if app is None or step is None:
            raise Invalid(WRONG, field="code")
        newest = max(app.used_steps, default=0)
        clock_put_back = newest > _now() + 1
        if step in app.used_steps or (step <= newest and not clock_put_back):
            raise Invalid(USED, field="code")
        app.used_steps = [*app.used_steps, step][-KEPT:]


def _note_failure(viewer: Viewer, visitor: Visitor, what: str) -> None:
    ratelimit.note("second_step", viewer.id, visitor.address)
    ratelimit.note("second_step_account", viewer.id)
    if what == "code":
        ratelimit.note("app_code", viewer.id)
    audit.append(viewer.id, "second_step.wrong", f"member:{viewer.id}", what=what)


def _now() -> int:
    return int(clock.now().timestamp()) // STEP


def _step_of(secret: str, typed: str) -> int | None:
    """The half-minute whose code was typed, among the present one and its two neighbours."""
    code = "".join(_digit(char) for char in typed if not char.isspace())
    app = pyotp.TOTP(secret, digits=DIGITS, interval=STEP)
    for step in (_now(), _now() - 1, _now() + 1):
        if hmac.compare_digest(app.generate_otp(step).encode(), code.encode()):
            return step
    return None


def _digit(char: str) -> str:
    """Digits of any script: keyboards differ."""
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


def _place(member_id: int) -> str:
    return f"authenticator_app:{member_id}:secret"


def pending_place(viewer: Viewer) -> str:
    """What a secret that is being set up is bound to while the browser keeps it."""
    return f"session:{viewer.session_id}:authenticator"
