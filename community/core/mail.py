"""Who carries letters away: an SMTP server, or the data folder (`outbox/*.eml`) where there is none.

A carrier takes one finished message. It raises `Undeliverable` for an address that will never take it, and anything
else for a trouble that may pass.
"""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit

from community.core import loop

Carrier = Callable[[EmailMessage], None]

PATIENCE = 20.0  # seconds a silent server is waited for
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Undeliverable(Exception):
    """The address refuses for good; trying again would only annoy."""


def carrier(smtp_url: str | None, folder: Path) -> Carrier:
    """What this process sends with."""
    if smtp_url is None:
        return lambda message: _write(folder, message)
    return lambda message: loop.off_loop(_send, smtp_url, message)


def _send(smtp_url: str, message: EmailMessage) -> None:
    """Encrypted on the way, always, except to this machine itself."""
    parts = urlsplit(smtp_url)
    host, safe = str(parts.hostname), ssl.create_default_context()
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=PATIENCE, context=safe)
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=PATIENCE)
    with server:
        if parts.scheme == "smtp" and host not in LOOPBACK:
            server.starttls(context=safe)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        try:
            server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code = max(code for code, _said in error.recipients.values())
            raise (Undeliverable(str(code)) if code >= 500 else ConnectionError(str(code))) from None


def _write(folder: Path, message: EmailMessage) -> None:
    """One file a letter, named after it: written twice it is still one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = message["Message-ID"].strip("<>").split("@")[0]
    waiting, path = folder / f"{name}.{os.getpid()}", folder / f"{name}.eml"
    handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(bytes(message))
    os.replace(waiting, path)
