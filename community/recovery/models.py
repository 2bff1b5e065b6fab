"""Tables of e-mail addresses, ways back in, and requests for one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core import crypto
from community.core.db import Base, new_id
from community.members.models import one_of

HOW = ("staff", "request", "mail", "server")
STATES = ("open", "confirmed", "done", "refused", "withdrawn", "stopped")
SEALED = ("name", "years", "phone", "words", "checked_with", "reason")


class EmailAddress(Base):
    """An address of a member: asked for, confirmed, over. Sealed; found by a keyed hash."""

    __tablename__ = "email_address"
    __table_args__ = (Index("ix_email_address_member", "member_id"), Index("ix_email_address_hash", "address_hash"))
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    address_sealed: Mapped[str] = mapped_column(Text)
    address_hash: Mapped[str] = mapped_column(String(64))
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    @property
    def address(self) -> str:
        return crypto.unseal(self.address_sealed, f"email_address:{self.id}:address")


class MailAsk(Base):
    """Somebody asked for a link by e-mail. Written for every name alike; answered beside the page, then deleted."""

    __tablename__ = "way_in_mail_ask"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    said_sealed: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]


class WayIn(Base):
    """A link that lets one member choose a new password, once. Only hashes of its secrets are kept."""

    __tablename__ = "way_in"
    __table_args__ = (one_of("how", HOW), Index("ix_way_in_member", "member_id"))
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    how: Mapped[str] = mapped_column(String(8))
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    stop_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("way_in_request.id"))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    stopped_how: Mapped[str | None] = mapped_column(String(8))


class Request(Base):
    """Somebody can't get in and asks to be called. What she wrote is sealed, and goes when it is settled."""

    __tablename__ = "way_in_request"
    __table_args__ = (one_of("state", STATES), Index("ix_way_in_request_asked", "asked_at"))
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    language: Mapped[str] = mapped_column(String(2))
    name_key: Mapped[str] = mapped_column(String(64))
    place_key: Mapped[str] = mapped_column(String(64))
    first_id: Mapped[int | None] = mapped_column(ForeignKey("way_in_request.id"))  # said again: the one it stands under
    times: Mapped[int] = mapped_column(default=1)
    name_sealed: Mapped[str | None] = mapped_column(Text)
    years_sealed: Mapped[str | None] = mapped_column(Text)
    phone_sealed: Mapped[str | None] = mapped_column(Text)
    words_sealed: Mapped[str | None] = mapped_column(Text)
    house_id: Mapped[int | None] = mapped_column(ForeignKey("house.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    checked_at: Mapped[datetime | None]
    checked_with_sealed: Mapped[str | None] = mapped_column(Text)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    confirmed_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(10), default="open")
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    reason_sealed: Mapped[str | None] = mapped_column(Text)

    def __init__(self, **values: Any) -> None:
        values.setdefault("id", new_id())
        plain = {name: values.pop(name) for name in SEALED if name in values}
        super().__init__(**values)
        for name, text in plain.items():
            self.keep(name, text)

    def keep(self, name: str, text: str) -> None:
        """Seal one of the things written about her."""
        setattr(self, f"{name}_sealed", crypto.seal(text, f"way_in_request:{self.id}:{name}") if text else None)

    def opened(self, name: str) -> str:
        """What `keep` sealed; empty when it has gone."""
        sealed = getattr(self, f"{name}_sealed")
        return crypto.unseal(sealed, f"way_in_request:{self.id}:{name}") if sealed else ""

    def wipe(self) -> None:
        """Her name, number and words go; who did what, and why it was refused, stays."""
        for name in SEALED:
            if name != "reason":
                setattr(self, f"{name}_sealed", None)


class Vouch(Base):
    """A member is asked whether it is her."""

    __tablename__ = "way_in_vouch"
    __table_args__ = (UniqueConstraint("request_id", "member_id"), Index("ix_way_in_vouch_member", "member_id"))
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    request_id: Mapped[int] = mapped_column(ForeignKey("way_in_request.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    asked_by: Mapped[int] = mapped_column(ForeignKey("member.id"))
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answer: Mapped[bool | None]
