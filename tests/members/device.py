"""A device that keeps passkeys, in a few lines: answers what a browser would, and lies where a test wants it to."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

PRESENT, VERIFIED, ATTESTED = 1, 4, 64


class Device:
    """Made for one page's address; `count` is what it says of how often it was used (None: it does not count)."""

    def __init__(
        self, origin: str = "http://localhost:5000", host: str = "localhost", *, count: int | None = None
    ) -> None:
        self.origin, self.host, self.count = origin, host, count
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(20)
        self.handle = b""
        self.flags = PRESENT | VERIFIED

    def make(self, options: dict[str, Any]) -> str:
        """What navigator.credentials.create() gives back."""
        self.handle = base64url_to_bytes(options["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        key = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        kept = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(key)
        said = {"fmt": "none", "attStmt": {}, "authData": self._data(ATTESTED) + kept}
        client = self._client("webauthn.create", options["challenge"])
        return self._written({"clientDataJSON": client, "attestationObject": cbor2.dumps(said)})

    def use(self, options: dict[str, Any]) -> str:
        """What navigator.credentials.get() gives back."""
        if self.count is not None:
            self.count += 1
        client, data = self._client("webauthn.get", options["challenge"]), self._data(0)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        parts = {"clientDataJSON": client, "authenticatorData": data, "signature": signature, "userHandle": self.handle}
        return self._written(parts)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _data(self, more: int) -> bytes:
        flags = bytes([self.flags | more])
        return hashlib.sha256(self.host.encode()).digest() + flags + (self.count or 0).to_bytes(4, "big")

    def _written(self, parts: dict[str, bytes]) -> str:
        response = {name: bytes_to_base64url(value) for name, value in parts.items()}
        id_ = bytes_to_base64url(self.id)
        return json.dumps({"id": id_, "rawId": id_, "type": "public-key", "response": response})
