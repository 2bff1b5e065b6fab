"""The link that ends letters: sealed, so nobody makes one or reads whose it is; it can do that one thing, for good."""

from __future__ import annotations

import binascii

from community.core import crypto

PLACE = "notices:stop_letters"


def token_for(member_id: int) -> str:
    """A link's secret for one member. Opens with every key the installation still knows (ENCRYPTION_KEYS)."""
    return crypto.seal(str(member_id), PLACE).replace(":", "~").translate(str.maketrans("+/", "-_")).rstrip("=")


def member_of(token: str) -> int | None:
    """Whose it is, or None for what was never given out."""
    key_id, _tilde, sealed = token.translate(str.maketrans("-_", "+/")).partition("~")
    try:
        return int(crypto.unseal(f"{key_id}:{sealed}{'=' * (-len(sealed) % 4)}", PLACE))
    except (crypto.Unsealable, binascii.Error, ValueError):
        return None
