"""What staff see before they decide about somebody: what holds now, what waits for a second yes, what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from community.acts import rules, words
from community.acts.models import Act, ForGood
from community.acts.queries import PAGE, ActView, ByView, by_of, holding, views
from community.acts.record import words_of
from community.core import clock, i18n
from community.core.db import session
from community.core.errors import Invalid
from community.core.i18n import lazy as _l
from community.core.policy import can, require
from community.members import named
from community.members import queries as members
from community.members.models import Duty, Sanction
from community.members.people import Named, Standing, Viewer
from community.spaces import queries as spaces
from community.spaces import rules as space_rules


@dataclass(frozen=True)
class Channel:
    """A channel one could be given a break in. `shared`: it is one for all houses."""

    id: int
    name: str
    shared: bool


@dataclass(frozen=True)
class Limit:
    """A limit that holds for somebody now, as staff see it."""

    act: Act
    title: str
    until: datetime | None
    by: ByView
    reason: str | None
    words: str | None
    step: rules.Step


@dataclass(frozen=True)
class Waiting:
    """A closing without an end that waits for a second yes."""

    act: Act
    asked: rules.Asked


@dataclass(frozen=True)
class Steps:
    """What staff see before they decide. `seen` changes with every decision about her; `before` is what was decided."""

    person: Named
    standing: Standing
    limits: list[Limit]
    waiting: list[Waiting]
    before: list[ActView]
    channels: list[Channel]
    seen: int

    def channel(self, space_id: int | None) -> Channel:
        """One of the channels. Raises Invalid."""
        found = next((channel for channel in self.channels if channel.id == space_id), None)
        if found is None:
            raise Invalid(_l("Choose a channel from the list."), field="space_id")
        return found


def decided_about(member_id: int) -> int:
    """A figure that changes with every decision about somebody's limits. For those who decide."""
    mine = (Act.member_id == member_id) & Act.sanction_id.is_not(None)
    rows = select(func.count(), func.count(Act.undone_at)).where(mine)
    made, undone = session().execute(rows).one()
    return int(made + undone)


def steps_for(viewer: Viewer, member_id: int) -> Steps:
    """Somebody as staff see her before they decide about her. Raises NotAllowed, NotFound."""
    require(viewer, rules.LOOK)
    person = named.person_for(viewer, member_id)
    require(viewer, rules.LOOK, person)
    target = members.as_viewer(member_id)
    known = rules.knows_house(viewer, person)
    places = [space for space in spaces.readable(viewer) if space_rules.reads(target, space) and not space.closed_at]
    lang = i18n.language()
    channels = [Channel(space.id, space.name(lang), space.audience != "house") for space in places]
    names = {channel.id: channel for channel in channels}
    rows = _of_each_limit(holding().add_columns(Sanction, ForGood).where(Act.member_id == member_id))
    # Of another house she knows what concerns the channels for all houses; a safety lead also what waits for a yes.
    lead = rules.LEAD in viewer.duties
    shown = [
        row
        for row in rows
        if known or (row.Act.space_id in names and names[row.Act.space_id].shared) or (lead and _waits(row.ForGood))
    ]
    by = by_of(viewer, [row.Act for row in shown])
    limits = []
    for act, sanction, _asked in shown:
        channel = names.get(act.space_id)
        length = None if sanction.ends_at is None else sanction.ends_at - sanction.starts_at
        step = rules.Step(act.kind, person, length, channel is not None and channel.shared)
        said = (words.title(act, channel.name if channel else None), sanction.ends_at, by[act.id])
        limits.append(Limit(act, *said, words.reason(act), words_of(act), step))
    asked = [row.Act for row in shown if _waits(row.ForGood)]
    leads = _leads(act.by_id for act in asked)
    waiting = [Waiting(act, rules.Asked(person, act.by_id, act.by_id in leads)) for act in asked]
    before = select(Act).where(Act.member_id == member_id, Act.sanction_id.is_not(None))
    before = before.where(Act.id.not_in([limit.act.id for limit in limits]))
    newest = session().scalars(before.order_by(Act.at.desc(), Act.id.desc()).limit(PAGE)).all() if known else []
    return Steps(person, target.standing, limits, waiting, views(viewer, newest), channels, decided_about(member_id))


@dataclass(frozen=True)
class Limited:
    """Somebody with a limit now, in the list of staff."""

    person: Named
    title: str
    until: datetime | None
    waits_for_second: bool


def limited_for(viewer: Viewer) -> list[Limited]:
    """Who is limited now, of those the viewer decides about; what waits for a second yes first. Raises NotAllowed."""
    require(viewer, rules.LOOK)
    rows = _of_each_limit(holding().add_columns(Sanction, ForGood))
    people = named.called_now(row.Act.member_id for row in rows)
    names = {space.id: space.name(i18n.language()) for space in spaces.readable(viewer)}
    found = []
    for act, sanction, asked in rows:
        person = people.get(act.member_id)
        if person is None or person.id in viewer.excluded_ids or not can(viewer, rules.LOOK, person):
            continue
        waits = _waits(asked)
        if rules.knows_house(viewer, person) or (waits and rules.LEAD in viewer.duties):
            found.append(Limited(person, words.title(act, names.get(act.space_id)), sanction.ends_at, waits))
    return sorted(found, key=lambda one: (not one.waits_for_second, one.person.name.casefold()))


def _waits(asked: ForGood | None) -> bool:
    return asked is not None and asked.confirmed_by is None


def waiting_for(viewer: Viewer) -> int:
    """How many closings without an end wait for a second yes that the viewer may give. Nothing for others."""
    if not rules.LEADS & viewer.duties:
        return 0
    return sum(one.waits_for_second for one in limited_for(viewer))


def _of_each_limit(statement: Any) -> list[Any]:
    """Of each limit the act that set it last, with its other columns."""
    return list({row.Act.sanction_id: row for row in session().execute(statement)}.values())


def _leads(ids: Iterable[int | None]) -> set[int | None]:
    """Those among them who are safety leads today."""
    wanted = {id_ for id_ in ids if id_ is not None}
    lead = (Duty.kind == rules.LEAD) & Duty.holds_on(clock.today())
    found = select(Duty.member_id).where(Duty.member_id.in_(wanted), lead)
    return set(session().scalars(found)) if wanted else set()
