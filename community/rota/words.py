"""What roles are called on pages."""

from __future__ import annotations

from typing import Any

from community.core.i18n import lazy as _l

ROLES: dict[str, Any] = {
    "host": _l("Host: reads and answers here"),
    "staff": _l("Awake in the house"),
    "on_call": _l("On call: can be rung up"),
}
SHORT: dict[str, Any] = {"host": _l("Host"), "staff": _l("Awake"), "on_call": _l("On call")}
