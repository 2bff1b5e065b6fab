"""What does not go by the calendar: as long as something else stands. The other half of the table in `keeping.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from community.core.i18n import lazy as _l


@dataclass(frozen=True)
class Lasting:
    """A class of what stays as long as its words say. `kept_by`: what ends it."""

    key: str
    what: Any
    words: Any
    kept_by: str
    tables: tuple[str, ...] = ()
    told: bool = True


_ITS_OWNER, _STAFF, _ITSELF = "whoever it belongs to", "staff", "goes with it"

FOR_GOOD: tuple[Lasting, ...] = (
    Lasting(
        "said",
        _l("What you write: posts, replies, chat and messages, with reactions and names in them"),
        _l("as long as you want it"),
        _ITS_OWNER,
        (
            *("stream", "piece", "piece_revision", "stream_event", "reaction", "mention", "thread", "thread_tag"),
            *("answer_mark", "chat_room", "talk", "stream_member", "stream_bridge", "talk_opened", "unmasking"),
            *("photo", "photo_person", "memory_date", "album"),
        ),
    ),
    Lasting(
        "waiting",
        _l("What waits to be read, and what a host said about it"),
        _l("until somebody decides, or you take it back"),
        _ITS_OWNER,
        ("waiting_edit", "piece_told"),
    ),
    Lasting("drafts", _l("Drafts"), _l("until you send them or throw them away"), _ITS_OWNER, ("draft",)),
    Lasting(
        "wishes",
        _l("What you follow, save, mute and block, what you want to hear, up to where you have read"),
        _l("until you change it"),
        _ITS_OWNER,
        (
            *("stream_choice", "saved", "read_mark", "muted_person", "muted_words", "notice_choice", "notice_space"),
            *("notice_settings", "put_away", "told_piece", "exclusion", "profile"),
            *("directory_entry", "memory_put_away", "memory_off", "portrait"),
        ),
    ),
    Lasting(
        "account",
        _l("Your account: names, where you have lived, ways to sign in, whom you may write to, your moves"),
        _l("as long as you are a member. An account nobody uses is never taken away"),
        _ITS_OWNER,
        (
            *("member", "membership_period", "passkey", "authenticator_app", "recovery_code", "trust", "connection"),
            *("move", "kept_open", "move_check_in", "move_adult", "new_contact"),
        ),
    ),
    Lasting(
        "prepared",
        _l("What you prepare for a move: the list, whom you want to keep, whether you want letters"),
        _l("until you change it"),
        _ITS_OWNER,
        ("move_line", "kept_person", "move_wish"),
    ),
    Lasting(
        "farewell_letters",
        _l("Letters for the day somebody moves"),
        _l("until whoever wrote one takes it back, as long as it is not opened"),
        _ITS_OWNER,
        ("farewell_letter",),
    ),
    Lasting(
        "exports",
        _l("The file of all your data, once you asked for it"),
        _l("7 days; that you asked, 90 days"),
        "`my_data/actions.py: clear_out`",
        ("my_data_export",),
    ),
    Lasting(
        "books",
        _l("Your memory books, and what you said of your words in books of others"),
        _l("until you delete a book; your answers as long as your words stand"),
        _ITS_OWNER,
        ("book", "book_item", "book_yes"),
    ),
    Lasting(
        "book_files",
        _l("A memory book as a file, once you asked for it"),
        _l("7 days; that you asked, 90 days"),
        "`book/making.py: clear_out`",
        ("book_file", "book_file_part"),
    ),
    Lasting(
        "decided",
        _l("What staff decided about you, and what you wrote against it"),
        _l("as long as you are a member"),
        "erasing",
        ("act", "appeal", "for_good", "sanction", "standstill", "separation"),
    ),
    Lasting(
        "cases",
        _l("That something waited for staff, and their notes about it"),
        _l("as long as the house; the notes about somebody who has left go"),
        "erasing",
        ("review_case", "case_step", "case_kept_from"),
    ),
    Lasting(
        "calls",
        _l("Calls for help: what you asked for, who was told, what was done"),
        _l("as long as you are a member, and at least until 90 days after it ended"),
        "erasing",
        ("concern", "concern_call", "concern_step", "concern_kept_from"),
    ),
    Lasting(
        "team",
        _l("What you and the team of your house wrote to each other"),
        _l("as long as you are a member"),
        "erasing",
        ("inbox", "inbox_step"),
    ),
    Lasting(
        "rota",
        _l("Who worked when, who may do what, and at which number they are rung up"),
        _l("as long as the house"),
        _STAFF,
        ("shift", "handover", "busy", "duty", "duty_phone", "work_end", "two_person_turn"),
        told=False,
    ),
    Lasting(
        "house",
        _l("Houses, channels, pins, house rules, word lists, who reads first, times of reading only"),
        _l("as long as the house"),
        _STAFF,
        (
            *("house", "space", "space_change", "checked_mark", "pin", "rules_version", "incident", "list_change"),
            *("list_phrase", "list_switch", "phrase_record", "publishing_change"),
        ),
        told=False,
    ),
    Lasting("here", _l("Who is in a chat"), _l("while they are there"), _ITSELF, ("chat_present",), told=False),
    Lasting(
        "audit",
        _l("The list of what staff did: numbers, no words"),
        _l("for good"),
        "nobody: it can't be changed",
        ("audit_line", "audit_head"),
    ),
    Lasting(
        "erased",
        _l("The number of somebody who left, so that she does not come back with a backup"),
        _l("for good"),
        "nobody",
        ("departure",),
    ),
    Lasting(
        "backups",
        _l("Backups of each night"),
        _l("the newest 14 nights: what went is in them that long"),
        "`BACKUP_KEEP`",
    ),
    Lasting(
        "log",
        _l("The log of the machine: no words, no names"),
        _l("30 days"),
        "`deploy/`; `tests/core/test_logs.py`",
    ),
    Lasting(
        "clock", _l("A moved clock (demo and tests)"), _l("until it is put back"), _STAFF, ("clock_offset",), False
    ),
)
