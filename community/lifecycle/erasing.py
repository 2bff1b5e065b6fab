"""What becomes of each table that knows a member when she has left: the room's function that takes hers away, or why it
stays, and until when. A table with a member's number that stands nowhere here makes a test red.

Two turns. `let_go` (leaving.py) is one transaction: from then on she is no member and nothing shows her. `erase` goes
table by table, each in a transaction of its own, and is asked again every night until nothing is left: killed anywhere
it goes on where it was, and nobody sees any of it. What may prove something waits while something about somebody's
safety is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from community.acts import erasing as acts
from community.book import erasing as book
from community.channels import erasing as channels
from community.concerns import erasing as concerns
from community.core.erasing import Leaver, Step
from community.core.i18n import lazy as _l
from community.directory import erasing as directory
from community.inbox import erasing as inbox
from community.members import erasing as members
from community.memories import erasing as memories
from community.moderation import erasing as moderation
from community.moving import erasing as moving
from community.my_data import erasing as my_data
from community.notices import erasing as notices
from community.photos import erasing as photos
from community.recovery import erasing as recovery
from community.rota import erasing as rota
from community.safety import erasing as safety
from community.streams import erasing as streams
from community.turns import erasing as turns


@dataclass(frozen=True)
class Goes:
    """The room's function takes it away. `waits`: not while something about somebody's safety is open. `what` and
    `until` are told to her beforehand where it takes longer than that night."""

    step: Step
    waits: bool = False
    what: Any = None
    until: Any = None


@dataclass(frozen=True)
class Stays:
    """Why it stays, and until when. `what` is told to her beforehand; None: it is nothing of hers, or a number."""

    why: str
    until: Any
    what: Any = None


_FOR_GOOD = _l("for good")
_NUMBER = Stays("her number, which leads to nobody", _FOR_GOOD)
_STAFFS = Stays("what somebody did who works here; her number alone", _l("as long as the house"))
_CALLS = Goes(
    concerns.calls,
    waits=True,
    what=_l("Calls for help: what you asked for, who was told, what was done"),
    until=_l("90 days after it ended"),
)
_ACTS = Goes(acts.decided_about_her, waits=True)

ERASED: dict[str, Goes | Stays] = {
    "member": Goes(members.account),
    "membership_period": Goes(members.periods),
    "sign_in_session": Goes(members.sessions),
    "passkey": Goes(members.passkeys),
    "authenticator_app": Goes(members.apps),
    "recovery_code": Goes(members.codes),
    "invitation": Goes(members.invitations),
    "profile": Goes(members.profile),
    "duty": Goes(members.duties),
    "trust": Goes(members.trusts),
    "connection": Goes(members.connections),
    "exclusion": Goes(members.exclusions),
    "separation": Goes(members.separations),
    "directory_entry": Goes(directory.entries),
    "reading": Goes(members.readings),
    "told_piece": Goes(members.told_pieces),
    "email_address": Goes(recovery.addresses),
    "way_in": Goes(recovery.ways_in),
    "way_in_vouch": Goes(recovery.vouches),
    "way_in_request": Goes(recovery.requests),
    "move_line": Goes(moving.lines),
    "kept_person": Goes(moving.kept_people),
    "farewell_letter": Goes(moving.letters),
    "move_wish": Goes(moving.wishes),
    "move_check_in": Goes(moving.check_ins),
    "move_adult": Goes(moving.adults),
    "move": Goes(moving.moves),
    "kept_open": Goes(streams.kept_open),
    "new_contact": Goes(turns.new_contacts),
    "work_end": Goes(turns.work_ends),
    "two_person_turn": Goes(turns.two_person_turns),
    "my_data_export": Goes(my_data.exports),
    "book_file": Goes(book.made),
    "book": Goes(book.books),
    "book_yes": Goes(book.yeses),
    "photo": Goes(photos.put_up, waits=True),
    "photo_person": Goes(photos.said),
    "portrait": Goes(photos.portrait),
    "memory_put_away": Goes(memories.put_away),
    "memory_off": Goes(memories.off),
    "draft": Goes(streams.drafts),
    "saved": Goes(streams.saved),
    "stream_choice": Goes(streams.choices),
    "read_mark": Goes(streams.read_marks),
    "muted_person": Goes(streams.muted_people),
    "muted_words": Goes(streams.muted_words),
    "mention": Goes(streams.named_in_texts),
    "reaction": Goes(streams.reactions),
    "stream_bridge": Goes(streams.bridges),
    "put_away": Goes(channels.put_away),
    "notice": Goes(notices.notices),
    "own_card": Goes(notices.cards),
    "notice_choice": Goes(notices.choices),
    "notice_settings": Goes(notices.settings),
    "notice_space": Goes(notices.spaces),
    "busy": Goes(rota.busy),
    "duty_phone": Goes(concerns.phone),
    "unmasking": Goes(moderation.unmaskings, waits=True),
    "waiting_edit": Goes(streams.waiting_changes, waits=True),
    "piece_told": Goes(streams.told_by_hosts, waits=True),
    "piece_revision": Goes(streams.earlier_versions, waits=True),
    "piece": Goes(
        streams.words,
        waits=True,
        what=_l("What you wrote without your name, if you remove it"),
        until=_l("each on a night of its own within 14 days, so that nobody can tell whose it was"),
    ),
    "inbox": Goes(inbox.inboxes, waits=True),
    "inbox_step": Goes(inbox.inboxes, waits=True),
    "heard": Goes(safety.heard, waits=True),
    "case_step": Goes(acts.notes_about_her, waits=True),
    "appeal": _ACTS,
    "for_good": _ACTS,
    "act": _ACTS,
    "sanction": Goes(members.limits, waits=True),
    "concern": _CALLS,
    "concern_step": _CALLS,
    "report": Stays(
        "sealed; staff may have to say what they knew",
        _l("90 days after it was decided; that you told, 400 days"),
        _l("What you told staff, and what others told about you"),
    ),
    "audit_line": Stays(
        "the chain would break; it holds numbers and no words",
        _FOR_GOOD,
        _l("The list of what staff did: numbers, no words"),
    ),
    "departure": Stays("that she left, so that she does not come back with a backup", _FOR_GOOD),
    "stream_member": Stays("that others talk with somebody who has left; her number", _l("as long as their talk")),
    "talk": Stays("the talk is the others' as well; her number", _l("as long as their talk")),
    "talk_opened": _STAFFS,
    "stream_event": _NUMBER,
    "answer_mark": _NUMBER,
    "review_case": _NUMBER,
    "outbox_letter": Goes(recovery.addresses),
    "announcement": Stays("what open pages were told, in numbers", _l("an hour")),
    "job_occurrence": Stays("that the machine did its work, in numbers", _l("30 days")),
    "chat_present": Stays("whom a process shows in a chat", _l("a minute")),
    **dict.fromkeys(("case_kept_from", "concern_call", "concern_kept_from", "chat_room", "checked_mark"), _STAFFS),
    **dict.fromkeys(("handover", "shift", "incident", "judgement", "pin", "space_change"), _STAFFS),
    **dict.fromkeys(("list_change", "list_phrase", "list_switch", "publishing_change", "rules_version"), _STAFFS),
}
"""In the order in which it is done: what points at something goes before it."""


def told_to_stay() -> list[dict[str, Any]]:
    """What she reads beforehand: what does not go that night, and until when."""
    rows = {id(fate): {"what": fate.what, "who": fate.until} for fate in ERASED.values() if fate.what is not None}
    return list(rows.values())


def erase(leaver: Leaver, *, held: bool) -> bool:
    """Every table once. `held`: what may prove something waits. Whether nothing is left to do."""
    steps = dict.fromkeys((fate.step, fate.waits) for fate in ERASED.values() if isinstance(fate, Goes))
    done = True
    for step, waits in steps:
        done &= not (held and waits) and step(leaver)
    return done
