"""The table of exports: that a member asked for everything kept about her, how far it is, and where the file lies."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from community.core.db import Base
from community.core.made_files import STATES, WHYS, MadeFile, one_of


class Export(MadeFile, Base):
    """One file of everything for one member. `letter_at`: since when no letter is owed of it."""

    __tablename__ = "my_data_export"
    __table_args__ = (
        one_of("state", STATES),
        one_of("why", WHYS),
        UniqueConstraint("member_id", "is_open"),
        Index("ix_my_data_export_member", "member_id", "asked_at"),
        Index("ix_my_data_export_state", "state", "good_until"),
    )
    letter_at: Mapped[datetime | None]

    def sealed_place(self) -> str:
        return f"my_data_export:{self.id}:key"
