"""What is said to people who are elsewhere. Nothing in it tells who, what or where; a link can do one thing."""

from __future__ import annotations

from typing import Any

from flask import current_app

from community.concerns.models import Call, Concern
from community.concerns.providers import Message
from community.core import clock
from community.core.db import session
from community.core.i18n import _, in_language
from community.core.outbox import Words, Writer
from community.members.models import Member


def message(call_id: int, to: str, token: str, member_id: int) -> Message:
    """A call as SMS and voice carry it, in the language of whoever is called."""
    member = session().get(Member, member_id)
    language = member.language if member is not None else "sv"
    with in_language(language):
        link = _address("concern_links.answer", token=token)
        text = _("%(place)s: somebody needs you. Open: %(link)s", place=_place(), link=link)
    return Message(call_id, to, text, link, language)


def _call(facts: dict[str, Any], secret: str | None) -> Words | None:
    call = session().get(Call, facts["call"])
    if call is None or call.answered_at is not None or call.expires_at <= clock.now():
        return None
    concern = session().get_one(Concern, call.concern_id)
    if concern.state == "closed" or (concern.state == "taken" and concern.handed_to != call.member_id):
        return None
    link = _address("concern_links.answer", token=secret)
    body = _("%(place)s: somebody needs you. Open: %(link)s", place=_place(), link=link)
    return Words(_("Somebody needs you"), f"{body}\n")


def _pack(facts: dict[str, Any], _secret: str | None) -> Words | None:
    link = _address("concern_desk.one", concern_id=facts["concern"])
    body = _("%(place)s: somebody took a copy of something you answer for. Look: %(link)s", place=_place(), link=link)
    return Words(_("A copy was taken"), f"{body}\n")


def _place() -> str:
    return str(current_app.config["SETTINGS"].community_name)


def _address(endpoint: str, **values: Any) -> str:
    """A whole address, built on the configured one; it is written outside any request."""
    adapter = current_app.url_map.bind("unused.invalid")
    return str(current_app.config["SETTINGS"].root) + adapter.build(endpoint, values)


WRITERS: dict[str, Writer] = {"concern.call": _call, "concern.pack": _pack}
