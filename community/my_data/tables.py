"""What of every table a member takes along: the function of its room that gives her part, or why there is none.

There is no other registration. `tests/my_data/test_complete.py` walks the schema: a table that is not here, a column
with a member's number that is not named here, and a column of hers that is neither given nor left out for a reason
make it red. `Kept` says of the numbers in a table:

- `hers`: a row with her number there is hers, and is given;
- `did`: she did something in a row that is somebody else's; how often is told (`queries.elsewhere`), what is not hers;
- `apart`: a number somebody else put there, which she is not told of, and why.

`leaves` are columns of her own rows that stay here, and why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from community.acts import for_owner as acts
from community.book import for_owner as book
from community.channels import for_owner as channels
from community.chat import for_owner as chat
from community.concerns import for_owner as concerns
from community.core.own_rows import Row
from community.directory import for_owner as directory
from community.forum import for_owner as forum
from community.inbox import for_owner as inbox
from community.members import for_owner as members
from community.members.people import Viewer
from community.memories import for_owner as memories
from community.moving import for_owner as moving
from community.moving import prepared_for_owner as prepared
from community.my_data import for_owner as my_data
from community.my_data import reasons
from community.my_data.reasons import (
    ABOUT_HER,
    CHAIN,
    COLLEAGUES,
    DERIVED,
    HOUSE,
    MACHINE,
    OTHERS,
    SEALED,
    SECRET,
    SIDES,
    TELLS,
    WORK,
    Reason,
)
from community.notices import for_owner as notices
from community.photos import for_owner as photos
from community.recovery import for_owner as recovery
from community.reports import for_owner as reports
from community.rota import for_owner as rota
from community.safety import for_owner as safety
from community.streams import for_owner as streams
from community.talks import for_owner as talks
from community.turns import for_owner as turns


@dataclass(frozen=True)
class Kept:
    """One table. Without `gives`, `why` says why a member has no part in it."""

    gives: Callable[[Viewer], list[Row]] | None = None
    why: Reason | None = None
    hers: tuple[str, ...] = ()
    did: tuple[str, ...] = ()
    apart: Mapping[str, Reason] = field(default_factory=dict)
    leaves: Mapping[str, Reason] = field(default_factory=dict)


def _left(why: Reason, *columns: str) -> dict[str, Reason]:
    return dict.fromkeys(columns, why)


OWN = ("member_id",)

CORE: dict[str, Kept] = {
    "announcement": Kept(why=MACHINE, apart=_left(MACHINE, "ids", "room")),
    "audit_line": Kept(why=CHAIN, did=("actor_id",), apart=_left(CHAIN, "subject", "facts")),
    "audit_head": Kept(why=CHAIN),
    "clock_offset": Kept(why=MACHINE),
    "job_occurrence": Kept(why=MACHINE, apart=_left(MACHINE, "what")),
    "outbox_letter": Kept(
        recovery.letters,
        apart=_left(MACHINE, "cause", "facts"),
        leaves=_left(MACHINE, "cause", "facts", "good_until", "next_try_at", "tries", "leased_until")
        | _left(SECRET, "to_hash", "to_sealed", "secret_sealed"),
    ),
    "heard": Kept(
        safety.heard,
        hers=OWN,
        leaves=_left(reasons.LISTS, "keys", "grade"),
    ),
    "publishing_change": Kept(why=HOUSE, did=("by_id",)),
    "review_case": Kept(
        why=COLLEAGUES,
        did=("claimed_by", "closed_by"),
        apart=_left(ABOUT_HER, "member_id", "target"),
    ),
    "case_step": Kept(why=COLLEAGUES, did=("by_id",), apart=_left(COLLEAGUES, "facts")),
    "case_kept_from": Kept(why=COLLEAGUES, apart=_left(ABOUT_HER, "member_id")),
}

PEOPLE: dict[str, Kept] = {
    "house": Kept(why=HOUSE),
    "member": Kept(
        members.account,
        hers=("id",),
        did=("adult_checked_by",),
        apart=_left(DERIVED, "new_contact_id"),
        leaves=_left(SECRET, "password_hash", "tablet_pin_hash", "app_pin_hash")
        | _left(DERIVED, "new_contact_id", "portrait")
        | _left(reasons.REMEMBERED, "remembered_at"),
    ),
    "membership_period": Kept(members.periods, hers=OWN),
    "duty": Kept(members.duties, hers=("member_id", "resident_id"), did=("given_by",)),
    "sanction": Kept(
        members.limits, hers=OWN, did=("given_by",), leaves=_left(TELLS, "given_by") | _left(DERIVED, "space_id")
    ),
    "exclusion": Kept(
        members.blocks,
        hers=("made_by",),
        apart=_left(ABOUT_HER, "low_id", "high_id"),
        leaves=_left(DERIVED, "low_id", "high_id"),
    ),
    "connection": Kept(
        members.connections,
        hers=("minor_id", "adult_id"),
        did=("decided_by", "ended_by"),
        leaves=_left(SIDES, "minor_words_sealed", "adult_words_sealed", "minor_said_at", "adult_said_at")
        | _left(DERIVED, "about_sealed", "is_open", "version", "reason_sealed")
        | _left(COLLEAGUES, "decided_at", "review_told_at", "ended_by", "ended_at", "ended_why"),
    ),
    "told_piece": Kept(members.told_of, hers=OWN),
    "profile": Kept(members.profile, hers=OWN),
    "directory_entry": Kept(directory.entries, hers=OWN),
    "separation": Kept(
        why=reasons.APART,
        did=("made_by", "changed_by", "ended_by"),
        apart=_left(ABOUT_HER, "low_id", "high_id"),
    ),
    "trust": Kept(members.trusts, hers=OWN, did=("given_by", "ended_by")),
    "invitation": Kept(
        members.invitations,
        hers=("used_by",),
        did=("made_by", "key_worker_id"),
        leaves=_left(SECRET, "link_hash", "code_hash"),
    ),
    "sign_in_session": Kept(members.sessions, hers=OWN, leaves=_left(SECRET, "token_hash")),
    "authenticator_app": Kept(members.second_steps, hers=OWN, leaves=_left(SECRET, "secret_sealed", "used_steps")),
    "recovery_code": Kept(members.recovery_codes, hers=OWN, leaves=_left(SECRET, "code_hash")),
    "passkey": Kept(members.passkeys, hers=OWN, leaves=_left(SECRET, "credential_id", "public_key")),
    "spent_challenge": Kept(why=MACHINE),
    "rules_version": Kept(why=HOUSE, did=("by_id",)),
    "incident": Kept(why=HOUSE, did=("started_by", "ended_by")),
    "reading": Kept(members.readings, hers=OWN, did=("by_id",)),
    "space": Kept(why=HOUSE),
    "space_change": Kept(why=HOUSE, did=("by_id",)),
    "shift": Kept(rota.shifts, hers=("member_id", "back_up_id")),
    "busy": Kept(rota.busy, hers=OWN),
    "handover": Kept(why=WORK, did=("signed_by", "accepted_by"), apart=_left(WORK, "figures")),
}

SAID: dict[str, Kept] = {
    "stream": Kept(why=reasons.PLACE),
    "stream_member": Kept(streams.standings, hers=OWN, did=("by_id",)),
    "stream_bridge": Kept(
        why=reasons.BIRTHDAY,
        did=("ended_by",),
        apart=_left(ABOUT_HER, "low_id", "high_id"),
    ),
    "piece": Kept(
        streams.pieces,
        hers=("author_id",),
        did=("decided_by", "note_by"),
        leaves=_left(DERIVED, "html") | _left(TELLS, "decided_by", "note_by"),
    ),
    "piece_revision": Kept(streams.revisions, did=("replaced_by",)),
    "waiting_edit": Kept(streams.waiting_edits, leaves=_left(DERIVED, "html")),
    "checked_mark": Kept(why=WORK, did=("by_id",)),
    "piece_told": Kept(streams.told, did=("by_id",), leaves=_left(TELLS, "by_id")),
    "reaction": Kept(streams.reactions, hers=OWN),
    "stream_event": Kept(why=reasons.EVENTS, did=("by_id",)),
    "mention": Kept(streams.mentioned, hers=OWN),
    "photo": Kept(
        photos.put_up,
        hers=("uploader_id",),
        did=("confirmed_by",),
        apart=_left(DERIVED, "who"),
        leaves=_left(SECRET, "shown_name", "shown_key_sealed", "master_name", "master_key_sealed")
        | _left(DERIVED, "client_id", "needs_host", "stale")
        | _left(COLLEAGUES, "confirmed_by"),
    ),
    "photo_person": Kept(photos.said, hers=OWN, did=("staff_by",), leaves=_left(TELLS, "staff_by")),
    "portrait": Kept(
        photos.portrait,
        hers=OWN,
        did=("confirmed_by",),
        apart=_left(ABOUT_HER, "claimed_by"),
        leaves=_left(SECRET, "name", "key_sealed") | _left(TELLS, "confirmed_by") | _left(ABOUT_HER, "claimed_by"),
    ),
    "memory_date": Kept(memories.dates),
    "album": Kept(memories.albums),
    "memory_put_away": Kept(memories.put_away, hers=OWN),
    "memory_off": Kept(memories.off, hers=OWN),
    "draft": Kept(streams.drafts, hers=OWN, leaves=_left(DERIVED, "sealed")),
    "read_mark": Kept(streams.read_marks, hers=OWN),
    "stream_choice": Kept(streams.choices, hers=OWN),
    "kept_open": Kept(streams.kept_open, hers=OWN),
    "muted_person": Kept(streams.muted_people, hers=OWN, apart=_left(OTHERS, "muted_id")),
    "muted_words": Kept(streams.muted_words, hers=OWN, leaves=_left(DERIVED, "sealed")),
    "saved": Kept(streams.saved, hers=OWN),
    "notice": Kept(notices.notices, hers=OWN),
    "book": Kept(book.books, hers=OWN),
    "book_item": Kept(book.items, leaves=_left(DERIVED, "place")),
    "book_yes": Kept(book.given, hers=("owner_id", "author_id"), leaves=_left(DERIVED, "owner_id", "author_id")),
    "book_file": Kept(
        book.made, hers=OWN, leaves=_left(SECRET, "file", "key_sealed") | _left(MACHINE, "tries", "worked_at")
    ),
    "book_file_part": Kept(book.parts, leaves=_left(SECRET, "stamp")),
    "own_card": Kept(
        notices.cards,
        hers=OWN,
        apart=_left(MACHINE, "about_id", "what"),
        leaves=_left(DERIVED, "about_id", "what", "letter_id", "mail_due_at"),
    ),
    "notice_choice": Kept(notices.choices, hers=OWN),
    "notice_space": Kept(notices.spaces, hers=OWN),
    "notice_settings": Kept(notices.settings, hers=OWN),
    "act": Kept(
        acts.acts,
        hers=OWN,
        did=("by_id", "undone_by"),
        leaves=_left(TELLS, "undone_by") | _left(COLLEAGUES, "case_id") | _left(MACHINE, "letter_at"),
    ),
    "for_good": Kept(acts.for_good, did=("confirmed_by",), leaves=_left(TELLS, "confirmed_by")),
    "appeal": Kept(acts.appeals, hers=OWN, did=("decided_by",)),
}

ROOMS: dict[str, Kept] = {
    "thread": Kept(forum.threads),
    "thread_tag": Kept(forum.tags),
    "answer_mark": Kept(forum.helped, hers=("marked_by", "word_by")),
    "email_address": Kept(recovery.addresses, hers=OWN, leaves=_left(SECRET, "address_hash", "link_hash")),
    "way_in_mail_ask": Kept(why=reasons.NOBODYS),
    "way_in": Kept(
        recovery.ways_in,
        hers=OWN,
        did=("made_by", "checked_by"),
        leaves=_left(SECRET, "link_hash", "stop_hash"),
    ),
    "way_in_request": Kept(
        recovery.requests,
        hers=OWN,
        did=("checked_by", "confirmed_by", "closed_by"),
        leaves=_left(SECRET, "name_key", "place_key")
        | _left(COLLEAGUES, "checked_by", "confirmed_by", "closed_by", "checked_with_sealed", "reason_sealed"),
    ),
    "way_in_vouch": Kept(recovery.vouches, hers=OWN, did=("asked_by",), leaves=_left(OTHERS, "asked_by", "request_id")),
    "pin": Kept(why=HOUSE, did=("pinned_by",)),
    "put_away": Kept(channels.put_away, hers=OWN),
    "list_phrase": Kept(why=HOUSE, did=("added_by",)),
    "list_switch": Kept(why=HOUSE, did=("off_by",)),
    "list_change": Kept(why=HOUSE, did=("by_id",)),
    "phrase_record": Kept(why=HOUSE),
    "judgement": Kept(why=WORK, did=("by_id",)),
    "report": Kept(
        reports.told,
        hers=("by_id",),
        apart=_left(ABOUT_HER, "about_id", "target"),
        leaves=_left(OTHERS, "kept_sealed", "talk_sealed") | _left(COLLEAGUES, "case_id", "hid", "grouped"),
    ),
    "standstill": Kept(why=COLLEAGUES),
    "concern": Kept(
        concerns.concerns,
        hers=OWN,
        did=("taken_by", "lapsed_by", "handed_to", "closed_by"),
        leaves=_left(COLLEAGUES, *concerns.OF_THE_CHAIN, *concerns.FOR_COLLEAGUES)
        | _left(MACHINE, "chain_since", "chain_from", "chain_round"),
    ),
    "concern_step": Kept(
        concerns.steps,
        did=("by_id",),
        apart=_left(COLLEAGUES, "facts"),
        leaves=_left(DERIVED, "id", "nr", "facts", "words_sealed"),
    ),
    "concern_kept_from": Kept(why=COLLEAGUES, apart=_left(ABOUT_HER, "member_id")),
    "concern_call": Kept(
        concerns.calls,
        hers=OWN,
        apart=_left(DERIVED, "who"),
        leaves=_left(OTHERS, "concern_id")
        | _left(SECRET, "link", "token_hash", "token_sealed")
        | _left(MACHINE, "who", "round", "next_try_at", "tries"),
    ),
    "duty_phone": Kept(concerns.duty_phone, hers=OWN),
    "chat_room": Kept(chat.hosted, hers=("host_id",), leaves=_left(DERIVED, "standing_in")),
    "chat_present": Kept(
        why=reasons.PRESENT,
        apart=_left(MACHINE, "member_ids"),
    ),
    "inbox": Kept(inbox.inboxes, hers=OWN, did=("taken_by",), leaves=_left(TELLS, "taken_by")),
    "inbox_step": Kept(why=COLLEAGUES, did=("by_id", "to_id")),
    "talk": Kept(
        talks.talks,
        hers=("low_id", "high_id"),
        did=("begun_by",),
        leaves=_left(reasons.READERS, "opened_at"),
    ),
    "talk_opened": Kept(talks.opened, did=("by_id",), leaves=_left(COLLEAGUES, "case_id")),
    "move": Kept(moving.moves, hers=OWN, did=("made_by", "cancelled_by"), leaves=_left(DERIVED, "contacts")),
    "work_end": Kept(
        turns.work_ends,
        hers=OWN,
        did=("successor_id", "next_manager", "next_lead", "made_by", "cancelled_by"),
        leaves=_left(DERIVED, "note_sealed", "was_to_on") | _left(COLLEAGUES, "next_manager", "next_lead"),
    ),
    "new_contact": Kept(turns.new_contacts, hers=OWN, did=("from_id", "to_id"), leaves=_left(DERIVED, "work_end_id")),
    "two_person_turn": Kept(why=COLLEAGUES, did=("asked_by", "answered_by"), apart=_left(COLLEAGUES, "member_id")),
    "move_line": Kept(
        prepared.lines,
        hers=("owner_id",),
        did=("added_by", "done_by"),
        leaves=_left(DERIVED, "start", "place", "version"),
    ),
    "kept_person": Kept(prepared.kept, hers=OWN, apart=_left(ABOUT_HER, "other_id"), leaves=_left(DERIVED, "other_id")),
    "move_wish": Kept(prepared.wishes, hers=OWN, leaves=_left(DERIVED, "move_id")),
    "farewell_letter": Kept(
        prepared.written,
        hers=("by_id",),
        apart=_left(SEALED, "to_id"),
        leaves=_left(DERIVED, "move_id", "told_at", "version", "to_id"),
    ),
    "move_check_in": Kept(prepared.check_ins, hers=OWN, leaves=_left(DERIVED, "move_id")),
    "move_adult": Kept(
        prepared.adults,
        hers=OWN,
        did=("adult_id", "named_by"),
        leaves=_left(DERIVED, "move_id", "adult_id", "named_by"),
    ),
    "departure": Kept(moving.departures, hers=OWN, leaves=_left(DERIVED, "name_sealed", "erased_at")),
    "unmasking": Kept(
        why=reasons.UNMASKED,
        did=("asked_by", "second_by"),
    ),
    "my_data_export": Kept(
        my_data.exports,
        hers=OWN,
        leaves=_left(SECRET, "file", "key_sealed") | _left(MACHINE, "tries", "worked_at", "letter_at"),
    ),
}

TABLES: dict[str, Kept] = {**CORE, **PEOPLE, **SAID, **ROOMS}
