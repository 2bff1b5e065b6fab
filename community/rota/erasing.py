"""What this room does when somebody has left who once worked here. Which shifts she had stays: the house answers for
who was there."""

from __future__ import annotations

from community.core.erasing import rows
from community.rota.models import Busy

busy = rows(Busy.member_id)
