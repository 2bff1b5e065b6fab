"""What this room does when a member has left."""

from __future__ import annotations

from community.channels.models import PutAway
from community.core.erasing import rows

put_away = rows(PutAway.member_id)
