"""What a session still waits for before it opens anything. One rule, asked for pages and for sockets."""

from __future__ import annotations

TO_GIVE = "to give"  # the password was right; the code, a recovery code or a passkey is missing
TO_SET_UP = "to set up"  # works here and has neither an app nor a passkey

_staff_exempt = False


def configure(*, staff_exempt: bool) -> None:
    """Once per process. Staff without a second step are let in on demo machines alone (DEMO_SKIP_TOTP)."""
    global _staff_exempt
    _staff_exempt = staff_exempt


def missing(*, staff: bool, given: bool, has_app: bool, has_passkey: bool) -> str | None:
    """TO_GIVE, TO_SET_UP, or None when nothing is. Staff need a second step; other members do once they have turned
    the app on. A member's passkey is another way in beside her password, so it asks nothing more of the password."""
    if given or not (staff or has_app):
        return None
    if has_app or has_passkey:
        return TO_GIVE
    return None if _staff_exempt else TO_SET_UP
