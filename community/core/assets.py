"""Built front-end files: hashed names from the build's manifest, icons and drawn avatars from one sprite each."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from flask import Flask, url_for
from markupsafe import Markup, escape


def init_app(app: Flask) -> None:
    """Give templates `asset(name)`, `icon(name)` and `avatar_url(key)`."""
    manifest_path = Path(app.static_folder or "") / "manifest.json"

    @cache
    def manifest() -> dict[str, str]:
        if not manifest_path.exists():
            raise RuntimeError("the front end is not built: run `make run` or `make test`, which build it")
        return dict(json.loads(manifest_path.read_text()))

    @cache
    def asset(name: str) -> str:
        return url_for("static", filename=manifest()[name], _external=False)

    @cache
    def icon(name: str) -> Markup:
        return Markup('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>').format(
            asset("sprite.svg"), escape(name)
        )

    def avatar_url(key: str) -> str:
        return f"{asset('avatars.svg')}#{key}"

    app.jinja_env.globals.update(asset=asset, icon=icon, avatar_url=avatar_url)
