"""Passwords: argon2id off the loop, at most four at once; length and guessability, no composition rules."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from zxcvbn import zxcvbn

from community.core import loop
from community.core.errors import Invalid
from community.core.i18n import lazy as _l
from community.members.word_list import SUGGESTION_WORDS

SHORTEST, LONGEST = 10, 128
GUESSES_NEEDED = 10**8
LOOKED_AT = 72  # the estimator's time grows fast with length, its verdict does not change after this

_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_places = [loop.lock() for _place in range(4)]
_nobody = _hasher.hash(secrets.token_urlsafe())


def configure(*, time_cost: int, memory_cost: int, parallelism: int) -> None:
    """Set the work factor (tests use a small one)."""
    global _hasher, _nobody
    _hasher = PasswordHasher(time_cost=time_cost, memory_cost=memory_cost, parallelism=parallelism)
    _nobody = _hasher.hash(secrets.token_urlsafe())


def hashed(password: str) -> str:
    """The stored form. The caller waits, the loop does not."""
    with _place():
        return loop.off_loop(_hasher.hash, _plain(password))


def matches(stored: str | None, password: str) -> bool:
    """Whether `password` is the one stored. A missing account costs the same time as a wrong password."""
    with _place():
        found = loop.off_loop(_verify, stored or _nobody, _plain(password))
    return found and stored is not None


def outdated(stored: str) -> bool:
    """Whether the stored form was made with another work factor."""
    return _hasher.check_needs_rehash(stored)


def check_new(password: str, *context_words: str) -> None:
    """Raise Invalid for a password too short, too long, or easy to guess (the person's own words included)."""
    if len(password) < SHORTEST:
        raise Invalid(_l("At least 10 characters. Three words are good."), field="password")
    if len(password) > LONGEST:
        raise Invalid(_l("At most 128 characters."), field="password")
    own = [word.casefold() for word in context_words if len(word) > 2]
    if any(word in password.casefold() and len(password) - len(word) < SHORTEST for word in own):
        raise Invalid(_l("Your name is in it. Choose something only you think of."), field="password")
    if loop.off_loop(_guesses, password[:LOOKED_AT], own) < GUESSES_NEEDED:
        raise Invalid(_l("That is too easy to guess. Add one more word."), field="password")


def suggestion(lang: str) -> str:
    """Three different everyday words, as in 'lampa moped blåbär': with one of them twice it would be refused."""
    return " ".join(secrets.SystemRandom().sample(SUGGESTION_WORDS[lang], 3))


def _plain(password: str) -> str:
    """The same password typed on two keyboards is the same password."""
    return unicodedata.normalize("NFC", password)


def _verify(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def _guesses(password: str, own: list[str]) -> float:
    return float(zxcvbn(password, user_inputs=own)["guesses"])


@contextmanager
def _place() -> Iterator[None]:
    """One of four places; hashing more at once would only eat memory."""
    place = next((free for free in _places if free.acquire(blocking=False)), None)
    if place is None:
        place = secrets.choice(_places)
        place.acquire()
    try:
        yield
    finally:
        place.release()
