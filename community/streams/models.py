"""Tables of streams and what is said in them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
    literal_column,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, new_id

STATES = ("published", "held", "returned", "delayed", "hidden", "removed")
PIECE_KINDS = ("opening", "reply", "message")
CHOICES = ("follow", "leave", "mute")
STANDINGS = ("in", "asked", "left", "refused")
REACTIONS = ("heart", "hug", "haha", "glad", "idea", "strong")


TOPICS = 6  # a room may say of its streams what they are about: so many things at most, each a bit of `topics`


def _one_of(column: str, allowed: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(word) for word in allowed)})", name=column)


def _newest_about(topic: int) -> Index:
    """The feed's order among the streams about one thing alone, so that their list costs the same however many."""
    about = text(f"topics & {1 << topic} <> 0")
    name = f"ix_stream_topic_{topic}"
    return Index(name, "listed", "active_at", "id", sqlite_where=about, postgresql_where=about)


class Stream(Base):
    """A row of pieces. Who may read it follows from this row alone: its space, and the house it was said to, if it was
    not said to all who read there; in a space read by name, from its rows in `stream_member` (`by_name.py`).

    `kind` is of the room that draws its page: a thread begins with its opening, a chat and a talk have none.
    `seq` counts events, `last_nr` places; both are raised in the transaction that uses them, and this row is the lock.
    `active_at` is when the newest piece became visible; it orders the feed. `listed`: its opening is published.
    `gentle`: somebody only wants to be heard, or gave a heads-up first, so laughing is not offered.
    `topics`: what it is about, in bits; the room that says so keeps the words.
    `gaps`: how many of its places show nothing, because a host hid what stood there. `locked_at`: no new replies since
    then, until `locked_until` (None: until a host opens it), because of `locked_why`, which everybody reads.
    """

    __tablename__ = "stream"
    __table_args__ = (
        Index("ix_stream_feed", "space_id", "listed", "active_at", "id"),
        Index("ix_stream_active", "listed", "active_at", "id"),
        *map(_newest_about, range(TOPICS)),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    kind: Mapped[str] = mapped_column(String(12))
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    house_id: Mapped[int | None] = mapped_column(ForeignKey("house.id"))
    seq: Mapped[int] = mapped_column(default=0)
    last_nr: Mapped[int] = mapped_column(default=0)
    active_at: Mapped[datetime]
    listed: Mapped[bool] = mapped_column(default=False)
    gentle: Mapped[bool] = mapped_column(default=False)
    topics: Mapped[int] = mapped_column(default=0, server_default="0")
    opening_id: Mapped[int | None]
    gaps: Mapped[int] = mapped_column(default=0, server_default="0")
    locked_at: Mapped[datetime | None]
    locked_until: Mapped[datetime | None]
    locked_why: Mapped[str | None] = mapped_column(String(200))

    @classmethod
    def about(cls, topic: int) -> ColumnElement[bool]:
        """The condition for streams about one thing. Its figures are written out: a database uses an index of some rows
        only where it reads that no others are asked for."""
        bit: ColumnElement[int] = literal_column(str(1 << topic))
        none: ColumnElement[int] = literal_column("0")
        return cls.topics.bitwise_and(bit) != none


class StreamMember(Base):
    """That a member stands in a stream by name: `in` reads it, `asked` may say yes or no and reads nothing before,
    `left` and `refused` read nothing any more. `by_id`: whoever brought her there; `from_nr`: she reads from that place
    on; `asked_at`: when she was asked last."""

    __tablename__ = "stream_member"
    __table_args__ = (_one_of("state", STANDINGS), Index("ix_stream_member_member", "member_id", "state"))
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"), primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(8))
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    from_nr: Mapped[int] = mapped_column(default=0, server_default="0")
    at: Mapped[datetime]
    asked_at: Mapped[datetime | None]


class Bridge(Base):
    """Two who wrote to each other as minors, one of whom turns 18 on `turns_on`: noted 30 days before, for a safety
    lead, who may end it with a reason. What they keep follows from what they wrote, with this row or without it; an
    ended one closes it."""

    __tablename__ = "stream_bridge"
    __table_args__ = (CheckConstraint("low_id < high_id", name="order"), Index("ix_stream_bridge_turns", "turns_on"))
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"), primary_key=True, autoincrement=False)
    low_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False)
    high_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False)
    turns_on: Mapped[date]
    noted_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    why_sealed: Mapped[str | None] = mapped_column(Text)


