"""What this room does when a member has left: what was decided about her goes, with what she wrote against it. What she
decided herself, when she worked here, stays with the one it was about."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from community.acts.models import Act, Appeal, ForGood
from community.core.db import transaction
from community.core.erasing import Leaver
from community.safety.models import Case, CaseStep


def decided_about_her(leaver: Leaver) -> bool:
    """Acts, with objections and second yeses to them."""
    about = select(Act.id).where(Act.member_id == leaver.id)
    with transaction() as s:
        s.execute(delete(Appeal).where(Appeal.act_id.in_(about)))
        s.execute(delete(ForGood).where(ForGood.act_id.in_(about)))
        s.execute(delete(Act).where(Act.member_id == leaver.id))
    return True


def notes_about_her(leaver: Leaver) -> bool:
    """What staff wrote down about what waited. That something waited stays, without words."""
    about = select(Case.id).where(Case.member_id == leaver.id)
    with transaction() as s:
        s.execute(update(CaseStep).where(CaseStep.case_id.in_(about)).values(note_sealed=None))
    return True
