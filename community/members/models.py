"""Tables of people, how they came in, and what they may."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    BindParameter,
    CheckConstraint,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
    or_,
    true,
)
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from community.core import crypto
from community.core.db import Base, new_id

KINDS = ("resident", "alumnus", "staff")
DUTIES = ("moderator", "safeguarding_lead", "house_manager", "facilitator", "key_worker")
TEXT_SIZES = ("normal", "larger", "largest")
THEMES = ("device", "light", "dark")
SANCTIONS = ("cooled_off", "paused", "suspended", "break")
EXCLUSIONS = ("block", "separation")
TRUST_KINDS = ("known", "young")
CONNECTION_STATES = ("asked", "waiting", "approved", "refused", "ended")
HELLO_OFFERS = 2  # how often somebody new is offered to say hello


def one_of(column: str, allowed: tuple[str, ...]) -> CheckConstraint:
    """A column that holds one of a few words."""
    words = ", ".join(f"'{word}'" for word in allowed)
    return CheckConstraint(f"{column} IN ({words})", name=column)


class House(Base):
    """A home. Its name is shown to members only."""

    __tablename__ = "house"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    name: Mapped[str] = mapped_column(String(80), unique=True)


class Member(Base):
    """A person with an account. Kind, badge and house come from her periods."""

    __tablename__ = "member"
    __table_args__ = (one_of("text_size", TEXT_SIZES), one_of("theme", THEMES))
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    sign_in_name: Mapped[str] = mapped_column(String(60), unique=True)
    display_name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2))
    avatar: Mapped[str | None] = mapped_column(String(8))
    colour: Mapped[str] = mapped_column(String(1), default="a")
    portrait: Mapped[str | None] = mapped_column(String(8))  # which picture of herself stands, for everybody (photos)
    birth_on_sealed: Mapped[str | None] = mapped_column(Text)
    adult_checked_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    adult_checked_at: Mapped[datetime | None]
    protected: Mapped[bool] = mapped_column(default=False)
    rules_version: Mapped[int] = mapped_column(default=0)
    joined_at: Mapped[datetime]
    hello_again_at: Mapped[datetime | None]
    hello_asked: Mapped[int] = mapped_column(default=0)
    leaving_at: Mapped[datetime | None]  # she has asked to leave, and may change her mind until then
    left_at: Mapped[datetime | None]
    text_size: Mapped[str] = mapped_column(String(8), default="normal", server_default="normal")
    theme: Mapped[str] = mapped_column(String(8), default="device", server_default="device")
    calm: Mapped[bool] = mapped_column(default=False, server_default=false())
    saver: Mapped[bool] = mapped_column(default=False, server_default=false())
    notes_open: Mapped[bool] = mapped_column(default=False, server_default=false())
    tablet_pin_hash: Mapped[str | None] = mapped_column(String(200))
    app_pin_hash: Mapped[str | None] = mapped_column(String(200))
    frozen_at: Mapped[datetime | None]  # "It wasn't me": nobody comes in until staff have met her
    private_shut_until: Mapped[datetime | None]  # somebody helped her back in; her private side waits
    way_in_id: Mapped[int | None]  # the way back in she is told about, and may stop
    acts_unseen: Mapped[int] = mapped_column(default=0, server_default="0")  # what staff did about her, new to her
    shown_here: Mapped[bool] = mapped_column(default=True, server_default=true())  # in a chat, that she is there
    remembered_at: Mapped[datetime | None]  # she has died: kept, locked, and offered nowhere
    new_contact_id: Mapped[int | None]  # that her contact person is another one, while she has not read it
    data_ready_until: Mapped[datetime | None]  # the file of all her data waits for her, and she has not looked

    def __init__(self, **values: object) -> None:
        values.setdefault("id", new_id())  # the id is part of what binds sealed columns to this row
        birth_on = values.pop("birth_on", None)
        super().__init__(**values)
        if isinstance(birth_on, date):
            self.birth_on_sealed = crypto.seal(birth_on.isoformat(), f"member:{self.id}:birth_on")


class Dated:
    """What holds from a day (counted) to a day (not counted; None: nobody knows yet)."""

    from_on: Mapped[date] = mapped_column(Date)
    to_on: Mapped[date | None] = mapped_column(Date)

    @classmethod
    def holds_on(cls, day: date | BindParameter[date] | InstrumentedAttribute[date]) -> ColumnElement[bool]:
        """The condition for those that hold on a day."""
        return (cls.from_on <= day) & or_(cls.to_on.is_(None), cls.to_on > day)


class MembershipPeriod(Dated, Base):
    """What a member was, where, from a day (counted) to a day (not counted). The newest current one wins."""

    __tablename__ = "membership_period"
    __table_args__ = (one_of("kind", KINDS), Index("ix_membership_period_member_from", "member_id", "from_on"))
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[str] = mapped_column(String(10))
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id"))


class Duty(Dated, Base):
    """A power for a task, given by a house manager, dated. `resident_id` names whom a key worker is there for."""

    __tablename__ = "duty"
    __table_args__ = (one_of("kind", DUTIES), Index("ix_duty_member", "member_id"))
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[str] = mapped_column(String(20))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    given_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))


class Sanction(Base):
    """A limit on what a member may do, from a moment to a moment (open: until lifted)."""

    __tablename__ = "sanction"
    __table_args__ = (one_of("kind", SANCTIONS), Index("ix_sanction_member", "member_id"))
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[str] = mapped_column(String(12))
    space_id: Mapped[int | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    given_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))


class Exclusion(Base):
    """Two people who are nowhere shown to each other: a block by one of them, or a separation set by staff.

    `low_id` < `high_id`, so a pair has one row for each kind and maker.
    """

    __tablename__ = "exclusion"
    __table_args__ = (
        one_of("kind", EXCLUSIONS),
        CheckConstraint("low_id < high_id", name="ordered"),
        UniqueConstraint("low_id", "high_id", "kind", "made_by"),
        Index("ix_exclusion_high", "high_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    low_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    high_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[str] = mapped_column(String(12))
    made_by: Mapped[int] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime]


class Connection(Base):
    """That a minor and an adult who does not work here want to write to each other. `minor_id` None: the adult has
    asked staff by a name (`about_sealed`), and nobody has said yet who that is. asked: one of the two has said so;
    waiting: both have, and a safety lead decides. `is_open` is true or empty, so that a pair has one open row.
    `review_on`: the day by which a lead looks again; `review_told_at`: since when the leads know that it has come."""

    __tablename__ = "connection"
    __table_args__ = (
        one_of("state", CONNECTION_STATES),
        UniqueConstraint("minor_id", "adult_id", "is_open"),
        Index("ix_connection_adult", "adult_id"),
        Index("ix_connection_state", "state", "review_on"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    minor_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    adult_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    is_open: Mapped[bool | None]
    state: Mapped[str] = mapped_column(String(10))
    about_sealed: Mapped[str | None] = mapped_column(Text)
    minor_words_sealed: Mapped[str | None] = mapped_column(Text)
    minor_said_at: Mapped[datetime | None]
    adult_words_sealed: Mapped[str | None] = mapped_column(Text)
    adult_said_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    decided_at: Mapped[datetime | None]
    reason_sealed: Mapped[str | None] = mapped_column(Text)
    review_on: Mapped[date | None] = mapped_column(Date)
    review_told_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str | None] = mapped_column(String(12))
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class ToldPiece(Base):
    """That a piece is not there for a member, because she told staff of it; until she shows it to herself again. It
    stands on this floor because it is part of what makes her a viewer, and is read with that."""

    __tablename__ = "told_piece"
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    piece_id: Mapped[int] = mapped_column(ForeignKey("piece.id", ondelete="CASCADE"), primary_key=True)
    told_at: Mapped[datetime]


class Profile(Base):
    """What a member chose to tell of herself, beside name and picture. `waiting` is her text before a host has read it;
    until then `about` stands; `returned` is what was sent back to her. `tells_year`: of whoever has moved out, the year
    stands by her name on her page."""

    __tablename__ = "profile"
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False)
    about: Mapped[str] = mapped_column(Text, default="")
    waiting: Mapped[str] = mapped_column(Text, default="")
    returned: Mapped[str] = mapped_column(Text, default="", server_default="")
    tells_year: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime]


class Trust(Base):
    """What one of staff has said of a member's posts: an adult is known to whoever invited her, so that her first ones
    need not wait; a child's are read after they stand (kind young). Until somebody ends it."""

    __tablename__ = "trust"
    __table_args__ = (one_of("kind", TRUST_KINDS), Index("ix_trust_member", "member_id"))
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[str] = mapped_column(String(8))
    given_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    given_at: Mapped[datetime]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    ended_at: Mapped[datetime | None]


