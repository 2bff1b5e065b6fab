"""The publishing table as it holds in this home: the start values with what the newest change says.

Which change is the newest comes with every viewer (`members/queries.py`), who is read for each request, socket event
and job; so it holds in every process from the next one on, and asks the database nothing but once after a change.
"""

from __future__ import annotations

from sqlalchemy import select

from community.core.db import session
from community.safety import publishing
from community.safety.models import PublishingChange
from community.safety.publishing import Table

_known: tuple[int, Table] | None = None


def as_of(mark: int | None) -> Table:
    """The table as a change left it; None: nothing was ever changed. Raises NoResultFound for a change there is not."""
    global _known
    if mark is None:
        return publishing.START
    if _known is None or _known[0] != mark:
        says = session().scalars(select(PublishingChange.says).where(PublishingChange.mark == mark)).one()
        _known = (mark, publishing.changed(says))
    return _known[1]
