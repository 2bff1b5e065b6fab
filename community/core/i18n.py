"""Two languages, complete: Swedish and English. Source strings are English; catalogues are compiled at set-up.

Whose language counts is handed in by `community.app`: the signed-in member's choice, else the visitor's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from babel.dates import format_date
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, request
from flask_babel import Babel, force_locale, get_locale
from flask_babel.speaklater import LazyString

from community.core import clock

LANGUAGES = ("sv", "en")
DEFAULT = "sv"

_FOLDER = Path(__file__).parents[1] / "translations"

__all__ = [
    "DEFAULT",
    "LANGUAGES",
    "_",
    "calendar_day",
    "decimal",
    "in_language",
    "language",
    "lazy",
    "lazy_time",
    "long_month",
    "month",
    "month_name",
    "number",
    "plural",
    "short_day",
    "short_time",
    "span",
]


def init_app(app: Flask, chosen: Callable[[], str | None]) -> None:
    """`chosen()` gives the person's stored language or None; then the browser's wish counts, then Swedish."""

    def select() -> str:
        wanted = chosen()
        if wanted in LANGUAGES:
            return wanted
        if has_request_context():
            return request.accept_languages.best_match(LANGUAGES, default=DEFAULT) or DEFAULT
        return DEFAULT

    Babel(app, locale_selector=select)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: _catalogue().ugettext(text),
        ngettext=lambda one, many, count: _catalogue().ungettext(one, many, count),
        newstyle=True,
    )


def _(text: str, **values: object) -> str:
    """A sentence in the language of the page or message being made, its `%(name)s` filled in."""
    said: str = _catalogue().ugettext(text)
    return said % values if values else said


def plural(one: str, many: str, num: int, **values: object) -> str:
    """The same where a count decides: `%(num)s` is the count."""
    said: str = _catalogue().ungettext(one, many, num)
    return said % {"num": num, **values}


def lazy(text: str, **values: object) -> LazyString:
    """A sentence said in the language it is read in."""
    return LazyString(_, text, **values)


def _catalogue() -> NullTranslations:
    return _loaded(language())


@lru_cache
def _loaded(lang: str) -> NullTranslations:
    """Looked up two hundred times a page, where flask-babel finds out each time whose page it is."""
    return Translations.load(_FOLDER, [lang])


def language() -> str:
    """The language of the page or message being made: 'sv' or 'en'."""
    locale = get_locale()
    return locale.language if locale is not None else DEFAULT


@contextmanager
def in_language(lang: str) -> Iterator[None]:
    """Make everything inside in `lang`, whoever is signed in."""
    with force_locale(lang):
        yield


def number(count: int) -> str:
    """A count as one reads it: 10,000 in English, 10 000 in Swedish."""
    return str(format_decimal(count, locale=language()))


def decimal(amount: float) -> str:
    """One place after the point: 3.4 in English, 3,4 in Swedish."""
    return str(format_decimal(amount, format="#,##0.0", locale=language()))


def short_time(moment: datetime) -> str:
    """'today 21:14', '20 Nov 21:14' this year, '20 Nov 2019' before that; always in the home's zone."""
    local, today = clock.local(moment), clock.today()
    if local.date() == today:
        return _("today %(time)s", time=f"{local:%H:%M}")
    if local.year == today.year:
        return f"{_day(local.date(), 'd MMM', language())} {local:%H:%M}"
    return _day(local.date(), "d MMM y", language())


def day(moment: datetime) -> str:
    """'today', '20 Nov' this year, '20 Nov 2019' before that; in the home's zone, and never the hour."""
    local = clock.local(moment).date()
    return _("today") if local == clock.today() else calendar_day(local)


def calendar_day(day: date) -> str:
    """'20 Nov' this year, '20 Nov 2019' before that."""
    return _day(day, "d MMM" if day.year == clock.today().year else "d MMM y", language())


def long_day(day: date) -> str:
    """'3 December 2026'."""
    return _day(day, "d MMMM y", language())


def long_month(day: date) -> str:
    """'December 2026'."""
    return _day(day, "LLLL y", language())


def month_name(month: int) -> str:
    """'December', as it stands in a list."""
    return _day(date(2000, month, 1), "LLLL", language())


def month(moment: datetime) -> str:
    """'Nov 2026', in the home's zone."""
    return _day(clock.local(moment).date(), "MMM y", language())


def span(length: timedelta) -> str:
    """How long something took, as one would say it: '25 minutes', '6 hours' below two days, then '3 days'."""
    minutes = int(length.total_seconds()) // 60
    if minutes < 60:
        return plural("%(num)s minute", "%(num)s minutes", minutes)
    if minutes < 48 * 60:
        return plural("%(num)s hour", "%(num)s hours", minutes // 60)
    return plural("%(num)s day", "%(num)s days", minutes // (24 * 60))


@lru_cache(4096)
def _day(day: date, form: str, lang: str) -> str:
    """A page says a few days many times over."""
    return str(format_date(day, form, locale=lang))


def short_day(day: date) -> str:
    """'Fri 27 Nov'."""
    return _day(day, "EEE d MMM", language())


def weekday(moment: datetime) -> str:
    """'Friday', in the home's zone: for a day within the week."""
    return _day(clock.local(moment).date(), "EEEE", language())


def lazy_time(moment: datetime) -> LazyString:
    """The same inside a lazy sentence: said in the language the sentence is read in."""
    return LazyString(lambda: short_time(moment))


def lazy_day(moment: datetime) -> LazyString:
    """'3 December 2026' inside a lazy sentence: the day of a moment in the home's zone."""
    return LazyString(lambda: long_day(clock.local(moment).date()))
