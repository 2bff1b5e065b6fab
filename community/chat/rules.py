"""Who may write in a chat, and who looks after it. Who reads it follows from its space."""

from __future__ import annotations

from typing import Any

from community.core import clock, i18n
from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.rules import standing_refused, writing_refused
from community.spaces import rules as space_rules
from community.streams.moderating import is_locked


def _may_write(actor: Any, chat: Any) -> Refusal | None:
    """`chat` has `room`, `space`, `stream` and `resting`."""
    now, room = clock.now(), chat.room
    past = _past(actor, chat)
    if past is not None:
        return past
    if room.closes_at is not None and now >= room.closes_at:
        return _l("This chat is over. You can still read it.")
    if room.opens_at is not None and now < room.opens_at:
        return _l("This chat opens %(time)s.", time=i18n.lazy_time(room.opens_at))
    if is_locked(chat.stream):
        return _l("A host has closed this chat for a while. You can still read it.")
    refused = space_rules.WRITE.judge(actor, chat.space)
    if refused is not None:
        return refused
    return _l("The chat is resting. You can still read.") if chat.resting else None


def _host(actor: Any) -> bool:
    return bool(actor.is_staff and "moderator" in actor.duties)


def _past(actor: Any, chat: Any) -> Refusal | None:
    if chat is None:
        return None
    until = space_rules.read_until(actor, chat.space, chat.stream.house_id)
    return space_rules.past_refused(until) if until is not None else None


def _may_look_after(actor: Any, chat: Any) -> Refusal | None:
    if not _host(actor) and not (_opens(actor) and chat.room.host_id == actor.id):
        return _l("The hosts look after this.")
    return _past(actor, chat) or writing_refused(actor)


def _opens(actor: Any) -> bool:
    return bool(actor.is_staff and actor.duties & {"moderator", "facilitator"})


def _may_open(actor: Any, _nothing: Any) -> Refusal | None:
    if not _opens(actor):
        return _l("Hosts and those who lead groups open chats. Tell one of them what you would like.")
    return writing_refused(actor)


def _may_end(actor: Any, chat: Any) -> Refusal | None:
    """`chat` has `room`. Also while everything is read-only: it ends something."""
    if not _opens(actor):
        return _may_open(actor, None)
    if chat.room.standing_in is not None:
        return _l("This chat belongs to its channel. It is always there.")
    return _past(actor, chat) or standing_refused(actor)


def _may_change(actor: Any, chat: Any) -> Refusal | None:
    refused = _may_end(actor, chat) or writing_refused(actor)
    if refused is None and clock.now() >= min(chat.room.opens_at, chat.room.closes_at):
        return _l("It has begun, so it stays as it is. You can end it.")
    return refused


WRITE = Rule(
    "chat.write",
    "Whoever may write in its channel; not while it rests (where children read: while nobody keeps an eye on it), is "
    "closed, or outside its hours.",
    _may_write,
)
LOOK_AFTER = Rule(
    "chat.look_after", "Hosts, and whoever hosts it for an evening: how fast one may write in it.", _may_look_after
)
OPEN = Rule(
    "chat.open",
    "Staff with the duty of a host or of a facilitator, for an evening, for those who read a channel they read.",
    _may_open,
)
END = Rule("chat.end", "The same people, of a chat for an evening that they read.", _may_end)
CHANGE = Rule("chat.change", "The same people, until it begins.", _may_change)

ALL = (WRITE, LOOK_AFTER, OPEN, END, CHANGE)
