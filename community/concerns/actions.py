"""What a member does: ask for somebody, say how, write more, say whether somebody named in her words may read them.

Nothing here is limited and nothing is refused for its words. Once the row is committed the chain goes on by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, select, update

from community.concerns import calls, chain, named, queries, rules
from community.concerns.models import HOWS, Concern, ConcernKeptFrom
from community.core import clock
from community.core.db import add_once, new_id, session, transaction
from community.core.errors import Conflict, Invalid
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members.people import Viewer

MANY, WITHIN = 30, timedelta(hours=1)
"""Above so many within so long, what comes next is taken in under the newest one of its kind."""


@dataclass(frozen=True)
class Wish:
    """What a member asks. `about`: ids of staff it is about; None: nobody. An empty set: she does not want to say."""

    severity: str
    words: str = ""
    how: str = "write"
    phone: str = ""
    about: frozenset[int] | None = None


def ask(actor: Viewer, wish: Wish, client_id: str) -> int:
    """Write it down and tell whoever is to know, in one transaction. The same `client_id` a second time is the same
    one. Returns its id. Raises Invalid where she asks for what is not possible."""
    require(actor, rules.ASK)
    if wish.how not in ways_for(actor):
        raise Invalid(_l("Choose one of these."), field="how")
    now = clock.now()
    with transaction() as s:
        known = select(Concern.id).where(Concern.member_id == actor.id, Concern.client_id == client_id)
        fresh = Concern(
            id=new_id(),
            member_id=actor.id,
            house_id=actor.house_id,
            severity=wish.severity,
            route="shift" if wish.about is None else "leads",
            how=wish.how,
            words=wish.words,
            phone=wish.phone,
            client_id=client_id,
            sent_at=now,
            chain_since=now,
        )
        found = s.scalar(known)
        if found is not None:
            return found
        under = _one_of_many(actor, wish)
        if under is not None:
            return _under(under, actor, wish)
        add_once(fresh)
        found = s.scalar(known)
        assert found is not None  # whoever was first wrote it
        if found != fresh.id:
            return found
        concern = s.get_one(Concern, found)
        for member_id, why in _kept_from(actor, wish, concern).items():
            add_once(ConcernKeptFrom(concern_id=concern.id, member_id=member_id, why=why))
        calls.step(concern, actor.id, "sent")
        calls.advance(concern.id, now)
        return concern.id


def choose_how(actor: Viewer, concern_id: int, how: str, phone: str = "") -> None:
    """How she wants to be reached. After words that alerted she asks for somebody by this: the whole chain follows, and
    those told learn who it is. Raises NotFound, Invalid, Conflict (it is closed)."""
    if how not in ways_for(actor):
        raise Invalid(_l("Choose one of these."), field="how")
    with transaction() as s:
        concern = _own(actor, concern_id)
        require(actor, rules.OWN, concern)
        asks_now = concern.severity == "words"
        concern.how = how
        if phone:
            concern.keep("phone", phone)
        if asks_now:
            concern.severity, concern.unnamed = "urgent", False
        calls.step(concern, actor.id, "how", how=how)
        s.flush()
        calls.advance(concern.id)
        calls.changed(concern)


def write_more(actor: Viewer, concern_id: int, words: str, client_id: str) -> int:
    """More words, for those who have it already. Words that name one of those who have it, or may read all (a lead),
    begin another one, which goes past her. Returns the id of the one they stand in. Raises NotFound, Conflict (it is
    closed)."""
    with transaction():
        concern = _own(actor, concern_id)
        require(actor, rules.OWN, concern)
        if named.in_words(words, _everybody(concern)):
            severity = concern.severity if concern.severity in ("talk", "urgent") else "urgent"
            about = frozenset(queries.about(concern)) if concern.route == "leads" else None
            return ask(actor, Wish(severity, words, concern.how or "write", concern.opened("phone"), about), client_id)
        calls.step(concern, actor.id, "more", words)
        calls.changed(concern)
        return concern.id


def let_read(actor: Viewer, concern_id: int, member_id: int, yes: bool) -> None:
    """Whether somebody named in her words may read them. Unanswered is no. Raises NotFound, Conflict."""
    with transaction() as s:
        concern = _own(actor, concern_id)
        require(actor, rules.OWN, concern)
        asked = (
            (ConcernKeptFrom.concern_id == concern.id)
            & (ConcernKeptFrom.member_id == member_id)
            & (ConcernKeptFrom.why == "named")
        )
        if yes:
            s.execute(delete(ConcernKeptFrom).where(asked))
        else:
            s.execute(update(ConcernKeptFrom).where(asked).values(why="not_him"))
        s.expire_all()
        calls.advance(concern.id)
        calls.changed(concern)


def ways_for(viewer: Viewer) -> tuple[str, ...]:
    """How somebody can be reached: we write and call to those who have moved out, and cannot come."""
    return tuple(how for how in HOWS if how != "come" or viewer.kind != "alumnus")


def _own(actor: Viewer, concern_id: int) -> Concern:
    concern = queries.own_for(actor, concern_id)
    session().refresh(concern, with_for_update=True)
    if concern.state == "closed":
        raise Conflict(_l("This is closed. You can ask for somebody again, as often as you want."))
    return concern


def _one_of_many(actor: Viewer, wish: Wish) -> Concern | None:
    """The one under which the next is taken in; None while there are not that many."""
    recent = (Concern.member_id == actor.id) & (Concern.sent_at > clock.now() - WITHIN)
    if (session().scalar(select(func.count()).select_from(Concern).where(recent)) or 0) < MANY:
        return None
    route = "shift" if wish.about is None else "leads"
    like = recent & (Concern.severity == wish.severity) & (Concern.route == route) & (Concern.state != "closed")
    newest = session().scalars(select(Concern).where(like).order_by(Concern.sent_at.desc(), Concern.id))
    if named.in_words(wish.words, chain.people_now(actor.house_id, clock.now()).others):
        return None  # it goes past somebody the others may not go past
    return next((one for one in newest if queries.about(one) == set(wish.about or ())), None)


def _under(concern: Concern, actor: Viewer, wish: Wish) -> int:
    concern.how = wish.how
    if wish.phone:
        concern.keep("phone", wish.phone)
    calls.step(concern, actor.id, "more", wish.words)
    calls.changed(concern)
    return concern.id


def _everybody(concern: Concern) -> set[int]:
    """Everybody who works here and from whom it is not kept."""
    return set(chain.people_now(concern.house_id, clock.now()).others) - calls.kept_from(concern)


def _kept_from(actor: Viewer, wish: Wish, concern: Concern) -> dict[int, str]:
    """Who must not learn of it. About nobody in particular: whoever works at her house now may be the one."""
    at = clock.now()
    found: dict[int, str] = {}
    people = chain.people_now(actor.house_id, at)
    if wish.about is not None:
        beside: Iterable[int] = chain.beside(wish.about, at) if wish.about else people.duty
        found |= dict.fromkeys(beside, "shift")
    found |= {id_: "named" for id_ in named.in_words(wish.words, people.others) if id_ not in found}
    if wish.about is not None:
        found = {id_: ("not_him" if why == "named" else why) for id_, why in found.items()}
        found |= dict.fromkeys(wish.about, "about")
    return found
