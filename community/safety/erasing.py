"""What this room does when a member has left."""

from __future__ import annotations

from community.core.erasing import rows
from community.safety.models import Heard

heard = rows(Heard.member_id)
