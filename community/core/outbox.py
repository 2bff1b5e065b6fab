"""Letters that must not be lost: a row written in the transaction of its cause, delivered beside everything else.

A row holds ids and the name of a letter, never its words: the words are made when it is sent, in the reader's
language, and a letter whose cause is over is not sent at all. One row for a cause and an address, claimed by one
process under a lease; tried again with ever longer pauses while it is of use. The address and the secret in a link
are sealed, and go once the letter has gone.

A process that dies between the server's "taken" and our own note sends the letter again, under the same Message-ID.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default as default_policy
from email.utils import format_datetime
from typing import Any

from sqlalchemy import JSON, String, Text, UniqueConstraint, delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from community.core import clock, crypto, loop
from community.core.db import Base, new_id, remove, session, transaction
from community.core.i18n import in_language
from community.core.mail import Carrier, Undeliverable

LEASE = timedelta(minutes=2)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
KEPT = timedelta(days=30)
AT_ONCE = 50

# Folded at 78 signs, a long link in a header would be taken apart and coded, and mail programs would not find it.
POLICY = default_policy.clone(max_line_length=998)

_log = logging.getLogger(__name__)


class Letter(Base):
    """One letter to one address, for one cause."""

    __tablename__ = "outbox_letter"
    __table_args__ = (UniqueConstraint("cause", "to_hash"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    cause: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(40))
    to_hash: Mapped[str] = mapped_column(String(64))
    to_sealed: Mapped[str | None] = mapped_column(Text)
    secret_sealed: Mapped[str | None] = mapped_column(Text)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    language: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime]
    good_until: Mapped[datetime]
    next_try_at: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Words:
    """What is written in a letter, in one language; `headers` are for mail programs."""

    subject: str
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)


class NotYet(Exception):
    """Raised by a writer: the letter is of use, but not before `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


Writer = Callable[[dict[str, Any], str | None], Words | None]

_carry: Carrier | None = None
_writers: Mapping[str, Writer] = {}
_from = ""


def configure(carry: Carrier, writers: Mapping[str, Writer], sender: str) -> None:
    """Once per process: who carries, who writes which kind of letter, and the address they come from."""
    global _carry, _writers, _from
    _carry, _writers, _from = carry, writers, sender


def post(
    kind: str,
    to: str,
    *,
    cause: str,
    language: str,
    good_for: timedelta,
    secret: str | None = None,
    **facts: Any,
) -> None:
    """Write a letter in the present transaction; the same cause and address a second time change nothing.

    `facts` are ids and numbers; `secret` is what a link carries, and only the letter knows it.
    """
    id_, now = new_id(), clock.now()
    letter = Letter(
        id=id_,
        cause=cause,
        kind=kind,
        to_hash=crypto.keyed_hash(to, "letter to"),
        to_sealed=crypto.seal(to, f"outbox_letter:{id_}:to"),
        secret_sealed=crypto.seal(secret, f"outbox_letter:{id_}:secret") if secret else None,
        facts=facts,
        language=language,
        created_at=now,
        good_until=now + good_for,
        next_try_at=now,
    )
    try:
        with transaction() as s:
            s.add(letter)
            s.flush()
    except IntegrityError:
        _log.info("a letter for %s is on its way already", cause)


def deliver() -> int:
    """Send what is due; returns how many letters went. A carrier that does not answer ends the round at once, so that
    it costs one waiting and not one for each letter."""
    sent = 0
    for id_ in _due():
        letter = _claim(id_)
        if letter is None:
            continue
        try:
            message = _written(letter)
            if message is not None and _carry is not None:
                _carry(message)
        except Undeliverable:
            _close(letter.id, given_up_at=clock.now())
        except NotYet as wait:
            _put_off(letter, wait.until)
        except Exception as error:  # whatever it is, the letter waits and nothing else does
            _log.warning("letter %s could not be sent: %s", letter.id, type(error).__name__)
            _later(letter)
            break
        else:
            sent += message is not None
            _close(letter.id, **({"sent_at": clock.now()} if message is not None else {"given_up_at": clock.now()}))
    return sent


def watch(every: float = 5.0) -> None:
    """Deliver for as long as the process lives; a failing database is logged and tried again."""
    while True:
        loop.sleep(every)
        try:
            deliver()
        except Exception:
            _log.exception("letters could not be delivered")
        finally:
            remove()


def forget(to: str) -> None:
    """Delete every letter to an address, sent or not, inside the caller's transaction: whoever had it has left."""
    with transaction() as s:
        s.execute(delete(Letter).where(Letter.to_hash == crypto.keyed_hash(to, "letter to")))


def clear_out(now: datetime) -> int:
    """Delete rows of letters that went, or were given up, long ago. Returns how many."""
    with transaction() as s:
        over = (Letter.sent_at < now - KEPT) | (Letter.given_up_at < now - KEPT)
        return int(s.execute(delete(Letter).where(over)).rowcount)  # type: ignore[attr-defined]


def _waiting(now: datetime) -> Any:
    free = or_(Letter.leased_until.is_(None), Letter.leased_until < now, Letter.leased_until > now + LEASE)
    return Letter.sent_at.is_(None) & Letter.given_up_at.is_(None) & (Letter.next_try_at <= now) & free


def _due() -> list[int]:
    found = select(Letter.id).where(_waiting(clock.now())).order_by(Letter.next_try_at, Letter.id).limit(AT_ONCE)
    ids = list(session().scalars(found))
    session().rollback()
    return ids


def _claim(id_: int) -> Letter | None:
    """One conditional UPDATE decides which process sends it. What is of no use any more is put away unsent."""
    now = clock.now()
    with transaction() as s:
        taken = update(Letter).where(Letter.id == id_, _waiting(now)).values(leased_until=now + LEASE)
        if not s.execute(taken).rowcount:  # type: ignore[attr-defined]
            return None
        letter = s.get_one(Letter, id_, populate_existing=True)
        if letter.good_until > now:
            s.expunge(letter)
            return letter
        _close(id_, given_up_at=now)
        return None


def _written(letter: Letter) -> EmailMessage | None:
    """The message itself, or None when its cause is over."""
    place = f"outbox_letter:{letter.id}"
    secret = crypto.unseal(letter.secret_sealed, f"{place}:secret") if letter.secret_sealed else None
    with in_language(letter.language):
        words = _writers[letter.kind](letter.facts, secret)
    session().rollback()
    if words is None:
        return None
    sender = Address(addr_spec=_from)
    message = EmailMessage(policy=POLICY)
    message["From"], message["To"] = sender, crypto.unseal(str(letter.to_sealed), f"{place}:to")
    message["Subject"], message["Date"] = words.subject, format_datetime(letter.created_at)
    message["Message-ID"] = f"<{letter.id}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    for name, value in words.headers.items():
        message[name] = value
    message.set_content(words.body)
    message["Content-Language"] = letter.language  # after the words: they bring their own Content-*
    return message


def _later(letter: Letter) -> None:
    pause = min(FIRST_PAUSE * 2 ** min(letter.tries, 10), LONGEST_PAUSE)
    with transaction() as s:
        values = {"tries": letter.tries + 1, "next_try_at": clock.now() + pause, "leased_until": None}
        s.execute(update(Letter).where(Letter.id == letter.id).values(**values))


def _put_off(letter: Letter, until: datetime) -> None:
    with transaction() as s:
        s.execute(update(Letter).where(Letter.id == letter.id).values(next_try_at=until, leased_until=None))


def _close(id_: int, **when: datetime) -> None:
    with transaction() as s:
        values = {"to_sealed": None, "secret_sealed": None, "leased_until": None, **when}
        s.execute(update(Letter).where(Letter.id == id_).values(**values))
