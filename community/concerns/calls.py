"""Telling people: rows in the transaction of their cause, carried out beside everything else, until somebody has come.

`advance` looks at one concern and writes what is missing; asked twice it changes nothing. `driver.py` does it every few
seconds in a running server and in `flask jobs run`.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select, update

from community.concerns import chain, letters, providers, waiting
from community.concerns.models import Call, Concern, ConcernKeptFrom, ConcernStep, DutyPhone
from community.core import clock, crypto, loop, outbox
from community.core.announcements import announce
from community.core.db import after_commit, new_id, session, transaction
from community.core.jobs import Due
from community.safety import outside
from community.safety.models import Case

LINK_FOR = timedelta(hours=24)
LEFT_LYING = timedelta(minutes=15)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=5)
AT_ONCE = 200
OUT = ("sms", "voice")

_log = logging.getLogger(__name__)


def advance(concern_id: int, at: datetime | None = None) -> int:
    """Tell whoever is to know by now and does not (also after the server stood still: no link is left out). Begins the
    chain anew where a clock has run out. Returns how many
    calls were written. Inside the caller's transaction, if there is one."""
    at = at or clock.now()
    with transaction() as s:
        concern = s.scalar(
            select(Concern).where(Concern.id == concern_id).with_for_update().execution_options(populate_existing=True)
        )
        if concern is None or concern.state == "closed":
            return 0
        _follow_case(concern)
        if concern.state == "taken":
            if not _lapsed(concern, at):
                return 0
            _begin_anew(concern, at)
        elif concern.state == "open" and not _missing(concern, at) and _round_over(concern, at):
            concern.chain_round, concern.chain_since, concern.chain_from = concern.chain_round + 1, at, 0
        if concern.state != "open":
            return 0
        made = [
            _call(concern, member_id, channel, link.name, at)
            for link, member_id in _missing(concern, at)
            for channel in _channels(member_id, link.channels)
        ]
        made += [_call(concern, None, "mail", "outside", at) for _ in _independent_missing(concern)]
        s.flush()
        if made:
            changed(concern)
        return len(made)


def call_one(concern: Concern, member_id: int, name: str, at: datetime) -> None:
    """Tell one more person by every channel (a colleague it is handed to). Inside the caller's transaction."""
    there = _called(concern)
    for channel in _channels(member_id, chain.EVERY):
        if (_who(member_id), channel) not in there:
            _call(concern, member_id, channel, name, at)


def step(concern: Concern, by_id: int | None, what: str, words: str = "", **facts: Any) -> ConcernStep:
    """Write down that something happened, inside the caller's transaction."""
    concern.version = (concern.version or 1) + 1
    made = ConcernStep(
        id=new_id(),
        concern_id=concern.id,
        nr=concern.version,
        by_id=by_id,
        what=what,
        facts=facts,
        at=clock.now(),
    )
    if words:
        made.words_sealed = crypto.seal(words, f"concern_step:{made.id}:words")
    session().add(made)
    session().flush()
    return made


def changed(concern: Concern) -> None:
    """Let the open pages of everybody concerned know: the member, those who were told, whoever has it."""
    told = set(session().scalars(select(Call.member_id).where(Call.concern_id == concern.id)))
    told |= {concern.member_id, concern.taken_by, concern.handed_to, concern.lapsed_by}
    members = sorted(id_ for id_ in told if id_ is not None)
    for start in range(0, len(members), 100):
        announce(f"concern:{concern.id}", "concern:changed", members=members[start : start + 100])
    after_commit(waiting.forget)


def kept_from(concern: Concern) -> set[int]:
    """Who of staff must not learn of it."""
    return set(session().scalars(select(ConcernKeptFrom.member_id).where(ConcernKeptFrom.concern_id == concern.id)))


def in_hand(case: Case, at: datetime) -> bool:
    """Whether somebody has a case and has done something with it lately. Taken and left lying is as bad as not read."""
    last = case.step_at or case.claimed_at
    return case.claimed_at is not None and last is not None and last > at - LEFT_LYING


