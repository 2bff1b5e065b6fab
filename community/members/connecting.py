"""What people do about approved connections: a minor asks for an adult, an adult asks staff, the other one answers, a
safety lead decides, and any of them ends it. Every decision of staff's is in the audit chain, by ids."""

from __future__ import annotations

from datetime import date, datetime
from typing import NoReturn

from sqlalchemy import select

from community.core import audit, clock
from community.core.announcements import announce
from community.core.db import add_once, new_id, session, transaction
from community.core.errors import Conflict, Invalid, NotAllowed, NotFound
from community.core.i18n import lazy as _l
from community.core.jobs import Due, Job, daily
from community.core.policy import require
from community.members import connections, named, parties, rules
from community.members.connections import sealed
from community.members.models import Connection, Member
from community.members.people import Named, Viewer
from community.members.queries import facts_for
from community.safety import cases, heard
from community.safety.gate import Surface, screen


def other_for(actor: Viewer, member_id: int) -> Named:
    """The adult a minor may ask for. Raises NotAllowed, the same for every cause."""
    try:
        other: Named | None = named.person_for(actor, member_id)
    except NotFound:
        other = None
    if other is not None and other.id in actor.not_private_ids:
        other = None
    require(actor, rules.CONNECT, other)
    return other if other is not None else _refuse()


def ask_for(actor: Viewer, member_id: int, words: str) -> Connection:
    """A minor would like to keep in touch with an adult, who is told so. Twice is once; where the adult has asked staff
    for her, both have. Raises NotAllowed, the same for every cause."""
    other = other_for(actor, member_id)
    require(actor, rules.CONNECT, other)
    with transaction():
        return _said(actor, _row_of(actor.id, other.id), "minor", words)


def request(actor: Viewer, about: str, words: str) -> Connection:
    """An adult asks staff whether she may keep in touch with somebody, by a name in her own words. Staff find out whom
    she means; she is answered the same whoever that is. Raises NotAllowed."""
    require(actor, rules.ASK_FOR_CONNECTION)
    with transaction() as s:
        s.execute(select(Member.id).where(Member.id == actor.id).with_for_update(key_share=True))
        row = Connection(id=new_id(), adult_id=actor.id, is_open=True, state="asked", version=0)
        row.about_sealed = sealed(row, "about", about)
        s.add(row)
        return _said(actor, row, "adult", words)


def agree(actor: Viewer, connection_id: int, words: str) -> Connection:
    """The other one of the two would like it as well; from now on it waits for a safety lead. Raises NotFound."""
    row = connections.own_one(actor, connection_id, "theirs")
    require(actor, rules.ANSWER_CONNECTION, row)
    with transaction():
        row = _locked(connection_id)
        if not row.is_open:
            raise NotFound
        return _said(actor, row, "minor" if actor.id == row.minor_id else "adult", words)


def end(actor: Viewer, connection_id: int) -> None:
    """One of the two takes her wish back, says no, or ends what was approved: at once, and without a reason. Nobody is
    told of a no. Raises NotFound."""
    row = connections.own_one(actor, connection_id)
    require(actor, rules.END_CONNECTION, row)
    with transaction() as s:
        row = _locked(connection_id)
        if row.decided_at is None:
            side = "minor" if actor.id == row.minor_id else "adult"
            setattr(row, f"{side}_said_at", None)
            setattr(row, f"{side}_words_sealed", None)
        if row.is_open:
            _close(row, "self", actor.id)
        s.flush()
        audit.append(actor.id, "connection.left", f"connection:{row.id}")


def pass_on(actor: Viewer, connection_id: int, minor_id: int | None, *, version: int) -> Connection:
    """A safety lead says whom an adult means, who is asked; None: nobody is. The adult is told neither. Raises
    NotAllowed, NotFound, Invalid by field, Conflict."""
    require(actor, rules.DECIDE_CONNECTION, connections.one_for(actor, connection_id).row)
    with transaction() as s:
        row = _locked(connection_id, version)
        if row.minor_id is not None or not row.is_open:
            raise NotFound
        if minor_id is None:
            _close(row, "lead", actor.id)
            audit.append(actor.id, "connection.put_away", f"connection:{row.id}")
            return row
        people = named.called_now((minor_id, row.adult_id))
        minor, adult = people.get(minor_id), people.get(row.adult_id)
        apart = adult is None or minor is None or not rules.may_connect(minor, adult)
        if apart or actor.key_worker_of & {minor_id} or row.adult_id in parties.apart_of(minor_id):
            raise Invalid(_l("The two can't be brought together here. Choose somebody else, or nobody."), field="to_id")
        known = _open_row(minor_id, row.adult_id)
        if known is not None:
            known.about_sealed = known.about_sealed or sealed(known, "about", connections.words_of(row, "about"))
            known.adult_words_sealed = sealed(known, "adult_words", connections.words_of(row, "adult_words"))
            known.adult_said_at = row.adult_said_at
            row.adult_said_at, row.adult_words_sealed = None, None
            _close(row, "lead", actor.id)
            row = known
        row.minor_id = minor_id
        _moved_on(row, actor.id)
        s.flush()
        audit.append(actor.id, "connection.passed_on", f"connection:{row.id}")
        return row


