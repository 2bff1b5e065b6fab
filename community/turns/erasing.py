"""What this room does when a member has left: who her contact was, that she worked here, and what staff asked of each
other about her."""

from __future__ import annotations

from community.core.erasing import rows
from community.turns.models import NewContact, TwoPersonTurn, WorkEnd

new_contacts = rows(NewContact.member_id, NewContact.from_id, NewContact.to_id)
work_ends = rows(WorkEnd.member_id)
two_person_turns = rows(TwoPersonTurn.member_id)
