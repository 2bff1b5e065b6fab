"""What other rooms know of a case, for its page: what members told, what the lists heard, and where else one goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for

from community.acts.rules import LOOK, decides
from community.core.errors import NotFound
from community.core.i18n import lazy as _l
from community.core.policy import can, require
from community.members import named
from community.members.people import Viewer
from community.moderation import rules
from community.moderation.items import Item
from community.reports import queries as reports
from community.reports.queries import Told
from community.reports.words import REASONS
from community.safety.cases import OF_TELLING
from community.safety.models import Case
from community.wordlists import actions as lists
from community.wordlists import queries as list_queries
from community.wordlists.queries import HeardView


@dataclass(frozen=True)
class Elsewhere:
    """A page about the same thing."""

    url: str
    words: Any


def told_about(viewer: Viewer, case: Case) -> Told | None:
    """What members said who told staff of it, without who they are. None where nobody told."""
    return reports.told_about(viewer, case) if OF_TELLING.intersection(case.reasons) else None


def reason_words(reason: str) -> str:
    """Why somebody told staff, as she chose it."""
    return str(REASONS.get(reason, reason))


def keys_in(viewer: Viewer, item: Item) -> list[HeardView]:
    """What the lists heard in its piece, each entry with what staff said of it."""
    if item.piece is None:
        return []
    return list_queries.heard_in(viewer, [item.piece.id]).get(item.piece.id, [])


def judge(actor: Viewer, case: Case, key: str, *, right: bool) -> None:
    """Say of an entry that it was meant so, or "not this". Raises NotFound, NotAllowed about one's own words."""
    require(actor, rules.HANDLE)
    if case.piece_id is None:
        raise NotFound
    lists.judge_piece(actor, case.piece_id, key, right=right)


def pages_about(viewer: Viewer, item: Item) -> list[Elsewhere]:
    """Where else one goes from a case: to its answer, to the person, to finding out who wrote."""
    kind, _colon, number = item.case.target.partition(":")
    found = []
    if kind == "appeal":
        found.append(Elsewhere(url_for("acts.appeal", appeal_id=int(number)), _l("Read and answer")))
    if kind == "bridge":
        found.append(Elsewhere(url_for("bridges.index"), _l("See who, and decide")))
    if kind == "separation":
        found.append(Elsewhere(url_for("separations.one", separation_id=int(number)), _l("See who, and decide")))
    if item.private and OF_TELLING.intersection(item.case.reasons):
        found.append(Elsewhere(url_for("talk_desk.more", case_id=item.id), _l("Open more of the talk")))
    if item.piece is not None and item.piece.unnamed:
        if decides(viewer):
            found.append(Elsewhere(url_for("unmasking.who", piece_id=item.piece.id), _l("Find out who wrote it")))
    elif item.case.member_id is not None and kind != "appeal":
        person = named.person_for(viewer, item.case.member_id)
        if person is not None and can(viewer, LOOK, person):
            here = url_for("acts.steps", member_id=person.id, case=item.case.id, space=item.case.space_id)
            found.append(Elsewhere(here, _l("Short break, read only, close")))
    return found
