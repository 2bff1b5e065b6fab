"""Taking a list of what staff did along: an act of its own."""

from __future__ import annotations

import csv
import io
import json

from community.core import audit, clock, i18n
from community.core.db import transaction
from community.core.errors import Invalid
from community.core.i18n import _
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members import fresh
from community.members.people import Viewer
from community.openness import queries, rules
from community.openness.lines import LineView
from community.openness.queries import EXPORT_MOST, Filters

FORMATS = ("csv", "json")
RUNS = ("=", "+", "-", "@", "\t", "\r")  # what a table program takes for the start of a formula


def export(actor: Viewer, filters: Filters, form: str, reason: str) -> str:
    """The lines the filters leave, as CSV or JSON, and a line of the chain that says who took how many along and why.

    Raises NotAllowed, NotFresh, Invalid by field without a reason and where it is more than fits.
    """
    require(actor, rules.EXPORT_AUDIT)
    fresh.require(actor)
    if not reason.strip():
        raise Invalid(_l("Say why. It stands in the list itself."), field="reason")
    found = queries.all_for(actor, filters)
    if len(found) > EXPORT_MOST:
        raise Invalid(
            _l("That is more than %(max)s lines. Choose fewer days.", max=i18n.number(EXPORT_MOST)), field="from_on"
        )
    with transaction():
        audit.append(actor.id, "audit.exported", "audit", reason=reason, lines=len(found))
    return _as_csv(found) if form == "csv" else _as_json(found)


def _as_csv(lines: list[LineView]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    heads = (_("When"), _("Who"), _("What"), _("Whom"), _("Where"), _("Why"), _("On duty"))
    writer.writerow(heads)
    for line in lines:
        writer.writerow([_safe(cell) for cell in _cells(line)])
    return "\N{BYTE ORDER MARK}" + out.getvalue()  # without it table programs read å as two letters


def _as_json(lines: list[LineView]) -> str:
    names = ("at", "who", "what", "whom", "where", "why", "on_duty")
    rows = [
        {**dict(zip(names, _cells(line), strict=True)), "kind": line.group, "on_duty": line.on_duty} for line in lines
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _cells(line: LineView) -> tuple[str, ...]:
    when = clock.local(line.at).isoformat(timespec="seconds")
    return (when, line.who, line.done, line.whom or "", line.where or "", line.reason or "", duty_words(line))


def duty_words(line: LineView) -> str:
    """Whether she worked just then, in words; nothing where no person did it."""
    if line.on_duty is None:
        return ""
    return _("on duty") if line.on_duty else _("not on duty")


def _safe(cell: str) -> str:
    """A cell that no table program runs."""
    return f"'{cell}" if cell.startswith(RUNS) else cell
