"""Anchors of the audit chain: number, hash and time of its last line, written down once a day in a second place.

One file that only grows (ANCHOR_DIR; put it on another host). Each anchor is sealed with a keyed hash over itself and
the anchor before it, and the chain tells how many anchors there are: an anchor that was edited, taken out or cut off
is noticed as well. Whoever holds database, key and anchors can still rewrite all three: that is why they lie apart.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from community.core import audit, clock, crypto, kept_lines
from community.core.db import transaction

NAME = "audit.jsonl"

_log = logging.getLogger(__name__)
_folder = Path("anchors")
_TOLD = select(audit.AuditLine.facts).where(audit.AuditLine.act == audit.ANCHORED)


@dataclass(frozen=True)
class Anchor:
    """`number` counts from 1 without holes; `n` and `hash` are the chain's last line `at` that moment (ISO, UTC)."""

    number: int
    n: int
    hash: str
    at: str
    seal: str


class Damaged(Exception):
    """The anchors cannot be trusted; the message says from which on."""


def configure(folder: Path) -> None:
    """Say where the anchors are kept. Nothing is made before the first is written."""
    global _folder
    _folder = folder


def write() -> bool:
    """Write down where the chain ends, and a line in the chain that says so.

    A chain that does not fit the last anchor, or anchors that were damaged, are not written over: that is logged as an
    error, nothing is added, the answer is False, and `flask audit verify` names it.
    """
    with transaction():
        n, hash_ = audit.end()  # holds the head: nobody else anchors at the same time
        try:
            known = read()
        except Damaged as damage:
            _log.error("the audit chain was not anchored: %s", damage)
            return False
        if known and audit.hash_at(known[-1].n) != known[-1].hash:
            _log.error("the audit chain was not anchored: it does not fit anchor %s", known[-1].number)
            return False
        number = len(known) + 1
        at = clock.now().isoformat()
        seal = _seal(known[-1].seal if known else "", number, n, hash_, at)
        kept_lines.append(_folder / NAME, json.dumps({"number": number, "n": n, "hash": hash_, "at": at, "seal": seal}))
        audit.append(None, audit.ANCHORED, "audit", anchor=number)
        return True


def read(folder: Path | None = None) -> list[Anchor]:
    """All anchors (of another folder than this process's own), the oldest first. Raises Damaged."""
    path = (folder or _folder) / NAME
    try:
        lines = path.read_text().splitlines() if path.exists() else []
    except (OSError, ValueError) as error:
        raise Damaged(f"the anchors in {path} can't be read ({type(error).__name__})") from error
    found: list[Anchor] = []
    for number, line in enumerate(lines, 1):
        try:
            anchor = Anchor(**json.loads(line))
        except (ValueError, TypeError) as error:
            raise Damaged(f"anchor {number} can't be read") from error
        expected = _seal(found[-1].seal if found else "", anchor.number, anchor.n, anchor.hash, anchor.at)
        if anchor.number != number or not hmac.compare_digest(str(anchor.seal), expected):
            raise Damaged(f"anchor {number} was changed, moved, taken out or put in")
        found.append(anchor)
    return found


def verify(folder: Path | None = None, source: Connection | None = None) -> audit.Verdict:
    """The chain against itself and its anchors, or another one's in another place (a backup's copy).

    A verdict with a fault and no bad line is about the anchors.
    """
    try:
        known, damage = read(folder), ""
    except Damaged as error:
        known, damage = [], str(error)
    verdict = audit.verify({anchor.n: anchor.hash for anchor in known if anchor.n}, source)
    if verdict.fault:
        return verdict
    if not damage and verdict.anchors > len(known):
        damage = f"anchor {len(known) + 1} is missing; the chain tells of {verdict.anchors}"
    return audit.Verdict(verdict.count, verdict.hash, None, damage, len(known))


def copy_to(folder: Path, source: Connection) -> None:
    """Copy as many anchors as the chain in `source` tells of: that chain is a copy, and may be older than the file."""
    told = max((facts["anchor"] for facts in source.scalars(_TOLD)), default=0)
    path = _folder / NAME
    if told and path.exists():
        folder.mkdir(mode=0o700)
        (folder / NAME).write_text("".join(path.read_text().splitlines(keepends=True)[:told]))


def _seal(before: str, number: int, n: int, hash_: str, at: str) -> str:
    content = json.dumps([before, number, n, hash_, at], separators=(",", ":"))
    return hmac.new(crypto.derived("audit anchor"), content.encode(), hashlib.sha256).hexdigest()
