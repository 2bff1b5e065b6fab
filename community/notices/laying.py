"""Laying a private card for one member, and putting it away. Rooms lay them by name, in the transaction of the cause.

A letter tells of one only where she said yes to letters, and says nothing of what it is.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, select, update

from community.core import clock
from community.core.announcements import announce
from community.core.db import add_once, new_id, session, step, transaction
from community.core.policy import require
from community.members.named import called_now
from community.members.people import Viewer
from community.notices import rules
from community.notices.cards import card_for
from community.notices.models import QUIET_CARDS, NoticeSettings, OwnCard

LATER, AGAIN = "later", "again"
"""What a card says of itself that was put off, and that has come again."""


def lay(member_id: int, kind: str, about_id: int, what: str = "") -> None:
    """A card waits for a member from now on; the same about the same thing once, also when she has put it away. None
    for whoever is not here: she has left, or we remember her."""
    if member_id not in called_now([member_id]):
        return
    now = clock.now()
    with step() as s:
        settings = s.get(NoticeSettings, member_id, populate_existing=True)
        written = settings is not None and settings.letters and kind not in QUIET_CARDS
        row = OwnCard(id=new_id(), member_id=member_id, kind=kind, about_id=about_id, what=what, at=now)
        row.mail_due_at = now if written else None
        add_once(row)
        _hint(member_id)


def put_away(actor: Viewer, card_id: int) -> OwnCard:
    """The actor has answered it, or does not want to: it is gone, and nobody is told. Raises NotFound."""
    card = card_for(actor, card_id)
    require(actor, rules.KEEP_OWN, card.member_id)
    with transaction():
        _end(OwnCard.id == card.id)
        _hint(actor.id)
        return card_for(actor, card_id)


def put_off(actor: Viewer, card_id: int) -> None:
    """The actor wants it later: it is gone, and comes again (`lay_again`). Raises NotFound."""
    card = card_for(actor, card_id)
    require(actor, rules.KEEP_OWN, card.member_id)
    with transaction() as s:
        s.execute(update(OwnCard).where(OwnCard.id == card.id).values(what=LATER).execution_options(**_PLAIN))
        _end(OwnCard.id == card.id)
        _hint(actor.id)


def lay_again(card: OwnCard) -> None:
    """A card that was put off waits anew. Called by the job of the room that laid it."""
    with step() as s:
        card.what, card.at, card.read_at, card.done_at = AGAIN, clock.now(), None, None
        s.flush()
        _hint(card.member_id)


def note_read(actor: Viewer) -> None:
    """The actor has had her cards before her: they wait on, and are counted no more."""
    require(actor, rules.KEEP_OWN, actor.id)
    hers = (OwnCard.member_id == actor.id) & OwnCard.read_at.is_(None) & OwnCard.done_at.is_(None)
    with transaction() as s:
        if s.execute(update(OwnCard).where(hers).values(read_at=clock.now()).execution_options(**_PLAIN)).rowcount:  # type: ignore[attr-defined]
            _hint(actor.id)


def end(member_ids: Collection[int], kind: str) -> None:
    """Cards of one kind have outlived what they were about. Called by the room that laid them."""
    over = select(OwnCard.member_id).where(OwnCard.member_id.in_(member_ids), OwnCard.kind == kind)
    for member_id in session().scalars(over.where(OwnCard.done_at.is_(None)).distinct()).all():
        _end((OwnCard.member_id == member_id) & (OwnCard.kind == kind))
        _hint(member_id)


def end_about(member_ids: Collection[int], kind: str, about_id: int) -> None:
    """The same of what is about one thing alone."""
    which = OwnCard.member_id.in_(member_ids) & (OwnCard.kind == kind) & (OwnCard.about_id == about_id)
    for member_id in session().scalars(select(OwnCard.member_id).where(which, OwnCard.done_at.is_(None))).all():
        _end(which & (OwnCard.member_id == member_id))
        _hint(member_id)


def lay_anew(member_id: int, kind: str, about_id: int) -> None:
    """A card waits once more, also where it was put away. Called by the job of the room that laid it."""
    which = (OwnCard.member_id == member_id) & (OwnCard.kind == kind) & (OwnCard.about_id == about_id)
    card = session().scalar(select(OwnCard).where(which))
    if card is not None:
        lay_again(card)


def _end(which: ColumnElement[bool]) -> None:
    gone: dict[str, Any] = {"done_at": clock.now(), "mail_due_at": None}
    with step() as s:
        s.execute(update(OwnCard).where(which, OwnCard.done_at.is_(None)).values(**gone).execution_options(**_PLAIN))


def _hint(member_id: int) -> None:
    announce(f"member:{member_id}", "notices:changed", members=[member_id])


_PLAIN = {"synchronize_session": False}
