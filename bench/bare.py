"""A yardstick: a bare page on the same server software. `python -m bench.bare PORT`."""

import warnings

warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")

import eventlet  # noqa: E402

eventlet.monkey_patch()

import sys  # noqa: E402

import eventlet.wsgi  # noqa: E402
from flask import Flask, render_template_string  # noqa: E402

PAGE = """<!doctype html><title>Bare</title><ol>{% for row in rows %}
<li id="p{{ row.nr }}"><article><h2>{{ row.name }}</h2><time>{{ row.at }}</time><div>{{ row.text }}</div></article></li>
{% endfor %}</ol>"""
ROWS = [{"nr": nr, "name": f"Name {nr}", "at": "today 21:14", "text": "Some words. " * 12} for nr in range(20)]

app = Flask(__name__)


@app.get("/")
def page() -> str:
    """Twenty rows from memory: no database, no session, no person."""
    return render_template_string(PAGE, rows=ROWS)


@app.get("/health")
def health() -> dict[str, bool]:
    return {"ok": True}


if __name__ == "__main__":
    listener = eventlet.listen(("127.0.0.1", int(sys.argv[1])))
    eventlet.wsgi.server(listener, app, log_output=False, debug=False)
