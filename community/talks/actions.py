"""Beginning a talk, answering an ask, sending, adding, leaving, and what staff may do about one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from community.core import audit, clock, crypto, ratelimit, text
from community.core.db import new_id, session, transaction
from community.core.errors import Invalid, NotFound
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members import readings
from community.members.models import Member
from community.members.parties import pair
from community.members.people import Viewer
from community.members.queries import facts_for
from community.notices import actions as notices
from community.safety import cases, heard
from community.safety.gate import Outcome, Surface, screen
from community.streams import actions as streams
from community.streams import by_name
from community.streams.actions import Said
from community.streams.models import Bridge, Piece, Stream, StreamMember
from community.talks import queries, rules
from community.talks.models import LONGEST_NAME, MOST, Opened, Talk
from community.talks.queries import AGAIN_AFTER

READ_AT_ONCE = 50  # messages that opening more of a talk shows


def begin(actor: Viewer, member_ids: Collection[int], name: str = "") -> Stream:
    """Begin a talk with one, or a group with several. Whoever has to agree is asked, at most once in 30 days. A talk of
    two that is there already is the one: beginning it again asks again, or says yes.

    Raises NotFound for an unknown number, NotAllowed (one sentence for every cause), Invalid, TooMany.
    """
    others = set(member_ids) - {actor.id}
    with transaction() as s:
        _how_many(len(others) + 1)
        require(actor, rules.BEGIN, queries.together(actor, others))
        named = _checked_name(actor, name) if len(others) > 1 else None
        s.execute(select(Member.id).where(Member.id.in_({actor.id, *others})).order_by(Member.id).with_for_update())
        known = queries.pair_talk(actor, next(iter(others))) if len(others) == 1 else None
        if known is None:
            ratelimit.hit("talk", actor.id)
            stream = by_name.open_stream("named", "talk")
            talk = Talk(stream_id=stream.id, name=named, begun_by=actor.id, begun_at=clock.now())
            if len(others) == 1:
                talk.low_id, talk.high_id = pair(actor.id, *others)
            s.add(talk)
            s.flush()
        else:
            stream = s.get_one(Stream, known.stream_id, populate_existing=True)
        _come_in(actor, stream)
        _bring(actor, stream, others)
        return stream


def add(actor: Viewer, stream_id: int, member_ids: Collection[int]) -> None:
    """Bring others into a group; they read from then on. Raises NotFound, NotAllowed, Invalid."""
    found = queries.talk_for(actor, stream_id)
    if not found.talk.is_group:
        raise NotFound
    there = {row.member_id for row in found.rows if row.state in ("in", "asked")}
    with transaction():
        _how_many(len(there | set(member_ids)))
        with_them = (there | set(member_ids)) - {actor.id}
        require(actor, rules.BEGIN, queries.together(actor, with_them, stream_id))
        _bring(actor, found.stream, set(member_ids) - there)


def answer(actor: Viewer, stream_id: int, *, yes: bool) -> None:
    """Say yes or no to whoever asked. Nobody is told of a no. Raises NotFound, NotAllowed."""
    with transaction():
        row = by_name.row_of(actor, stream_id, lock=True)
        if row is not None and row.state == "in" and yes:
            return
        found = queries.ask_for(actor, stream_id) if yes else None
        if row is None or row.state != "asked":
            raise NotFound
        stream = session().get_one(Stream, stream_id)
        if found is None:
            require(actor, rules.GO, True)
            _no(row)
            return
        there = {one.member_id for one in found.rows if one.state == "in"}
        require(actor, rules.BEGIN, queries.together(actor, there, stream_id))
        _come_in(actor, stream)


def send(actor: Viewer, stream_id: int, said: Said) -> tuple[Piece, bool]:
    """Say something in a talk. Every two in it are judged at this moment. Returns the piece and whether it is new.

    Raises NotFound, NotAllowed, Invalid by field, TooMany.
    """
    with transaction():
        found = queries.talk_for(actor, stream_id)
        require(actor, rules.GO, True)
        known = streams.sent_before(actor, found.stream, said.client_id)
        if known is not None:
            return known, False
        piece, new = streams.send_message(actor, found.stream, said)
        if new and piece.nr is not None:
            notices.tell_message(piece)
        return piece, new


def leave(actor: Viewer, stream_id: int) -> None:
    """Leave a talk; always possible, also when read-only. Twice is once. Raises NotFound."""
    with transaction():
        row = by_name.row_of(actor, stream_id, lock=True)
        if row is None or session().get(Talk, stream_id) is None or row.state not in ("in", "left"):
            raise NotFound
        require(actor, rules.GO, True)
        if row.state == "in":
            by_name.put(session().get_one(Stream, stream_id), actor.id, "left", actor.id)


def name_group(actor: Viewer, stream_id: int, name: str) -> None:
    """Give a group a name, or take it away. It passes the gate. Raises NotFound, NotAllowed, Invalid by field."""
    found = queries.talk_for(actor, stream_id)
    if not found.talk.is_group:
        raise NotFound
    with transaction():
        require(actor, rules.CHANGE, True)
        ids = {row.member_id for row in found.rows if row.state == "in"} - {actor.id}
        require(actor, rules.BEGIN, queries.together(actor, ids, stream_id))
        found.talk.name = _checked_name(actor, name)
        session().flush()
        by_name.announce_change(stream_id)


def open_more(actor: Viewer, case_id: int, stream_id: int, why: str, *, holds_it: bool) -> list[Piece]:
    """Read more of a talk than was sealed with a report. Written down in the chain, told to everybody in it by name and
    reason, on the talk's page and on her own. Raises NotAllowed, Invalid without a reason."""
    require(actor, rules.OPEN_MORE, holds_it)
    with transaction() as s:
        stream = s.get_one(Stream, stream_id)
        members = {row.member_id for row in by_name.rows_of(stream_id) if row.state in ("in", "left")}

        def read() -> list[Piece]:
            rows = select(Piece).where(Piece.stream_id == stream.id, Piece.nr.is_not(None), Piece.state != "removed")
            return list(s.scalars(rows.order_by(Piece.nr.desc()).limit(READ_AT_ONCE)))[::-1]

        found: list[Piece] = []
        for member_id in sorted(members):
            found = readings.opened(actor, "talk", f"stream:{stream.id}", member_id, read, why=why, case=case_id)
        row = Opened(id=new_id(), stream_id=stream.id, case_id=case_id, by_id=actor.id, why_sealed="", at=clock.now())
        row.why_sealed = crypto.seal(why.strip(), f"talk_opened:{row.id}:why")
        s.add(row)
        s.flush()
        by_name.announce_change(stream.id)
        return found