def decide(
    actor: Viewer, connection_id: int, *, yes: bool, reason: str, review_on: date | None, version: int
) -> Connection:
    """A safety lead says yes, with a reason and a day of review within 12 months, or no, with a reason both read; of
    what holds already, a yes renews it. Raises NotAllowed, NotFound, Invalid by field, Conflict."""
    view = connections.one_for(actor, connection_id)
    require(actor, rules.DECIDE_CONNECTION, view.row)
    with transaction() as s:
        row = _locked(connection_id, version)
        if not row.is_open or row.state not in ("waiting", "approved"):
            raise NotFound
        if yes:
            if view.minor is None or view.adult is None or not rules.may_connect(view.minor, view.adult):
                raise Conflict(_l("Something has changed about one of the two. Look at it once more."))
            row.review_on, row.review_told_at = _day_of_review(review_on), None
        was = row.state
        row.reason_sealed = sealed(row, "reason", reason)
        row.decided_by, row.decided_at = actor.id, clock.now()
        row.state = "approved" if yes else "refused"
        if not yes:
            row.is_open, row.ended_at, row.ended_by, row.ended_why = None, clock.now(), actor.id, "lead"
        _tell(row, actor.id)
        s.flush()
        act = "renewed" if yes and was == "approved" else "approved" if yes else "refused"
        day = row.review_on.isoformat() if yes and row.review_on is not None else None
        audit.append(actor.id, f"connection.{act}", f"connection:{row.id}", review_on=day)
        return row


def stop(actor: Viewer, connection_id: int, reason: str, *, version: int) -> Connection:
    """A safety lead ends what was approved, at once. Raises NotAllowed, NotFound, Conflict."""
    require(actor, rules.DECIDE_CONNECTION, connections.one_for(actor, connection_id).row)
    with transaction() as s:
        row = _locked(connection_id, version)
        if not row.is_open or row.state != "approved":
            raise NotFound
        row.reason_sealed = sealed(row, "reason", reason)
        _close(row, "lead", actor.id)
        s.flush()
        audit.append(actor.id, "connection.stopped", f"connection:{row.id}")
        return row


def end_between(one_id: int, other_id: int) -> None:
    """A block or a separation ends what joined the two. Inside the transaction that keeps them apart."""
    row = _open_row(one_id, other_id) or _open_row(other_id, one_id)
    if row is not None:
        _close(row, "self", None)


def _said(actor: Viewer, row: Connection, side: str, words: str) -> Connection:
    """One of the two has said so, in words that safety leads read. They are heard, and never held or refused."""
    verdict = screen(words, Surface.TO_STAFF, facts_for(actor))
    heard.note(actor.id, Surface.TO_STAFF, verdict)
    if getattr(row, f"{side}_said_at") is None:
        setattr(row, f"{side}_said_at", clock.now())
        setattr(row, f"{side}_words_sealed", sealed(row, f"{side}_words", words))
        _moved_on(row, actor.id)
        audit.append(actor.id, "connection.wished", f"connection:{row.id}")
    if verdict.alert:
        cases.open_case(
            f"connection:{row.id}",
            "word",
            harm=cases.harm_of(verdict),
            alert=True,
            member_id=actor.id,
            house_id=actor.house_id,
        )
    session().flush()
    return row


def _moved_on(row: Connection, by_id: int) -> None:
    both = row.minor_said_at is not None and row.adult_said_at is not None
    row.state = "waiting" if both and row.state == "asked" else row.state
    _tell(row, by_id)


def _tell(row: Connection, by_id: int | None) -> None:
    """Open pages of whoever looks after it follow, and of the two. The adult's before a lead has decided only where it
    is her own doing, or a minor's who has asked for her: else the moment alone would tell what the minor answered."""
    row.version = (row.version or 0) + 1
    session().flush()
    hers = row.adult_said_at is None and by_id == row.minor_id
    adult = row.adult_id if row.decided_at is not None or by_id == row.adult_id or hers else 0
    announce("connections", "connection:changed", a=row.minor_id or 0, b=adult)


def _close(row: Connection, why: str, by_id: int | None) -> None:
    row.is_open, row.state, row.ended_at, row.ended_by, row.ended_why = None, "ended", clock.now(), by_id, why
    _tell(row, by_id)


def _row_of(minor_id: int, adult_id: int) -> Connection:
    """The open row of a pair, made where there is none."""
    found = _open_row(minor_id, adult_id)
    if found is None:
        pair = {"minor_id": minor_id, "adult_id": adult_id}
        add_once(Connection(id=new_id(), **pair, is_open=True, state="asked", version=0))
        found = _open_row(minor_id, adult_id)
        assert found is not None  # whoever was first made it
    return found


def _open_row(minor_id: int, adult_id: int) -> Connection | None:
    pair = (Connection.minor_id == minor_id) & (Connection.adult_id == adult_id) & Connection.is_open.is_(True)
    return session().scalar(select(Connection).where(pair).with_for_update().execution_options(populate_existing=True))


def _locked(connection_id: int, version: int | None = None) -> Connection:
    """Raises NotFound, and Conflict where it is another version by now."""
    row = session().get(Connection, connection_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    if version is not None and row.version != version:
        raise Conflict(_l("Something changed here meanwhile. Look at it once more, then decide."))
    return row


def _day_of_review(day: date | None) -> date:
    if day is None or not clock.today() < day <= clock.today() + connections.LONGEST_REVIEW:
        raise Invalid(_l("Choose a day within the next 12 months."), field="review_on")
    return day


def _refuse() -> NoReturn:
    raise NotAllowed(rules.NO_CONTACT)


def _due(now: datetime) -> list[Due]:
    return daily(now, 0)


def _run(_due: Due) -> None:
    """At midnight: what has ended by itself, and whose day of review has come."""
    now = clock.now()
    with transaction() as s:
        for row, why in connections.over(now):
            _close(row, why, None)
            audit.append(None, "connection.lapsed", f"connection:{row.id}", reason=None)
        for row in connections.to_review(clock.local(now).date()):
            row.review_told_at = now
            _tell(row, None)
        s.flush()


JOB = Job("connections", _due, _run)