def _opened_in_queue(concern: Concern, case: Case, at: datetime) -> bool:
    """Whether somebody has taken its case since the words alerted, or has it in hand; and that is not noted yet."""
    since = concern.severity == "words" and case.claimed_at is not None and case.claimed_at >= concern.sent_at
    return concern.opened_at is None and (since or in_hand(case, at))


def usable(at: datetime) -> ColumnElement[bool]:
    """Calls whose link still does something."""
    return Call.answered_at.is_(None) & (Call.expires_at > at)


def link_of(token: str) -> str:
    """What is kept of a link's secret."""
    return crypto.fingerprint(token)


def _missing(concern: Concern, at: datetime) -> list[tuple[chain.Link, int]]:
    """Whom the present round has not told, though the time has come."""
    about = session().scalars(
        select(ConcernKeptFrom.member_id).where(
            ConcernKeptFrom.concern_id == concern.id, ConcernKeptFrom.why == "about"
        )
    )
    there = {who for who, _channel in _called(concern)}
    gone = kept_from(concern) | chain.apart_from(concern.member_id) | chain.beside(list(about), at)
    gone |= {concern.member_id or 0, *_cannot(concern)}
    people = chain.people_now(concern.house_id, at, concern.lapsed_by)
    found = chain.links(concern, people, gone, at, told=bool(told(concern)))
    return [(link, id_) for link in chain.due(concern, found, at) for id_ in link.ids if _who(id_) not in there]


def _independent_missing(concern: Concern) -> list[str]:
    if concern.route != "leads" or outside.by_letter() is None or ("independent", "mail") in _called(concern):
        return []
    return ["independent"]


def _called(concern: Concern) -> set[tuple[str, str]]:
    present = (Call.concern_id == concern.id) & (Call.round == concern.chain_round)
    return {(who, channel) for who, channel in session().execute(select(Call.who, Call.channel).where(present))}


def _cannot(concern: Concern) -> Iterable[int]:
    said = select(Call.member_id).where(
        Call.concern_id == concern.id, Call.round == concern.chain_round, Call.answer == "cannot"
    )
    return (id_ for id_ in session().scalars(said) if id_ is not None)


def _lapsed(concern: Concern, at: datetime) -> bool:
    return concern.state == "taken" and concern.step_due_at is not None and concern.step_due_at <= at


def _round_over(concern: Concern, at: datetime) -> bool:
    if concern.state != "open" or concern.severity == "talk":
        return False
    gone = kept_from(concern) | {concern.member_id or 0, *_cannot(concern)}
    people = chain.people_now(concern.house_id, at, concern.lapsed_by)
    ends = chain.round_ends(concern, chain.links(concern, people, gone, at))
    return ends is not None and at >= ends


def _begin_anew(concern: Concern, at: datetime) -> None:
    """Whoever took it was not heard of: her back-up is told at once, then the rest of the chain."""
    step(concern, None, "lapsed", member=concern.taken_by)
    concern.state, concern.lapsed_by, concern.taken_by = "open", concern.taken_by, None
    concern.taken_by_independent, concern.handed_to, concern.step_due_at = False, None, None
    concern.chain_since, concern.chain_from, concern.chain_round = at, 1, concern.chain_round + 1


def _follow_case(concern: Concern) -> None:
    """What alerted may meanwhile be on somebody's screen in the queue, or decided there. Once she has asked for
    somebody it stays until somebody has come."""
    if concern.severity not in ("words", "unread") or concern.case_id is None:
        return
    case = session().get_one(Case, concern.case_id, populate_existing=True)
    if _opened_in_queue(concern, case, clock.now()):
        concern.opened_at = case.claimed_at
    if case.state == "closed" and concern.state == "open" and concern.how is None:
        concern.state, concern.closed_at, concern.closed_by = "closed", clock.now(), case.closed_by
        step(concern, case.closed_by, "decided")
        changed(concern)


def _channels(member_id: int, wanted: Iterable[str]) -> list[str]:
    """Those of the channels by which somebody can be reached."""
    has = {"app": True, "mail": providers.address_of(member_id) is not None}
    has |= dict.fromkeys(OUT, session().get(DutyPhone, member_id) is not None)
    return [channel for channel in wanted if has[channel]]


