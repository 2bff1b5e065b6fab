"""The states of the queue and of what waits of one's own."""

from __future__ import annotations

from tests.browser.states import _simple

_simple("to review", "anders", "/review")
_simple("to review by kind", "anders", "/review?chip=first")
_simple("what waits of mine", "tuva", "/me/waiting")
