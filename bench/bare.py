"""A yardstick: the same page by a bare Flask and Jinja, from memory. `python -m bench.bare PORT PATH COOKIE`.

The page is asked of Hearth once, in this process; what its template was given is kept, and a Flask application with
nothing around it renders the same template with it at every request: no database, no session, no person, no rules, and
nothing kept that was rendered before.
"""

import warnings

warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")

import eventlet  # noqa: E402

eventlet.monkey_patch()

import sys  # noqa: E402
from typing import Any  # noqa: E402

import eventlet.wsgi  # noqa: E402
from flask import Flask, current_app, render_template, template_rendered  # noqa: E402
from markupsafe import Markup  # noqa: E402

from community.app import create_app  # noqa: E402
from community.core import i18n  # noqa: E402
from community.pages import PAGES  # noqa: E402
from tests.serve import ROOT  # noqa: E402

TOKEN = "x" * 91  # as long as a real one


def given_to_the_template(path: str, cookie: str) -> tuple[str, dict[str, Any]]:
    """What Hearth renders a page from: the template's name and its values, taken out of the request."""
    found: list[tuple[str, dict[str, Any]]] = []

    def keep(_app: Flask, template: Any, context: dict[str, Any]) -> None:
        context = {name: value for name, value in context.items() if name not in ("g", "request", "session")}
        context["nav_spaces"] = list(context["nav_spaces"])
        context["way_in_notice"], context["stop_offer"] = None, False
        found.append((template.name, context))

    app = create_app()
    with template_rendered.connected_to(keep, app):
        answer = app.test_client(use_cookies=False).get(path, headers={"Cookie": cookie})
    assert answer.status_code == 200, answer.status
    return found[-1]


def rendered(piece: Any, *, copy: bool = False) -> Markup:
    """A piece, each time anew."""
    return Markup(current_app.jinja_env.get_template("parts/piece.html").render(piece=piece, copy=copy))


def bare(template: str, context: dict[str, Any]) -> Flask:
    """Flask and Jinja, this template, and the addresses it links to."""
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static" / "dist"))
    app.config["SECRET_KEY"] = "bench"
    real = create_app()
    app.jinja_env.globals.update(real.jinja_env.globals)
    app.jinja_env.filters.update(real.jinja_env.filters)
    app.jinja_env.globals["csrf_token"] = lambda: TOKEN
    app.jinja_env.globals["shown"] = rendered
    for pages in (*PAGES, *real.blueprints.values()):
        if pages.name not in app.blueprints:
            app.register_blueprint(pages)
    i18n.init_app(app, lambda: context["lang"])

    @app.get("/bare")
    def page() -> str:
        return render_template(template, **context)

    return app


if __name__ == "__main__":
    app = bare(*given_to_the_template(sys.argv[2], sys.argv[3]))
    eventlet.wsgi.server(eventlet.listen(("127.0.0.1", int(sys.argv[1]))), app, log_output=False, debug=False)
