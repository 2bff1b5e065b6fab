"""A book as pages of paper: title, dedication, contents by year, and what she chose, in her order."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from fpdf.enums import Align
from fpdf.outline import OutlineSection

from community.book import blocks, fonts
from community.book.leaves import Leaf, Picture, Quote
from community.book.typeset import EMBER, FAINT, INK, PINE, SOFT, TOP, WARM, Press
from community.book.whole import SHOWN, Whole, chapters
from community.core import i18n
from community.core.i18n import _
from community.core.picture_sizes import within

CONTENTS_LINES = 24


def printed(book: Whole) -> bytearray:
    """The book as PDF. Memory: its pictures as they are kept, twice, and its text."""
    letters = fonts.letters()
    with tempfile.TemporaryDirectory() as folder, i18n.in_language(book.language):
        _read_ahead(book, letters)
        look = {"title": letters.settable(book.title), "author": letters.settable(book.author), "lang": book.language}
        press = Press(letters, Path(folder), **look)
        press.take_letters(sorted(letters.used))
        _title(press, book)
        _contents(press, book)
        for year, leaves in chapters(book.leaves):
            _chapter(press, book, year, leaves)
        _last(press, book)
        return bytearray(press.output())


def _read_ahead(book: Whole, letters: fonts.Letters) -> None:
    """Which typefaces it needs: all words are looked through once before the first page."""
    said = [book.title, book.dedication, book.author, book.community]
    for leaf in book.leaves:
        said += [leaf.heading, str(leaf.html), leaf.caption, leaf.by, *(one.alt for one in leaf.pictures)]
        said += [leaf.quote.by, leaf.quote.words or ""] if leaf.quote else []
    for words in said:
        letters.settable(words)
    letters.missing.clear()


def _title(press: Press, book: Whole) -> None:
    press.add_page()
    with press.local_context(fill_opacity=0.85):
        for (x, y, size), colour in zip(((96, 26, 66), (54, 46, 44), (112, 78, 26)), WARM, strict=True):
            press.set_fill_color(*colour)
            press.ellipse(x - size / 2, y - size / 2 + 20, size, size, style="F")
    press.set_y(118)
    press.paragraph(book.title, size=27, leading=11, family=fonts.DISPLAY, colour=PINE)
    press.spaced(4)
    press.paragraph(book.author, size=13, leading=6.5)
    press.paragraph(book.years, size=11, leading=6, colour=SOFT)
    if book.dedication:
        press.add_page()
        press.set_y(66)
        for block in book.dedication.split("\n"):
            press.paragraph(block, size=12, leading=7, style="I", align=Align.C)


def _contents(press: Press, book: Whole) -> None:
    """A line for each chapter; a book of one needs none."""
    names = [_named(year, leaves) for year, leaves in chapters(book.leaves)]
    if len(names) < 2:
        return
    press.add_page()

    def drawn(sheet: Press, outline: Sequence[OutlineSection]) -> None:
        sheet.set_y(38)
        sheet.paragraph(_("Contents"), size=20, leading=10, family=fonts.DISPLAY, colour=PINE)
        sheet.set_y(sheet.y + 6)
        for section in outline:
            _line_of_contents(sheet, section)

    pages = 1 + (len(names) - 1) // CONTENTS_LINES
    press.leave_room_for(drawn, pages)


def _line_of_contents(sheet: Press, section: OutlineSection) -> None:
    name, page = str(section.name), str(section.page_number)
    link = sheet.add_link(page=section.page_number)
    sheet.set_font(fonts.BODY, "", 11)
    sheet.set_text_color(*INK)
    width, number = sheet.get_string_width(name), sheet.get_string_width(page)
    dots = int((sheet.epw - width - number - 6) / sheet.get_string_width(" ."))
    sheet.cell(width + 2, 7, name, link=link)
    sheet.set_text_color(*FAINT)
    sheet.cell(sheet.epw - width - number - 4, 7, " ." * max(0, dots), align=Align.R, link=link)
    sheet.set_text_color(*INK)
    sheet.cell(number + 2, 7, page, align=Align.R, link=link, new_x="LMARGIN", new_y="NEXT")


def _chapter(press: Press, book: Whole, year: int | None, leaves: Sequence[Leaf]) -> None:
    press.running = book.title
    press.open_page()
    press.start_section(press.letters.settable(_named(year, leaves)))
    if year is not None:
        press.set_y(30)
        press.paragraph(str(year), size=34, leading=14, family=fonts.DISPLAY, colour=PINE)
        press.set_draw_color(*EMBER)
        press.set_line_width(0.6)
        press.line(press.l_margin, press.y + 2, press.l_margin + 16, press.y + 2)
        press.set_y(press.y + 14)
    for nr, leaf in enumerate(leaves):
        if nr and leaf.kind != "page":
            _between(press, leaves[nr - 1], leaf)
        _LEAVES.get(leaf.kind, _piece)(press, book, leaf, nr == 0)
        book.sign(1)


def _named(year: int | None, leaves: Sequence[Leaf]) -> str:
    return str(year) if year is not None else leaves[0].heading or _("Beforehand")


def _between(press: Press, before: Leaf, leaf: Leaf) -> None:
    """What answers something stands close below it; else there is air, and a small mark."""
    if leaf.kind == "words" and before.kind in ("piece", "words"):
        press.spaced(5)
        return
    press.spaced(9)
    if press.y > TOP + 1 and press.room() > (75 if leaf.kind == "photo" else 45) and before.kind != "page":
        press.set_fill_color(*WARM[1])
        press.ellipse(press.w / 2 - 0.8, press.y - 1, 1.6, 1.6, style="F")
        press.spaced(8)


def _piece(press: Press, book: Whole, leaf: Leaf, _first: bool) -> None:
    press.keep(30 if leaf.heading else 22)
    _day(press, leaf)
    if leaf.heading:
        press.paragraph(leaf.heading, size=14.5, leading=7, family=fonts.DISPLAY)
        press.spaced(1.5)
    if leaf.quote is not None:
        _quote(press, leaf.quote)
    _prose(press, str(leaf.html))
    _pictures(press, book, leaf)


def _words(press: Press, book: Whole, leaf: Leaf, _first: bool) -> None:
    """Somebody else's words, with a line along them; a letter has its day above."""
    press.keep(18)
    if leaf.kind == "letter":
        _day(press, leaf)
    with _along(press):
        press.paragraph(leaf.by, size=9.5, leading=5.5, style="B", colour=PINE, inset=5)
        _prose(press, str(leaf.html), inset=5)
    _caption(press, leaf)


