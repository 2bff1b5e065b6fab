"""What is kept, and how long: one table. The nightly job does what it says, `flask retention --dry-run` tells what that
would be, and docs/safety.md and the page members read are made from it. Each room clears out what is its own; a class
without a function stays as long as its words say.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from community.core import announcements, audit, jobs, outbox
from community.core.db import transaction
from community.core.i18n import in_language
from community.core.i18n import lazy as _l
from community.lifecycle.kept_for_good import FOR_GOOD, Lasting
from community.members import actions as members
from community.members import invitations, passkeys, readings
from community.members.people import MEMBER_UNUSED
from community.notices import actions as notices
from community.photos import actions as photos
from community.recovery import emails, links, requests
from community.reports import actions as reports
from community.safety import heard
from community.streams import actions as streams
from community.streams import rules as stream_rules

MOST_ROUNDS = 10_000  # a room clears out so many portions in one night, and goes on in the next


@dataclass(frozen=True)
class Passing:
    """A class of what goes by itself: its key, what it is, for how long (`words` hold the numbers), and the room's
    function, which takes the moment and tells how many it took away. `told`: members read of it; `beside`: tables of
    another class it is about, too."""

    key: str
    what: Any
    numbers: tuple[timedelta, ...]
    words: Any
    clear_out: Callable[[datetime], int]
    tables: tuple[str, ...] = field(default=())
    told: bool = True
    beside: tuple[str, ...] = ()


def _days(number: timedelta) -> int:
    return number.days


PASSING: tuple[Passing, ...] = (
    Passing(
        "removed",
        _l("What you took back"),
        (stream_rules.UNDO_TIME,),
        _l("%(days)s days, then it is emptied; an empty place stays", days=_days(stream_rules.UNDO_TIME)),
        streams.clear_out_removed,
        beside=("piece",),
    ),
    Passing(
        "loose_photos",
        _l("Pictures you did not send in the end, and those of what you took back"),
        (photos.KEPT_LOOSE,),
        _l("%(days)s days, or with what you took back", days=_days(photos.KEPT_LOOSE)),
        photos.clear_out,
        beside=("photo", "photo_person"),
    ),
    Passing(
        "notices",
        _l("Notifications"),
        (notices.KEPT_READ, notices.KEPT_UNREAD),
        _l(
            "%(read)s days after you read them, unread ones %(unread)s days",
            read=_days(notices.KEPT_READ),
            unread=_days(notices.KEPT_UNREAD),
        ),
        notices.clear_out,
        ("notice", "own_card"),
    ),
    Passing(
        "heard",
        _l("That a word was heard in a text, and whether it was meant so"),
        (heard.KEPT,),
        _l("%(days)s days", days=_days(heard.KEPT)),
        heard.clear_out,
        ("heard", "judgement"),
    ),
    Passing(
        "sessions",
        _l("Where and when you were signed in"),
        (members.ENDED_KEPT, MEMBER_UNUSED),
        _l(
            "%(days)s days after it ended; a device nobody uses is signed out after %(unused)s days",
            days=_days(members.ENDED_KEPT),
            unused=_days(MEMBER_UNUSED),
        ),
        members.clear_out_sessions,
        ("sign_in_session",),
    ),
    Passing(
        "reports",
        _l("What you told staff, and what stood there then"),
        (reports.KEPT, reports.RECEIPTS_KEPT),
        _l(
            "%(days)s days after it was decided; that you told, %(receipt)s days",
            days=_days(reports.KEPT),
            receipt=_days(reports.RECEIPTS_KEPT),
        ),
        reports.clear_out,
        ("report",),
    ),
    Passing(
        "readings",
        _l("Which staff read something private of yours"),
        (readings.KEPT,),
        _l("%(days)s days", days=_days(readings.KEPT)),
        readings.clear_out,
        ("reading",),
    ),
    Passing(
        "requests",
        _l("What you wrote under I can't get in"),
        (requests.KEPT, requests.CLOSED_KEPT),
        _l(
            "until it is settled, at most %(days)s days; who helped, %(closed)s days",
            days=_days(requests.KEPT),
            closed=_days(requests.CLOSED_KEPT),
        ),
        requests.clear_out,
        ("way_in_request", "way_in_vouch"),
    ),
    Passing(
        "ways_in",
        _l("When and how somebody helped you back in"),
        (links.KEPT,),
        _l("%(days)s days", days=_days(links.KEPT)),
        links.clear_out,
        ("way_in", "way_in_mail_ask"),
    ),
    Passing(
        "addresses",
        _l("An e-mail address that is over"),
        (emails.KEPT,),
        _l("%(days)s days; one you never confirmed, a day", days=_days(emails.KEPT)),
        emails.clear_out,
        ("email_address",),
    ),
    Passing(
        "letters",
        _l("That we sent you a letter, without its words"),
        (outbox.KEPT,),
        _l("%(days)s days", days=_days(outbox.KEPT)),
        outbox.clear_out,
        ("outbox_letter",),
    ),
    Passing(
        "invitations",
        _l("Invitations that were used or are over"),
        (invitations.KEPT,),
        _l("%(days)s days", days=_days(invitations.KEPT)),
        invitations.clear_out,
        ("invitation",),
    ),
    Passing(
        "questions",
        _l("A passkey's question that was answered"),
        (passkeys.SPENT_KEPT,),
        _l("%(days)s day", days=_days(passkeys.SPENT_KEPT)),
        passkeys.forget_spent,
        ("spent_challenge",),
        told=False,
    ),
    Passing(
        "announcements",
        _l("What open pages were told, without words"),
        (announcements.KEPT,),
        _l("%(hours)s hour", hours=announcements.KEPT // timedelta(hours=1)),
        announcements.clear_out,
        ("announcement",),
        told=False,
    ),
    Passing(
        "jobs",
        _l("That the machine did its work"),
        (jobs.KEPT,),
        _l("%(days)s days", days=_days(jobs.KEPT)),
        jobs.clear_out,
        ("job_occurrence",),
        told=False,
    ),
)
CLASSES: tuple[Passing | Lasting, ...] = (*PASSING, *FOR_GOOD)


class _TakenBack(Exception):
    """Ends a dry run: nothing of it stays."""


def run(now: datetime) -> dict[str, int]:
    """Clear out every class, all of it or nothing, with one line of the audit chain: figures alone. Returns how many
    went of each class."""
    with transaction():
        gone = _clear(now)
        audit.append(None, "retention.run", "retention", gone=gone)
    return gone


def dry_run(now: datetime) -> dict[str, int]:
    """How many would go of each class: the same functions, and then none of it was done."""
    gone: dict[str, int] = {}
    try:
        with transaction():
            gone = _clear(now)
            raise _TakenBack
    except _TakenBack:
        return gone


def _clear(now: datetime) -> dict[str, int]:
    return {kept.key: _all_of(kept, now) for kept in PASSING}


def _all_of(kept: Passing, now: datetime) -> int:
    """Portion after portion, so that no statement is a long one."""
    count = 0
    for _round in range(MOST_ROUNDS):
        portion = kept.clear_out(now)
        if not portion:
            break
        count += portion
    return count


def told() -> Iterator[dict[str, Any]]:
    """What members read: what is kept, and how long, in the language of the page."""
    for kept in CLASSES:
        if kept.told:
            yield {"what": kept.what, "who": kept.words}


def said_of(tables: Collection[str]) -> list[dict[str, Any]]:
    """The same of some tables alone, for whoever takes her data along: every class they stand in."""
    wanted = set(tables)
    of = [kept for kept in CLASSES if wanted & {*kept.tables, *(kept.beside if isinstance(kept, Passing) else ())}]
    return [{"what": kept.what, "who": kept.words} for kept in of]


def as_table() -> str:
    """The whole table in Markdown, for docs/safety.md."""
    with in_language("en"):
        rows = [f"| {kept.what} | {kept.words} | {_by(kept)} |" for kept in CLASSES]
    return "\n".join(["| what | how long | cleared by |", "| --- | --- | --- |", *rows]) + "\n"


def _by(kept: Passing | Lasting) -> str:
    if isinstance(kept, Lasting):
        return kept.kept_by
    room = kept.clear_out.__module__.removeprefix("community.").replace(".", "/")
    return f"`{room}.py: {kept.clear_out.__name__}`"
