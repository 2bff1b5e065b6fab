"""How pages answer: a whole page, only a part, or JSON; forms given back with their text; errors in one place."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, jsonify, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from markupsafe import Markup
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException
from werkzeug.urls import iri_to_uri

from community.core import carry, clock, db, i18n
from community.core.errors import AppError, Gone, Invalid, NotFound, NotFresh, NotSignedIn
from community.core.i18n import lazy as _l

_log = logging.getLogger(__name__)


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

    What has no form to go back to (gone, not found, signed out, password to type again) is left to the error pages.
    """
    status = 422
    if form.validate():
        try:
            return work()
        except (NotFound, Gone, NotSignedIn, NotFresh):
            raise
        except AppError as error:
            form.add_error(error)
            status = error.status
            g.wait = error.facts.get("wait")
    response = render(page, part, status, form=form, **context)
    if g.get("wait"):
        response.headers["Retry-After"] = str(g.wait)
    return response


def go(url: str) -> Response:
    """After a form: a redirect for a page, a header for the module that sent a part."""
    if wants_part():
        response = current_app.make_response("")
        response.headers["X-Location"] = iri_to_uri(url)  # a header holds no letters beyond Latin-1
        return response
    return redirect(url, 303)  # type: ignore[return-value]


def time_tag(moment: datetime | None) -> Markup:
    """A moment for people and machines: absolute, in the home's zone."""
    if moment is None:
        return Markup("")
    return Markup('<time datetime="{}">{}</time>').format(clock.local(moment).isoformat(), i18n.short_time(moment))


def day_tag(moment: datetime) -> Markup:
    """A day for people and machines, in the home's zone, and nothing that tells the hour."""
    return Markup('<time datetime="{}">{}</time>').format(clock.local(moment).date().isoformat(), i18n.day(moment))


def hour_tag(moment: datetime) -> Markup:
    """The clock alone, where the day stands above; for machines the whole moment, and how that day is written."""
    local = clock.local(moment)
    day = i18n.calendar_day(local.date())
    return Markup('<time datetime="{}" data-day="{}">{}</time>').format(local.isoformat(), day, f"{local:%H:%M}")


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
                _error_page(error),
                status=status,
                sentence=error.sentence,
                carried_text=typed_text(),
            )
        )
    response.status_code = status
    if "wait" in error.facts:
        response.headers["Retry-After"] = str(error.facts["wait"])
    return response


def unfolded(html: Markup) -> Markup:
    """A piece as rendered for everybody, its folds open: for the wrapper of a viewer who wants them so. Nothing a
    member wrote can hold the tag (core/text.py)."""
    return Markup(str(html).replace('<details class="folded">', '<details class="folded" open>'))


def _ask_for_password(error: NotFresh) -> Response:
    """A page leads to the form that asks for it, and a form that was under way is carried over; what cannot show a
    page gets the sentence and where to go."""
    if wants_json():
        response = jsonify(ok=False, code=error.code, message=str(error.sentence), url=url_for("members.confirm"))
    elif wants_part():
        said = Markup('<p class="err" role="alert">{} <a href="{}">{}</a></p>')
        link = url_for("members.confirm", next=_page_asking())
        response = current_app.make_response(said.format(error.sentence, link, _l("Write it")))
        response.headers["X-Error"] = error.code
    elif request.method in ("GET", "HEAD"):
        return redirect(url_for("members.confirm", next=request.full_path.rstrip("?")))  # type: ignore[return-value]
    else:
        g.carry = carry.carried(g.viewer.id)
        view: Callable[[], Any] = current_app.view_functions["members.confirm"]
        return current_app.make_response(view())
    response.status_code = error.status
    return response


def _page_asking() -> str:
    """The page a part was asked for by, as the browser says it."""
    came_from = urlsplit(request.referrer or "")
    return came_from.path + (f"?{came_from.query}" if came_from.query else "") or "/"


def typed_text() -> str | None:
    """What a person wrote in the form that could not be taken, so that no answer loses it."""
    try:
        fields = request.form.to_dict()
    except HTTPException:
        return None
    return carry.words_in({**carry.fields_in(fields.get("carried", "")), **fields})


def _error_page(error: AppError) -> str:
    """A view may name its own (see `web.shown_for_errors`)."""
    view = current_app.view_functions.get(request.endpoint or "")
    gone = getattr(view, "gone_page", "gone.html") if isinstance(error, Gone) else "error.html"
    return getattr(view, "error_page", gone)


def answer_errors(app: Flask) -> None:
    """Map every error to its one answer."""

    @app.errorhandler(AppError)
    def expected(error: AppError) -> Response:
        return answer_error(error)

    @app.errorhandler(NotFresh)
    def not_fresh(error: NotFresh) -> Response:
        return _ask_for_password(error)

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
        return answer_error(db.refusal(error))

    @app.errorhandler(Exception)
    def unexpected(_error: Exception) -> Response:
        _log.exception("unexpected error at %s", request.endpoint)
        _forget_viewer()
        return answer_error(AppError())


def _forget_viewer() -> None:
    """After a failure nothing may be asked of the database again while the error page is made."""
    g.viewer = None
    db.session().rollback()
