"""Changing who reads first: a row of the table, its figures, or all of it back to the start values."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from community.core import audit, clock, text
from community.core.db import new_id, session, transaction
from community.core.errors import Conflict, Invalid, NotFound
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members.people import Viewer
from community.publishing import rules, words
from community.safety import publishing
from community.safety.models import LONGEST_REASON, PublishingChange
from community.safety.publishing import COVERS, MOST, START, Changes, Key


def change_row(actor: Viewer, part: words.Part, steps: Mapping[str, str], *, reason: str, version: int) -> None:
    """Put other steps into the cells of a row, by who works; what is not named stays.

    Raises NotAllowed; Invalid by field for what is not safe there, for no reason and where nothing would differ;
    NotFound for a row in which nothing can be changed; Conflict when the table has changed since `version`.
    """
    require(actor, rules.CHANGE)
    if not words.can_change(part):
        raise NotFound
    for cover, step in steps.items():
        if cover not in COVERS:
            raise Invalid
        refused = words.refusal(Key(part.where, part.row, cover), step)
        if refused is not None:
            raise Invalid(refused, field=cover)
    _change(actor, {str(Key(part.where, part.row, cover)): step for cover, step in steps.items()}, reason, version)


def change_figures(actor: Viewer, figures: Mapping[str, int], *, reason: str, version: int) -> None:
    """Count other numbers of posts; what is not named stays. Raises as `change_row`."""
    require(actor, rules.CHANGE)
    for figure, count in figures.items():
        if figure not in MOST:
            raise Invalid
        refused = words.out_of_bounds(figure, count)
        if refused is not None:
            raise Invalid(refused, field=figure)
    _change(actor, figures, reason, version)


def set_back(actor: Viewer, *, reason: str, version: int) -> None:
    """Let every cell and figure be as Hearth came. Raises as `change_row`."""
    require(actor, rules.CHANGE)
    _change(actor, None, reason, version)


def _change(actor: Viewer, wanted: Changes | None, reason: str, version: int) -> None:
    """One row of history, which is the whole table from then on, and one line of the audit chain, in one transaction.
    `wanted` None: the start values. The line comes first, because the chain's head is what keeps two changes apart, and
    then the version is asked once more."""
    reason = text.reason(reason, LONGEST_REASON)
    with transaction() as s:
        before = _says_at(version)
        table, after = publishing.changed(before), publishing.START
        if wanted is not None:
            after = publishing.changed({**publishing.changes_in(table), **wanted})
        if after == table:
            raise Invalid(_l("This is how it is now. Choose something else, or go back."))
        audit.append(
            actor.id,
            "publishing.changed" if wanted is not None else "publishing.set_back",
            f"publishing:{version + 1}",
            reason=reason,
            before=_in_full(publishing.changes_in(table), publishing.changes_in(after)),
            after=_in_full(publishing.changes_in(after), publishing.changes_in(table)),
        )
        _says_at(version)
        change = PublishingChange(version=version + 1, mark=new_id(), says=publishing.changes_in(after), reason=reason)
        change.at, change.by_id = clock.now(), actor.id
        s.add(change)
        s.flush()


def _says_at(version: int) -> Changes:
    """What the newest change says. Raises Conflict when it is not this version any more."""
    newest = select(PublishingChange.version, PublishingChange.says).order_by(PublishingChange.version.desc()).limit(1)
    now, says = session().execute(newest).one_or_none() or (0, {})
    if now != version:
        sentence = _l("Somebody changed this meanwhile. What you chose is still here. Look at both, then save again.")
        raise Conflict(sentence, facts={"version": now})
    return dict(says)


def _in_full(these: Changes, others: Changes) -> dict[str, str | int]:
    """What differs between two tables, as one of them has it."""
    differing = [name for name in {**these, **others} if these.get(name) != others.get(name)]
    start = {
        **{str(key): START.step(key) for key in publishing.all_cells()},
        **{one: getattr(START, one) for one in MOST},
    }
    return {name: these.get(name, start[name]) for name in sorted(differing)}
