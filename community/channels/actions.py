"""Opening, changing, ordering and closing channels, by house managers, each with a line of history.

People wrote trusting the sentence "who reads it". So a channel with posts is never opened to anybody new; to fewer
people it is, said beforehand, and then at once, on open pages too.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import select

from community.channels import queries
from community.core import clock, text
from community.core.announcements import announce
from community.core.db import session, transaction
from community.core.errors import Conflict, Invalid
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members.for_everybody import pass_the_gate
from community.members.people import Viewer
from community.spaces import rules
from community.spaces.actions import free_slug, note_change
from community.spaces.models import LONGEST_ABOUT, LONGEST_NAME, Space

STEP = 10  # between two positions


@dataclass(frozen=True)
class Wish:
    """What a channel is to be. The house of a channel for one house is the manager's own."""

    name_sv: str
    name_en: str
    about_sv: str = ""
    about_en: str = ""
    kind: str = "talk"
    audience: str = "all"
    writers: str = "readers"
    asks_whom: bool = False
    colour: str = "green"

    @property
    def sure_key(self) -> str:
        """What a manager says yes to when fewer people are to read."""
        return self.audience


class Unconfirmed(Invalid):
    """Fewer people would read: to be done once the manager has been told what happens and said yes to just that."""

    sentence = _l("Fewer people would read this channel. Read below what happens, then save once more.")


def open_channel(actor: Viewer, wish: Wish) -> Space:
    """Open a channel, last in the list. Raises NotAllowed, Invalid by field."""
    wanted = _wanted(actor, wish)
    require(actor, rules.MANAGE, wanted)
    wish = _checked(actor, wish)
    with transaction() as s:
        # Locked, so that two managers can't take one address.
        last = max(s.scalars(select(Space.position).order_by(Space.id).with_for_update()), default=0)
        space = Space(
            **asdict(wish),
            slug=free_slug(wish.name_sv),
            house_id=wanted.house_id,
            position=last + STEP,
            opened_at=clock.now(),
        )
        s.add(space)
        s.flush()
        note_change(actor.id, space, "opened", {name: ["", value] for name, value in asdict(wish).items()})
        return space


def change_channel(actor: Viewer, space_id: int, wish: Wish, *, version: int, sure: str = "") -> Space:
    """Change a channel. Its address stays. `sure`: what the manager said yes to, where fewer people are to read.

    Raises NotFound, NotAllowed, Invalid by field (also: a channel with posts would get new readers), Unconfirmed,
    Conflict with the present values in `facts["now"]`.
    """
    wish = _checked(actor, wish)
    with transaction():
        space = _locked(actor, space_id)
        if space.version != version:
            raise Conflict(
                facts={"now": {name: getattr(space, name) for name in asdict(wish)}, "version": space.version}
            )
        wanted = _wanted(actor, wish)
        require(actor, rules.MANAGE, wanted)
        changed = {
            name: [getattr(space, name), value] for name, value in asdict(wish).items() if getattr(space, name) != value
        }
        if not changed:
            return space
        narrows = "audience" in changed and _narrows(actor, space, wanted)
        if narrows and sure != wish.sure_key:
            raise Unconfirmed(field="audience")
        for name, (_before, value) in changed.items():
            setattr(space, name, value)
        space.house_id, space.version = wanted.house_id, space.version + 1
        session().flush()
        note_change(actor.id, space, "changed", changed)
        if narrows:
            announce(f"space:{space.id}", "space:narrowed", space=space.id)
        return space


def close_channel(actor: Viewer, space_id: int) -> Space:
    """From now on read-only, for everybody. Closing a closed one changes nothing. Raises NotFound, NotAllowed."""
    require(actor, rules.MANAGE)
    with transaction():
        space = _locked(actor, space_id)
        if space.closed_at is None:
            space.closed_at, space.version = clock.now(), space.version + 1
            session().flush()
            note_change(actor.id, space, "closed", {})
        return space


def reopen_channel(actor: Viewer, space_id: int) -> Space:
    """Write there again. Opening an open one changes nothing. Raises NotFound, NotAllowed."""
    require(actor, rules.MANAGE)
    with transaction():
        space = _locked(actor, space_id)
        if space.closed_at is not None:
            space.closed_at, space.version = None, space.version + 1
            session().flush()
            note_change(actor.id, space, "reopened", {})
        return space


def move_channel(actor: Viewer, space_id: int, way: str) -> None:
    """One place up or down among the open channels this manager sees; first stays first. Raises NotFound, NotAllowed,
    Invalid for another way."""
    require(actor, rules.MANAGE)
    if way not in ("up", "down"):
        raise Invalid
    with transaction() as s:
        order = list(s.scalars(select(Space).order_by(Space.position, Space.id).with_for_update()))
        space = _locked(actor, space_id)
        seen = [one for one in order if one.closed_at is None and rules.reads(actor, one)]
        if space not in seen:
            raise Invalid(_l("A closed channel has no place in the list."))
        at = seen.index(space)
        to = at - 1 if way == "up" else at + 1
        if not 0 <= to < len(seen):
            return
        order.remove(space)
        order.insert(order.index(seen[to]) + (way == "down"), space)
        for place, one in enumerate(order, 1):
            one.position = place * STEP
        s.flush()
        note_change(actor.id, space, "moved", {"place": [at + 1, to + 1]})


def _locked(actor: Viewer, space_id: int) -> Space:
    """A channel the actor sees and may change, kept from others until the transaction ends."""
    require(actor, rules.MANAGE)
    session().execute(select(Space.id).where(Space.id == space_id).with_for_update())
    space = queries.channel_for(actor, space_id)
    session().refresh(space)
    require(actor, rules.MANAGE, space)
    return space


def _wanted(actor: Viewer, wish: Wish) -> rules.Wanted:
    return rules.Wanted(wish.audience, actor.house_id if wish.audience == "house" else None)


def _narrows(actor: Viewer, space: Space, wanted: rules.Wanted) -> bool:
    """Whether posts would be read by fewer people. Raises Invalid where they would be read by somebody new."""
    if not queries.has_posts(actor, space):
        return False
    if rules.somebody_new_reads(space, wanted):
        raise Invalid(
            _l("People wrote here knowing who reads it, so nobody new can be let in. Open a new channel instead."),
            field="audience",
        )
    return True


def _checked(actor: Viewer, wish: Wish) -> Wish:
    """Tidied, within limits, past the gate, and possible. Raises Invalid by field."""
    lines: dict[str, Any] = {
        name: text.tidy_line(getattr(wish, name)) for name in ("name_sv", "name_en", "about_sv", "about_en")
    }
    for name, line in lines.items():
        longest = LONGEST_NAME if name.startswith("name") else LONGEST_ABOUT
        if name.startswith("name") and not text.says_something(line):
            raise Invalid(_l("Write the name in both languages."), field=name)
        text.at_most(line, longest, name)
        pass_the_gate(actor, line, name)
    for one, other in (("about_sv", "about_en"), ("about_en", "about_sv")):
        if lines[other] and not text.says_something(lines[one]):
            raise Invalid(_l("Say it in both languages, or in neither."), field=one)
    if wish.kind == "staff" and wish.audience != "staff":
        raise Invalid(_l("This kind is for channels that staff alone read."), field="kind")
    if wish.asks_whom and wish.audience != "all":
        raise Invalid(_l("This is asked only where everyone reads."), field="asks_whom")
    return replace(wish, **lines)


def values_of(space: Space) -> dict[str, Any]:
    """What a form about a channel begins with."""
    return {name: getattr(space, name) for name in Wish.__dataclass_fields__}
