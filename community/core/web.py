"""The edges of every page: login wall (deny by default), CSRF, headers, and who is signed in.

A view that is open without signing in says so with `@open_to_all`; one that must work with the database down with
`@without_database`. Whatever says nothing needs a signed-in member in good standing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, redirect, request, session, url_for
from flask_login import LoginManager, current_user, login_user, logout_user
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.routing import IntegerConverter, Map

from community.core import answers, assets, carry, db, i18n
from community.core.errors import NotFound, NotSignedIn
from community.core.model_base import LARGEST_ID
from community.core.picture_sizes import MOST_BYTES
from community.core.squeeze import squeezed

F = TypeVar("F", bound=Callable[..., Any])

LARGEST_BODY = 1024 * 1024
COOKIE_LIFE = timedelta(days=395)

_csrf = CSRFProtect()


class RowId(IntegerConverter):
    """A number in an address: plain digits, never larger than an id can be. Anything else does not exist."""

    regex = r"[0-9]{1,16}"

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LARGEST_ID)


class SignedIn:
    """Flask-Login's user: its id is the session row's token, so a copied cookie dies with the row."""

    is_authenticated = is_active = True
    is_anonymous = False

    def __init__(self, token: str, viewer: Any) -> None:
        self.token, self.viewer = token, viewer

    def get_id(self) -> str:
        return self.token


def open_to_all(view: F) -> F:
    """Reachable without signing in."""
    return _marked(view, open_to_all=True)


def without_database(view: F) -> F:
    """Reachable by anybody, and answered without asking who it is or touching the database."""
    return open_to_all(_marked(view, without_database=True))


def before_rules(view: F) -> F:
    """Reachable for a signed-in member who has not accepted the present house rules, or is closed out for now."""
    return _marked(view, before_rules=True)


def while_closed(view: F) -> F:
    """Reachable for a member who is closed out for now: her own data, objecting, and what keeps her account safe."""
    return _marked(view, while_closed=("GET", "HEAD", "OPTIONS", "POST"))


def read_while_closed(view: F) -> F:
    """The same for reading alone: others would see what she changes there."""
    return _marked(view, while_closed=("GET", "HEAD", "OPTIONS"))


def before_second_step(view: F) -> F:
    """Reachable in a session that waits for its second step, or for one to be set up (see `while_waiting_to`)."""
    return while_waiting_to("give", "set up")(view)


def while_waiting_to(*what: str) -> Callable[[F], F]:
    """The same for one of the two: a session that waits to `give` its second step must never set up another."""

    def mark(view: F) -> F:
        return _marked(view, before_second_step=tuple(f"to {each}" for each in what))

    return mark


def takes_pictures(most: int) -> Callable[[F], F]:
    """So many may come along with what a member sends here; of anybody else no more is read than anywhere."""

    def mark(view: F) -> F:
        return _marked(view, largest_body=LARGEST_BODY + most * MOST_BYTES)

    return mark


def always_open(view: F) -> F:
    """Reachable for anybody, and for members however far they have come in."""
    return open_to_all(before_second_step(before_rules(view)))


def before_unlock(view: F) -> F:
    """Reachable on a house tablet that waits for its PIN."""
    return _marked(view, before_unlock=True)


def behind_pin(view: F) -> F:
    """Behind the member's own PIN, where she has set one: her account."""
    return _marked(view, behind_pin=True)


def private_side(view: F) -> F:
    """Hers alone: behind her own PIN, and shut for a day after somebody helped her back in (`PRIVATE_SIDE`)."""
    return behind_pin(_marked(view, private_side=True))


def never_carried(view: F) -> F:
    """Not sent again after signing in or after a PIN: it would undo just that."""
    return _marked(view, never_carried=True)


def needs_no_token(view: F) -> F:
    """Taken without the token of the page. Only for what harms nobody whoever sends it, and must never fail."""
    return _marked(view, needs_no_token=True)


def beside_pages(view: F) -> F:
    """Asked for on the way to another page, or by an open one: whoever asks has not gone elsewhere."""
    return _marked(view, beside_pages=True)


def waits_for_room(view: F) -> F:
    """What is said there is refused while the disk is full, so that there is room for signing in, for help and for what
    staff do. Every mark here is a choice: what has none goes on."""
    return _marked(view, waits_for_room=True)


