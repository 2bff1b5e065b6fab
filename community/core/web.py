"""The edges of every page: login wall (deny by default), CSRF, headers, answers to errors, pages by key.

A view that is open without signing in says so with `@open_to_all`; one that must work with the database down with
`@without_database`. Whatever says nothing needs a signed-in member in good standing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, jsonify, redirect, render_template, request, session, url_for
from flask_login import LoginManager, current_user, login_user, logout_user
from flask_wtf.csrf import CSRFError, CSRFProtect
from itsdangerous import BadSignature, URLSafeTimedSerializer
from markupsafe import Markup
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, Map
from werkzeug.test import EnvironBuilder

from community.core import assets, clock, db, i18n
from community.core.errors import AppError, Busy, Gone, Invalid, NotAllowed, NotFound, NotSignedIn
from community.core.i18n import lazy as _l
from community.core.model_base import LARGEST_ID

F = TypeVar("F", bound=Callable[..., Any])

LARGEST_BODY = 1024 * 1024
CARRIED_FOR = 60 * 60  # seconds a text waits for its writer to sign in again
COOKIE_LIFE = timedelta(days=395)
REPLAY = "hearth.replay"  # in the WSGI environment, where no client can write

_log = logging.getLogger(__name__)
_csrf = CSRFProtect()


class Id(IntegerConverter):
    """Ids and numbers in addresses: plain digits, never larger than an id can be. Anything else does not exist."""

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
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


def without_database(view: F) -> F:
    """Reachable by anybody, and answered without asking who it is or touching the database."""
    view.without_database = True  # type: ignore[attr-defined]
    return open_to_all(view)


def before_rules(view: F) -> F:
    """Reachable for a signed-in member who has not accepted the present house rules, or is closed out for now."""
    view.before_rules = True  # type: ignore[attr-defined]
    return view


def viewer() -> Any:
    """The signed-in member of this request. Raises NotSignedIn where there is none."""
    if g.get("viewer") is None:
        raise NotSignedIn
    return g.viewer


def someone() -> Any | None:
    """The signed-in member, or None for a visitor."""
    return g.get("viewer")


def wants_part() -> bool:
    """Whether the page asks for a fragment only. It changes the shape of the answer, never a right."""
    return request.headers.get("X-Part") == "1"


def wants_json() -> bool:
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def render(page: str, part: str, status: int = 200, **context: Any) -> Response:
    """The whole page, or only its part when the page asked for that."""
    response = current_app.make_response(render_template(part if wants_part() else page, **context))
    response.status_code = status
    return response


def form_answer(form: Any, work: Callable[[], Response], page: str, part: str, **context: Any) -> Response:
    """Do `work` when the form is sound; else, or when the action refuses, the form again with the text kept.

    What has no form to go back to (gone, not found, signed out) is left to the error pages.
    """
    status = 422
    if form.validate():
        try:
            return work()
        except (NotFound, Gone, NotSignedIn):
            raise
        except AppError as error:
            form.add_error(error)
            status = error.status
            g.wait = error.facts.get("wait")
    response = render(page, part, status, form=form, **context)
    if g.get("wait"):
        response.headers["Retry-After"] = str(g.wait)
    return response


def sign_in(token: str, viewer: Any, *, keep: bool) -> None:
    """A fresh cookie for a fresh session row; nothing of the visitor's cookie survives."""
    session.clear()
    session["lang"] = viewer.language  # Help now speaks it without asking the database
    session.permanent = keep
    login_user(SignedIn(token, viewer))
    g.viewer = viewer


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


def go(url: str) -> Response:
    """After a form: a redirect for a page, a header for the module that sent a part."""
    if wants_part():
        response = current_app.make_response("")
        response.headers["X-Location"] = url
        return response
    return redirect(url, 303)  # type: ignore[return-value]


def whole_number(value: str) -> int | None:
    """A number as our own pages write it; None for everything else (`isdigit` alone also says yes to "²")."""
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 16 else None


def cursor(moment: datetime, key: int) -> str:
    """A place in a list ordered by moment, then key."""
    return f"{int(moment.timestamp())}.{moment.microsecond:06d}-{key}"


def read_cursor(value: str | None) -> tuple[datetime, int] | None:
    """The place a cursor names; None where there is none. Raises NotFound for one that was never given out."""
    if not value:
        return None
    try:
        stamp, _, key = value.partition("-")
        seconds, _, micros = stamp.partition(".")
        numbers = [number for part in (seconds, micros, key) if (number := whole_number(part)) is not None]
        whole, millionths, place = numbers
        return datetime.fromtimestamp(whole, UTC).replace(microsecond=millionths), place
    except (ValueError, OverflowError, OSError) as error:
        raise NotFound from error


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


def carried_back(value: str) -> dict[str, Any] | None:
    """What `_ask_to_sign_in` signed: {path, fields, member}; None when it is not ours or too old."""
    try:
        return dict(_signer().loads(value, max_age=CARRIED_FOR))
    except BadSignature:
        return None


