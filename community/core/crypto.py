"""Sealing columns: AES-256-GCM with the key's id in each value and the place (table, row, column) bound to it.

Moved to another row or column, a sealed value does not open. Keys come from ENCRYPTION_KEYS ("id:base64,...", the
first seals, all open); without it one key is derived from the secret key.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from collections.abc import Iterator
from contextlib import contextmanager

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_keys: dict[str, AESGCM] = {}
_sealing_key = ""
_master = b""


class Unsealable(Exception):
    """A sealed value was moved, damaged, or its key is gone. Never answered with a guess."""


def configure(secret_key: str, encryption_keys: str | None) -> None:
    """Take the secrets of this installation. Raises ValueError for a malformed key list."""
    global _sealing_key, _master
    _master = secret_key.encode()
    _keys.clear()
    if encryption_keys:
        pairs = [pair.strip().split(":", 1) for pair in encryption_keys.split(",")]
        for key_id, encoded in pairs:
            _keys[key_id] = AESGCM(base64.b64decode(encoded, validate=True))
        _sealing_key = pairs[0][0]
    else:
        _keys["s1"], _sealing_key = AESGCM(derived("columns")), "s1"


@contextmanager
def using(secret_key: str, encryption_keys: str | None) -> Iterator[None]:
    """Another installation's secrets inside (looking into a backup). For commands: the whole process sees them."""
    before = (dict(_keys), _sealing_key, _master)
    configure(secret_key, encryption_keys)
    try:
        yield
    finally:
        _put_back(*before)


def _put_back(keys: dict[str, AESGCM], sealing_key: str, master: bytes) -> None:
    global _sealing_key, _master
    _keys.clear()
    _keys.update(keys)
    _sealing_key, _master = sealing_key, master


def derived(purpose: str) -> bytes:
    """A 32-byte key for one purpose, from the secret key (HKDF-SHA256)."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"hearth {purpose}".encode()).derive(_master)


def seal(text: str, place: str) -> str:
    """Seal `text` for `place`, as in 'member:123:birth_on': table, row, and the column without '_sealed'.

    Columns that hold what this gives are named `<what>_sealed` or `sealed`: restoring a backup tries to open them all.
    """
    nonce = os.urandom(12)
    sealed = _keys[_sealing_key].encrypt(nonce, text.encode(), place.encode())
    return f"{_sealing_key}:{base64.b64encode(nonce + sealed).decode()}"


def unseal(value: str, place: str) -> str:
    """Open what `seal` made for the same place. Raises Unsealable."""
    key_id, _, encoded = value.partition(":")
    raw = base64.b64decode(encoded)
    try:
        return _keys[key_id].decrypt(raw[:12], raw[12:], place.encode()).decode()
    except (KeyError, InvalidTag) as error:
        raise Unsealable(place) from error


def fingerprint(token: str) -> str:
    """What is stored of a random token: SHA-256, hex. Good for tokens of 128 bits and more."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed_hash(text: str, purpose: str) -> str:
    """For short secrets (typed codes) and for audit facts: HMAC-SHA256 under a derived key, hex."""
    return hmac.new(derived(purpose), text.encode(), hashlib.sha256).hexdigest()
