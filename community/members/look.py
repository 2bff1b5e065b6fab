"""How pages look for one member: size of text, light or dark, calm, without web fonts, folded texts open or not."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import update

from community.core.db import transaction
from community.core.errors import Invalid
from community.core.policy import require
from community.members import rules
from community.members.models import TEXT_SIZES, THEMES, Member
from community.members.people import Look, Viewer


def be_shown_here(viewer: Viewer, shown: bool) -> None:
    """Whether others in a chat see that the viewer is there. Her open pages come in anew (see `Footing`)."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    if shown != viewer.shown_here:
        with transaction() as s:
            s.execute(update(Member).where(Member.id == viewer.id).values(shown_here=shown))


def change_look(viewer: Viewer, look: Look) -> None:
    """Keep how the viewer wants pages to look, on every device of hers. Raises Invalid by field."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    if look.text_size not in TEXT_SIZES:
        raise Invalid(field="text_size")
    if look.theme not in THEMES:
        raise Invalid(field="theme")
    with transaction() as s:
        s.execute(update(Member).where(Member.id == viewer.id).values(**asdict(look)))
