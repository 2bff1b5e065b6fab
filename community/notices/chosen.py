"""What a member wants to hear, as she chose it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from community.core.db import session
from community.members.people import ADULT, Viewer
from community.notices.models import CHANNELS, KINDS, NoticeChoice, NoticeSettings, NoticeSpace
from community.notices.recipients import MAIL_DEFAULT


@dataclass(frozen=True)
class Chosen:
    """What a member wants to hear: kinds by channel, whether letters at all, quiet at night, channels of the group."""

    kinds: dict[tuple[str, str], bool]
    letters: bool
    quiet: bool
    spaces: dict[int, str]


def chosen_by(viewer: Viewer) -> Chosen:
    """What the viewer wants to hear. Without a choice: everything here, no letters, and quiet nights for minors."""
    s = session()
    settings = s.get(NoticeSettings, viewer.id, populate_existing=True)
    kinds = {(kind, channel): channel == "app" or MAIL_DEFAULT[kind] for kind in KINDS for channel in CHANNELS}
    for choice in s.scalars(select(NoticeChoice).where(NoticeChoice.member_id == viewer.id)):
        kinds[choice.kind, choice.channel] = choice.wanted
    wishes = select(NoticeSpace.space_id, NoticeSpace.wish).where(NoticeSpace.member_id == viewer.id)
    return Chosen(
        kinds, settings is not None and settings.letters, _quiet(viewer, settings), dict(s.execute(wishes).all())
    )


def letters_wanted(viewer: Viewer) -> tuple[bool, bool]:
    """Whether the viewer wants letters, and whether they wait at night."""
    settings = session().get(NoticeSettings, viewer.id, populate_existing=True)
    return settings is not None and settings.letters, _quiet(viewer, settings)


def _quiet(viewer: Viewer, settings: NoticeSettings | None) -> bool:
    if settings is None or settings.quiet is None:
        return viewer.age_band != ADULT
    return settings.quiet