def note_bridge(stream_id: int, low_id: int, high_id: int, turns_on: date) -> None:
    """Note that one of two turns 18 soon, for a safety lead. A job; twice is once."""
    with transaction() as s:
        if s.get(Bridge, (stream_id, low_id, high_id)) is None:
            s.add(Bridge(stream_id=stream_id, low_id=low_id, high_id=high_id, turns_on=turns_on, noted_at=clock.now()))
            s.flush()


def end_bridge(actor: Viewer, stream_id: int, low_id: int, high_id: int, why: str) -> None:
    """End what two keep who wrote to each other as minors; from the birthday on they can read and no more. Both see
    that it changed. Raises NotFound, NotAllowed, Invalid without a reason."""
    require(actor, rules.END_BRIDGE)
    if not text.says_something(why):
        raise Invalid(_l("Say why. Those in it may ask."), field="why")
    text.at_most(why, readings.LONGEST_WHY, "why")
    with transaction() as s:
        row = s.get(Bridge, (stream_id, low_id, high_id), with_for_update=True, populate_existing=True)
        if row is None:
            raise NotFound
        if row.ended_at is not None:
            return
        row.ended_at, row.ended_by = clock.now(), actor.id
        row.why_sealed = crypto.seal(why.strip(), queries.why_place(row))
        audit.append(actor.id, "talk.bridge_ended", f"stream:{stream_id}", low=low_id, high=high_id)
        s.flush()
        case = cases.open_case_of(f"bridge:{stream_id}", "leads")
        if case is not None:
            cases.close_case(case, actor.id, "fine")
        by_name.announce_change(stream_id)


def _come_in(actor: Viewer, stream: Stream) -> None:
    row = by_name.row_of(actor, stream.id)
    if row is None or row.state != "in":
        by_name.put(stream, actor.id, "in", actor.id)


def _bring(actor: Viewer, stream: Stream, others: Collection[int]) -> None:
    """Those who need not agree come in at once, the others are asked; whoever left or said no, not before 30 days are
    over. Nobody is told which of it was the case."""
    at_once = queries.come_at_once(actor, others)
    rows = {row.member_id: row for row in by_name.rows_of(stream.id)}
    for id_ in sorted(others):
        row = rows.get(id_)
        if row is None:
            by_name.put(stream, id_, "in" if id_ in at_once else "asked", actor.id)
        elif row.state != "in" and _may_ask_again(row):
            by_name.put(stream, id_, "asked", actor.id)


def _may_ask_again(row: StreamMember) -> bool:
    last = max(row.at, row.asked_at or row.at)
    return clock.now() - last >= AGAIN_AFTER


def _no(row: StreamMember) -> None:
    row.state, row.at = "refused", clock.now()
    session().flush()


def _how_many(people: int) -> None:
    if people < 2:
        raise Invalid(_l("Choose somebody to write to."), field="to")
    if people > MOST:
        raise Invalid(_l("At most %(max)s people fit in one group.", max=MOST), field="to")


def _checked_name(actor: Viewer, raw: str) -> str | None:
    """A group's name, through the gate: everybody in it reads it, and everybody asked. Raises Invalid by field."""
    name = text.tidy_line(raw)
    text.at_most(name, LONGEST_NAME, "name")
    if not text.says_something(name):
        return None
    verdict = screen(name, Surface.DISPLAY_NAME, facts_for(actor))
    if verdict.outcome is not Outcome.PUBLISH or text.has_link(name):
        raise Invalid(_l("A group can't be called that. Choose another name."), field="name")
    heard.note(actor.id, Surface.DISPLAY_NAME, verdict)
    return name
