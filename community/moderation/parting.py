"""What becomes of what waits for staff, when whoever has it works here no more. Called by `lifecycle/leaving_work.py`,
which has asked."""

from __future__ import annotations

from sqlalchemy import select

from community.core import audit
from community.core.db import transaction
from community.moderation.unmask_models import Unmasking
from community.safety.cases import close_case, note_step, open_case_of
from community.safety.models import Case


def release(member_id: int, by_id: int) -> int:
    """What she had taken is in everybody's queue again; what she asked about a text without a name is asked no more.
    Returns how many cases there were."""
    with transaction() as s:
        rows = list(s.scalars(select(Case).where(Case.claimed_by == member_id, Case.state == "open").with_for_update()))
        for case in rows:
            case.claimed_by = case.claimed_at = case.step_at = None
            note_step(case, by_id, "released")
            audit.append(by_id, "review.released", f"case:{case.id}")
        asked = (Unmasking.asked_by == member_id) & (Unmasking.state == "asked")
        for asking in s.scalars(select(Unmasking).where(asked).with_for_update()):
            asking.state = "refused"
            s.flush()
            waits = open_case_of(f"unmask:{asking.id}", "leads")
            if waits is not None:
                close_case(waits, by_id, "withdrawn")
        return len(rows)
