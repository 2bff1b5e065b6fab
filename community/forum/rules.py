"""Who may start and answer threads, say what helped, and see who still waits for an answer."""

from __future__ import annotations

from typing import Any

from community.core import i18n
from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.people import Viewer
from community.members.rules import writing_refused
from community.spaces import rules as space_rules
from community.streams import past
from community.streams.moderating import is_locked
from community.streams.rules import GO_ON, SAY_IN


def _may_reply(actor: Any, thread: Any) -> Refusal | None:
    """`thread` has `space`, `opening_state` and `stream`."""
    place = past.place_of(actor, thread.stream, thread.space)
    refused = GO_ON.judge(actor, place)
    if refused is not None:
        return refused
    if thread.opening_state == "removed":
        return _l("The author took this back, so it takes no new replies.")
    if thread.opening_state == "delayed":
        return _l("It is not shown yet. You can answer when it is.")
    if thread.opening_state == "held":
        return _l("This is waiting to be read first. You can answer when it stands in the group.")
    if thread.opening_state in ("returned", "hidden"):
        return _l("Only you see this just now. You can answer when it stands in the group.")
    if is_locked(thread.stream):
        if thread.stream.locked_until is None:
            return _l("A host has closed this thread for new replies.")
        return _l("This thread rests until %(time)s.", time=i18n.lazy_time(thread.stream.locked_until))
    return SAY_IN.judge(actor, place)


def is_host(actor: Any) -> bool:
    """Whether somebody is a host: staff with that duty. A right to read everything does not come with it."""
    return isinstance(actor, Viewer) and actor.is_staff and "moderator" in actor.duties


def _asker_or_host(actor: Any, thread: Any) -> Refusal | None:
    """`thread` has `mode`, `opening_state`, `asker_id`, `stream` and `space`."""
    if thread.mode != "ask" or thread.opening_state != "published":
        return _l("This is for questions that stand in the group.")
    if actor.id != thread.asker_id and not is_host(actor):
        return _l("Whoever asked can do that, and a host.")
    return GO_ON.judge(actor, past.place_of(actor, thread.stream, thread.space)) or writing_refused(actor)


def _may_mark(actor: Any, marking: Any) -> Refusal | None:
    """`marking` has `thread` and `piece`."""
    if marking.piece.kind != "reply" or marking.piece.state != "published":
        return _l("Only a reply that stands in the group can be the one that helped.")
    return _asker_or_host(actor, marking.thread)


def _host(actor: Any, _thing: Any) -> Refusal | None:
    return None if is_host(actor) else _l("The hosts look after this.")


START_THREAD = Rule("thread.start", "Whoever may write in the space.", space_rules.WRITE.judge)
REPLY = Rule(
    "thread.reply", "Whoever may write in the space, while the opening stands and no host has locked it.", _may_reply
)
MARK_ANSWER = Rule("question.mark", "Whoever asked, and hosts; on a reply that stands.", _may_mark)
UNMARK_ANSWER = Rule("question.unmark", "Whoever asked, and hosts.", _asker_or_host)
SAY_STILL_TRUE = Rule("question.still", "Whoever asked, and hosts, once an answer is marked.", _asker_or_host)
TAG_QUESTION = Rule("question.tag", "Whoever asked, and hosts.", _asker_or_host)
SEE_UNANSWERED = Rule("question.unanswered", "Hosts: what they read themselves.", _host)

ALL = (START_THREAD, REPLY, MARK_ANSWER, UNMARK_ANSWER, SAY_STILL_TRUE, TAG_QUESTION, SEE_UNANSWERED)
