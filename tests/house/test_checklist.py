"""Every test the checklist names is there: a row that lost its test is a promise nobody keeps."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_tests_it_names_exist() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "docs" / "checklist.md").read_text())
    assert len(named) > 80
    missing = [f"{file}::{name}" for file, name in named if not _has(ROOT / file, name)]
    assert missing == []


def test_no_row_is_empty() -> None:
    rows = [line.split(" | ") for line in (ROOT / "docs" / "checklist.md").read_text().splitlines()]
    rows = [row for row in rows if re.match(r"\| \d", row[0])]
    assert len(rows) > 40
    assert all(len(row) == 3 and row[2].strip(" |") for row in rows)


def _has(file: Path, name: str) -> bool:
    return file.exists() and f"\ndef {name}(" in file.read_text()