def shown_for_errors(page: str) -> Callable[[F], F]:
    """Whatever goes wrong in this view, and even before it, is answered with `page`."""

    def mark(view: F) -> F:
        return _marked(view, error_page=page)

    return mark


def shown_when_gone(page: str) -> Callable[[F], F]:
    """A link that works no more is answered with `page` here."""

    def mark(view: F) -> F:
        return _marked(view, gone_page=page)

    return mark


def _marked(view: F, **marks: Any) -> F:
    for mark, value in marks.items():
        setattr(view, mark, value)
    return view


def viewer() -> Any:
    """The signed-in member of this request. Raises NotSignedIn where there is none."""
    if g.get("viewer") is None:
        raise NotSignedIn
    return g.viewer


def someone() -> Any | None:
    """The signed-in member, or None for a visitor."""
    return g.get("viewer")


def sign_in(token: str, viewer: Any, *, keep: bool) -> None:
    """A fresh cookie for a fresh session row; nothing of the visitor's cookie survives."""
    session.clear()
    session["lang"] = viewer.language  # Help now speaks it without asking the database
    session.permanent = keep
    _bring_cookie_up_to_date(viewer)
    login_user(SignedIn(token, viewer))
    g.viewer = viewer


def read_anew(viewer: Any) -> None:
    """The same session, whose row has changed meanwhile: what follows in this request knows the fresh viewer."""
    login_user(SignedIn(str(session_token()), viewer))
    g.viewer = viewer


def change_token(token: str) -> None:
    """The same session under another token; forms that are open elsewhere in this browser stay good."""
    session["_user_id"] = token


def sign_out() -> None:
    """Forget the session in this browser (its row is ended by an action)."""
    lang = session.get("lang")
    logout_user()
    session.clear()
    if lang:
        session["lang"] = lang
    g.viewer = None


def session_token() -> str | None:
    """The token the cookie holds, valid or not."""
    token = session.get("_user_id")
    return token if isinstance(token, str) else None


def safe_next(target: str | None) -> str:
    """A path on this site, or the start page. Nothing that leads away."""
    if not target or not target.startswith("/") or target.startswith("//"):
        return "/"
    if any(ord(char) <= 32 or char == "\\" for char in target) or "%0" in target.lower() or "%5c" in target.lower():
        return "/"
    return target


