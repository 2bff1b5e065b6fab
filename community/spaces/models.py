"""The tables of spaces and of what was changed about them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, new_id

KINDS = ("talk", "questions", "memories", "ideas", "staff")
AUDIENCES = ("all", "house", "moved_out", "staff")
BY_NAME = ("named", "team")
"""Audiences of the two spaces nobody opens as a channel: each of their streams says by name who reads it."""
WRITERS = ("readers", "staff")
CHANGES = ("opened", "changed", "closed", "reopened", "moved")
LONGEST_NAME, LONGEST_ABOUT = 40, 140
COLOURS = ("green", "honey", "blue", "plum", "ember", "pine", "sky", "clay", "rose", "moss", "slate")


def _one_of(column: str, allowed: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(word) for word in allowed)})", name=column)


class Space(Base):
    """A place to write. `audience` says who reads; `writers` is the same people or staff alone. `asks_whom`: who writes
    here chooses between everybody and her own house. `version` counts changes made by hand.

    Two rows are no channels: `named`, whose streams are read by whoever stands in them, and `team`, whose streams are
    read by the member named there and by staff of the house. No list that goes by what somebody reads has them."""

    __tablename__ = "space"
    __table_args__ = (
        _one_of("kind", KINDS),
        _one_of("audience", (*AUDIENCES, *BY_NAME)),
        _one_of("writers", WRITERS),
        CheckConstraint("(audience = 'house') = (house_id IS NOT NULL)", name="house"),
        CheckConstraint("NOT asks_whom OR audience = 'all'", name="asks_whom"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name_sv: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60))
    about_sv: Mapped[str] = mapped_column(String(140), default="", server_default="")
    about_en: Mapped[str] = mapped_column(String(140), default="", server_default="")
    kind: Mapped[str] = mapped_column(String(12))
    audience: Mapped[str] = mapped_column(String(12))
    writers: Mapped[str] = mapped_column(String(12), default="readers")
    house_id: Mapped[int | None] = mapped_column(ForeignKey("house.id"))
    colour: Mapped[str] = mapped_column(String(10))
    position: Mapped[int]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    asks_whom: Mapped[bool] = mapped_column(default=False, server_default=false())
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    def name(self, lang: str) -> str:
        """The space's name in a language."""
        return self.name_sv if lang == "sv" else self.name_en

    def about(self, lang: str) -> str:
        """What the space is for, in a language; empty where nobody has said."""
        return self.about_sv if lang == "sv" else self.about_en


class SpaceChange(Base):
    """One line of a space's history: who changed what, with the values before and after. `by_id` None is the server's
    own command line; `fields` is {field: [before, after]}."""

    __tablename__ = "space_change"
    __table_args__ = (_one_of("kind", CHANGES), Index("ix_space_change_space", "space_id", "at", "id"))
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(8))
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
