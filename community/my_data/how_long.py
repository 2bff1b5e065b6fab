"""How long what stands in the file is kept: said by the table that enforces it (`lifecycle/keeping.py`), which stands
on a higher floor and is handed in."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

Said = Callable[[Collection[str]], list[dict[str, Any]]]

_said: Said | None = None


def configure(said: Said) -> None:
    """Say who knows it: of tables, each class they are kept in (`what`), and for how long (`who`)."""
    global _said
    _said = said


def of(tables: Collection[str]) -> list[dict[str, Any]]:
    """Each class these tables are kept in, in the language of the moment."""
    if _said is None:
        raise RuntimeError("nobody said how long things are kept")
    return _said(tables)