class Invitation(Base):
    """A way in for one person, once, for fourteen days. Only hashes of its link and its typed code are kept."""

    __tablename__ = "invitation"
    __table_args__ = (one_of("kind", KINDS),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id"))
    preset_name: Mapped[str | None] = mapped_column(String(80))
    birth_on_sealed: Mapped[str | None] = mapped_column(Text)
    adult_checked: Mapped[bool] = mapped_column(default=False)
    known: Mapped[bool] = mapped_column(default=False, server_default=false())  # whoever made it knows this person
    duty: Mapped[str | None] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(2), default="sv")
    key_worker_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    cancelled_at: Mapped[datetime | None]


class SignInSession(Base):
    """One signed-in browser. Ended rows stay for a while, so that an ended session knows whose it was."""

    __tablename__ = "sign_in_session"
    __table_args__ = (Index("ix_sign_in_session_member", "member_id"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    kept: Mapped[bool]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    password_at: Mapped[datetime | None]  # when the password was last typed in it
    factor_at: Mapped[datetime | None]  # when the second step was given in it, or a passkey that is both steps
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str | None] = mapped_column(String(20))
    device: Mapped[str] = mapped_column(String(40), default="", server_default="")
    house_tablet: Mapped[bool] = mapped_column(default=False, server_default=false())
    locked_at: Mapped[datetime | None]  # locked by hand; after ten idle minutes it is locked without this
    lock_tries: Mapped[int] = mapped_column(default=0, server_default="0")
    private_at: Mapped[datetime | None]  # when a page behind the app lock was last opened in it
    private_tries: Mapped[int] = mapped_column(default=0, server_default="0")


class AuthenticatorApp(Base):
    """A member's second step. `used_steps` are the half-minutes of its latest codes: none of them is good again,
    whatever the clock says."""

    __tablename__ = "authenticator_app"
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False)
    secret_sealed: Mapped[str] = mapped_column(Text)
    used_steps: Mapped[list[int]] = mapped_column(JSON, default=list)
    made_at: Mapped[datetime]


