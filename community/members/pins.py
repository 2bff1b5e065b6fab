"""PINs: short secrets for a page that somebody has already signed in to. They open nothing on their own.

A PIN is hashed under a key of this installation first, so that a stolen database alone is not enough to try all of
them.
"""

from __future__ import annotations

import itertools
import unicodedata

from sqlalchemy import update
from sqlalchemy.orm import InstrumentedAttribute

from community.core import crypto
from community.core.db import transaction
from community.core.errors import Invalid
from community.core.i18n import lazy as _l
from community.members import passwords
from community.members.models import SignInSession as Row
from community.members.people import Viewer

SHORTEST, LONGEST = 4, 8
TRIES = 5  # wrong ones in a row, then the password is asked for

WRONG = _l("That isn't the PIN. Try again.")


def check_new(pin: str) -> str:
    """The PIN as it is kept: 4 to 8 digits, of any script. Raises Invalid by field for another or an obvious one."""
    plain = _plain(pin)
    if not SHORTEST <= len(plain) <= LONGEST or not (plain.isascii() and plain.isdigit()):
        raise Invalid(_l("A PIN has 4 to 8 digits."), field="pin")
    steps = {int(after) - int(before) for before, after in itertools.pairwise(plain)}
    if steps in ({0}, {1}, {-1}):
        raise Invalid(_l("That PIN is too easy to guess. Mix the digits."), field="pin")
    return plain


def hashed(member_id: int, pin: str) -> str:
    """The stored form of a PIN of this member."""
    return passwords.hashed(_keyed(member_id, pin))


def matches(stored: str | None, member_id: int, pin: str) -> bool:
    """Whether `pin` is the one stored."""
    return passwords.matches(stored, _keyed(member_id, pin))


def count_try(viewer: Viewer, tries: InstrumentedAttribute[int]) -> int | None:
    """One more try in this session, counted in its own transaction before the PIN is looked at, so that five tries sent
    at once are five tries. Returns which it is; None after the fifth."""
    this = (Row.id == viewer.session_id) & Row.ended_at.is_(None) & (tries < TRIES)
    with transaction() as s:
        return s.scalar(update(Row).where(this).values({tries: tries + 1}).returning(tries))


def _plain(pin: str) -> str:
    """The same digits typed on two keyboards are the same PIN."""
    return "".join(str(unicodedata.decimal(char, char)) for char in pin if not char.isspace())


def _keyed(member_id: int, pin: str) -> str:
    return crypto.keyed_hash(f"{member_id}:{_plain(pin)}", "pin")
