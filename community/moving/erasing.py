"""What this room does when a member has left."""

from __future__ import annotations

from community.core.erasing import rows
from community.moving.models import Move

moves = rows(Move.member_id)
