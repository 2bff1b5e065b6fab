"""Every page of `lifecycle/`, for the one list in `app.py`."""

from __future__ import annotations

from community.lifecycle import (
    break_views,
    card_views,
    leaving_views,
    membership_views,
    move_views,
    own_turn_views,
)

PAGES = (
    *(move_views.pages, break_views.pages, membership_views.pages),
    *(own_turn_views.pages, leaving_views.pages, card_views.pages),
)