def _call(concern: Concern, member_id: int | None, channel: str, link: str, at: datetime) -> Call:
    id_, token = new_id(), secrets.token_urlsafe(24)
    call = Call(
        id=id_,
        concern_id=concern.id,
        member_id=member_id,
        who=_who(member_id),
        channel=channel,
        link=link,
        round=concern.chain_round,
        made_at=at,
        sent_at=None if channel in OUT else at,
        next_try_at=at if channel in OUT else None,
        token_hash=link_of(token),
        token_sealed=crypto.seal(token, f"concern_call:{id_}:token") if channel in OUT else None,
        expires_at=at + LINK_FOR,
    )
    session().add(call)
    session().flush()
    if channel == "mail":
        person = outside.by_letter() if member_id is None else None
        found = providers.address_of(member_id) if member_id is not None else None
        to, language = (found.address, found.language) if found else (person.address or "" if person else "", "sv")
        cause = f"concern_call:{id_}"
        outbox.post("concern.call", to, cause=cause, language=language, good_for=LINK_FOR, secret=token, call=id_)
    return call


def _who(member_id: int | None) -> str:
    return "independent" if member_id is None else f"member:{member_id}"


def pending(now: datetime) -> list[int]:
    """Concerns in which something is missing at a moment: what is urgent first, then the newest."""
    waits = select(Concern).where(Concern.state != "closed")
    found = session().scalars(waits.order_by(Concern.severity == "talk", Concern.sent_at.desc()).limit(AT_ONCE))
    return [concern.id for concern in list(found) if _pending(concern, now)]


def _pending(concern: Concern, at: datetime) -> bool:
    if concern.case_id is not None and concern.severity in ("words", "unread"):
        case = session().get_one(Case, concern.case_id, populate_existing=True)
        over = case.state == "closed" and concern.state == "open" and concern.how is None
        if over or _opened_in_queue(concern, case, at):
            return True
    if concern.state == "taken":
        return _lapsed(concern, at)
    return _round_over(concern, at) or bool(_missing(concern, at)) or bool(_independent_missing(concern))


def calls_due(now: datetime) -> list[Due]:
    """Messages a provider is to carry now."""
    waits = select(Call.id, Call.next_try_at).where(Call.next_try_at <= now).order_by(Call.next_try_at).limit(AT_ONCE)
    return [Due(str(id_), at) for id_, at in session().execute(waits) if at is not None]


def send(due_: Due) -> None:
    """Hand one message to its provider. What nobody needs any more is put away; what could not be sent is tried again,
    soon at first."""
    call = session().get(Call, int(due_.what), populate_existing=True)
    if call is None or call.next_try_at is None:
        return
    concern, now = session().get_one(Concern, call.concern_id, populate_existing=True), clock.now()
    phone = session().get(DutyPhone, call.member_id)
    carrier = providers.provider(call.channel)
    values: dict[str, Any] = {"next_try_at": None, "token_sealed": None}
    wanted = concern.state == "open" and phone is not None and carrier is not None and call.token_sealed is not None
    if wanted:
        assert phone is not None and carrier is not None
        token = crypto.unseal(str(call.token_sealed), f"concern_call:{call.id}:token")
        message = letters.message(call.id, phone.phone, token, int(call.member_id or 0))
        session().rollback()
        try:
            loop.off_loop(carrier.send, message)
            values["sent_at"] = now
        except Exception as error:  # whatever it is, it waits and nothing else does
            _log.warning("a call by %s could not be sent: %s", call.channel, type(error).__name__)
            pause = min(FIRST_PAUSE * 2 ** min(call.tries, 8), LONGEST_PAUSE)
            values = {"tries": call.tries + 1, "next_try_at": now + pause}
    with transaction() as s:
        s.execute(update(Call).where(Call.id == call.id).values(**values))


def told(concern: Concern) -> set[int]:
    """Who of staff knows of it."""
    called = set(session().scalars(select(Call.member_id).where(Call.concern_id == concern.id)))
    return {id_ for id_ in (*called, concern.taken_by, concern.handed_to) if id_ is not None}
