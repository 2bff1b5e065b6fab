"""A new name, written by staff together with the member. The old one stands nowhere afterwards: every page asks for the
name when it is shown, and what kept a copy of it is changed with it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from community.core import audit
from community.core.db import session, transaction
from community.core.policy import require
from community.lifecycle import turn_rules as rules
from community.members import actions, named
from community.members.models import Member
from community.members.people import Viewer
from community.members.queries import as_viewer, facts_for


@dataclass(frozen=True)
class Renamed:
    """Her new name, and the sign-in name: a new one where the old one was made from the old name."""

    name: str
    sign_in_name: str


def rename(actor: Viewer, member_id: int, name: str, *, sign_in_too: bool) -> Renamed:
    """Give somebody another name, as she asked; `sign_in_too`: the one she signs in with is made from it as well. Her
    sessions go on. Raises NotFound, NotAllowed, Invalid by field."""
    person = named.person_for(actor, member_id)
    require(actor, rules.RENAME, person)
    checked = actions.checked_name(name, facts_for(as_viewer(member_id)), now_called=person.name)
    with transaction() as s:
        member = s.get_one(Member, member_id, with_for_update=True, populate_existing=True)
        member.display_name = checked
        if sign_in_too:
            member.sign_in_name = actions.free_sign_in_name(checked, but=member.id)
        actions.forget_former_name(member_id)
        s.flush()
        audit.append(actor.id, "member.renamed", f"member:{member_id}", sign_in=sign_in_too)
        return Renamed(member.display_name, member.sign_in_name)


def sign_in_name_of(viewer: Viewer, member_id: int) -> str:
    """What somebody signs in as, for whoever may give her another. Raises NotAllowed, NotFound."""
    require(viewer, rules.RENAME, named.person_for(viewer, member_id))
    found = session().scalar(select(Member.sign_in_name).where(Member.id == member_id))
    return found or ""
