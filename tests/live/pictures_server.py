"""The real server with one page more: `/draw` takes a picture as a form does, keeps it, reads it again and says so;
`/send` does it for members alone.

`python -m tests.live.pictures_server`; everything else is wsgi.py.
"""

import wsgi  # patches first of all

# ruff: isort: split
from typing import Any

from flask import jsonify, request

import config
from community.core import picture_files, pictures, web
from community.core.errors import AppError

create_app = wsgi.create_app


def with_drawing(settings: config.Settings) -> Any:
    app = create_app(settings)

    def draw() -> Any:
        try:
            made = pictures.made(request.files["picture"].stream, whose=request.form.get("whose", ""))
        except AppError as error:
            return jsonify(refused=error.facts.get("reason", error.code), worker=pictures._worker.pid), error.status
        with picture_files.kept(made.parts) as kept:
            sizes = {part: len(picture_files.read(kept.name, kept.key, part)) for part in made.parts}
        if request.form.get("remove"):
            picture_files.remove(kept.name)
        return jsonify(name=kept.name, sizes=sizes, worker=pictures._worker.pid)

    @web.without_database
    def draw_for_anybody() -> Any:
        request.max_content_length = 11 * 1024 * 1024
        return draw()

    app.add_url_rule("/draw", view_func=draw_for_anybody, methods=["POST"])
    app.add_url_rule("/send", view_func=web.takes_pictures(1)(draw), methods=["POST"])
    return app


if __name__ == "__main__":
    wsgi.create_app = with_drawing
    wsgi.main()
