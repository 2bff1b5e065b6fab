"""Tables of photos and of the people in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, new_id
from community.members.models import one_of

WHO = ("nobody", "people", "unseen")
ANSWERS = ("yes", "blur", "no")
STAFF_ANSWERS = ("yes", "no")
PORTRAIT_STATES = ("waits", "shown", "claimed")


class Photo(Base):
    """A picture somebody put up. It hangs on a piece at a position, or on none yet; then it is its uploader's alone.

    `who`: what she said of who is in it (nobody; the people named in `photo_person`; somebody who must not be seen),
    None before she has. `cells`: the squares she wants blurred; `blurred`: those that are blurred in the files as they
    are; `stale`: an answer has changed since they were drawn. `blur_unanswered`: whoever has not answered is blurred,
    and the rest is shown. `needs_host`: children read it there, so a host confirms who is in it; `confirmed_by`: who
    did. The keys open the files; forgotten, they are gone.
    """

    __tablename__ = "photo"
    __table_args__ = (
        one_of("who", WHO),
        UniqueConstraint("uploader_id", "client_id"),
        Index("ix_photo_piece", "piece_id", "position"),
        Index("ix_photo_made", "made_at"),
        Index("ix_photo_stale", "stale"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    uploader_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    client_id: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime]
    width: Mapped[int]
    height: Mapped[int]
    moves: Mapped[bool]
    shown_name: Mapped[str] = mapped_column(String(32))
    shown_key_sealed: Mapped[str] = mapped_column(Text)
    master_name: Mapped[str] = mapped_column(String(32))
    master_key_sealed: Mapped[str] = mapped_column(Text)
    alt_sealed: Mapped[str | None] = mapped_column(Text)
    who: Mapped[str | None] = mapped_column(String(8))
    cells: Mapped[list[int]] = mapped_column(JSON, default=list)
    blurred: Mapped[list[int]] = mapped_column(JSON, default=list)
    blur_unanswered: Mapped[bool] = mapped_column(default=False, server_default=false())
    piece_id: Mapped[int | None] = mapped_column(ForeignKey("piece.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    stale: Mapped[bool] = mapped_column(default=False, server_default=false())
    needs_host: Mapped[bool] = mapped_column(default=True)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    confirmed_at: Mapped[datetime | None]


class PhotoPerson(Base):
    """That a member is in a photo: named by its uploader, or `claimed` by herself. `answer`: hers, None before she has;
    `minor`: she was under 18 when she was asked or answered, so staff say yes too. `cells`: where she is."""

    __tablename__ = "photo_person"
    __table_args__ = (
        one_of("answer", ANSWERS),
        one_of("staff_answer", STAFF_ANSWERS),
        Index("ix_photo_person_member", "member_id"),
    )
    photo_id: Mapped[int] = mapped_column(
        ForeignKey("photo.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False)
    claimed: Mapped[bool] = mapped_column(default=False)
    minor: Mapped[bool]
    cells: Mapped[list[int]] = mapped_column(JSON, default=list)
    asked_at: Mapped[datetime | None]
    again_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(String(4))
    answered_at: Mapped[datetime | None]
    staff_answer: Mapped[str | None] = mapped_column(String(4))
    staff_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    staff_at: Mapped[datetime | None]


class Portrait(Base):
    """A picture of herself that a member put up instead of the drawn one, cut to a square; one at most.

    `waits`: a host has not looked; `claimed`: `claimed_by` says that she is in it, so it is hidden
    until a host has looked. Which one stands for everybody is kept with the member too (`Member.portrait`), so that
    whoever shows people asks nothing more. The key opens the files; forgotten, they are gone.
    """

    __tablename__ = "portrait"
    __table_args__ = (one_of("state", PORTRAIT_STATES), UniqueConstraint("member_id"))
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime]
    name: Mapped[str] = mapped_column(String(32))
    key_sealed: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(8))
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    confirmed_at: Mapped[datetime | None]