def _photo(press: Press, book: Whole, leaf: Leaf, _first: bool) -> None:
    _pictures(press, book, leaf)


def _milestone(press: Press, book: Whole, leaf: Leaf, _first: bool) -> None:
    press.keep(34)
    press.spaced(3)
    if leaf.on is not None:
        press.paragraph(i18n.long_day(leaf.on), size=9.5, leading=6, colour=EMBER, align=Align.C)
    press.paragraph(leaf.heading, size=17, leading=8.5, family=fonts.DISPLAY, colour=PINE, align=Align.C)
    _caption(press, leaf, align=Align.C)
    press.spaced(3)


def _page(press: Press, book: Whole, leaf: Leaf, first: bool) -> None:
    if not first:
        press.add_page()
    if first and leaf.year is None:
        press.set_y(max(press.y, 30))
    if leaf.heading:
        press.paragraph(leaf.heading, size=19, leading=9, family=fonts.DISPLAY, colour=PINE)
        press.spaced(4)
    _prose(press, str(leaf.html))


def _day(press: Press, leaf: Leaf) -> None:
    if leaf.on is not None:
        press.paragraph(leaf.when or i18n.long_day(leaf.on), size=9, leading=5.5, colour=EMBER)


def _quote(press: Press, quote: Quote) -> None:
    with _along(press):
        if quote.by:
            press.paragraph(quote.by, size=9, leading=5, style="B", colour=SOFT, inset=5)
        if quote.words:
            press.paragraph(quote.words, size=9.5, leading=5, colour=SOFT, inset=5)
    press.spaced(2.5)


def _prose(press: Press, html: str, inset: float = 0) -> None:
    for nr, block in enumerate(blocks.blocks_of(html)):
        if nr:
            press.spaced(1 if block.kind == blocks.ITEM else 2.6)
        if block.kind == blocks.RULE:
            press.spaced(2)
            press.rule(14)
            press.spaced(4)
            continue
        far = inset + 5 * block.depth
        if block.kind == blocks.ITEM:
            words = f"{block.sign} {block.words}" if block.sign else block.words
            press.paragraph(words, inset=far + 4, marked=block.marked)
        elif block.kind == blocks.QUOTE:
            with _along(press):
                press.paragraph(block.words, inset=far + 5, colour=SOFT, marked=block.marked)
        else:
            press.paragraph(block.words, inset=far, marked=block.marked)


def _pictures(press: Press, book: Whole, leaf: Leaf) -> None:
    """One large, several in rows of two; words below stay with them."""
    rows = [leaf.pictures[at : at + 2] for at in range(0, len(leaf.pictures), 2)]
    for nr, row in enumerate(rows):
        press.spaced(3)
        below = 12 if nr == len(rows) - 1 and leaf.caption else 1
        given = [(book.read(one), *within(one.width, one.height, SHOWN), _alt(leaf, one)) for one in row]
        press.pictures(given, below=below)
    if leaf.caption:
        _caption(press, leaf)


def _alt(leaf: Leaf, picture: Picture) -> str:
    return picture.alt or leaf.caption or _("A photo")


def _caption(press: Press, leaf: Leaf, align: Align = Align.L) -> None:
    if leaf.caption:
        press.set_y(press.y + 1.5)
        press.paragraph(leaf.caption, size=9.5, leading=5, style="I", colour=SOFT, align=align)


@contextmanager
def _along(press: Press) -> Iterator[None]:
    """A line along what is set meanwhile."""
    top, page = press.y, press.page
    yield
    press.beside(top, page)


def _last(press: Press, book: Whole) -> None:
    """Where and when it was made, and what could not be set."""
    press.open_page()
    press.running = ""
    press.set_y(140)
    made = _("Made on %(day)s in %(community)s.", day=book.made_on, community=book.community)
    press.paragraph(made, size=9, leading=5, colour=SOFT, align=Align.C)
    said = _(
        "What others wrote stands here with their yes. Where it says a friend wrote, they were not asked, or said no."
    )
    press.paragraph(said, size=9, leading=5, colour=SOFT, align=Align.C)
    if press.letters.missing:
        lacking = _(
            "%(mark)s stands for signs this book has no letters for. The book for the screen shows them.",
            mark=fonts.MISSING,
        )
        press.paragraph(lacking, size=9, leading=5, colour=SOFT, align=Align.C)


_LEAVES = {
    "piece": _piece,
    "words": _words,
    "letter": _words,
    "photo": _photo,
    "milestone": _milestone,
    "page": _page,
}
