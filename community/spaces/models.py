"""The table of spaces."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, new_id

KINDS = ("talk", "questions", "memories", "ideas", "staff")
AUDIENCES = ("all", "house", "moved_out", "staff")
COLOURS = ("green", "honey", "blue", "plum", "ember", "pine", "sky", "clay", "rose", "moss", "slate")


def _one_of(column: str, allowed: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(word) for word in allowed)})", name=column)


class Space(Base):
    """A place to write. `audience` says who reads; `writers` is the same people or staff alone."""

    __tablename__ = "space"
    __table_args__ = (
        _one_of("kind", KINDS),
        _one_of("audience", AUDIENCES),
        _one_of("writers", ("readers", "staff")),
        CheckConstraint("(audience = 'house') = (house_id IS NOT NULL)", name="house"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name_sv: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(12))
    audience: Mapped[str] = mapped_column(String(12))
    writers: Mapped[str] = mapped_column(String(12), default="readers")
    house_id: Mapped[int | None] = mapped_column(ForeignKey("house.id"))
    colour: Mapped[str] = mapped_column(String(10))
    position: Mapped[int]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    def name(self, lang: str) -> str:
        """The space's name in a language."""
        return self.name_sv if lang == "sv" else self.name_en
