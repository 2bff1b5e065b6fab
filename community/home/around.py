"""What stands around every full page: channels, the badge, who works now, what waits. Asked for only by pages that show
it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import current_app, g, request, session
from werkzeug.local import LocalProxy

from community.acts import queries as acts
from community.acts.rules import decides
from community.chat import queries as chats
from community.concerns import waiting
from community.core import clock, i18n, web
from community.forum import rules as forum_rules
from community.home import help_card, queries
from community.inbox import waiting as inbox_waiting
from community.members.forms import Press
from community.members.people import Look
from community.moderation.waiting import waiting_for
from community.notices import queries as notices
from community.recovery import queries as recovery
from community.rota import working
from community.spaces import queries as spaces

SLOW_LINES = ("slow-2g", "2g", "3g")  # as browsers call what they measured (Network Information API)

NOBODY_ASKED = (None, "home.help", "home.about", "openness.asked")
"""Pages answered without asking who it is (None: addresses that do not exist). The way back stands there all the same,
for whoever has a session in her cookie, good or not."""


def page_context() -> dict[str, Any]:
    """What every full page needs beside the viewer."""
    settings = current_app.config["SETTINGS"]
    return {
        "community_name": settings.community_name,
        "quick_exit_url": settings.quick_exit_url,
        "lang": i18n.language(),
        "nav_spaces": LocalProxy(_nav_spaces),
        "past_day": lambda moment: i18n.long_day(clock.local(moment).date()),
        "nav_past": LocalProxy(_nav_past),
        "told": LocalProxy(told),
        "has_chat": LocalProxy(_has_chat),
        "readers_table": queries.who_sees(),
        "press": Press,
        "looks_signed_in": request.endpoint in NOBODY_ASKED and web.session_token() is not None,
        "look": _look(),
        "way_in_notice": LocalProxy(_way_in_notice),
        "stop_offer": LocalProxy(_stop_offer),
        "working": LocalProxy(_working),
        "mails": settings.mails,
        "help_card": lambda: help_card.for_page(web.someone()),
        "is_host": forum_rules.is_host(web.someone()),
        "reviews": decides(web.someone()),
        "to_review": LocalProxy(_to_review),
        "team_waits": LocalProxy(_team_waits),
        "limit_here": lambda space_id=None: acts.limit_for(web.someone(), space_id),
        "tells_staff": _tells_staff,
        "urgent_calls": lambda: help_card.calls_for(web.someone()),
        "needed": LocalProxy(_needed),
    }


def _tells_staff() -> bool:
    """Whether there is a page on which one tells staff something."""
    adapter = current_app.url_map.bind("unused.invalid")
    return bool(adapter.test("/tell", method="GET"))


def _look() -> Look:
    """How this page is to look: as the member wants; a visitor gets what her device says. A device that saves data, or
    says that its line is slow (core/web.py asks), downloads less."""
    viewer = web.someone()
    look = viewer.look if viewer is not None else Look.of(session.get("look", {}))
    saves = request.headers.get("Save-Data", "").lower() == "on" or request.headers.get("ECT") in SLOW_LINES
    return replace(look, saver=True) if saves else look


def _nav_spaces() -> list[spaces.SpaceView]:
    """The viewer's channels, asked for once a page and only by pages that show them; none while she is closed out."""
    if "nav_spaces" not in g:
        viewer = g.get("viewer")
        g.nav_spaces = spaces.views_for(viewer) if viewer is not None and not viewer.suspended else []
    return list(g.nav_spaces)


def _nav_past() -> list[spaces.PastView]:
    """The houses she has moved out of, beside her channels: no query of their own."""
    viewer = g.get("viewer")
    return spaces.past_places(viewer) if viewer is not None and _nav_spaces() else []


def _has_chat() -> bool:
    """Whether the way to the chats stands in the navigation: from the channels that are shown anyway, no query. On
    pages answered without asking who it is, it stands there, as the rest of the way does."""
    viewer = g.get("viewer")
    if viewer is None:
        return True
    return not viewer.suspended and (bool(_nav_spaces()) and chats.any_for(viewer))


def told() -> notices.Unread:
    """What the badge says, asked for once a page and only by pages that show it."""
    if "told" not in g:
        viewer = g.get("viewer")
        inside = viewer is not None and not viewer.suspended
        g.told = notices.unread_for(viewer, [space.id for space in _nav_spaces()]) if inside else notices.Unread()
    found: notices.Unread = g.told
    return found


def _working() -> working.Working | None:
    """Who works now, as the viewer is told it; nothing before she is in, and nothing on a page about a failure of the
    database."""
    viewer = g.get("viewer")
    if viewer is None or viewer.second_step or viewer.locked:
        return None
    if "working" not in g:
        g.working = working.working_now(viewer)
    return g.working


def _to_review() -> int:
    """How many cases wait for the viewer; asked by pages of those who have a queue, and kept for a while."""
    return waiting_for(g.get("viewer")) or 0


def _team_waits() -> int:
    """How many members wait for the viewer's answer; asked by pages of those who work here, and kept for a while."""
    return inbox_waiting.waiting_for(g.get("viewer")) or 0


def _needed() -> waiting.Needed | None:
    """What waits for whoever works here; nothing before she is in."""
    viewer = g.get("viewer")
    if viewer is None or viewer.second_step or viewer.locked or viewer.suspended:
        return None
    if "needed" not in g:
        g.needed = waiting.needed(viewer)
    return g.needed


def _way_in_notice() -> recovery.Notice | None:
    """What this device is told at the top of every page: somebody made a way in for its owner."""
    viewer = g.get("viewer")
    if viewer is None or viewer.way_in_id is None:
        return None
    if "way_in_notice" not in g:
        g.way_in_notice = recovery.notice_for(viewer)
    return g.way_in_notice


def _stop_offer() -> bool:
    """Whether this browser was signed in before somebody else came in, and may say that it wasn't its owner."""
    return recovery.holder_by_session(web.session_token()) is not None
