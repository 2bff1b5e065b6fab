"""The seven house rules and their versions. A new version asks everybody again; every version stays to be read.

The seven Hearth comes with are version 1 and stand here; what a house has made of them since stands in its table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ScalarSelect, func, select

from community.core.db import session
from community.members.models import Member, RulesVersion

FIRST = 1
SEVEN = 7
LONGEST_SENTENCE = 160
LONGEST_WHY = 300

Sentence = dict[str, str]

SHIPPED: list[Sentence] = [
    {
        "sv": "Vi skriver till andra så som vi vill att de skriver till oss.",
        "en": "We write to others the way we want them to write to us.",
    },
    {
        "sv": "Vi sprider inte vidare det som andra skriver här.",
        "en": "We don't pass on what others write here.",
    },
    {
        "sv": "Vi skriver inte efternamn, adress, skola eller nummer, varken våra egna eller andras.",
        "en": "We leave out surnames, addresses, schools and phone numbers, our own and other people's.",
    },
    {
        "sv": "Vi frågar först om vi vill berätta något om någon annan.",
        "en": "We ask first when we want to tell something about someone else.",
    },
    {
        "sv": "Vi skojar så att den vi skojar med också skrattar.",
        "en": "We joke so that the one we joke with is laughing too.",
    },
    {
        "sv": "Vi säger till någon som jobbar här när vi är oroliga för någon.",
        "en": "We tell someone who works here when we are worried about somebody.",
    },
    {
        "sv": "Vi får göra fel, säga förlåt och vara med ändå.",
        "en": "We may get it wrong, say sorry, and still belong here.",
    },
]


@dataclass(frozen=True)
class Edition:
    """One version: its sentences in both languages, why it was made, when and by whom. Version 1 came with Hearth."""

    version: int
    rules: list[Sentence]
    why: dict[str, str]
    at: datetime | None = None
    by: str | None = None

    def sentences(self, lang: str) -> list[str]:
        """The seven sentences in one language."""
        return [rule[lang] for rule in self.rules]

    def changed_since(self, before: Edition, lang: str) -> list[tuple[str, str]]:
        """The sentences that read otherwise than before, as pairs of then and now, in their order."""
        pairs = zip(before.sentences(lang), self.sentences(lang), strict=True)
        return [(then, now) for then, now in pairs if then != now]


_known: dict[int, Edition] = {}


def newest_version() -> ScalarSelect[int]:
    """The number of the version in force, for a query to compare with."""
    return select(func.coalesce(func.max(RulesVersion.version), FIRST)).scalar_subquery()


def in_force() -> Edition:
    """The version in force. One query."""
    row = session().scalar(select(RulesVersion).order_by(RulesVersion.version.desc()).limit(1))
    return _edition(row, None) if row is not None else _shipped()


def history() -> list[Edition]:
    """Every version, the newest first. One query."""
    rows = session().execute(
        select(RulesVersion, Member.display_name)
        .outerjoin(Member, Member.id == RulesVersion.by_id)
        .order_by(RulesVersion.version.desc())
    )
    return [*(_edition(row, name) for row, name in rows), _shipped()]


def what_changed(editions: Sequence[Edition], lang: str) -> list[tuple[Edition, list[tuple[str, str]]]]:
    """Each version with what it changed, the newest first; nothing beside the first."""
    before = [*editions[1:], None]
    return [(one, one.changed_since(old, lang) if old else []) for one, old in zip(editions, before, strict=True)]


def sentences(lang: str) -> list[str]:
    """The seven sentences in force, in one language."""
    return in_force().sentences(lang)


def agreed_to(version: int, lang: str) -> list[str]:
    """The sentences of a version somebody has said yes to, in one language. What a version says never changes, so a
    process asks once for each."""
    if version not in _known:
        row = session().get(RulesVersion, version) if version > FIRST else None
        _known[version] = _edition(row, None) if row is not None else _shipped()
    return _known[version].sentences(lang)


def _shipped() -> Edition:
    return Edition(FIRST, SHIPPED, {"sv": "", "en": ""})


def _edition(row: RulesVersion, by: str | None) -> Edition:
    return Edition(row.version, row.sentences, {"sv": row.why_sv, "en": row.why_en}, row.at, by)