class RecoveryCode(Base):
    """One of ten codes on paper, each good once. Only a keyed hash is kept."""

    __tablename__ = "recovery_code"
    __table_args__ = (Index("ix_recovery_code_member", "member_id"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Passkey(Base):
    """The public half of a key that a member's device keeps. Opens nothing by itself, so it is not sealed."""

    __tablename__ = "passkey"
    __table_args__ = (Index("ix_passkey_member", "member_id"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[str] = mapped_column(Text)
    sign_count: Mapped[int]
    name: Mapped[str] = mapped_column(String(60))
    made_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]


class SpentChallenge(Base):
    """A passkey's question that has been answered: it is not answered twice."""

    __tablename__ = "spent_challenge"
    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    spent_at: Mapped[datetime]


class RulesVersion(Base):
    """A version of the house rules after the first, which comes with Hearth: seven sentences in both languages, and
    why they changed, for everybody to read."""

    __tablename__ = "rules_version"
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sentences: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    why_sv: Mapped[str] = mapped_column(Text)
    why_en: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]


class Incident(Base):
    """A time in which everything is read-only for everybody, and the words that say why. `is_open` is true or empty,
    so that at most one is open. `started_by` None: the server's own command line."""

    __tablename__ = "incident"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    is_open: Mapped[bool | None] = mapped_column(unique=True)
    words_sv: Mapped[str] = mapped_column(Text)
    words_en: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    started_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    started_at: Mapped[datetime]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str | None] = mapped_column(Text)


class Reading(Base):
    """That somebody who works here read something private of a member's: who, what and why, for her to see.
    `why_sealed` is what was written; `reason` a word of our list."""

    __tablename__ = "reading"
    __table_args__ = (Index("ix_reading_member", "member_id", "at"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    what: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(20))
    why_sealed: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime]
