"""What was deleted may still stand as bytes in the database's files, until core/compaction.py writes them anew."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, select

from community.core.audit import AuditLine
from community.core.db import session
from community.lifecycle.erasing import ERASED, Goes
from community.lifecycle.keeping import PASSING
from community.moving.models import Departure

LOOKS_BACK = timedelta(days=2)  # a night that was missed is made up for
TABLES = {name for name, fate in ERASED.items() if isinstance(fate, Goes)} | {
    table for kept in PASSING for table in kept.tables
}
"""Those from which something goes."""
_MACHINES = {kept.key for kept in PASSING if not kept.told}


def there_are(now: datetime) -> bool:
    """Whether something of a person's was deleted since the night before last: somebody left, or a class was cleared
    out. Two queries."""
    lately = now - LOOKS_BACK
    left = or_(Departure.gone_at >= lately, Departure.erased_at >= lately)
    going = Departure.gone_at.is_not(None) & Departure.erased_at.is_(None)
    if session().scalar(select(Departure.id).where(or_(left, going)).limit(1)) is not None:
        return True
    runs = select(AuditLine.facts).where(AuditLine.act == "retention.run", AuditLine.at >= lately)
    return any(
        count
        for facts in session().scalars(runs)
        for key, count in facts.get("gone", {}).items()
        if key not in _MACHINES
    )