def replay(carried: dict[str, Any]) -> Response:
    """Send the form that was under way when the session ended, now as the member who has signed in again."""
    builder = EnvironBuilder(path=carried["path"], method="POST", data=carried["fields"], base_url=request.host_url)
    environ = builder.get_environ()
    environ[REPLAY] = True
    environ["REMOTE_ADDR"] = request.remote_addr
    environ["HTTP_COOKIE"] = ""
    facts = dict(session)
    with current_app.request_context(environ):
        session.update(facts)
        answer = current_app.full_dispatch_request()
        answer.headers.pop("Set-Cookie", None)
        return answer


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
    app.url_map.converters["int"] = Id
    _csrf.init_app(app)
    assets.init_app(app)
    # Its own context processor would ask the database for every template, Help now and error pages included.
    login = LoginManager(app, add_context_processor=False)
    login.session_protection = None
    login.user_loader(lambda token: _signed_in(token, viewer_for))

    @app.before_request
    def gate() -> Any:
        g.viewer = None
        view = app.view_functions.get(request.endpoint or "")
        if view is None or request.endpoint == "static" or getattr(view, "without_database", False):
            return None
        g.viewer = current_user.viewer if current_user.is_authenticated else None
        if request.method not in ("GET", "HEAD", "OPTIONS") and not request.environ.get(REPLAY):
            _csrf.protect()
        if g.viewer is None:
            return None if getattr(view, "open_to_all", False) else _ask_to_sign_in(member_of_token)
        return behind_wall(g.viewer, view)

    @app.after_request
    def finish(response: Response) -> Response:
        if g.get("viewer") is not None and not request.environ.get(REPLAY):
            touched(g.viewer)
        return with_headers(response, app)

    @app.teardown_appcontext
    def give_back(_error: BaseException | None) -> None:
        db.remove()

    @app.context_processor
    def page_context() -> dict[str, Any]:
        return {"viewer": g.get("viewer"), **context()}

    app.jinja_env.globals.update(time_tag=time_tag)
    _answer_errors(app)


def with_headers(response: Response, app: Flask) -> Response:
    """The headers of every answer; HSTS only where it came by https."""
    settings = app.config["SETTINGS"]
    own = (settings.public_url or f"http://{request.host}").replace("http", "ws", 1)
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
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


def time_tag(moment: datetime | None) -> Markup:
    """A moment for people and machines: absolute, in the home's zone."""
    if moment is None:
        return Markup("")
    return Markup('<time datetime="{}">{}</time>').format(clock.local(moment).isoformat(), i18n.short_time(moment))


def answer_error(error: AppError, status: int | None = None) -> Response:
    """One answer for one expected refusal: JSON, a sentence for a part, or a page with the text kept."""
    status = status or error.status
    if wants_json():
        response = jsonify(ok=False, code=error.code, message=str(error.sentence))
    elif wants_part():
        response = current_app.make_response(Markup('<p class="err" role="alert">{}</p>').format(error.sentence))
        response.headers["X-Error"] = error.code
    else:
        response = current_app.make_response(
            render_template(
                "gone.html" if isinstance(error, Gone) else "error.html",
                status=status,
                sentence=error.sentence,
                carried_text=_typed_text(),
            )
        )
    response.status_code = status
    if "wait" in error.facts:
        response.headers["Retry-After"] = str(error.facts["wait"])
    return response


def _signed_in(token: str, viewer_for: Callable[[str], Any]) -> SignedIn | None:
    found = viewer_for(token)
    return SignedIn(token, found) if found is not None else None


def _ask_to_sign_in(member_of_token: Callable[[str], int | None]) -> Response:
    """302 for a page, 401 for the rest; a form that was under way is carried over the sign-in."""
    if wants_json():
        return answer_error(NotSignedIn())
    if request.method in ("GET", "HEAD") and not wants_part():
        return redirect(url_for("members.login", next=safe_next(request.full_path.rstrip("?"))))  # type: ignore[return-value]
    if request.method in ("GET", "HEAD"):
        return answer_error(NotSignedIn())
    token = session_token()
    fields = {name: value for name, value in request.form.items() if name != "csrf_token"}
    g.carry = _signer().dumps(
        {"path": request.path, "fields": fields, "member": member_of_token(token) if token else None}
    )
    g.carry_text = _typed_text()
    view: Callable[[], Any] = current_app.view_functions["members.login"]
    return current_app.make_response(view())


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SETTINGS"].secret_key, salt="carried form")


def _typed_text() -> str | None:
    """What a person wrote in the form that could not be taken, so that no answer loses it."""
    try:
        longest = max((request.form.get(name, "") for name in ("text", "title")), key=len)
    except HTTPException:
        return None
    return longest or None


def _answer_errors(app: Flask) -> None:
    @app.errorhandler(AppError)
    def expected(error: AppError) -> Response:
        if isinstance(error, NotAllowed | NotFound):
            _log.info("refused %s %s: %s", request.method, request.endpoint, error.code)
        return answer_error(error)

    @app.errorhandler(CSRFError)
    def bad_token(_error: CSRFError) -> Response:
        sentence = _l("This page had been open for long, or was opened elsewhere. Nothing was sent. Try once more.")
        return answer_error(Invalid(sentence), status=400)

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        if error.code in (404, 405):
            return answer_error(NotFound(), status=404)
        if error.code == 413:
            return answer_error(Invalid(_l("That is too big to send. Make it shorter and try again.")), status=413)
        if error.code is not None and error.code >= 400:
            return answer_error(Invalid(), status=error.code)
        return error.get_response()  # type: ignore[return-value]

    @app.errorhandler(DBAPIError)
    @app.errorhandler(PoolTimeout)
    def database(error: Exception) -> Response:
        _log.error("the database refused: %s", type(error).__name__)
        _forget_viewer()
        return answer_error(Busy())

    @app.errorhandler(Exception)
    def unexpected(_error: Exception) -> Response:
        _log.exception("unexpected error at %s", request.endpoint)
        _forget_viewer()
        return answer_error(AppError())


def _forget_viewer() -> None:
    """After a failure nothing may be asked of the database again while the error page is made."""
    g.viewer = None
    db.session().rollback()
