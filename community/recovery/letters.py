"""What the letters say. Nothing in them tells what this place is, and none is sent whose cause is over."""

from __future__ import annotations

from typing import Any

from flask import current_app

from community.core import clock
from community.core.db import session
from community.core.i18n import _, short_time
from community.core.outbox import Words, Writer
from community.recovery import queries
from community.recovery.models import EmailAddress, WayIn


def _link(facts: dict[str, Any], secret: str | None) -> Words | None:
    way_in = session().get(WayIn, facts["way_in"])
    if way_in is None or not queries.is_usable(way_in):
        return None
    body = _(
        "Hi,\n\nhere is the link you asked for. It works once, until %(time)s. Choose a new password there:"
        "\n\n%(url)s\n\nDid you not ask for it? Then you need not do anything.",
        time=short_time(way_in.expires_at),
        url=_address("recovery.follow", secret=secret),
    )
    return _signed(_("Your link"), body)


def _made(facts: dict[str, Any], secret: str | None) -> Words | None:
    way_in = session().get(WayIn, facts["way_in"])
    if way_in is None or queries.state_of(way_in) in ("stopped", "withdrawn", "expired"):
        return None
    return _signed(
        _("About your password"),
        _("Hi,\n\nsomebody has made a link for you, to choose a new password with. Was that you? Then all is well.")
        + _if_it_was_not_you(secret),
    )


def _used(facts: dict[str, Any], secret: str | None) -> Words | None:
    way_in = session().get(WayIn, facts["way_in"])
    if way_in is None or way_in.used_at is None or way_in.stopped_at is not None:
        return None
    return _signed(
        _("Your password is new"),
        _(
            "Hi,\n\nyour password was changed %(time)s. Was that you? Then all is well.",
            time=short_time(way_in.used_at),
        )
        + _if_it_was_not_you(secret),
    )


def _stopped(_facts: dict[str, Any], _secret: str | None) -> Words | None:
    return _signed(
        _("Something waits for you"),
        _("Hi,\n\nsomething needs you today. Sign in and look under Me.\n\n%(url)s", url=_address("recovery.requests")),
    )


def _confirm(facts: dict[str, Any], secret: str | None) -> Words | None:
    email = session().get(EmailAddress, facts["email"])
    if email is None or email.confirmed_at is not None or email.ended_at is not None or email.expires_at < clock.now():
        return None
    body = _(
        "Hi,\n\nis this your address? Then open this link. It works once, until %(time)s:\n\n%(url)s\n\n"
        "If you know nothing of it, you need not do anything.",
        time=short_time(email.expires_at),
        url=_address("recovery.follow_email", secret=secret),
    )
    return _signed(_("Is this your address?"), body)


def _changed(_facts: dict[str, Any], _secret: str | None) -> Words | None:
    return _signed(
        _("Your address was changed"),
        _("Hi,\n\nwe don't write to this address any more. Was that not you? Then tell one of us today."),
    )


def _if_it_was_not_you(secret: str | None) -> str:
    if secret is None:
        return "\n\n" + _("Was it not you? Then ring us today.")
    return "\n\n" + _("Was it not you? Stop it here:\n\n%(url)s", url=_address("recovery.follow_stop", secret=secret))


def _signed(subject: str, body: str) -> Words:
    return Words(subject, f"{body}\n\n{current_app.config['SETTINGS'].community_name}\n")


def _address(endpoint: str, **values: Any) -> str:
    """A whole address, built on the configured one; a letter is written outside any request."""
    adapter = current_app.url_map.bind("unused.invalid")
    return str(current_app.config["SETTINGS"].root) + adapter.build(endpoint, values)


WRITERS: dict[str, Writer] = {
    "recovery.link": _link,
    "recovery.made": _made,
    "recovery.used": _used,
    "recovery.stopped": _stopped,
    "email.confirm": _confirm,
    "email.changed": _changed,
}
