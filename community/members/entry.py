"""From a proof to a session in this browser: whoever has come in goes where she was heading, with what she was
writing, by way of her second step."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any

from flask import current_app, g, redirect, request, url_for

from community.core import answers, carry, web
from community.core.errors import Invalid, NotAllowed, NotSignedIn
from community.core.i18n import lazy as _l
from community.members import actions, devices, queries
from community.members.people import Viewer, Visitor
from community.members.second_step import TO_GIVE

FIRST = {
    "to give": _l("Give your second step first, then go on."),
    "to set up": _l("Set up your second step first, then go on."),
}


def visitor() -> Visitor:
    """Whoever sent this request, as somebody not signed in. One line has at least a /64 of IPv6 addresses (RFC 6177),
    so they count as one: guesses from many of them are guesses from one place."""
    return Visitor(_place(request.remote_addr or "unknown"))


def _place(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False))


def device() -> str:
    """What this request was sent from, in the few words that are kept of it."""
    return devices.told(request.user_agent.string)


def come_in(token: str, *, keep: bool, carried: str = "", next_path: str = "/") -> Any:
    """Put a session just opened into this browser, and go on. Raises NotSignedIn when it ended that very moment."""
    viewer = queries.viewer_for(token)
    if viewer is None:
        raise NotSignedIn
    web.sign_in(token, viewer, keep=keep)
    return after_sign_in(viewer, carried, next_path)


def second_step_done(viewer: Viewer, carried: str = "", next_path: str = "/") -> Any:
    """The session is whole from now on, under a new token; go on."""
    return come_in(actions.second_step_given(viewer), keep=viewer.session_kept, carried=carried, next_path=next_path)


def after_sign_in(viewer: Viewer, carried: str, next_path: str) -> Any:
    """Where somebody goes who has just come in: where she was heading, with the form that was under way sent. A
    session that waits for its second step takes both along to that page."""
    if viewer.second_step:
        return _ask(viewer, carried, next_path)
    back = carry.carried_back(carried) if carried else None
    if back is None or back["member"] not in (viewer.id, None):
        return answers.go(next_path)
    if back["member"] is None:
        return answers.answer_error(Invalid(_l("It was written before you signed in, so it was not sent by itself.")))
    if back["late"]:
        return answers.answer_error(Invalid(_l("It waited for more than an hour, so it was not sent by itself.")))
    return carry.replay(back)


def second_step_first(viewer: Viewer) -> Any:
    """What everything else answers in a session that waits for its second step."""
    assert viewer.second_step is not None
    if request.method in ("GET", "HEAD") and not answers.wants_part() and not answers.wants_json():
        return redirect(_page(viewer, web.safe_next(request.full_path.rstrip("?"))))
    raise NotAllowed(FIRST[viewer.second_step])


def _ask(viewer: Viewer, carried: str, next_path: str) -> Any:
    """The page of the second step; rendered at once where a form has to be taken along."""
    if not carried:
        return answers.go(_page(viewer, next_path))
    g.taken_along = {"carried": carried, "next": next_path}
    view: Callable[[], Any] = current_app.view_functions[_endpoint(viewer)]
    return view()


def taken_along() -> dict[str, str]:
    """The form and the path that ride along, from the page before or from the present form."""
    if "taken_along" in g:
        return dict(g.taken_along)
    return {"carried": request.form.get("carried", ""), "next": web.safe_next(request.values.get("next"))}


def just_asked() -> bool:
    """Whether the page is rendered as the answer to another form, which is not its own."""
    return "taken_along" in g


def _endpoint(viewer: Viewer) -> str:
    return "second_step.give" if viewer.second_step == TO_GIVE else "second_step.set_up"


def _page(viewer: Viewer, next_path: str) -> str:
    return url_for(_endpoint(viewer), next=None if next_path == "/" else next_path)
