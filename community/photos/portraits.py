"""A picture of oneself instead of the drawn one: putting it up, taking it away, and what hosts do about it.

That one stands is written to the member's own row, which is read wherever people are shown.
"""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from sqlalchemy import delete, select, update

from community.core import audit, clock, crypto, picture_files, pictures, ratelimit
from community.core.announcements import announce
from community.core.db import after_commit, new_id, session, transaction
from community.core.errors import Conflict, Invalid, NotFound
from community.core.i18n import lazy as _l
from community.core.policy import can, require
from community.members.models import Member
from community.members.named import person_or_remembered
from community.members.people import Named, Viewer
from community.notices import laying
from community.photos import portrait_queries as queries
from community.photos import portrait_rules as rules
from community.photos.models import Portrait
from community.photos.portrait_rules import CLAIMED, SHOWN, WAITS, Likeness

CARD = "portrait"
WHY = ("others", "tells", "unfit")


def put_up(actor: Viewer, upload: BinaryIO, cut: str) -> Portrait:
    """Keep a picture the actor sent of herself, instead of the one before. It waits for the drawing, so it is no part
    of a transaction. Raises NotAllowed, TooMany, and what `pictures.squared` raises."""
    require(actor, rules.PUT_UP)
    ratelimit.hit("portrait", actor.id)
    parts = pictures.squared(upload, whose=actor.id, cut=cut)
    with picture_files.kept(parts) as kept, transaction() as s:
        if _lock(actor.id) is not None:
            raise NotFound  # she left while it was drawn
        _forget(actor.id)
        portrait = Portrait(id=new_id(), member_id=actor.id, made_at=clock.now(), name=kept.name)
        portrait.key_sealed = crypto.seal(kept.key, f"portrait:{portrait.id}:key")
        portrait.state = SHOWN if actor.is_staff else WAITS
        s.add(portrait)
        s.flush()
        _show(actor.id, portrait)
        laying.end([actor.id], CARD)
    return portrait


def take_away(actor: Viewer) -> None:
    """The actor is shown by the drawn one again, at once and everywhere. Done twice it changes nothing."""
    with transaction():
        _lock(actor.id)
        portrait = queries.own(actor)
        if portrait is not None:
            require(actor, rules.OWN, portrait)
            _forget(actor.id)
            _show(actor.id, None)


def claim(actor: Viewer, person: Named) -> None:
    """ "I am in this": hidden at once, until a host has looked. The actor may see the person's page. Raises NotFound,
    NotAllowed, TooMany."""
    require(actor, rules.CLAIM, queries.portrait_for(actor, person, there=True))
    ratelimit.hit("claim", actor.id)
    with transaction() as s:
        _lock(person.id)
        portrait = queries.portrait_for(actor, person, there=True)
        portrait.state, portrait.claimed_by = CLAIMED, actor.id
        s.flush()
        _show(person.id, portrait)


def decide(actor: Viewer, member_id: int, portrait_id: int, *, stands: bool, why: str = "") -> None:
    """A host lets a portrait stand, or takes it away and says `why`. Written down; of one taken away she is told by a
    card of her own. Raises NotFound, NotAllowed, Invalid, and Conflict where another stands there meanwhile."""
    person = person_or_remembered(actor, member_id)
    with transaction() as s:
        _lock(member_id)
        portrait = queries.of_member(member_id)
        if portrait is None or not can(actor, rules.SEE, Likeness(portrait, True, person.protected)):
            raise NotFound
        require(actor, rules.DECIDE, portrait)
        if portrait.id != portrait_id:
            raise Conflict(_l("Another picture is there now. Look at it once more."))
        if stands:
            portrait.state, portrait.claimed_by = SHOWN, None
            portrait.confirmed_by, portrait.confirmed_at = actor.id, clock.now()
            s.flush()
            _show(member_id, portrait)
            audit.append(actor.id, "portrait.stands", f"member:{member_id}")
            return
        if why not in WHY:
            raise Invalid(_l("Say why."), field="why")
        _forget(member_id)
        _show(member_id, None)
        audit.append(actor.id, "portrait.taken_away", f"member:{member_id}", why=why)
        laying.lay(member_id, CARD, portrait_id, why)


def end_with_work(member_id: int) -> None:
    """Whoever works here no more is shown by the drawn one. Inside the transaction that ends it, which has asked."""
    with transaction():
        _lock(member_id)
        _forget(member_id)
        _show(member_id, None)


def forget(member_id: int) -> None:
    """Take somebody's portrait away with its files, whoever she is now. Inside the caller's transaction."""
    _forget(member_id)


def names() -> set[str]:
    """Where the files of all of them lie, for the sweep."""
    return set(session().scalars(select(Portrait.name)))


def _lock(member_id: int) -> datetime | None:
    """Everything about one person's portrait one after the other. Returns since when she is gone."""
    return session().scalar(select(Member.left_at).where(Member.id == member_id).with_for_update())


def _forget(member_id: int) -> None:
    """The row at once, the files once that is committed."""
    s = session()
    gone = s.scalars(select(Portrait.name).where(Portrait.member_id == member_id)).all()
    s.execute(delete(Portrait).where(Portrait.member_id == member_id))

    def remove_files() -> None:
        for name in gone:
            picture_files.remove(name)

    after_commit(remove_files)


def _show(member_id: int, portrait: Portrait | None) -> None:
    """What everybody is shown of her from now on; open pages take away what stood."""
    s = session()
    stands = portrait.name[:8] if portrait is not None and portrait.state == SHOWN else None
    if s.scalar(select(Member.portrait).where(Member.id == member_id)) != stands:
        s.execute(update(Member).where(Member.id == member_id).values(portrait=stands))
        announce("everybody", "portrait:changed", member=member_id)
