"""Letters of acts lie in the same box as those of notices."""

from __future__ import annotations

from tests.notices.conftest import inbox

__all__ = ["inbox"]
