"""Sending a picture as a browser's form does."""

from __future__ import annotations

import contextlib
import http.client
import json
from dataclasses import dataclass
from typing import Any

from tests.live.people import Person, cookie_header
from tests.serve import Hearth

EDGE = "the-edge-of-a-part"


@dataclass(frozen=True)
class Sent:
    """What came back."""

    status: int
    said: dict[str, Any]


def form(content: bytes, name: str = "picture.jpg", **fields: str) -> bytes:
    """The body of the form."""
    parts = [
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{text}\r\n' for key, text in fields.items()
    ]
    head = f'--{EDGE}\r\nContent-Disposition: form-data; name="picture"; filename="{name}"\r\n'
    head += "Content-Type: image/jpeg\r\n\r\n"
    return "".join([*parts, head]).encode() + content + f"\r\n--{EDGE}--\r\n".encode()


def sent(
    server: Hearth,
    content: bytes,
    name: str = "picture.jpg",
    *,
    by: Person | None = None,
    to: str = "/send",
    **fields: str,
) -> Sent:
    """Send one, and wait for what becomes of it; `by` a member, or by anybody."""
    headers, path = {"Content-Type": f"multipart/form-data; boundary={EDGE}", "Accept": "application/json"}, "/draw"
    if by is not None:
        path, fields = to, {**fields, "csrf_token": by.token()}
        headers["Cookie"] = cookie_header(by.cookies)
    with contextlib.closing(server.connection(60)) as line:
        line.request("POST", path, form(content, name, **fields), headers)
        answer: http.client.HTTPResponse = line.getresponse()
        text = answer.read().decode()
        return Sent(answer.status, json.loads(text) if text.startswith("{") else {})


def half_sent(server: Hearth, content: bytes) -> None:
    """The line breaks in the middle."""
    body = form(content)
    head = f"POST /draw HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n"
    head += f"Content-Type: multipart/form-data; boundary={EDGE}\r\n\r\n"
    with contextlib.closing(server.wire(30)) as wire:
        wire.sendall(head.encode() + body[: len(body) // 2])
