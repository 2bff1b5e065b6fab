"""What may be answered before a page, for somebody who is signed in: a second step to give, a locked tablet, closed
for now, house rules to read first, the PIN on private pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from community.core import answers, carry, web
from community.core.errors import NotAllowed, NotSignedIn
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members import app_lock, entry, rules
from community.members.people import Viewer

TO_STAFF = ("/help", "/tell", "/inbox")
"""Where somebody reaches those who work here, however limited she is, and whatever she has still to read: these
addresses and all below them."""


def behind_wall(viewer: Viewer, view: Any) -> Any:
    """The answer in the place of `view`, or None when nothing stands before it."""
    if getattr(view, "without_database", False):
        return None
    if viewer.second_step and viewer.second_step not in getattr(view, "before_second_step", ()):
        return entry.second_step_first(viewer)
    if viewer.locked:
        return None if getattr(view, "before_unlock", False) else _locked(viewer)
    if not getattr(view, "before_rules", False):
        answer = _by_standing(viewer, view)
        if answer is not None:
            return answer
    if getattr(view, "private_side", False) and not viewer.second_step:
        require(viewer, rules.PRIVATE_SIDE)
    return _by_app_lock(viewer, view)


def _locked(viewer: Viewer) -> Any:
    """Nothing of the page; what was being written waits for the PIN."""
    if answers.wants_json() or answers.wants_part():
        raise NotSignedIn
    wanted = request.args.get("next") if request.endpoint == "members.login" else request.full_path.rstrip("?")
    return _ask(viewer, "account.unlock", web.safe_next(wanted))


def _by_standing(viewer: Viewer, view: Any) -> Any:
    if any(request.path == door or request.path.startswith(f"{door}/") for door in TO_STAFF):
        return None
    if viewer.suspended:
        if request.method in getattr(view, "while_closed", ()):
            return None
        raise NotAllowed(rules.standing_refused(viewer))
    if viewer.owes_rules and request.endpoint != "members.rules":
        if request.method in ("GET", "HEAD") and not answers.wants_part() and not answers.wants_json():
            return redirect(url_for("members.rules"))
        raise NotAllowed(_l("The house rules have changed. Read them first, then go on."))
    return None


def _by_app_lock(viewer: Viewer, view: Any) -> Any:
    if not viewer.app_lock or viewer.second_step:
        return None  # a second step comes first; its pages are reachable before the PIN's
    if not getattr(view, "behind_pin", False):
        if _is_another_page(view):
            app_lock.leave(viewer)
        return None
    if viewer.private_open:
        app_lock.note_use(viewer)
        return None
    if answers.wants_json() or answers.wants_part():
        raise NotAllowed(_l("Open your own pages with your PIN first."))
    return _ask(viewer, "account.open_private", web.safe_next(request.full_path.rstrip("?")))


def _is_another_page(view: Any) -> bool:
    """Whether somebody has gone elsewhere: a whole page, not one of those that belong to any page."""
    whole = request.method == "GET" and not answers.wants_part() and not answers.wants_json()
    return whole and not getattr(view, "before_rules", False) and not getattr(view, "beside_pages", False)


def _ask(viewer: Viewer, endpoint: str, next_path: str) -> Response:
    asked = current_app.view_functions[request.endpoint or ""]
    if request.method in ("GET", "HEAD"):
        return redirect(url_for(endpoint, next=next_path))
    if getattr(asked, "never_carried", False):
        return redirect(url_for(endpoint), 303)
    g.carry = carry.carried(viewer.id)
    view: Callable[[], Any] = current_app.view_functions[endpoint]
    return current_app.make_response(view())