@contextmanager
def render_context(lang: str) -> Iterator[None]:
    """Where live parts are rendered: no request, no person, one language; links are paths."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    outside = g.get("viewer")  # `g` is shared with the request whose commit is being shown
    with app.test_request_context(base_url="http://parts.invalid"), i18n.in_language(lang):
        g.viewer = None
        try:
            yield
        finally:
            g.viewer = outside


def init_app(
    app: Flask,
    *,
    viewer_for: Callable[[str], Any],
    member_of_token: Callable[[str], int | None],
    behind_wall: Callable[[Any, Any], Response | None],
    touched: Callable[[Any], None],
    context: Callable[[], dict[str, Any]],
) -> None:
    """Put the edges around the app. `behind_wall(viewer, view)` may answer instead of the view (rules, standing);
    `touched(viewer)` notes that the session was used; `context()` is what every full page needs."""
    settings = app.config["SETTINGS"]
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        SESSION_COOKIE_NAME=settings.cookie_name,
        SESSION_COOKIE_SECURE=not settings.insecure_local,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=COOKIE_LIFE,
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # the token is bound to the cookie; a missing Referer must not lose a text
    )
    _csrf.init_app(app)
    assets.init_app(app)
    app.url_map.converters["int"] = RowId
    # Its template variable would ask the database on every page, Help now and error pages included.
    login = LoginManager(app, add_context_processor=False)
    login.session_protection = None
    login.user_loader(lambda token: _signed_in(token, viewer_for))

    @app.before_request
    def gate() -> Any:
        g.viewer = None
        if "\x00" in request.path:
            raise NotFound  # PostgreSQL cannot even be asked about it
        view = app.view_functions.get(request.endpoint or "")
        if view is None or request.endpoint == "static" or getattr(view, "without_database", False):
            return None
        g.viewer = current_user.viewer if current_user.is_authenticated else None
        if g.viewer is not None:
            request.max_content_length = getattr(view, "largest_body", LARGEST_BODY)
        to_sign_in = g.viewer is None and not getattr(view, "open_to_all", False)
        from_own_page = True
        safe = request.method in ("GET", "HEAD", "OPTIONS") or getattr(view, "needs_no_token", False)
        if not safe and not request.environ.get(carry.REPLAY):
            try:
                _csrf.protect()
            except CSRFError:
                if not to_sign_in:
                    raise
                from_own_page = False  # signed out elsewhere meanwhile: the sign-in page, not a riddle about tokens
        if to_sign_in:
            return _ask_to_sign_in(member_of_token if from_own_page else _nobody)
        if g.viewer is None:
            return None
        _bring_cookie_up_to_date(g.viewer)
        if getattr(view, "waits_for_room", False):
            db.wait_for_room()
        return behind_wall(g.viewer, view)

    @app.after_request
    def finish(response: Response) -> Response:
        if g.get("viewer") is not None and not request.environ.get(carry.REPLAY) and not _asked_by_the_page_itself():
            touched(g.viewer)
        if request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "cross-site":
            session.modified = False  # the browser kept its cookie back; the answer must not put another in its place
        response = with_headers(response, app)
        return response if request.environ.get(carry.REPLAY) else squeezed(response)

    @app.teardown_appcontext
    def give_back(_error: BaseException | None) -> None:
        db.remove()

    @app.context_processor
    def page_context() -> dict[str, Any]:
        return {"viewer": g.get("viewer"), **context()}

    app.jinja_env.globals.update(time_tag=answers.time_tag, day_tag=answers.day_tag, hour_tag=answers.hour_tag)
    app.jinja_env.globals.update(calendar_day=i18n.calendar_day)
    app.jinja_env.filters.update(unfolded=answers.unfolded)
    answers.answer_errors(app)


def with_headers(response: Response, app: Flask) -> Response:
    """The headers of every answer; HSTS only where it came by https."""
    settings = app.config["SETTINGS"]
    own = (settings.public_url or f"http://{request.host}").replace("http", "ws", 1)
    if request.endpoint != "static" or response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
        response.headers["Accept-CH"] = "ECT"  # how quick the line is: on a slow one pages are made lighter
        response.headers.add("Vary", "X-Part")
        response.headers.add("Vary", "Cookie")
    else:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
        f"media-src 'self' blob:; connect-src 'self' {own}; manifest-src 'self'; worker-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; "
        "require-trusted-types-for 'script'; trusted-types house"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    return response


def _bring_cookie_up_to_date(viewer: Any) -> None:
    """The row decides whether the cookie outlives the browser; pages made without the database look as she wants."""
    if session.permanent != viewer.session_kept:
        session.permanent = viewer.session_kept
    look = viewer.look.changes()
    if session.get("look", {}) != look:
        session["look"] = look


def _asked_by_the_page_itself() -> bool:
    """An open page looks for news on its own; that is not somebody using it. It can only shorten a session."""
    return request.headers.get("X-By-Itself") == "1"


def _signed_in(token: str, viewer_for: Callable[[str], Any]) -> SignedIn | None:
    found = viewer_for(token)
    return SignedIn(token, found) if found is not None else None


def _nobody(_token: str) -> None:
    """A form without its page's token is given back as text; it is sent for nobody."""


def _ask_to_sign_in(member_of_token: Callable[[str], int | None]) -> Response:
    """302 for a page, 401 for the rest; a form that was under way is carried over the sign-in."""
    if answers.wants_json():
        return answers.answer_error(NotSignedIn())
    if request.method in ("GET", "HEAD") and not answers.wants_part():
        return redirect(url_for("members.login", next=safe_next(request.full_path.rstrip("?"))))  # type: ignore[return-value]
    if request.method in ("GET", "HEAD"):
        return answers.answer_error(NotSignedIn())
    asked = current_app.view_functions[request.endpoint or ""]
    if getattr(asked, "never_carried", False):
        return answers.answer_error(NotSignedIn())
    # What changes an account is not sent by itself: somebody else may have left it standing here.
    token = None if getattr(asked, "behind_pin", False) else session_token()
    g.carry = carry.carried(member_of_token(token) if token else None)
    view: Callable[[], Any] = current_app.view_functions["members.login"]
    return current_app.make_response(view())
