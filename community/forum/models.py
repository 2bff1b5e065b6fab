"""What a thread has beside its stream, and what a question has beside a thread."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base

MODES = ("tell", "ask", "happy")
TAGS = ("money", "housing", "work", "practical", "whom", "lonely")
WORDS = ("true", "not")


class Thread(Base):
    """`mode` is what the writer is after; `just_listen`: no advice, please."""

    __tablename__ = "thread"
    __table_args__ = (CheckConstraint("mode IN ('tell', 'ask', 'happy')", name="mode"),)
    stream_id: Mapped[int] = mapped_column(ForeignKey("stream.id"), primary_key=True)
    mode: Mapped[str] = mapped_column(String(8))
    just_listen: Mapped[bool] = mapped_column(default=False)


class AnswerMark(Base):
    """The one reply of a question that helped. `word` is the last that was said of it later: still true, or not any
    more; None until somebody was asked."""

    __tablename__ = "answer_mark"
    __table_args__ = (CheckConstraint("word IN ('true', 'not')", name="word"),)
    stream_id: Mapped[int] = mapped_column(ForeignKey("thread.stream_id"), primary_key=True)
    piece_id: Mapped[int] = mapped_column(ForeignKey("piece.id", ondelete="CASCADE"))
    marked_by: Mapped[int] = mapped_column(ForeignKey("member.id"))
    marked_at: Mapped[datetime]
    word: Mapped[str | None] = mapped_column(String(4))
    word_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    word_at: Mapped[datetime | None]


class ThreadTag(Base):
    """What a question is about: at most three of six. Its stream says the same in bits (`topics_of`), for the lists."""

    __tablename__ = "thread_tag"
    __table_args__ = (
        CheckConstraint("tag IN ('money', 'housing', 'work', 'practical', 'whom', 'lonely')", name="tag"),
    )
    stream_id: Mapped[int] = mapped_column(ForeignKey("thread.stream_id"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(10), primary_key=True)


def topics_of(tags: Iterable[str]) -> int:
    """Tags as the bits their stream keeps (`Stream.topics`)."""
    return sum(1 << TAGS.index(tag) for tag in set(tags))
