"""Pages of memory books: which there are, what is in one and in which order, and the files made of it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for

from community.book import actions, files, forms, leaves, queries, screen, sealing, words
from community.book.leaves import Leaf
from community.book.models import Book
from community.core import answers, i18n, paging, web
from community.core.errors import Invalid, NotFound
from community.core.i18n import lazy as _l
from community.core.picture_sizes import part, sizes_of
from community.members import fresh
from community.members.people import Viewer
from community.photos import blurring
from community.photos import queries as photos

pages = Blueprint("book", __name__)
_FOREIGN = _l("The form came with fields it does not have. Load the page and try again.")


@pages.get("/me/book")
@web.private_side
@web.before_rules
def own() -> Any:
    """The viewer's books, and beginning one."""
    viewer = web.viewer()
    return _own(viewer, forms.BookForm(formdata=None, lang=i18n.language()))


@pages.post("/me/book")
@web.private_side
@web.before_rules
@web.waits_for_room
def make() -> Any:
    """Begin a book."""
    viewer, form = web.viewer(), forms.BookForm()

    def work() -> Any:
        book = actions.make(viewer, form.title.data, form.dedication.data, form.lang.data)
        return answers.go(url_for("book.book", book_id=book.id))

    return answers.form_answer(form, work, "books.html", "books.html", books=queries.books_for(viewer))


@pages.get("/me/book/<int:book_id>")
@web.private_side
@web.before_rules
def book(book_id: int) -> Any:
    """What is in a book, in its order; how far its files are. Alone the latter is what an open page asks for."""
    viewer = web.viewer()
    row = queries.book_for(viewer, book_id)
    return answers.render("book.html", "parts/book_state.html", **_page(viewer, row))


@pages.post("/me/book/<int:book_id>")
@web.private_side
@web.before_rules
@web.waits_for_room
def change(book_id: int) -> Any:
    """What it is called, whom it is for, its language."""
    viewer, form = web.viewer(), forms.BookForm()
    row = queries.book_for(viewer, book_id)

    def work() -> Any:
        actions.change(viewer, book_id, form.title.data, form.dedication.data, form.lang.data)
        return answers.go(url_for("book.book", book_id=book_id))

    return answers.form_answer(form, work, "book.html", "book.html", **{**_page(viewer, row), "title_form": form})


@pages.post("/me/book/<int:book_id>/delete")
@web.private_side
@web.before_rules
def delete(book_id: int) -> Any:
    """Away with a book and its files."""
    actions.delete_book(web.viewer(), book_id)
    return answers.go(url_for("book.own"))


@pages.post("/me/book/<int:book_id>/order")
@web.private_side
@web.before_rules
def order(book_id: int) -> Any:
    """Everything in the order of its days."""
    actions.order_by_day(web.viewer(), book_id)
    return answers.go(url_for("book.book", book_id=book_id))


@pages.post("/me/book/items/<int:item_id>/move")
@web.private_side
@web.before_rules
def move(item_id: int) -> Any:
    """One thing earlier, later, or in front of another."""
    form = checked(forms.MoveForm())
    item = actions.move(web.viewer(), item_id, form.to.data or "")
    if answers.wants_json():
        return jsonify(ok=True, place=item.place)
    return _to_item(item.book_id, item_id, item.place)


@pages.post("/me/book/items/<int:item_id>/caption")
@web.private_side
@web.before_rules
@web.waits_for_room
def caption(item_id: int) -> Any:
    """What stands below one thing."""
    viewer, form = web.viewer(), forms.CaptionForm()
    row, item = queries.item_for(viewer, item_id)

    def work() -> Any:
        actions.caption(viewer, item_id, form.caption.data)
        return _to_item(row.id, item_id, item.place)

    page = {**_page(viewer, row), "caption_form": form, "caption_of": item_id}
    return answers.form_answer(form, work, "book.html", "book.html", **page)


@pages.post("/me/book/items/<int:item_id>/remove")
@web.private_side
@web.before_rules
def remove(item_id: int) -> Any:
    """Take one thing out."""
    return answers.go(url_for("book.book", book_id=actions.remove(web.viewer(), item_id)))


@pages.get("/me/book/<int:book_id>/preview")
@web.private_side
@web.before_rules
def preview(book_id: int) -> Any:
    """The book as it will be, some pages at a time, in its own language."""
    viewer = web.viewer()
    row = queries.book_for(viewer, book_id)
    after = paging.place(request.args.get("after")) or 0
    items = queries.items_of(viewer, row, after=after, limit=queries.PAGE + 1)
    shown = items[: queries.PAGE]
    with i18n.in_language(row.language):
        found = leaves.leaves_of(viewer, shown)
        whole = render_template(
            "parts/book_pages.html", leaves=found, src=src_of, size=screen.size_of, day=i18n.long_day
        )
    following = shown[-1].place if len(items) > queries.PAGE else None
    checks = {"gone": sum(leaf.gone for leaf in found), "silent": sum(_is_silent(leaf) for leaf in found)}
    view = queries.view_of(viewer, row)
    context = {"book": view, "first": not after, "following": following, "checks": checks, "lang": row.language}
    return render_template("book_preview.html", whole=whole, after=after, **context)


@pages.get("/me/book/pictures/<int:photo_id>")
@web.private_side
@web.before_rules
@web.gives_a_file
@web.beside_pages
def picture(photo_id: int) -> Any:
    """A photo as it stands in a book of the viewer's, asked for anew each time. It is there too while she is closed
    out."""
    viewer = web.viewer()
    if photo_id not in leaves.chosen_pictures(viewer, [photo_id]):
        raise NotFound
    photo = photos.photo_for(viewer, photo_id).photo
    sizes = sizes_of(photo.width, photo.height)
    side = sizes[0 if request.args.get("small") else min(1, len(sizes) - 1)].side
    return Response(blurring.file_of(photo, part(side, "jpg")), content_type="image/jpeg")


