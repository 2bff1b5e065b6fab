"""What this room does when a member has left."""

from __future__ import annotations

from community.core.erasing import rows
from community.directory.models import Entry

entries = rows(Entry.member_id)
