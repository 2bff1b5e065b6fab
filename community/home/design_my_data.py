"""What `/design` shows of taking one's data along."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from community.core import clock, i18n
from community.my_data.forms import TakeForm
from community.my_data.queries import ExportView


def samples() -> dict[str, Any]:
    """A file in every state: none yet, asked for, half way, ready, failed and gone."""
    now = clock.now()
    ready = ExportView(1, "ready", None, now, 100, now, now + timedelta(days=7), 4_200_000)
    states = [
        (None, None),
        (ExportView(1, "asked", None, now, 0, None, None, 0), None),
        (ExportView(1, "making", None, now, 40, None, None, 0), ready),
        (ready, ready),
        (ExportView(1, "failed", "full", now, 40, None, None, 0), None),
        (ExportView(1, "failed", "broken", now, 40, None, None, 0), None),
        (ExportView(1, "gone", "over", now, 100, now, now, 0), None),
        (ExportView(1, "gone", "removed", now, 100, now, now, 0), None),
    ]
    return {
        "my_data_states": states,
        "my_data_form": TakeForm(formdata=None, lang="sv"),
        "my_data_viewer": {"session_kept": False, "tablet": False},
        "moment_words": i18n.short_time,
        "size_words": lambda count: f"{count // 1_000_000} MB",
    }