class KeptOpen(Base):
    """That a stream of a house stays open to somebody who moves out of it, to read and to write in, until a moment (her
    farewell). `closed_at`: when that was noticed, and her open pages told."""

    __tablename__ = "kept_open"
    __table_args__ = (Index("ix_kept_open_member", "member_id"),)
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"), primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False)
    until: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Piece(Base):
    """Something somebody said. `nr` is its place, given when it becomes visible; `html` is safe and holds no name.

    `unnamed`: written without her name, so `author_id` is for the rules alone and reaches nobody's page. `due_at`: when
    a delayed one takes its place. `note` warns of what it is about, and folds it. A quote is kept as whom it quotes (a
    piece of the same stream), in which version, and from where to where in that piece's plain words, both None for its
    beginning: never as words. `check_at`: since when it stands unread by a host who is to read it (see `CheckedMark`).
    `held_why`: what a held one waits for (`safety/publishing.py`), or that a list holds it. `decided_by`: the host who
    brought it into its present state; None: its author, or the gate. `note_by`: the host who gave the heads-up.
    `rewrite_until`: a host asked for other words, so its author may change it until then. `pictures`: how many hang on
    it, so that nobody looks for them where there are none.
    """

    __tablename__ = "piece"
    __table_args__ = (
        _one_of("state", STATES),
        _one_of("kind", PIECE_KINDS),
        UniqueConstraint("author_id", "client_id"),
        UniqueConstraint("stream_id", "nr"),
        Index("ix_piece_author", "author_id", "written_at"),
        Index(
            "ix_piece_due", "due_at", sqlite_where=text("state = 'delayed'"), postgresql_where=text("state = 'delayed'")
        ),
        Index("ix_piece_stream_author", "stream_id", "author_id"),
        Index("ix_piece_quote", "quote_id"),
        Index(
            "ix_piece_check",
            "check_at",
            sqlite_where=text("check_at IS NOT NULL"),
            postgresql_where=text("check_at IS NOT NULL"),
        ),
        Index(
            "ix_piece_pictured",
            "published_at",
            "id",
            sqlite_where=text("pictures > 0"),
            postgresql_where=text("pictures > 0"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(10))
    nr: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)
    seq: Mapped[int] = mapped_column(default=0)
    title: Mapped[str | None] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(String(120))
    quote_id: Mapped[int | None]
    quote_version: Mapped[int | None]
    quote_from: Mapped[int | None]
    quote_to: Mapped[int | None]
    lang: Mapped[str] = mapped_column(String(2))
    client_id: Mapped[str] = mapped_column(String(36))
    written_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    unnamed: Mapped[bool] = mapped_column(default=False, server_default=false())
    due_at: Mapped[datetime | None]
    check_at: Mapped[datetime | None]
    held_why: Mapped[str | None] = mapped_column(String(8))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    note_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    rewrite_until: Mapped[datetime | None]
    pictures: Mapped[int] = mapped_column(default=0, server_default="0")

    @classmethod
    def by_name(cls) -> ColumnElement[bool]:
        """The condition for pieces that show who wrote them: what counts as hers wherever somebody else sees it (her
        page, who may be mentioned). The one place that says so."""
        return cls.unnamed.is_(False)


class PieceRevision(Base):
    """What a piece said before an edit."""

    __tablename__ = "piece_revision"
    piece_id: Mapped[int] = mapped_column(ForeignKey("piece.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str | None] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(String(120))
    replaced_at: Mapped[datetime]
    replaced_by: Mapped[int] = mapped_column(ForeignKey("member.id"))


class WaitingEdit(Base):
    """What its author wants a published piece to say, while somebody has to read that first. The piece stands as it
    is; a later change of hers takes this one's place. `returned`: a host sent it back, and her words are kept
    for her."""

    __tablename__ = "waiting_edit"
    piece_id: Mapped[int] = mapped_column(ForeignKey("piece.id", ondelete="CASCADE"), primary_key=True)
    title: Mapped[str | None] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(String(120))
    why: Mapped[str | None] = mapped_column(String(8))
    at: Mapped[datetime]
    returned: Mapped[bool] = mapped_column(default=False, server_default=false())


class CheckedMark(Base):
    """Up to which moment a host has had on her screen what stands in a space unread: one mark for a space, and one for
    what is said there to each house alone (`house_id` 0: to all who read it)."""

    __tablename__ = "checked_mark"
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"), primary_key=True)
    house_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    until: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]


class PieceTold(Base):
    """What a host said to the author of a piece that waits for her: sent back, hidden, or to be written anew. The words
    are sealed; `act_id` is the decision they belong to."""

    __tablename__ = "piece_told"
    piece_id: Mapped[int] = mapped_column(
        ForeignKey("piece.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    act_id: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(String(20))
    words_sealed: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime]


class Reaction(Base):
    """One member's one kind of reaction to one piece."""

    __tablename__ = "reaction"
    __table_args__ = (_one_of("kind", REACTIONS),)
    piece_id: Mapped[int] = mapped_column(ForeignKey("piece.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    made_at: Mapped[datetime]


class StreamEvent(Base):
    """That something about a piece changed: ids, never text. `prev` is the event before it in the same stream."""

    __tablename__ = "stream_event"
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    prev: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    piece_id: Mapped[int]
    by_id: Mapped[int]
    at: Mapped[datetime]


class Mention(Base):
    """That a piece names a member, by `@` and her name."""

    __tablename__ = "mention"
    __table_args__ = (Index("ix_mention_member", "member_id"),)
    piece_id: Mapped[int] = mapped_column(ForeignKey("piece.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)


class Draft(Base):
    """An unsent text, sealed; nobody but its writer ever reads it. `place` is 'new' or 'reply:<stream>'."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("member_id", "place"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    place: Mapped[str] = mapped_column(String(40))
    sealed: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime]


class ReadMark(Base):
    """Up to which place a member has read a stream."""

    __tablename__ = "read_mark"
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"), primary_key=True)
    nr: Mapped[int]
    marked_at: Mapped[datetime]


class StreamChoice(Base):
    """What a member wants to hear of a stream, where she chose. Without a choice she follows what she wrote in."""

    __tablename__ = "stream_choice"
    __table_args__ = (_one_of("choice", CHOICES),)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"), primary_key=True)
    choice: Mapped[str] = mapped_column(String(8))
    chosen_at: Mapped[datetime]


class MutedPerson(Base):
    """Whose pieces are folded for a member. Nobody else learns of it."""

    __tablename__ = "muted_person"
    __table_args__ = (Index("ix_muted_person_muted", "muted_id"),)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    muted_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    muted_at: Mapped[datetime]


class MutedWords(Base):
    """The words a member does not want to meet by surprise: a list as JSON, sealed, because it tells of her."""

    __tablename__ = "muted_words"
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False)
    sealed: Mapped[str] = mapped_column(Text)


class Saved(Base):
    """A piece in a member's own list."""

    __tablename__ = "saved"
    __table_args__ = (Index("ix_saved_list", "member_id", "saved_at", "piece_id"),)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    piece_id: Mapped[int] = mapped_column(ForeignKey("piece.id", ondelete="CASCADE"), primary_key=True)
    saved_at: Mapped[datetime]
