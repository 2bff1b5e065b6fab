"""A piece is rendered once for all who see the same, and nothing in it can depend on who reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from flask import Flask
from jinja2 import meta, nodes

from community.core import clock, i18n
from community.core.db import session
from community.streams import queries, showing
from community.streams.models import Piece
from tests.client import Browser
from tests.make import Make
from tests.world import NOW, World, exclude

# What the piece's templates may name: the piece, and what is the same for everybody.
ALLOWED = {"piece", "copy", "_", "icon", "url_for", "time_tag", "day_tag", "hour_tag", "avatar_url", "ngettext"}


def _named_in(app: Flask, name: str, seen: set[str]) -> set[str]:
    """The names a template and all it takes in do not set themselves."""
    if name in seen:
        return set()
    seen.add(name)
    assert app.jinja_env.loader
    source, _file, _fresh = app.jinja_env.loader.get_source(app.jinja_env, name)
    tree = app.jinja_env.parse(source)
    own = {one.name for one in tree.find_all(nodes.Name) if one.ctx == "store"}
    found = meta.find_undeclared_variables(tree) - own
    for other in meta.find_referenced_templates(tree):
        assert other is not None, f"{name} takes in what only runs will tell"
        found |= _named_in(app, other, seen)
    return found


def test_its_templates_name_the_piece_and_nothing_of_a_reader(app: Flask) -> None:
    seen: set[str] = set()
    assert _named_in(app, "parts/piece.html", seen) <= ALLOWED
    assert {"parts/piece.html", "parts/quote.html", "parts/held.html", "parts/avatar.html"} <= seen


def test_what_is_kept_is_what_would_be_rendered_now(app: Flask, make: Make, world: World) -> None:
    """Whatever changes in a view changes what is shown; languages and days are kept apart."""
    thread = make.thread("sara", text="Hej på dig")
    piece = session().get_one(Piece, thread.opening_id)
    view = queries.views(world.viewer("tuva"), [piece])[0]
    with app.test_request_context("/"):
        first = showing.shown(view)
        assert showing.shown(replace(view)) is first, "the same view is rendered once"
        others = [
            replace(view, html=view.html + " och dig"),
            replace(view, state="removed"),
            replace(view, reactions=(queries.ReactionView("heart"),)),
            replace(view, author=replace(view.author, name="Någon annan")),
            replace(view, note="sorg"),
            replace(view, edited_at=NOW),
        ]
        shown = {str(showing.shown(other)) for other in others}
        assert len(shown) == len(others) and str(first) not in shown
        with i18n.in_language("en"):
            assert showing.shown(view) != first
        with clock.at(NOW + timedelta(days=1)):
            assert "i dag" in first and "i dag" not in showing.shown(view)


def test_readers_of_one_piece_see_each_what_is_there_for_her(
    make: Make, world: World, browser: Callable[..., Browser]
) -> None:
    """The page of one reader, asked for before and after another's, holds nobody she is kept apart from."""
    thread = make.thread("sara", text="Jag såg @Vera där")
    assert thread.opening_id
    make.reaction("vera", thread.opening_id)
    exclude("tuva", "vera", "separation")
    for _time in range(2):
        samir, tuva = browser("samir").get(f"/t/{thread.id}").text, browser("tuva").get(f"/t/{thread.id}").text
        assert "Vera" in samir and 'data-kind="heart"' in samir
        assert "Vera" not in tuva and 'data-kind="heart"' not in tuva


def test_her_own_that_waits_and_what_is_very_long_is_not_kept(app: Flask, make: Make, world: World) -> None:
    thread = make.thread("sara", text="Bara hon ser det")
    view = queries.views(world.viewer("sara"), [session().get_one(Piece, thread.opening_id)])[0]
    with app.test_request_context("/"):
        for other in (replace(view, state="held"), replace(view, html=view.html + "x" * showing.LONGEST_KEPT)):
            assert showing.shown(other) is not showing.shown(other)
