"""Who may do what to a piece. Whoever cannot see a piece never gets this far: queries find nothing for her."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from community.core import clock
from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.contact import REFUSAL
from community.members.people import ADULT
from community.members.rules import writing_refused
from community.spaces import rules as space_rules
from community.streams.models import Piece

STANDS_OR_WAITS = ("published", "held", "returned", "delayed")
EDIT_TIME = timedelta(minutes=15)
EDIT_TIME_IN_CHAT = timedelta(minutes=5)
UNDO_TIME = timedelta(days=30)


def _may_edit(actor: Any, piece: Piece) -> Refusal | None:
    if piece.author_id != actor.id:
        return _l("Only whoever wrote this can change it.")
    if piece.state in ("held", "delayed", "returned") or _asked_to_rewrite(piece):
        return writing_refused(actor)
    if piece.state == "hidden" or (piece.state == "removed" and piece.decided_by is not None):
        return _l("A host hid this. If you think that was wrong, say so, and somebody else looks.")
    if piece.state != "published":
        return _l("This was taken back. Put it back first, then change it.")
    since = clock.now() - (piece.published_at or piece.written_at)
    if piece.kind == "message":
        if since > EDIT_TIME_IN_CHAT:
            return _l("Editing time is over: 5 minutes. You can write again, or take this one back.")
    elif since > EDIT_TIME:
        return _l("Editing time is over: 15 minutes. You can write a new reply, or take this one back.")
    return writing_refused(actor)


def _asked_to_rewrite(piece: Piece) -> bool:
    """A host asked for other words, and there is time left."""
    return piece.state == "published" and piece.rewrite_until is not None and clock.now() < piece.rewrite_until


def _may_remove(actor: Any, piece: Piece) -> Refusal | None:
    if piece.author_id != actor.id:
        return _l("Only whoever wrote this can take it back.")
    if piece.state == "hidden":
        return _l("A host hid this. If you think that was wrong, say so, and somebody else looks.")
    return None if piece.state in STANDS_OR_WAITS else _l("This is taken back already.")


def _may_restore(actor: Any, piece: Piece) -> Refusal | None:
    if piece.author_id != actor.id or piece.state != "removed":
        return _l("Only whoever took this back can put it back.")
    if piece.decided_by is not None:
        return _l("A host decided about this. If you think that was wrong, say so, and somebody else looks.")
    if not (piece.text or piece.title or piece.pictures):
        return _l("There is nothing left in it to put back.")
    if piece.removed_at is None or clock.now() - piece.removed_at > UNDO_TIME:
        return _l("It was taken back more than 30 days ago and can't be put back any more.")
    return writing_refused(actor)


def _may_react(actor: Any, piece: Piece) -> Refusal | None:
    return writing_refused(actor) if piece.state == "published" else _l("This was taken back.")


def _may_see_history(actor: Any, piece: Piece) -> Refusal | None:
    if not actor.is_staff:
        return _l("Staff can see what was changed.")
    return _l("This was taken back.") if piece.state == "removed" else None


def _may_go_unnamed(actor: Any, space: Any) -> Refusal | None:
    if actor.is_staff:
        return _l("Staff always write with their name.")
    return space_rules.WRITE.judge(actor, space)


def _may_be_the_asker(actor: Any, opening: Piece) -> Refusal | None:
    if opening.unnamed and opening.author_id == actor.id:
        return None
    return _l("Only whoever wrote the post without a name can answer in it without one.")


def _may_mention(actor: Any, named: Any) -> Refusal | None:
    """`named` is (person, reads, wrote here). Who is refused here is not told so: the name stays plain text."""
    person, reads, wrote_here = named
    if person.id == actor.id or person.protected or not reads:
        return _l("That name can't be mentioned here.")
    if actor.is_staff or actor.age_band != ADULT or not person.is_minor or wrote_here:
        return None
    return _l("That name can't be mentioned here.")


class Place(NamedTuple):
    """Where somebody wants to say or change something: a space, the house it was said to there, whether the stream was
    left open to her for a while, and when it ended for her: her farewell later than the house."""

    space: Any
    house_id: int | None
    kept_open: bool = False
    ended_at: datetime | None = None


def _may_go_on(actor: Any, place: Place) -> Refusal | None:
    until = None if place.kept_open else space_rules.read_until(actor, place.space, place.house_id)
    return space_rules.past_refused(place.ended_at or until) if until is not None else None


def _may_say_in(actor: Any, place: Place) -> Refusal | None:
    refused = _may_go_on(actor, place)
    if refused is None and place.kept_open:
        return space_rules.CHANGE_IN.judge(actor, place.space) or writing_refused(actor, place.space.id)
    return refused or space_rules.WRITE.judge(actor, place.space)


def _may_say_by_name(actor: Any, hers: bool) -> Refusal | None:
    return writing_refused(actor) if hers else REFUSAL


def _may_say_to_team(_actor: Any, hers: bool) -> Refusal | None:
    return None if hers else REFUSAL


def _may_talk_on(_actor: Any, lawful: bool) -> Refusal | None:
    return None if lawful else REFUSAL


def _may_check(actor: Any, _thing: Any) -> Refusal | None:
    if actor.is_staff and "moderator" in actor.duties:
        return None
    return _l("This is for hosts: those who keep an eye on the channels.")


def _own(actor: Any, member_id: int) -> Refusal | None:
    return None if actor.id == member_id else _l("This is for its writer alone.")


EDIT_PIECE = Rule(
    "piece.edit",
    "Its author, for 15 minutes, in a chat for 5; as long as it waits, was sent back or is to be written anew.",
    _may_edit,
)
REMOVE_PIECE = Rule("piece.remove", "Its author.", _may_remove)
RESTORE_PIECE = Rule(
    "piece.restore", "Its author, for 30 days after taking it back; not what a host took away.", _may_restore
)
REACT = Rule("piece.react", "Whoever sees it and may write.", _may_react)
SEE_HISTORY = Rule("piece.history", "Staff who see the piece, while it stands.", _may_see_history)
WRITE_UNNAMED = Rule(
    "thread.unnamed", "Who lives or has lived here and may write in the space; never staff.", _may_go_unnamed
)
ANSWER_AS_ASKER = Rule("reply.as_asker", "Whoever wrote the opening without her name.", _may_be_the_asker)
MENTION = Rule(
    "piece.mention",
    "Whoever writes: those who read the channel and are not kept apart from her, nobody with a protected identity. "
    "An adult who does not work here: somebody under 18 only in a thread where she has written with her name.",
    _may_mention,
)
KEEP_OWN = Rule("draft.keep", "The member herself: drafts, read marks, what she follows, mutes and saves.", _own)
CHECK = Rule("piece.check", "Hosts, in the channels they read: what stands there and nobody has read.", _may_check)
GO_ON = Rule(
    "stream.go_on",
    "Whoever reads it today. What is past for somebody who has moved out she reads and changes no more; her farewell "
    "is open to her 30 days longer.",
    _may_go_on,
)
SAY_IN = Rule(
    "stream.say_in", "The same people, who may write in the space as well; in her farewell she may.", _may_say_in
)
SAY_BY_NAME = Rule(
    "stream.say_by_name",
    "Whoever stands in it by name, and in the team's inbox staff of the house, unless paused or on a break.",
    _may_say_by_name,
)
SAY_TO_TEAM = Rule(
    "stream.say_to_team",
    "In the team's inbox: the member it is of, whatever her standing, and staff of the house.",
    _may_say_to_team,
)
TALK_ON = Rule(
    "talk.go_on",
    "In a talk: as long as every two who stand in it may write to each other. For everybody in it, whatever the cause.",
    _may_talk_on,
)

ALL = (
    EDIT_PIECE,
    REMOVE_PIECE,
    RESTORE_PIECE,
    REACT,
    SEE_HISTORY,
    WRITE_UNNAMED,
    ANSWER_AS_ASKER,
    MENTION,
    KEEP_OWN,
    CHECK,
    GO_ON,
    SAY_IN,
    SAY_BY_NAME,
    SAY_TO_TEAM,
    TALK_ON,
)
