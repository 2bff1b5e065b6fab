"""What this room does when a member has left: nobody is told anything any more."""

from __future__ import annotations

from community.core.erasing import rows
from community.notices.models import Notice, NoticeChoice, NoticeSettings, NoticeSpace, OwnCard

notices = rows(Notice.member_id)
cards = rows(OwnCard.member_id)
choices = rows(NoticeChoice.member_id)
settings = rows(NoticeSettings.member_id)
spaces = rows(NoticeSpace.member_id)
