"""What actions and queries raise. Mapped once for pages (web.py) and once for sockets (live.py).

Every sentence is for the person who meets it: what happened, and what to do next. Lazy translations, so the sentence
comes out in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from community.core.i18n import lazy as _l


class AppError(Exception):
    """An expected refusal. `status` is the HTTP answer, `code` the word sockets carry."""

    status = 500
    code = "error"
    sentence: Any = _l("You did nothing wrong. Try again in a while. If it goes on, tell staff.")

    def __init__(
        self, sentence: Any = None, *, field: str | None = None, facts: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(str(type(self).__name__))
        if sentence is not None:
            self.sentence = sentence
        self.field = field
        self.facts = dict(facts or {})


class NotSignedIn(AppError):
    status, code = 401, "signed_out"
    sentence = _l("You need to sign in first.")


class NotFound(AppError):
    """Does not exist, or not for this viewer: the two must look alike."""

    status, code = 404, "not_found"
    sentence = _l("It may be gone, or it isn't open to you. You did nothing wrong.")


class NotAllowed(AppError):
    """Seen, but not permitted; the sentence says why and what to do instead."""

    status, code = 403, "not_allowed"
    sentence = _l("You can see this, but not change it.")


class NotFresh(AppError):
    """Permitted, once the password has been typed again: pages ask for it and then go on."""

    status, code = 403, "not_fresh"
    sentence = _l("Write your password once more before you change this.")


class Invalid(AppError):
    """Input that cannot be used; `field` names where the sentence belongs."""

    status, code = 422, "invalid"
    sentence = _l("Something in the form needs another look.")


class Conflict(AppError):
    """Somebody was faster; `facts` carries the fresh state."""

    status, code = 409, "conflict"
    sentence = _l("Somebody changed this while you were writing.")


class Gone(AppError):
    status, code = 410, "gone"
    sentence = _l("A link or code works once, and only for a while. Ask staff for a new one. It takes a minute.")


class TooMany(AppError):
    """Too fast; `wait` is whole seconds until the next try counts."""

    status, code = 429, "too_many"

    def __init__(self, wait: int) -> None:
        minutes = -(-wait // 60)
        if wait < 90:
            sentence = _l("That was a lot at once. Wait %(num)s seconds and try again. Nothing is locked.", num=wait)
        else:
            sentence = _l("That was a lot at once. Wait %(num)s minutes and try again. Nothing is locked.", num=minutes)
        super().__init__(sentence, facts={"wait": wait})
        self.wait = wait


class Busy(AppError):
    """The database was locked by somebody else for longer than a person should wait."""

    status, code = 503, "busy"
    sentence = _l("It is crowded here just now. Your text is kept below. Try again in a moment.")


class Full(Busy):
    """The disk is full: nothing new can be kept until somebody has made room."""

    code = "full"
    sentence = _l("There is no room left here to keep anything new just now. Your words stay with you. Tell staff.")
