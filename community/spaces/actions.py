"""Opening spaces. (Editing them without code comes later; a fresh house gets its first ones here.)"""

from __future__ import annotations

from sqlalchemy import func, select

from community.core import audit, clock
from community.core.db import session, transaction
from community.core.policy import require
from community.members import rules as member_rules
from community.members.actions import plain_name
from community.members.models import House
from community.spaces.models import Space

FIRST = (
    ("vardagsrummet", "Vardagsrummet", "Living room", "talk", "all", "green"),
    ("minnen", "Minnen", "Memories", "memories", "all", "honey"),
    ("fraga", "Fråga & svar", "Questions & answers", "questions", "all", "blue"),
    ("utflyttat", "Utflyttat", "Moved out", "talk", "moved_out", "plum"),
)


def open_first_spaces(actor: object) -> None:
    """Open the first spaces and one for every house that has none; what is there already stays. Idempotent."""
    require(actor, member_rules.SUSPEND)
    with transaction() as s:
        known = set(s.scalars(select(Space.slug)))
        for position, (slug, name_sv, name_en, kind, audience, colour) in enumerate(FIRST):
            if slug not in known:
                _open(slug, name_sv, name_en, kind, audience, colour, position * 10)
        with_space = set(s.scalars(select(Space.house_id).where(Space.house_id.is_not(None))))
        for house in s.scalars(select(House).order_by(House.name)):
            if house.id not in with_space:
                _open(_free_slug(house.name), house.name, house.name, "talk", "house", "pine", 25, house_id=house.id)


def _open(
    slug: str, name_sv: str, name_en: str, kind: str, audience: str, colour: str, position: int, **more: int
) -> None:
    space = Space(
        slug=slug,
        name_sv=name_sv,
        name_en=name_en,
        kind=kind,
        audience=audience,
        colour=colour,
        position=position,
        opened_at=clock.now(),
        **more,
    )
    with transaction() as s:
        s.add(space)
        s.flush()
        audit.append(None, "space.opened", f"space:{space.id}")


def _free_slug(name: str) -> str:
    base = plain_name(name) or "hus"
    taken = session().scalar(select(func.count()).select_from(Space).where(Space.slug.startswith(base)))
    return f"{base}{taken + 1}" if taken else base