@pages.post("/me/book/<int:book_id>/files")
@web.private_side
@web.before_rules
@web.waits_for_room
def begin(book_id: int) -> Any:
    """Make a file of it. While one is under way the page shows how far that is."""
    viewer, form = web.viewer(), forms.FileForm()
    row = queries.book_for(viewer, book_id)

    def work() -> Any:
        files.begin(viewer, book_id, form.form.data)
        return answers.go(url_for("book.book", book_id=book_id, _anchor="book-files"))

    page = {**_page(viewer, row), "file_form": form}
    return answers.form_answer(form, work, "book.html", "parts/book_state.html", **page)


@pages.get("/me/book/files/<int:file_id>")
@web.private_side
@web.before_rules
@web.shown_when_gone("book_gone.html")
def file(file_id: int) -> Any:
    """A file itself, for its owner alone. Behind the password: asked for again, the book is where one goes on."""
    viewer = web.viewer()
    row = files.own_for(viewer, file_id)
    if not fresh.is_fresh(viewer):
        return redirect(url_for("members.confirm", next=url_for("book.book", book_id=row.book_id)))
    found = files.file_for(viewer, file_id)
    files.note_seen(viewer, file_id)
    response = Response(found.pieces, mimetype=found.kind, direct_passthrough=True)
    response.content_length = found.size
    response.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return response


@pages.post("/me/book/files/<int:file_id>/remove")
@web.private_side
@web.before_rules
def remove_file(file_id: int) -> Any:
    """Away with a file, or with what is under way."""
    book_id = files.remove(web.viewer(), file_id)
    return answers.go(url_for("book.book", book_id=book_id, _anchor="book-files"))


def _own(viewer: Viewer, form: forms.BookForm) -> Any:
    return render_template("books.html", books=queries.books_for(viewer), form=form)


def _form_of(row: Book) -> forms.BookForm:
    said = {"title": sealing.said(row, "title"), "dedication": sealing.said(row, "dedication")}
    return forms.BookForm(formdata=None, **said, lang=row.language)


def _page(viewer: Viewer, row: Book) -> dict[str, Any]:
    """What is in the book, a page of it, and its files."""
    made = {one.form if not one.under_way else "open": one for one in files.files_for(viewer, row.id)}
    found: dict[str, Any] = {"book": queries.view_of(viewer, row), "made": made, "is_fresh": fresh.is_fresh(viewer)}
    found |= {"file_form": forms.FileForm(formdata=None, form="pdf"), "size_words": size_words}
    found |= {"moment_words": i18n.short_time, "title_form": _form_of(row)}
    return found if answers.wants_part() else {**found, **_listed(viewer, row)}


def _listed(viewer: Viewer, row: Book) -> dict[str, Any]:
    after, before = (paging.place(request.args.get(name)) for name in ("after", "before"))
    limit = queries.PAGE + 1
    items = queries.items_of(viewer, row, after=after, before=before, limit=limit)
    more = len(items) > queries.PAGE
    shown = items[-queries.PAGE :] if before is not None else items[: queries.PAGE]
    found = leaves.leaves_of(viewer, shown)
    further = more if before is None else True
    earlier = more if before is not None else bool(after)
    return {
        "items": list(zip(shown, found, strict=True)),
        "earlier": shown[0].place if shown and earlier else None,
        "later": shown[-1].place if shown and further and shown[-1].place else None,
        "asks": _asks(viewer, found),
        "src": src_of,
        "day": i18n.long_day,
    }


def _asks(viewer: Viewer, found: list[Leaf]) -> dict[int, words.Askable]:
    """Whom to ask about what stands here without a yes, by the thing it stands in."""
    by_kind = {kind: [leaf for leaf in found if _kind(leaf) == kind and leaf.ref_id] for kind in ("piece", "letter")}
    there = {kind: words.askable(viewer, kind, [leaf.ref_id or 0 for leaf in some]) for kind, some in by_kind.items()}
    return {
        leaf.item_id: there[kind][leaf.ref_id]
        for kind, some in by_kind.items()
        for leaf in some
        if leaf.ref_id in there[kind]
    }


def _kind(leaf: Leaf) -> str:
    return "letter" if leaf.kind == "letter" else "piece"


def _is_silent(leaf: Leaf) -> bool:
    return leaf.silent or (leaf.quote is not None and leaf.quote.words is None)


def src_of(one: leaves.Picture, *, small: bool = False) -> str:
    return url_for("book.picture", photo_id=one.id, v=one.stamp[:8], small=1 if small else None)


def _to_item(book_id: int, item_id: int, place: int) -> Any:
    """Back to the list where it stands."""
    after = max(0, place - queries.PAGE // 2) if place > queries.PAGE else None
    return answers.go(url_for("book.book", book_id=book_id, after=after, _anchor=f"item-{item_id}"))


def checked(form: Any) -> Any:
    """Raises Invalid for a press that is none of the page's."""
    if not form.validate():
        raise Invalid(_FOREIGN)
    return form


def size_words(count: int) -> str:
    """'820 KB', '3.4 MB'."""
    if count < 1_000_000:
        return f"{max(1, count // 1000)} KB"
    return f"{i18n.decimal(count / 1_000_000)} MB"
