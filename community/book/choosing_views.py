"""Pages for putting things into a book: from lists, answers to one's posts, pages of one's own; and asking others."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for

from community.book import actions, asking, choosing, forms, queries, sealing, words
from community.book.models import Book
from community.book.views import checked, pages, src_of
from community.core import answers, i18n, paging, web
from community.core.errors import AppError, NotFound
from community.core.forms import offered
from community.core.i18n import _
from community.core.text import excerpt
from community.members.people import Viewer
from community.streams import queries as streams

TITLES = {
    "piece": lambda: _("What I wrote"),
    "photo": lambda: _("Photos"),
    "letter": lambda: _("Letters to me"),
    "milestone": lambda: _("Days of mine"),
}


@pages.get("/me/book/<int:book_id>/choose")
@web.private_side
@web.before_rules
def choose(book_id: int) -> Any:
    """What may come in, of one kind and year, with a word to look for."""
    viewer = web.viewer()
    row = queries.book_for(viewer, book_id)
    return render_template("book_choose.html", **_choosing(viewer, row))


@pages.post("/me/book/<int:book_id>/add")
@web.private_side
@web.before_rules
def add(book_id: int) -> Any:
    """Put one thing in; then the list goes on where it was."""
    viewer = web.viewer()
    form = checked(forms.AddForm())
    kind = (form.key.data or "").partition(".")[0]
    if not actions.add(viewer, book_id, [form.key.data or ""]) and kind not in choosing.KINDS:
        raise NotFound
    return answers.go(_list_again(book_id, kind))


@pages.post("/me/book/<int:book_id>/add-all")
@web.private_side
@web.before_rules
def add_all(book_id: int) -> Any:
    """Put everything of one kind and year in."""
    viewer, form = web.viewer(), forms.AllForm()
    row = queries.book_for(viewer, book_id)
    try:
        checked(form)
        actions.add_all(viewer, book_id, form.kind.data or "", paging.whole_number(form.year.data or ""))
    except AppError as error:
        context = _choosing(viewer, row)
        return answers.render("book_choose.html", "book_choose.html", error.status, **context, refused=error.sentence)
    return answers.go(url_for("book.book", book_id=book_id))


@pages.get("/me/book/<int:book_id>/page")
@web.private_side
@web.before_rules
def page(book_id: int) -> Any:
    """A page of one's own words, new or one that stands there."""
    viewer = web.viewer()
    row = queries.book_for(viewer, book_id)
    number = paging.place(request.args.get("item"))
    if number is None:
        return _page(viewer, row, forms.PageForm(formdata=None))
    found, item = queries.item_for(viewer, number)
    if found.id != row.id or item.kind != "page":
        raise NotFound
    said = {"heading": sealing.said(item, "heading"), "text": sealing.said(item, "text"), "item": str(item.id)}
    return _page(viewer, row, forms.PageForm(formdata=None, **said))


@pages.post("/me/book/<int:book_id>/page")
@web.private_side
@web.before_rules
@web.waits_for_room
def write(book_id: int) -> Any:
    """Write it."""
    viewer, form = web.viewer(), forms.PageForm()
    row = queries.book_for(viewer, book_id)

    def work() -> Any:
        number = paging.place(form.item.data or None)
        item = actions.write_page(viewer, book_id, form.heading.data, form.text.data, number)
        return answers.go(url_for("book.book", book_id=book_id, _anchor=f"item-{item.id}"))

    return answers.form_answer(form, work, "book_page.html", "book_page.html", book=queries.view_of(viewer, row))


@pages.get("/me/book/<int:book_id>/replies/<int:piece_id>")
@web.private_side
@web.before_rules
def replies(book_id: int, piece_id: int) -> Any:
    """What others answered to a post of one's own: to put in, and to ask about."""
    viewer = web.viewer()
    row = queries.book_for(viewer, book_id)
    found = choosing.replies_for(viewer, piece_id)
    views = streams.views(viewer, found)
    asks = words.askable(viewer, "piece", [one.id for one in found])
    there = queries.refs_in(viewer, row, "words")
    context = {
        "book": queries.view_of(viewer, row),
        "replies": views,
        "asks": asks,
        "there": {id_ for id_, _w in there},
    }
    return render_template("book_replies.html", piece_id=piece_id, **context)


@pages.post("/me/book/<int:book_id>/words")
@web.private_side
@web.before_rules
def put_words(book_id: int) -> Any:
    """Put somebody's answer in, below the post it answers."""
    form = checked(forms.WordsForm())
    item = actions.add_words(web.viewer(), book_id, paging.whole_number(form.piece_id.data or "") or 0)
    return answers.go(url_for("book.book", book_id=book_id, _anchor=f"item-{item.id}"))


@pages.post("/me/book/ask")
@web.private_side
@web.before_rules
def ask() -> Any:
    """Ask somebody whether her words may come along."""
    viewer, form = web.viewer(), checked(forms.AskForm())
    ref_id, book_id, of = (paging.whole_number(field.data or "") for field in (form.ref_id, form.book_id, form.of))
    queries.book_for(viewer, book_id or 0)
    asking.ask(viewer, form.kind.data or "", ref_id or 0)
    if of is not None:
        return answers.go(url_for("book.replies", book_id=book_id, piece_id=of))
    return answers.go(url_for("book.book", book_id=book_id))


@pages.get("/me/book/given")
@web.behind_pin
@web.before_rules
def given() -> Any:
    """What the viewer was asked for books of others, and gave."""
    viewer = web.viewer()
    return render_template("book_given.html", rows=words.given_by(viewer))


@pages.post("/me/book/given/<int:yes_id>")
@web.behind_pin
@web.before_rules
def answer(yes_id: int) -> Any:
    """Yes with my name, yes without it, or no: at any time."""
    viewer, form = web.viewer(), forms.AnswerForm()
    words.asked_for(viewer, yes_id)
    asking.answer(viewer, yes_id, checked(form).answer.data or "")
    return answers.go(url_for("book.given", _anchor=f"yes-{yes_id}"))


@pages.app_template_global("book_asked")
def asked_words(yes_id: int) -> Any:
    """What a card asks its reader, for the card; None where there is nothing to answer any more."""
    viewer = web.someone()
    return words.asked_view(viewer, yes_id) if viewer is not None else None


def _page(viewer: Viewer, row: Book, form: forms.PageForm) -> Any:
    return render_template("book_page.html", book=queries.view_of(viewer, row), form=form)


def _choosing(viewer: Viewer, row: Book) -> dict[str, Any]:
    kind = request.values.get("kind", "piece")
    if kind not in choosing.KINDS:
        raise NotFound
    year, word = paging.whole_number(request.values.get("year", "")), request.args.get("q", "")[:100].strip()
    look = forms.LookForm(formdata=None, kind=kind, year=str(year or ""), q=word)
    look.year.choices = offered([("", _("All years")), *((str(one), str(one)) for one in choosing.years_for(viewer))])
    listed = choosing.listed_for(viewer, row, kind, year=year, word=word, after=request.args.get("after"))
    found: dict[str, Any] = {"book": queries.view_of(viewer, row), "kind": kind, "year": year, "word": word}
    found |= {"listed": listed, "look": look, "titles": {key: title() for key, title in TITLES.items()}}
    return {**found, "src": src_of, "day": i18n.long_day, "excerpt": excerpt}


def _list_again(book_id: int, kind: str) -> str:
    """The list as it was, where the page says so."""
    wanted: dict[str, Any] = {key: request.args[key] for key in ("year", "q", "after") if request.args.get(key)}
    return url_for("book.choose", book_id=book_id, kind=kind, **wanted)
