"""The table of the directory."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base


class Entry(Base):
    """That a member stands in the directory, and what it shows of her beside her name. No row: she does not."""

    __tablename__ = "directory_entry"
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False)
    shows_picture: Mapped[bool]
    shows_house: Mapped[bool]
    shows_years: Mapped[bool]
    opened_at: Mapped[datetime]
