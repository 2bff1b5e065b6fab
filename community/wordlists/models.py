"""What a house changed about the lists, and what staff said of what was heard. Nothing a member wrote is here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, new_id

LONGEST_PHRASE = 200
LONGEST_KEY = 400
LONGEST_REASON = 200
LANGUAGES = ("sv", "en")
CHANGES = ("added", "removed", "off", "on", "kept")


def _one_of(column: str, allowed: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(one) for one in allowed)})", name=column)


class ListPhrase(Base):
    """A phrase the house added."""

    __tablename__ = "list_phrase"
    __table_args__ = (UniqueConstraint("action", "phrase"), _one_of("language", LANGUAGES))
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    action: Mapped[str] = mapped_column(String(8))
    phrase: Mapped[str] = mapped_column(String(LONGEST_PHRASE))
    language: Mapped[str] = mapped_column(String(2))
    added_at: Mapped[datetime]
    added_by: Mapped[int] = mapped_column(ForeignKey("member.id"))


class ListSwitch(Base):
    """An entry of the lists Hearth comes with that is not heard here."""

    __tablename__ = "list_switch"
    key: Mapped[str] = mapped_column(String(LONGEST_KEY), primary_key=True)
    off_at: Mapped[datetime]
    off_by: Mapped[int] = mapped_column(ForeignKey("member.id"))


class ListChange(Base):
    """One change of the lists: `version` counts them, and is what the lists are called by."""

    __tablename__ = "list_change"
    __table_args__ = (_one_of("kind", CHANGES),)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    mark: Mapped[int] = mapped_column(default=new_id)  # random: two databases never mean two things by it
    kind: Mapped[str] = mapped_column(String(8))
    key: Mapped[str] = mapped_column(String(LONGEST_KEY))
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON))
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))


class PhraseRecord(Base):
    """How often an entry was right and how often not, since it was last looked at. `put_up_at`: it waits for review."""

    __tablename__ = "phrase_record"
    key: Mapped[str] = mapped_column(String(LONGEST_KEY), primary_key=True)
    right: Mapped[int] = mapped_column(default=0)
    wrong: Mapped[int] = mapped_column(default=0)
    put_up_at: Mapped[datetime | None]


class Judgement(Base):
    """What staff said of one entry in one text: meant so, or not this. One to a text and an entry."""

    __tablename__ = "judgement"
    heard_id: Mapped[int] = mapped_column(ForeignKey("heard.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(LONGEST_KEY), primary_key=True)
    right: Mapped[bool]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
