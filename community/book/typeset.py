"""A small book on paper, A5: paragraphs without lone lines, pictures as large as they are good for, page numbers, a
contents page and bookmarks. Knows nothing of members; only what sets a book imports it, in a process of its own."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, XPos, YPos
from fpdf.outline import OutlineSection

from community.book import fonts

SIDE, TOP, BOTTOM = 18.0, 20.0, 20.0  # mm; nothing is printed to the edge
MOST_DPI_UP = 150  # a picture is never so large that it has fewer dots to the inch
SIZE, LEADING = 10.5, 5.5
GAP, SMALLER = 3.0, 0.66
LONE = 2  # lines of a paragraph that may not stand alone at either end of a page
INK, SOFT, FAINT = (42, 33, 27), (94, 81, 71), (133, 117, 104)
PINE, EMBER, LINE = (29, 92, 79), (168, 58, 24), (228, 217, 202)
WARM = ((251, 237, 200), (251, 228, 216), (220, 235, 228))

Picture = tuple[bytes, int, int, str]
"""A JPEG, its width and height in dots, and what it shows."""


class Press(FPDF):
    """The sheet as it is filled. `running` stands above every page but the first of a chapter; empty: no head, no
    number."""

    def __init__(self, letters: fonts.Letters, folder: Path, *, title: str, author: str, lang: str) -> None:
        super().__init__(format=(148, 210))
        self.letters, self.running, self._opens = letters, "", 0
        self._begun = False
        self.set_margins(SIDE, TOP, SIDE)
        self.set_auto_page_break(True, BOTTOM)
        self.c_margin = 0
        self.set_title(title)
        self.set_author(author)
        self.set_lang(lang)
        self.set_creator("Hearth")
        self.set_display_mode("fullpage", "single")
        self._folder = folder

    def take_letters(self, used: Sequence[str]) -> None:
        """The typefaces: the house's, and of the others those that are used."""
        files = fonts.as_files([*fonts.CUTS.values(), *used], self._folder)
        for (family, style), name in fonts.CUTS.items():
            self.add_font(family, style, files[name])
        others = [name for name in used if name not in fonts.CUTS.values()]
        for name in others:
            self.add_font(name, "", files[name])
        self.set_fallback_fonts([fonts.BODY, *others], exact_match=False)

    def header(self) -> None:
        """The calm line above a page."""
        if self.running and self.page != self._opens:
            self._say(self.letters.settable(self.running), 8, FAINT, y=11)

    def footer(self) -> None:
        """The page's number."""
        if self.running:
            self._say(str(self.page), 8.5, SOFT, y=-13)

    def open_page(self) -> None:
        """A new page without a line above it."""
        if self._begun:
            self._begun = False
            return
        self._opens = self.page + 1
        self.add_page()

    def leave_room_for(self, contents: Callable[[Any, list[OutlineSection]], None], pages: int) -> None:
        """Here stand the contents, drawn when all pages are known; the page behind them is begun."""
        self._opens, self._begun = self.page + pages, True
        self.insert_toc_placeholder(contents, pages=pages, allow_extra_pages=True, reset_page_indices=False)

    def room(self) -> float:
        """What is left of this page."""
        return float(self.h - BOTTOM - self.y)

    def keep(self, height: float) -> None:
        """What comes needs so much on one page; on a page that is hardly begun it begins all the same."""
        if self.room() < height and self.y > TOP + 1:
            self.add_page()

    def paragraph(
        self,
        words: str,
        *,
        size: float = SIZE,
        leading: float = LEADING,
        style: str = "",
        family: str = fonts.BODY,
        colour: tuple[int, int, int] = INK,
        inset: float = 0,
        align: Align = Align.L,
        marked: bool = False,
    ) -> None:
        """Words over as many lines and pages as they need, no line of them alone at an end of a page."""
        said = self.letters.settable(words)
        if not said.strip():
            return
        self.set_font(family, style, size)
        self.set_text_color(*colour)
        look: dict[str, Any] = {"w": self.epw - inset, "h": leading, "align": align, "markdown": marked}
        if fonts.has_both_ways(said):
            self._both_ways(said, look, inset)
            return
        lines: Any = self.multi_cell(text=said, dry_run=True, output=MethodReturnValue.LINES, **look)
        while lines:
            count = _fitting(len(lines), int((self.room() + 0.01) // leading), fresh=self.y <= TOP + 1)
            if count:
                self._lines("\n".join(lines[:count]), look, inset)
                lines = lines[count:]
            if lines:
                self.add_page()

    def spaced(self, height: float) -> None:
        """White, but none above the first thing of a page."""
        if self.y > TOP + 1:
            self.set_y(min(self.y + height, self.h - BOTTOM))

    def rule(self, width: float, colour: tuple[int, int, int] = LINE) -> None:
        """A short line in the middle."""
        self.set_draw_color(*colour)
        self.set_line_width(0.3)
        self.line((self.w - width) / 2, self.y, (self.w + width) / 2, self.y)

    def beside(self, top: float, page: int, colour: tuple[int, int, int] = LINE) -> None:
        """A line along what was set since `top` of a page; on the last page alone where it went over several."""
        self.set_draw_color(*colour)
        self.set_line_width(0.5)
        begin = top if page == self.page else TOP
        self.line(SIDE + 0.4, begin + 0.8, SIDE + 0.4, max(begin + 1, self.y - 0.8))

    def height_of(self, row: Sequence[Picture], most: float) -> float:
        """How high a row of pictures stands: across the page, but no higher than `most`, and never so large that one
        has fewer dots to the inch than paper wants."""
        wide = self.epw - GAP * (len(row) - 1)
        height = min(wide / sum(width / tall for _jpeg, width, tall, _alt in row), most)
        return min([height, *(tall * 25.4 / MOST_DPI_UP for _jpeg, _width, tall, _alt in row)])

    def pictures(self, row: Sequence[Picture], *, most: float = 128, below: float = 1) -> None:
        """One picture, or several beside each other at one height, with so much `below` on the same page. A little
        smaller rather than half a page of white."""
        gap, height = GAP, self.height_of(row, most)
        room = self.room() - below
        if SMALLER * height <= room < height:
            height = room
        self.keep(height + below)
        whole = sum(width * height / tall for _jpeg, width, tall, _alt in row) + gap * (len(row) - 1)
        x, y = (self.w - whole) / 2, self.y
        for jpeg, width, tall, alt in row:
            across = width * height / tall
            self.image(io.BytesIO(jpeg), x, y, across, height, alt_text=alt)
            x += across + gap
        self.set_y(y + height)

    def _lines(self, words: str, look: dict[str, Any], inset: float) -> None:
        self.set_x(SIDE + inset)
        self.multi_cell(text=words, new_x=XPos.LMARGIN, new_y=YPos.NEXT, **look)

    def _both_ways(self, words: str, look: dict[str, Any], inset: float) -> None:
        """What reads from the right, in whole or in part, is shaped and put in its order by the library."""
        if fonts.reads_from_right(words) and look["align"] == Align.L:
            look["align"] = Align.R
        self.keep(LONE * look["h"])
        self.set_text_shaping(True)
        self._lines(words, {**look, "markdown": False}, inset)
        self.set_text_shaping(False)

    def _say(self, words: str, size: float, colour: tuple[int, int, int], *, y: float) -> None:
        both = fonts.has_both_ways(words)
        self.set_font(fonts.BODY, "", size)
        self.set_text_color(*colour)
        self.set_xy(SIDE, y if y > 0 else self.h + y)
        self.set_text_shaping(both)
        self.cell(self.epw, 5, words, align=Align.C)
        self.set_text_shaping(False)
        self.set_xy(SIDE, TOP)


def _fitting(count: int, room: int, *, fresh: bool) -> int:
    """How many of so many lines stand on this page, so that none is left alone at either end."""
    if count <= room:
        return count
    here = min(room, count - LONE)
    if here >= LONE and count > LONE + 1:
        return here
    return max(1, min(room, count)) if fresh else 0
