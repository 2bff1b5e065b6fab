"""Writing to the team, answering for it, and who looks after what. Nothing a member writes is refused, held or counted;
what staff do is in the audit chain, by ids, and stands beside the inbox for their colleagues."""

from __future__ import annotations

from sqlalchemy import select

from community.core import audit, clock, crypto
from community.core.announcements import announce
from community.core.db import add_once, new_id, session, transaction
from community.core.errors import Conflict, Invalid, NotFound
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.inbox import queries, rules
from community.inbox.models import Inbox, InboxStep
from community.inbox.queries import Found
from community.members import named
from community.members.people import Viewer
from community.notices import actions as notices
from community.streams import actions as streams
from community.streams import by_name
from community.streams.actions import Said
from community.streams.apart import as_team
from community.streams.models import Piece

DOES = ("take", "release", "close", "open")


def write(actor: Viewer, said: Said) -> tuple[Piece, bool]:
    """A member writes to the team of her house, whatever her standing. What was sent twice is there once. Whatever was
    closed is open again. Raises NotAllowed (for staff alone), Invalid by field."""
    require(actor, rules.WRITE)
    with transaction():
        found = queries.own_for(actor) or _made(actor, actor.id, actor.house_id)
        piece, is_new = streams.say_to_team(as_team(actor), found.stream, said)
        if is_new:
            row = _locked(found)
            row.state, row.waits_since = "open", row.waits_since or clock.now()
            _changed(row)
        return piece, is_new


def answer(actor: Viewer, stream_id: int, said: Said) -> tuple[Piece, bool]:
    """One of staff answers, by name; the member is told. Raises NotFound, NotAllowed, Invalid by field."""
    with transaction():
        found = queries.team_for(actor, stream_id)
        require(actor, rules.ANSWER, found)
        return _answer(actor, found, said)


def begin(actor: Viewer, member_id: int, said: Said) -> tuple[Piece, bool]:
    """One of staff writes to a member of her house first. Raises NotFound, NotAllowed, Invalid by field."""
    person = named.person_for(as_team(actor), member_id)
    require(actor, rules.BEGIN, person)
    with transaction():
        known = queries.inbox_of(actor, member_id)
        found = queries.found_for(actor, known) if known is not None else _made(actor, member_id, actor.house_id)
        if known is None:
            _step(actor, found, "began")
        return _answer(actor, found, said)


def take_step(actor: Viewer, stream_id: int, do: str, *, version: int) -> Inbox:
    """Take it, let it go, close it or open it again. Raises NotFound, NotAllowed, Invalid, Conflict."""
    with transaction():
        found = queries.team_for(actor, stream_id)
        require(actor, rules.KEEP, found)
        row = _locked(found, version)
        if do == "take":
            row.taken_by = actor.id
        elif do == "release":
            row.taken_by = None
        elif do == "close":
            row.state, row.waits_since = "closed", None
        elif do == "open":
            row.state = "open"
        else:
            raise Invalid
        what = {"take": "took", "release": "released", "close": "closed", "open": "opened"}[do]
        _step(actor, found, what)
        _changed(row)
        return row


def hand_over(actor: Viewer, stream_id: int, to_id: int, note: str, *, version: int) -> Inbox:
    """A colleague of the house has it from now on; the note is for staff alone. Raises NotFound, NotAllowed, Invalid by
    field, Conflict."""
    with transaction():
        found = queries.team_for(actor, stream_id)
        require(actor, rules.KEEP, found)
        if to_id not in {one.id for one in queries.colleagues(actor, found)}:
            raise Invalid(_l("Choose somebody from the list."), field="to_id")
        row = _locked(found, version)
        row.taken_by, row.state = to_id, "open"
        _step(actor, found, "handed", to_id=to_id, note=note)
        _changed(row)
        return row


def _answer(actor: Viewer, found: Found, said: Said) -> tuple[Piece, bool]:
    """Whoever answers has it, where nobody did."""
    piece, is_new = streams.say_to_team(as_team(actor), found.stream, said)
    if is_new:
        row = _locked(found)
        row.state, row.waits_since = "open", None
        row.taken_by = row.taken_by or actor.id
        _changed(row)
        notices.tell_message(piece, official=True)
        audit.append(actor.id, "inbox.answered", f"stream:{row.stream_id}", piece=piece.id, whom=row.member_id)
    return piece, is_new


def _made(actor: Viewer, member_id: int, house_id: int) -> Found:
    """The inbox between a member and a house, made once however many begin it at the same moment."""
    with transaction():
        stream = by_name.open_stream("team", "inbox", house_id)
        by_name.put(stream, member_id, "in", actor.id)
        row = Inbox(stream_id=stream.id, member_id=member_id, house_id=house_id, state="open", version=0)
        row.changed_at = clock.now()
        add_once(row)
    between = (Inbox.member_id == member_id) & (Inbox.house_id == house_id)
    stream_id = session().scalar(select(Inbox.stream_id).where(between))
    assert stream_id is not None  # whoever was first made it
    return queries.found_for(actor, stream_id)


def _locked(found: Found, version: int | None = None) -> Inbox:
    """Raises NotFound, and Conflict where a colleague did something meanwhile."""
    row = session().get(Inbox, found.stream.id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    if version is not None and row.version != version:
        raise Conflict(_l("A colleague did something here meanwhile. Look at it once more."))
    return row


def _changed(row: Inbox) -> None:
    """Lists and figures of staff look again, and so does its page."""
    row.changed_at, row.version = clock.now(), (row.version or 0) + 1
    session().flush()
    announce(f"stream:{row.stream_id}", "inbox:changed", stream=row.stream_id)


def _step(actor: Viewer, found: Found, what: str, *, to_id: int | None = None, note: str = "") -> None:
    with transaction() as s:
        step = InboxStep(id=new_id(), stream_id=found.stream.id, what=what, by_id=actor.id, to_id=to_id, at=clock.now())
        if note.strip():
            step.note_sealed = crypto.seal(note.strip(), f"inbox_step:{step.id}:note")
        s.add(step)
        s.flush()
        audit.append(actor.id, f"inbox.{what}", f"stream:{found.stream.id}", whom=found.inbox.member_id, to=to_id)
